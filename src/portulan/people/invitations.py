"""One-time links by which a person chooses their password: when they are invited, or after a reset.

A link is signed, ends after three days, and opens nothing once it was used or another one was made: nothing
is stored, since it is bound to the password that it replaces.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from portulan.base.refusals import NotNow, NotThere
from portulan.events import log
from portulan.people import happenings, operations, passwords, queries, rights
from portulan.people.actor import Actor
from portulan.people.models import User


class LinkIsOver(NotNow):
    """The link was used, replaced, or is too old."""

    code = "people.link_is_over"


@dataclass(frozen=True)
class Invited:
    """Whom to invite, with which roles and into which team, if any."""

    email: str
    name: str
    roles: Collection[str] = ()
    team: str = ""


def invite(actor: Actor, *, whom: Invited, at: datetime) -> tuple[int, str]:
    """Create a person without a password; return their id and the link by which they choose one.

    :raises PersonNotValid: when the e-mail or the name does not fit, or the e-mail is taken.
    """
    with transaction.atomic():
        made = operations.create_user(actor, email=whom.email, name=whom.name, password=None, at=at)
        operations.change(actor, user_id=made, change=operations.Change(roles=whom.roles), at=at)
        if whom.team:
            operations.join_team(actor, user_id=made, team=whom.team)
    return made, _link(User.objects.get(pk=made))


def reset(actor: Actor, *, user_id: int, at: datetime) -> str:
    """Close the password of a person and return the link by which they choose another.

    :raises NotThere: when there is no such person who may sign in.
    """
    rights.require(actor, "manage", "person")
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
        if user is None:
            raise NotThere
        user.set_unusable_password()
        user.save(update_fields=["password"])
        log.append(happenings.PasswordReset(), actor=actor, subject=f"person:{user_id}", at=at)
    return _link(user)


def welcome(link: str, *, password: str, at: datetime) -> str:
    """Set the password of whom a link was made for and return their e-mail.

    :raises LinkIsOver: when the link opens nothing any more.
    :raises PersonNotValid: when the password is weak.
    """
    who, _, token = link.partition(".")
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=_read(who) or 0, is_active=True).first()
        if user is None or not default_token_generator.check_token(user, token):
            raise LinkIsOver
        problems = passwords.problems_of(password)
        if problems:
            raise operations.PersonNotValid(*problems)
        user.set_password(password)
        user.save(update_fields=["password"])
        log.append(
            happenings.PasswordChosen(), actor=queries.actor_of(user), subject=f"person:{user.pk}", at=at
        )
    return user.email


def _link(user: User) -> str:
    return f"{urlsafe_base64_encode(str(user.pk).encode())}.{default_token_generator.make_token(user)}"


def _read(who: str) -> int | None:
    try:
        said = urlsafe_base64_decode(who).decode("ascii")
    except ValueError:
        return None
    return int(said) if said.isdecimal() and len(said) < 10 else None  # noqa: PLR2004 - what an id may be
