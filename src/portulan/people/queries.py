"""Reads of people: who acts, and the directory that everybody signed in may see."""

from collections.abc import Iterable
from dataclasses import dataclass

from portulan.base.refusals import NotThere
from portulan.people import rights
from portulan.people.actor import Actor, Provenance
from portulan.people.models import Membership, RoleGrant, Team, User


@dataclass(frozen=True)
class Person:
    """A person as the screens show them."""

    id: int
    name: str
    email: str
    initials: str
    hue: int
    roles: tuple[str, ...] = ()


def actor_of(user: User, *, provenance: Provenance = "person") -> Actor:
    """Return the portrait of a user who acts, in three queries at most.

    :raises NotThere: when the user was deactivated.
    """
    if not user.is_active:
        raise NotThere
    roles = frozenset(RoleGrant.objects.filter(user=user).values_list("role", flat=True))
    members = list(Membership.objects.values_list("team_id", "user_id"))
    own = {team for team, member in members if member == user.pk}
    teams = _with_those_below(own) if own else frozenset[int]()
    return Actor(
        id=user.pk,
        name=user.name,
        email=user.email,
        lang=user.lang,
        hue=user.hue,
        roles=roles,
        team_ids=teams,
        teammate_ids=frozenset(member for team, member in members if team in teams) | {user.pk},
        territory=user.territory,
        is_admin=user.is_admin,
        provenance=provenance,
    )


def directory(actor: Actor) -> list[Person]:
    """Return the active people, by name, with their roles."""
    users = rights.visible(actor, "read", "person", User.objects.filter(is_active=True))
    return [
        _portrait(user, tuple(sorted(grant.role for grant in user.grants.all())))
        for user in users.prefetch_related("grants").order_by("name")
    ]


def named(actor: Actor, *, ids: Iterable[int]) -> dict[int, Person]:
    """Return people by id, the deactivated ones included: records keep their authors."""
    users = rights.visible(actor, "read", "person", User.objects.filter(pk__in=set(ids)))
    return {user.pk: _portrait(user) for user in users}


def administrator_exists(actor: Actor) -> bool:
    """Return whether an active administrator can sign in."""
    return rights.visible(
        actor, "read", "person", User.objects.filter(is_admin=True, is_active=True)
    ).exists()


def _portrait(user: User, roles: tuple[str, ...] = ()) -> Person:
    return Person(user.pk, user.name, user.email, initials(user.name), user.hue, roles)


def initials(name: str) -> str:
    """Return the first letters of the first and last words of a name."""
    words = name.split() or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def _with_those_below(own: set[int]) -> frozenset[int]:
    children: dict[int | None, list[int]] = {}
    for team, parent in Team.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(team)
    found, waiting = set(own), list(own)
    while waiting:
        below = [team for team in children.get(waiting.pop(), []) if team not in found]
        found.update(below)
        waiting.extend(below)
    return frozenset(found)
