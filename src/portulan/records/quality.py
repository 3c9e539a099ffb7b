"""How sound the records are: what critical fields lack, whose nobody is, what sleeps, what is there twice.

Every number is the count of a condition of the one language, which is given with it: what is counted is what
the list then shows. Teams are told to who reads all their records, people to who could mend theirs.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from portulan.blueprint.schema import Object
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.people.queries import TeamView
from portulan.records import runtime, scope, sight, soundness
from portulan.records.soundness import CHECKED, DUPLICATES, Check, Figures

Whose = Literal["all", "team", "me"]
_TOKENS = {"team": "my_team", "me": "me"}
_OWNER = "owner"


@dataclass(frozen=True)
class _Counted:
    """An object, its checks, and what they count by whose the records are."""

    kind: Object
    checks: list[Check]
    figures: Mapping[int | None, Figures]


def quality(actor: Actor, *, whose: Whose, at: datetime) -> list[dict[str, Any]]:
    """Return, object by object, what the actor may see of how sound the records are, in two queries each."""
    kinds = (one for one in runtime.current().blueprint.objects if not one.archived)
    found = [counted for kind in kinds if (counted := _counted(actor, kind, whose, at)) is not None]
    teams = people.teams(actor) if whose != "me" else []
    holders = {holder for one in found for holder in one.figures if holder is not None}
    names = {key: one.name for key, one in people.named(actor, ids=holders).items()} if teams else {}
    return [
        {
            **_told(actor, one, whose),
            "teams": list(_by_team(actor, one, whose, teams)),
            "people": list(_by_person(actor, one, names)),
        }
        for one in found
    ]


def whole(actor: Actor, kind: Object, team: TeamView) -> bool:
    """Return whether the actor reads every record of the people of a team, and whose they are."""
    within = scope.holders(runtime.current().blueprint, actor, kind, "read")
    return soundness.is_owned(actor, kind) and (within is None or team.people <= within)


def _counted(actor: Actor, kind: Object, whose: Whose, at: datetime) -> _Counted | None:
    fields = sight.of(actor, kind).fields
    if not fields or (whose != "all" and not soundness.is_owned(actor, kind)):
        return None
    checks = soundness.checks_of(actor, kind, fields)
    found = soundness.figures_by_holder(actor, kind, checks, where=_mine(whose), at=at)
    return _Counted(kind, checks, found)


def _told(actor: Actor, one: _Counted, whose: Whose) -> dict[str, Any]:
    mine, figures = _mine(whose), soundness.together(one.figures)
    return {
        "object": one.kind.name,
        "label": one.kind.plural.say(actor.lang),
        "total": figures[CHECKED],
        "complete": soundness.complete(figures, [check.key for check in one.checks]),
        "checks": [
            {
                "key": check.key,
                "kind": check.kind,
                "label": check.label,
                "count": figures[check.key],
                "condition": {"all": [mine, check.condition]} if mine else check.condition,
            }
            for check in one.checks
        ],
        "duplicates": figures[DUPLICATES],
    }


def _by_team(actor: Actor, one: _Counted, whose: Whose, teams: list[TeamView]) -> Iterator[dict[str, Any]]:
    """Yield the teams that have records here and that the actor reads whole, then those who are in none."""
    for team in teams:
        asked = whose == "all" or team.people <= actor.teammate_ids
        if asked and team.people and whole(actor, one.kind, team):
            yield from _line(one, team.id, team.name, "in", team.people)
    members = frozenset[int]().union(*(team.people for team in teams))
    everybody = scope.holders(runtime.current().blueprint, actor, one.kind, "read") is None
    if members and whose == "all" and everybody and soundness.is_owned(actor, one.kind):
        yield from _line(one, None, "", "not_in", members)


def _by_person(actor: Actor, one: _Counted, names: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    """Yield those whose records the actor may change, by name."""
    if not soundness.is_owned(actor, one.kind):
        return
    within = scope.holders(runtime.current().blueprint, actor, one.kind, "update")
    known = {key: name for key, name in names.items() if within is None or key in within}
    for key, name in sorted(known.items(), key=lambda each: (each[1], each[0])):
        yield from _line(one, key, name, "in", frozenset({key}))


def _line(
    one: _Counted, key: int | None, name: str, test: Literal["in", "not_in"], owners: Collection[int]
) -> Iterator[dict[str, Any]]:
    holders = [holder for holder in one.figures if (holder in owners) == (test == "in")]
    figures = soundness.together(one.figures, holders)
    if figures[CHECKED]:
        yield {
            "id": key,
            "name": name,
            "condition": {"field": _OWNER, "test": test, "value": sorted(owners)},
            "total": figures[CHECKED],
            "complete": soundness.complete(figures, [check.key for check in one.checks]),
            "counts": [figures[check.key] for check in one.checks],
            "duplicates": figures[DUPLICATES],
        }


def _mine(whose: Whose) -> dict[str, Any] | None:
    if whose == "all":
        return None
    return {"field": _OWNER, "test": "equals", "value": {"actor": _TOKENS[whose]}}
