"""Writes about people: create, grant, revoke, place in a team, deactivate."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from email_validator import EmailNotValidError, validate_email

from portulan.base import texts
from portulan.base.refusals import NotNow, NotThere, NotValid, Problem
from portulan.events import log
from portulan.people import actor as actors
from portulan.people import happenings, passwords, queries, rights
from portulan.people.actor import Actor
from portulan.people.models import Membership, RoleGrant, Team, User

_FIRST = 0x6669727374
_HUES = (14, 38, 88, 142, 172, 205, 232, 262, 292, 330)


class PersonNotValid(NotValid):
    """A person cannot be created with these values."""

    code = "people.person_not_valid"


class LastAdministrator(NotNow):
    """Nobody else administers the instance."""

    code = "people.last_administrator"


class AdministratorExists(NotNow):
    """There already is an administrator."""

    code = "people.administrator_exists"


@dataclass(frozen=True)
class Change:
    """What to change of a person; None: it stays."""

    roles: Collection[str] | None = None
    territory: str | None = None
    is_admin: bool | None = None
    is_active: bool | None = None


def create_user(
    actor: Actor, *, email: str, name: str, password: str | None, is_admin: bool = False, at: datetime
) -> int:
    """Create a person who can sign in and return their id; without a password, a link lets them choose one.

    :raises PersonNotValid: when the e-mail, the name or the password does not fit, or the e-mail is taken.
    """
    rights.require(actor, "create", "person")
    problems = [*_email_problems(email), *([] if password is None else passwords.problems_of(password))]
    if not name.strip():
        problems.append(Problem("name", "people.name_missing"))
    if problems:
        raise PersonNotValid(*problems)
    hue = _HUES[sum(map(ord, email)) % len(_HUES)]
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email, password, name=name.strip(), is_admin=is_admin, hue=hue, created_at=at
            )
            log.append(happenings.PersonCreated(), actor=actor, subject=f"person:{user.pk}", at=at)
    except IntegrityError as error:
        raise PersonNotValid(Problem("email", "people.email_taken")) from error
    return user.pk


def create_first_administrator(*, email: str, name: str, password: str, at: datetime) -> int:
    """Create the first administrator of an instance and return their id.

    :raises AdministratorExists: when there already is one.
    """
    system = actors.system()
    with transaction.atomic():
        _hold_alone()
        if queries.administrator_exists(system):
            raise AdministratorExists
        return create_user(system, email=email, name=name, password=password, is_admin=True, at=at)


def grant_role(actor: Actor, *, user_id: int, role: str, at: datetime) -> None:
    """Give a role to a person; giving it twice changes nothing."""
    rights.require(actor, "manage", "person")
    _require_user(user_id)
    with transaction.atomic():
        _, created = RoleGrant.objects.get_or_create(
            user_id=user_id, role=role, defaults={"granted_at": at, "granted_by_id": actor.id}
        )
        if created:
            log.append(happenings.RoleGranted(role), actor=actor, subject=f"person:{user_id}", at=at)


def revoke_role(actor: Actor, *, user_id: int, role: str, at: datetime) -> None:
    """Take a role from a person; taking one they do not hold changes nothing."""
    rights.require(actor, "manage", "person")
    with transaction.atomic():
        taken, _ = RoleGrant.objects.filter(user_id=user_id, role=role).delete()
        if taken:
            log.append(happenings.RoleRevoked(role), actor=actor, subject=f"person:{user_id}", at=at)


def join_team(actor: Actor, *, user_id: int, team: str, parent: str | None = None) -> int:
    """Place a person in a team, made when it is new, and return the team's id."""
    rights.require(actor, "manage", "person")
    _require_user(user_id)
    with transaction.atomic():
        above = Team.objects.get_or_create(name=parent)[0] if parent else None
        row, _ = Team.objects.get_or_create(name=team, defaults={"parent": above})
        Membership.objects.get_or_create(user_id=user_id, team=row)
    return row.pk


