"""How assignments went: a record, those who had it one after the other, and when one of them acted.

Reads decisions and the log; changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from portulan.automation import assignment, seeing
from portulan.automation.models import Decision
from portulan.events import queries as events


@dataclass(frozen=True)
class Chain:
    """An assignment and how it went on: the first decision, the last one, when one of its people acted."""

    first: Decision
    last: Decision
    acted_at: datetime | None = None


def chains(decisions: Sequence[Decision]) -> list[Chain]:
    """Return assignments in their order, those that went on as one; `decisions` are in theirs."""
    grouped: list[list[Decision]] = []
    open_ones: dict[str, list[Decision]] = {}
    for one in decisions:
        if one.reason in assignment.PASSED and one.subject in open_ones:
            open_ones[one.subject].append(one)
        else:
            open_ones[one.subject] = [one]
            grouped.append(open_ones[one.subject])
    acts = _acts(decisions)
    return [Chain(some[0], some[-1], _first_act(some, acts[some[0].subject])) for some in grouped]


def _acts(decisions: Sequence[Decision]) -> dict[str, list[tuple[int, datetime]]]:
    """Return what people did to records and to their activities, oldest first, by record."""
    found: dict[str, list[tuple[int, datetime]]] = defaultdict(list)
    if not decisions:
        return found
    since = decisions[0].at
    about = seeing.about({one.subject for one in decisions}, since=since)
    for subject, person, at in events.by_people(about, since=since):
        found[about[subject]].append((person, at))
    return found


def _first_act(some: Sequence[Decision], acts: Iterable[tuple[int, datetime]]) -> datetime | None:
    people = {one.person_id for one in some}
    return next((at for person, at in acts if person in people and at >= some[0].at), None)
