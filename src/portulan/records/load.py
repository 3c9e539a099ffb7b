"""Many records at once, with their past: rows and events in few statements, that agree with each other.

A past is played, never stored twice: values at birth, then steps. What is stored is where the steps lead,
and every step is an event, so that each record rebuilt from its events equals the stored one. Nothing is
checked here: what is loaded was checked before, or simulated along the gates.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from django.db import transaction

from portulan.blueprint.schema import Field, Object, Pipeline
from portulan.events import bulk, log
from portulan.events.types import Happening
from portulan.maps.model import FINAL
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import finding, happenings, links, operations, pipeline, rows, runtime, values
from portulan.records.models import SearchEntry

_CHUNK = 5000
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """Something done to a record: values by API name, the stage it went to when it moved, why.

    `also`: happenings without effect on values that came just before, such as a gate that refused.
    """

    at: datetime
    values: Values = field(default_factory=dict)
    to: str = ""
    actor_id: int | None = None
    motive: str = ""
    overridden: bool = False
    also: tuple[Happening, ...] = ()


@dataclass(frozen=True)
class Past:
    """A record from its birth on: values by API name, as JSON or Python, then what was done to it.

    Without a stage it begins where its pipeline begins; without an owner it is its creator's.
    """

    at: datetime
    values: Values
    actor_id: int | None = None
    pipeline: str | None = None
    stage: str | None = None
    steps: Sequence[Step] = ()


def load(actor: Actor, *, object_name: str, pasts: Iterable[Past], told: bool = False) -> list[int]:
    """Store records with their pasts, in one transaction, and return their ids in order.

    Links are ids: what is linked to must be there. `version` counts the steps. `told`: rules learn of it.
    """
    rights.require(actor, "create", "record", object_name)
    snapshot = runtime.current()
    model, player = snapshot.model(object_name), _Player(snapshot.object(object_name))
    found: list[int] = []
    waiting = iter(pasts)
    with transaction.atomic():
        while some := list(islice(waiting, _CHUNK)):
            ids = list(bulk.ids(model, len(some)))
            lives = [player.play(row_id, past) for row_id, past in zip(ids, some, strict=True)]
            bulk.insert(model, player.attributes, (life.row for life in lives))
            bulk.insert(SearchEntry, finding.ATTRIBUTES, (life.line for life in lives))
            for one in links.fields_of(snapshot.object(object_name)):
                lists = [(row_id, life.linked[one.name]) for row_id, life in zip(ids, lives, strict=True)]
                pairs = ((row_id, other) for row_id, others in lists for other in others)
                bulk.insert(links.pairs_of(model, one.name), ("a_id", "b_id"), pairs)
            log.keep((entry for life in lives for entry in life.entries), actor=actor, told=told)
            found += ids
    return found


@dataclass(frozen=True)
class _Life:
    row: Sequence[Any]
    entries: Sequence[log.Entry]
    line: Sequence[Any]
    linked: Mapping[str, Sequence[int]]


class _Player:
    """Plays pasts of one object."""

    def __init__(self, kind: Object) -> None:
        self._kind = kind
        self._fields = values.live(kind)
        self._begins = cache(lambda named: operations.beginning(kind, named))
        self._way = cache(self._find_way)
        self._stored = [name for name, one in self._fields.items() if one.type != "links"]
        self.attributes = ("id", "version", *(values.attribute(self._fields[name]) for name in self._stored))

    def play(self, row_id: int, past: Past) -> _Life:
        """Return the row that a past leads to, and its events."""
        subject = rows.subject(self._kind, row_id)
        state = self._born(past)
        stored = {name: values.dump(value) for name, value in state.items()}
        born = {self._fields[name].uid: value for name, value in stored.items()}
        birth = happenings.RecordCreated(born, state.get("pipeline"), state.get("stage"))
        entries = [log.Entry(birth, subject, past.at, actor_id=past.actor_id)]
        for step in past.steps:
            happened = (*step.also, self._lived(state, step))
            entries += [log.Entry(one, subject, step.at, actor_id=step.actor_id) for one in happened]
        row = (row_id, 1 + len(past.steps), *(state[name] for name in self._stored))
        linked = {one.name: state[one.name] for one in links.fields_of(self._kind)}
        return _Life(row, entries, finding.entry_of(self._kind, row_id, state), linked)

    def _born(self, past: Past) -> dict[str, Any]:
        state: dict[str, Any] = {name: _default(one) for name, one in self._fields.items()}
        begins = self._begins(past.pipeline)
        given: dict[str, Any] = {"created_at": past.at, "updated_at": past.at, "created_by": past.actor_id}
        given |= {"owner": past.actor_id, **self._read(past.values)}
        if begins:
            given |= {"pipeline": begins[0], "stage": past.stage or begins[1], "stage_since": past.at}
        state |= {name: value for name, value in given.items() if name in state}
        return state

    def _lived(self, state: dict[str, Any], step: Step) -> Happening:
        """Change the state as a step did, and return what the log keeps of it."""
        new = {**self._read(step.values), "updated_at": step.at}
        if not step.to:
            return happenings.RecordUpdated(self._change(state, new))
        travelled, source = state["pipeline"], state["stage"]
        way, final = self._way(travelled, source, step.to)
        new |= {"stage": step.to, "stage_since": step.at, "closed_at": step.at if final else None}
        changes = self._change(state, new)
        return happenings.RecordMoved(
            pipeline=travelled,
            from_=source,
            to=step.to,
            passage=way.passages[-1].uid if way.passages else None,
            skipped=[stage.uid for stage in way.skipped],
            back=way.back,
            motive=step.motive,
            amount=values.dump(state.get("amount")),
            overridden=step.overridden,
            changes=changes,
        )

    def _change(self, state: dict[str, Any], new: Values) -> happenings.Changes:
        changes: happenings.Changes = {}
        for name, value in new.items():
            if state[name] != value:
                changes[self._fields[name].uid] = [values.dump(state[name]), values.dump(value)]
                state[name] = value
        return changes

    def _read(self, given: Values) -> dict[str, Any]:
        return {name: values.load(self._fields[name], value) for name, value in given.items()}

    def _find_way(self, uid: str, source: str, to: str) -> tuple[pipeline.Way, bool]:
        travelled: Pipeline = runtime.current().pipeline(uid)
        stages = pipeline.live_stages(travelled)
        return pipeline.find_way(travelled, stages[source], stages[to]), stages[to].kind in FINAL


def _default(one: Field) -> Any:
    return values.load(one, one.default) if one.required and one.default is not None else values.nothing(one)