def set_profile(actor: Actor, *, user_id: int, lang: str | None = None, territory: str | None = None) -> None:
    """Change the language or the territory of a person."""
    user = _require_user(user_id)
    rights.require(actor, "update", "person", user)
    if lang is not None and lang not in texts.LANGUAGES:
        raise PersonNotValid(Problem("lang", "people.lang_unknown", {"lang": lang}))
    if territory is not None:
        rights.require(actor, "manage", "person")
    changes = {"lang": lang, "territory": territory}
    User.objects.filter(pk=user.pk).update(**{k: v for k, v in changes.items() if v is not None})


def leave_team(actor: Actor, *, user_id: int, team_id: int) -> None:
    """Take a person out of a team; doing it twice changes nothing."""
    rights.require(actor, "manage", "person")
    Membership.objects.filter(user_id=user_id, team_id=team_id).delete()


def set_administrator(actor: Actor, *, user_id: int, is_admin: bool, at: datetime) -> None:
    """Give a person every right, or take that back.

    :raises LastAdministrator: when nobody would administer the instance any more.
    """
    rights.require(actor, "manage", "person")
    with transaction.atomic():
        if not is_admin:
            _require_another_administrator(user_id)
        changed = User.objects.filter(pk=user_id).exclude(is_admin=is_admin).update(is_admin=is_admin)
        if changed:
            what = happenings.AdministratorChanged(is_admin)
            log.append(what, actor=actor, subject=f"person:{user_id}", at=at)


def reactivate(actor: Actor, *, user_id: int, at: datetime) -> None:
    """Open a person's access again, with the roles and teams that they had."""
    rights.require(actor, "manage", "person")
    with transaction.atomic():
        opened = User.objects.filter(pk=user_id, is_active=False).update(is_active=True, deactivated_at=None)
        if opened:
            log.append(happenings.PersonReactivated(), actor=actor, subject=f"person:{user_id}", at=at)


def see_as(actor: Actor, *, user_id: int, at: datetime) -> None:
    """Note that an administrator looks through the eyes of a person.

    :raises NotThere: when there is no such active person.
    """
    rights.require(actor, "manage", "person")
    queries.get_actor(actor, id=user_id)
    log.append(happenings.SeenAs(), actor=actor, subject=f"person:{user_id}", at=at)


def change(actor: Actor, *, user_id: int, change: Change, at: datetime) -> None:
    """Change the roles, the territory or the access of a person, all or nothing.

    :raises NotThere: when there is no such person.
    """
    rights.require(actor, "manage", "person")
    _require_user(user_id)
    with transaction.atomic():
        if change.roles is not None:
            held = set(RoleGrant.objects.filter(user_id=user_id).values_list("role", flat=True))
            for role in sorted(set(change.roles) - held):
                grant_role(actor, user_id=user_id, role=role, at=at)
            for role in sorted(held - set(change.roles)):
                revoke_role(actor, user_id=user_id, role=role, at=at)
        if change.territory is not None:
            set_profile(actor, user_id=user_id, territory=change.territory)
        if change.is_admin is not None:
            set_administrator(actor, user_id=user_id, is_admin=change.is_admin, at=at)
        if change.is_active is not None:
            (reactivate if change.is_active else deactivate)(actor, user_id=user_id, at=at)


def deactivate(actor: Actor, *, user_id: int, at: datetime) -> None:
    """Close a person's access; their records keep their author.

    :raises LastAdministrator: when nobody would administer the instance any more.
    """
    rights.require(actor, "manage", "person")
    with transaction.atomic():
        _require_another_administrator(user_id)
        closed = User.objects.filter(pk=user_id, is_active=True).update(is_active=False, deactivated_at=at)
        if closed:
            log.append(happenings.PersonDeactivated(), actor=actor, subject=f"person:{user_id}", at=at)


def _require_another_administrator(user_id: int) -> None:
    """Refuse to lose the last one; rows are held so that two do not leave at once."""
    active = User.objects.select_for_update().filter(is_admin=True, is_active=True).order_by("pk")
    if list(active.values_list("pk", flat=True)) == [user_id]:
        raise LastAdministrator


def _hold_alone() -> None:
    """Wait for other first administrators; on SQLite every transaction already writes alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FIRST])


def _require_user(user_id: int) -> User:
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotThere
    return user


def _email_problems(email: str) -> list[Problem]:
    try:
        validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return [Problem("email", "people.email_not_valid", {"email": email})]
    return []
