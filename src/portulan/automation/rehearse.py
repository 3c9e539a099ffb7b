"""A dry run: what a rule would have done about the events of the last month, record by record.

Changes nothing. Conditions are asked of records as they are today: what they were is not rebuilt.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portulan.automation import react, rules, seeing
from portulan.automation.outbox import ACTIVITY
from portulan.automation.rules import Happened
from portulan.base.refusals import NotThere
from portulan.blueprint.schema import Rule
from portulan.events import queries as events
from portulan.maps.rules import DateReached, Inactive
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import runtime, sight

PERIOD = timedelta(days=30)
LISTED = 200
_KINDS = ("record.created", "record.updated", "record.moved", "record.deleted", "record.restored")


@dataclass
class Would:
    """What the rule would have done on a record: `outcome` is fired, waiting, cancelled or skipped."""

    row_id: int
    at: datetime
    due_at: datetime
    outcome: str = "waiting"
    reason: str = ""


def rehearse(actor: Actor, *, uid: str, at: datetime) -> dict[str, Any]:
    """Return how often a rule would have acted in the last month, and on which records that the actor sees.

    :raises NotThere: when there is no such rule.
    """
    rights.require(actor, "apply", "blueprint")
    found = (one for one in runtime.current().blueprint.rules if one.uid == uid and not one.archived)
    rule = next(found, None)
    if rule is None:
        raise NotThere
    would = list(_Rehearsal(rule, at).play())
    listed = [one for one in would if one.outcome != "skipped"][-LISTED:]
    titles = _titles(actor, rule, [one.row_id for one in listed])
    counts = {outcome: sum(one.outcome == outcome for one in would) for outcome in OUTCOMES}
    kind = seeing.get_object(rule.object)
    shown = [{**vars(one), "title": titles[one.row_id]} for one in reversed(listed) if one.row_id in titles]
    return {"since": at - PERIOD, "until": at, "object": kind.name, "counts": counts, "rows": shown}


OUTCOMES = ("fired", "waiting", "cancelled", "skipped")


class _Rehearsal:
    """Plays the events of the period to one rule."""

    def __init__(self, rule: Rule, at: datetime) -> None:
        self.rule = rule
        self.at = at
        self.waiting: dict[int, Would] = {}

    def play(self) -> Iterator[Would]:
        if isinstance(self.rule.trigger, DateReached):
            yield from self._dates()
            return
        for what in self._happened():
            yield from self._due(what.at)
            yield from self._called_off(what)
            yield from self._set_off(what)
        yield from self._due(self.at)
        yield from self.waiting.values()

    def _happened(self) -> Iterator[Happened]:
        since = self.at - PERIOD
        for event in events.of_kinds(_KINDS, since=since, until=self.at).iterator(chunk_size=2000):
            if event.subject.partition(":")[0] in (self.rule.object, ACTIVITY):
                yield from (one for one in seeing.seen(event) if one.object == self.rule.object)

    def _due(self, at: datetime) -> Iterator[Would]:
        for row_id in [row_id for row_id, one in self.waiting.items() if one.due_at <= at]:
            one = self.waiting.pop(row_id)
            one.outcome, one.reason = ("fired", "") if self._holds(row_id) else ("skipped", "condition")
            yield one

    def _called_off(self, what: Happened) -> Iterator[Would]:
        one = self.waiting.get(what.row_id)
        reason = rules.calls_off(self.rule, what) if one else None
        if one and reason:
            one.outcome, one.reason = "cancelled", reason
            yield self.waiting.pop(what.row_id)

    def _set_off(self, what: Happened) -> Iterator[Would]:
        trigger = self.rule.trigger
        if isinstance(trigger, Inactive) and rules.restarts(self.rule, what):
            due_at = rules.next_due(self.rule, {}, what.at) or what.at
            self.waiting[what.row_id] = Would(what.row_id, what.at, due_at)
        elif rules.sets_off(trigger, what):
            one = Would(what.row_id, what.at, rules.due(self.rule, what.at))
            if self._holds(what.row_id):
                self.waiting[what.row_id] = one
                yield from self._due(what.at)
            else:
                one.outcome, one.reason = "skipped", "condition"
                yield one

    def _dates(self) -> Iterator[Would]:
        since = self.at - PERIOD
        for row in self._rows().iterator(chunk_size=1000):
            moment = rules.next_due(self.rule, vars(row), since)
            if moment is not None and moment <= self.at:
                outcome = "fired" if self._holds(row.pk) else "skipped"
                yield Would(row.pk, moment, moment, outcome, "" if outcome == "fired" else "condition")

    def _holds(self, row_id: int) -> bool:
        if self.rule.condition is None:
            return True
        row = self._rows().filter(pk=row_id).first()
        return row is not None and react.holds(self.rule, seeing.get_object(self.rule.object), row, self.at)

    def _rows(self) -> Any:
        model = runtime.current().model(seeing.get_object(self.rule.object).name)
        return model.objects.filter(deleted_at__isnull=True)


def _titles(actor: Actor, rule: Rule, ids: list[int]) -> dict[int, str]:
    kind = seeing.get_object(rule.object)
    found = runtime.current().model(kind.name).objects.filter(pk__in=ids)
    seen = rights.visible(actor, "read", "record", found)
    return dict(seen.values_list("pk", sight.title(kind)))
