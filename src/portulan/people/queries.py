"""Reads of people: who acts, and the directory that everybody signed in may see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value

from portulan.base.refusals import NotThere
from portulan.people import rights
from portulan.people.actor import Actor, Provenance
from portulan.people.models import Membership, RoleGrant, Team, User

Pair = tuple[int, int | None]
_COLUMNS = ("_kind", "_role", "_team", "_other")
_NO_ROLE = Value("", output_field=CharField())


@dataclass(frozen=True)
class Person:
    """A person as the screens show them."""

    id: int
    name: str
    email: str
    initials: str
    hue: int
    roles: tuple[str, ...] = ()
    territory: str = ""

    @property
    def shown(self) -> dict[str, Any]:
        """What an avatar shows: id, name, initials, colour."""
        return {"id": self.id, "name": self.name, "initials": self.initials, "hue": self.hue}


@dataclass(frozen=True)
class TeamView:
    """A team, with its people and those of the teams below, the deactivated ones included."""

    id: int
    name: str
    parent: int | None
    people: frozenset[int]


def actor_of(user: User, *, provenance: Provenance = "person") -> Actor:
    """Return the portrait of a user who acts, in one query.

    :raises NotThere: when the user was deactivated.
    """
    if not user.is_active:
        raise NotThere
    roles, members, parents = _standing(user)
    teams = _with_those_below({team for team, member in members if member == user.pk}, parents)
    return Actor(
        id=user.pk,
        name=user.name,
        email=user.email,
        lang=user.lang,
        hue=user.hue,
        roles=frozenset(roles),
        team_ids=teams,
        teammate_ids=frozenset(member for team, member in members if member and team in teams) | {user.pk},
        territory=user.territory,
        is_admin=user.is_admin,
        provenance=provenance,
    )


def actor_named(actor: Actor, *, email: str) -> Actor:
    """Return the portrait of the person of that address, as one who acts.

    :raises NotThere: when the actor manages no such person.
    """
    people = rights.visible(actor, "manage", "person", User.objects.all())
    user = people.filter(email=email.strip().lower()).first()
    if user is None:
        raise NotThere
    return actor_of(user)


def get_actor(actor: Actor, *, id: int) -> Actor:  # noqa: A002 - the noun of the row
    """Return the portrait of a person who acts, for what is done in their name.

    :raises NotThere: when there is no such active person.
    """
    user = rights.visible(actor, "read", "person", User.objects.filter(pk=id)).first()
    if user is None:
        raise NotThere
    return actor_of(user)


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


def same_territory(actor: Actor) -> QuerySet[Any]:
    """Return the ids of the people of the actor's territory, lazily."""
    mine = User.objects.filter(territory=actor.territory)
    return rights.visible(actor, "read", "person", mine).values("pk")


def colleagues(actor: Actor) -> QuerySet[Any]:
    """Return the ids of the people who share a team with the actor, or whose team is below theirs, lazily."""
    own = Membership.objects.filter(user=actor.id).values("team")
    near = Membership.objects.filter(Q(team__in=own) | Q(team__in=actor.team_ids)).values("user")
    return rights.visible(actor, "read", "person", User.objects.filter(pk__in=near)).values("pk")


def teams(actor: Actor) -> list[TeamView]:
    """Return the teams by name, each with its people and those of the teams below, in two queries."""
    known = rights.visible(actor, "read", "person", User.objects.all()).values("pk")
    members = list(Membership.objects.filter(user__in=known).values_list("team", "user"))
    rows = list(Team.objects.order_by("name").values_list("pk", "name", "parent"))
    parents = [(pk, parent) for pk, _, parent in rows]
    below = {pk: _with_those_below({pk}, parents) for pk, _ in parents}
    return [
        TeamView(pk, name, parent, frozenset(user for team, user in members if team in below[pk]))
        for pk, name, parent in rows
    ]


def administrator_exists(actor: Actor) -> bool:
    """Return whether an active administrator can sign in."""
    return rights.visible(
        actor, "read", "person", User.objects.filter(is_admin=True, is_active=True)
    ).exists()


def leaders(actor: Actor, *, person: int, roles: Collection[str]) -> list[int]:
    """Return the active people of some roles nearest above a person: in their teams, else one level up."""
    parents = dict(Team.objects.values_list("pk", "parent"))
    level = set(Membership.objects.filter(user=person).values_list("team", flat=True))
    seen: set[int] = set()
    while level:
        users = User.objects.filter(memberships__team__in=level, grants__role__in=list(roles), is_active=True)
        found = rights.visible(actor, "read", "person", users).exclude(pk=person).distinct().order_by("pk")
        if found:
            return [one.pk for one in found]
        seen |= level
        level = {up for one in level if (up := parents.get(one)) is not None} - seen
    return []


def _portrait(user: User, roles: tuple[str, ...] = ()) -> Person:
    return Person(user.pk, user.name, user.email, initials(user.name), user.hue, roles, user.territory)


def initials(name: str) -> str:
    """Return the first letters of the first and last words of a name."""
    words = name.split() or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def _standing(user: User) -> tuple[list[str], list[Pair], list[Pair]]:
    """Return the roles of a user, then (team, member) and (team, parent) of all teams, in one query."""
    kinds: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    arms = [
        rows.annotate(_kind=Value(kind), _role=role, _team=team, _other=other).values_list(*_COLUMNS)
        for kind, (rows, role, team, other) in enumerate(
            (
                (RoleGrant.objects.filter(user=user), F("role"), F("user_id"), F("user_id")),
                (Membership.objects.all(), _NO_ROLE, F("team_id"), F("user_id")),
                (Team.objects.all(), _NO_ROLE, F("pk"), F("parent_id")),
            )
        )
    ]
    for kind, role, team, other in arms[0].union(*arms[1:], all=True):
        kinds[kind].append((team, other) if kind else role)
    return kinds


def _with_those_below(own: set[int], parents: Iterable[Pair]) -> frozenset[int]:
    children: dict[int | None, list[int]] = {}
    for team, parent in parents:
        children.setdefault(parent, []).append(team)
    found, waiting = set(own), list(own)
    while waiting:
        below = [team for team in children.get(waiting.pop(), []) if team not in found]
        found.update(below)
        waiting.extend(below)
    return frozenset(found)


def administrators(actor: Actor) -> list[int]:
    """Return the ids of the active administrators."""
    users = rights.visible(actor, "read", "person", User.objects.filter(is_admin=True, is_active=True))
    return list(users.values_list("pk", flat=True))
