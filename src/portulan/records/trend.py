"""How sound the records were, day after day: kept each night, read back over some months.

Owns what is kept and for how long. A day is kept by team, and for everybody: nobody is named by it. The past
of a team is that of the people it had then; it is told to who reads all its records now, as today's is.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction

from portulan.base import calendar as calendars
from portulan.blueprint.schema import Object
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.people.queries import TeamView
from portulan.records import quality, runtime, scope, sight, soundness
from portulan.records.models import Soundness
from portulan.records.soundness import CHECKED, Figures

#: How long a day is kept, in months.
LONGEST = 24
_POINTS = 30
Tell = Callable[[float, str], None]
Kept = dict[tuple[str, int | None], list[Soundness]]


def keep(actor: Actor, *, at: datetime, tell: Tell) -> int:
    """Keep how sound the records of every object are on the day of a moment; return how many lines it makes.

    Keeping a day again replaces it; days that are too old go.
    """
    day, teams = _day(at), people.teams(actor)
    kinds = [one for one in runtime.current().blueprint.objects if not one.archived]
    made: list[Soundness] = []
    for done, kind in enumerate(kinds):
        tell(done / len(kinds), kind.plural.say(actor.lang))
        made += _lines(actor, kind, teams, at)
    with transaction.atomic():
        Soundness.objects.filter(day=day).delete()
        Soundness.objects.filter(day__lt=calendars.months_later(day, -LONGEST)).delete()
        Soundness.objects.bulk_create(made, batch_size=2000)
    return len(made)


def trend(actor: Actor, *, months: int, at: datetime) -> list[dict[str, Any]]:
    """Return, object by object, the days kept of everybody’s records and of teams that the actor reads whole.

    Thirty days at most, evenly spread back from the last one, in three queries and two for teams.
    """
    days = _spread(calendars.months_later(_day(at), -months))
    teams = people.teams(actor)
    kept: Kept = {}
    for row in Soundness.objects.filter(day__in=days).order_by("day", "pk"):
        kept.setdefault((row.object, row.team_id), []).append(row)
    kinds = (one for one in runtime.current().blueprint.objects if not one.archived)
    told = ((kind, list(_told(actor, kind, teams, kept))) for kind in kinds)
    return [{"object": kind.name, "lines": lines} for kind, lines in told if lines]


def _lines(actor: Actor, kind: Object, teams: Iterable[TeamView], at: datetime) -> Iterator[Soundness]:
    checks = soundness.checks_of(actor, kind, sight.of(actor, kind).fields)
    figures = soundness.figures_by_holder(actor, kind, checks, where=None, at=at)
    yield _line(kind, None, soundness.together(figures), at)
    for team in teams if soundness.is_owned(actor, kind) else ():
        yield _line(kind, team.id, soundness.together(figures, team.people), at)


def _line(kind: Object, team: int | None, figures: Figures, at: datetime) -> Soundness:
    checked = figures.pop(CHECKED, 0)
    return Soundness(day=_day(at), object=kind.uid, team_id=team, checked=checked, counts=dict(figures))


def _told(actor: Actor, kind: Object, teams: list[TeamView], kept: Kept) -> Iterator[dict[str, Any]]:
    """Yield the lines of an object that the actor may read; `whose` are the questions that a line answers."""
    fields = sight.of(actor, kind).fields
    if not fields:
        return
    keys = [one.key for one in soundness.checks_of(actor, kind, fields)]
    width = scope.scope_of(runtime.current().blueprint, actor, kind, "read")
    if width == "all" and (kind.uid, None) in kept:
        yield {"team": None, "whose": ["all"], "points": _points(keys, kept[kind.uid, None])}
    own = _own(actor, teams)
    for team in teams:
        if (kind.uid, team.id) in kept and quality.whole(actor, kind, team):
            whose = ["team", *(["all"] if width == "team" else [])] if team.id == own else []
            yield {"team": team.id, "whose": whose, "points": _points(keys, kept[kind.uid, team.id])}


def _own(actor: Actor, teams: list[TeamView]) -> int | None:
    """Return the one team that holds all the actor's teams, when there is one."""
    tops = [one.id for one in teams if one.id in actor.team_ids and one.parent not in actor.team_ids]
    return tops[0] if len(tops) == 1 else None


def _points(keys: list[str], rows: Iterable[Soundness]) -> list[dict[str, Any]]:
    shown = [*keys, soundness.DUPLICATES]
    return [
        {
            "day": row.day.isoformat(),
            "total": row.checked,
            "complete": soundness.complete({**row.counts, CHECKED: row.checked}, keys),
            "counts": {key: row.counts[key] for key in shown if key in row.counts},
        }
        for row in rows
    ]


def _spread(since: date) -> list[date]:
    kept = Soundness.objects.filter(day__gte=since).order_by("day").values_list("day", flat=True)
    days = list(kept.distinct())
    step = -(-len(days) // _POINTS) or 1
    return days[::-step]


def _day(at: datetime) -> date:
    return at.astimezone(calendars.DEFAULT.tz).date()
