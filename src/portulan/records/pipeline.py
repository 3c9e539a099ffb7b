"""The one gate engine: what a move along a pipeline asks for, whatever the path that asks.

Pure. Owns the policy of moves: forward along drawn passages (jumps accumulate what every gate on the
way asks), back with a motive, lost with a reason, reopening as going back. Says every missing thing at
once and refuses nothing itself: `records.operations` does.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portulan.base.conditions import walk
from portulan.base.conditions.meet import Circumstances, met_by
from portulan.base.conditions.model import Condition
from portulan.base.value import Words
from portulan.blueprint.schema import Approval, Field, Object, Origin, Pipeline, Stage, Transition
from portulan.maps.model import FINAL, Criterion

LOSS_REASON = "loss_reason"


@dataclass(frozen=True)
class Missing:
    """A field that must be filled, and the map element that asks for it."""

    field: Field
    origin: Origin | None = None


@dataclass(frozen=True)
class Unmet:
    """A criterion that does not hold, the stage it comes from, and the API names of the fields it reads."""

    id: str
    label: str
    stage: str
    origin: Origin | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Blocked:
    """Why a passage may not be taken: nothing drawn, a role or a condition."""

    reason: str
    passage: str = ""
    label: str = ""
    roles: tuple[str, ...] = ()
    condition: Condition | None = None


@dataclass(frozen=True)
class Way:
    """How one gets from a stage to another: the passages taken and the stages jumped over."""

    passages: tuple[Transition, ...] = ()
    skipped: tuple[Stage, ...] = ()
    back: bool = False
    drawn: bool = True


@dataclass(frozen=True)
class Standing:
    """Where a record stands in its stage: what leaving it still asks for, criterion by criterion."""

    missing: tuple[Missing, ...]
    criteria: tuple[tuple[Criterion, bool | None], ...]
    required: int

    @property
    def total(self) -> int:
        """How many things the stage asks for: required fields, and criteria that can be computed."""
        return self.required + sum(met is not None for _, met in self.criteria)

    @property
    def done(self) -> int:
        """How many of them are there."""
        return self.required - len(self.missing) + sum(met is True for _, met in self.criteria)


@dataclass(frozen=True)
class Verdict:
    """Everything a move asks for; it is open when nothing lacks."""

    source: str
    to: str
    way: Way
    missing: tuple[Missing, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    unagreed: tuple[Approval, ...] = ()
    needs_motive: bool = False

    @property
    def opens(self) -> bool:
        """Whether the record's values let it through; a motive may still be asked for."""
        return not (self.missing or self.unmet or self.blocked or self.unagreed)

    @property
    def needs_reason(self) -> bool:
        """Whether the reason of the loss is still to be said."""
        return any(one.field.name == LOSS_REASON for one in self.missing)

    @property
    def who(self) -> tuple[str, ...]:
        """The roles that may take the passage when the actor may not."""
        return tuple(sorted({role for one in self.blocked for role in one.roles}))


def gate(
    pipeline: Pipeline,
    kind: Object,
    values: Mapping[str, Any],
    to: str,
    *,
    now: Circumstances,
    roles: frozenset[str] | None,
) -> Verdict:
    """Return what moving the record to a stage asks for.

    `values` are the record's Python values by API name, `stage` among them, links as nested mappings.
    `roles` None: somebody whom no role limits.

    :raises KeyError: when the pipeline has no such live stage.
    """
    stages = live_stages(pipeline)
    source, target = stages.get(str(values.get("stage"))), stages[to]
    way = find_way(pipeline, source, target)
    asked = _Asked(kind, _by_uid(kind, values), now)
    for stage, exit_too, entry_too in _gates(way, source, target):
        asked.stage(stage, exit_too=exit_too, entry_too=entry_too)
    for passage in way.passages:
        asked.fields(passage.required, passage.origin)
    if target.kind == "lost":
        asked.fields((LOSS_REASON,), target.origin)
    return Verdict(
        source=source.uid if source else "",
        to=to,
        way=way,
        missing=tuple(asked.missing.values()),
        unmet=tuple(asked.unmet.values()),
        blocked=_blocked(way, asked, roles),
        needs_motive=way.back and not way.passages,
    )


def standing(stage: Stage, kind: Object, values: Mapping[str, Any], *, now: Circumstances) -> Standing:
    """Return where a record stands in its stage; a criterion without a condition is for people to judge.

    A field that only a criterion of the stage asks for is said by the criterion, and counted once.
    """
    asked = _Asked(kind, _by_uid(kind, values), now)
    criteria = tuple((one, asked.meets(one.condition) if one.condition else None) for one in stage.exit)
    said = asked.presumed(one.condition for one in stage.exit if one.condition) & stage.origins.keys()
    required = tuple(uid for uid in stage.required if uid not in said)
    asked.required(stage, required)
    return Standing(tuple(asked.missing.values()), criteria, asked.known(required))


def conditions_on_way(pipeline: Pipeline, source: str, to: str) -> tuple[Condition, ...]:
    """Return the conditions that a move would ask about: those of the gates and passages on its way."""
    stages = live_stages(pipeline)
    way = find_way(pipeline, stages.get(source), stages[to])
    criteria = [
        one
        for stage, exit_too, entry_too in _gates(way, stages.get(source), stages[to])
        for one in (*(stage.exit if exit_too else ()), *(stage.entry if entry_too else ()))
    ]
    found = (*(one.condition for one in criteria), *(one.condition for one in way.passages))
    return tuple(condition for condition in found if condition is not None)


def left_forward(pipeline: Pipeline, source: str, to: str) -> frozenset[str]:
    """Return the stages that a move leaves forward: none when it goes back or the record is lost."""
    stages = live_stages(pipeline)
    way = find_way(pipeline, stages.get(source), stages[to])
    return frozenset(one.uid for one, leaves, _ in _gates(way, stages.get(source), stages[to]) if leaves)


def live_stages(pipeline: Pipeline) -> dict[str, Stage]:
    """Return the stages in use, in order, by uid."""
    return {stage.uid: stage for stage in pipeline.stages if not stage.archived}


def first_stage(pipeline: Pipeline) -> Stage | None:
    """Return the stage where a record begins."""
    stages = list(live_stages(pipeline).values())
    return next((stage for stage in stages if stage.begins), stages[0] if stages else None)


def find_way(pipeline: Pipeline, source: Stage | None, target: Stage) -> Way:
    """Return how one gets from a stage to another under the policy of moves."""
    stages = live_stages(pipeline)
    if source is None:
        return Way()
    back = _is_back(list(stages), source, target)
    direct = _direct(pipeline, source, target)
    if direct:
        return Way((direct,), back=back)
    if back or target.kind == "lost":
        return Way(back=back)
    path = _path(pipeline, stages, source, target)
    if path is None:
        return Way(drawn=False)
    return Way(path, tuple(stages[passage.target] for passage in path[:-1]))


def is_empty(value: Any) -> bool:
    """Return whether a value counts as not filled."""
    return value is None or value == "" or (isinstance(value, list | tuple | frozenset) and not value)


class _Asked:
    """Collects what the gates on the way ask for, each thing once."""

    def __init__(self, kind: Object, values: Mapping[str, Any], now: Circumstances) -> None:
        self.values = values
        self.now = now
        self.missing: dict[str, Missing] = {}
        self.unmet: dict[str, Unmet] = {}
        self._fields = {key: f for f in kind.fields if not f.archived for key in (f.name, f.uid)}

    def stage(self, stage: Stage, *, exit_too: bool, entry_too: bool) -> None:
        if exit_too:
            self.required(stage, stage.required)
            self._criteria(stage, stage.exit)
        if entry_too:
            self._criteria(stage, stage.entry)

    def required(self, stage: Stage, uids: tuple[str, ...]) -> None:
        for uid in uids:
            self.fields((uid,), stage.origins.get(uid, stage.origin))

    def fields(self, uids: tuple[str, ...], origin: Origin | None) -> None:
        for uid in uids:
            field = self._fields.get(uid)
            if field and field.uid not in self.missing and is_empty(self.values.get(uid)):
                self.missing[field.uid] = Missing(field, origin)

    def presumed(self, conditions: Iterable[Condition]) -> set[str]:
        """Return the uids of the fields without which the conditions cannot hold."""
        heads = (path.partition(".")[0] for one in conditions for path in walk.presumed(one))
        return {self._fields[head].uid for head in heads if head in self._fields}

    def known(self, uids: tuple[str, ...]) -> int:
        return len({self._fields[uid].uid for uid in uids if uid in self._fields})

    def _criteria(self, stage: Stage, criteria: tuple[Criterion, ...]) -> None:
        for one in criteria:
            if one.condition is not None and not self.meets(one.condition):
                origin = stage.origin and Origin(map=stage.origin.map, element=one.id)
                read = tuple(sorted(self._named(path) for path in walk.fields_of(one.condition)))
                self.unmet.setdefault(one.id, Unmet(one.id, one.label, stage.uid, origin, read))

    def _named(self, path: str) -> str:
        field = self._fields.get(path)
        return field.name if field else path

    def meets(self, condition: Condition) -> bool:
        return met_by(condition, self.values, self.now)


def _by_uid(kind: Object, values: Mapping[str, Any]) -> dict[str, Any]:
    return {**{f.uid: values[f.name] for f in kind.fields if f.name in values}, **values}


def _gates(way: Way, source: Stage | None, target: Stage) -> list[tuple[Stage, bool, bool]]:
    """Return the stages whose gates are passed: whether leaving, whether entering them is."""
    if target.kind == "lost" or way.back:
        return [(target, False, target.kind == "lost")]
    leaving = [(source, True, False)] if source else []
    return [*leaving, *((stage, True, True) for stage in way.skipped), (target, False, True)]


def _blocked(way: Way, asked: _Asked, roles: frozenset[str] | None) -> tuple[Blocked, ...]:
    if not way.drawn:
        return (Blocked("no_way"),)
    found = []
    for passage in way.passages:
        label = _label(passage.label)
        if passage.roles and roles is not None and not roles & set(passage.roles):
            found.append(Blocked("role", passage.uid, label, passage.roles))
        if passage.condition is not None and not asked.meets(passage.condition):
            found.append(Blocked("condition", passage.uid, label, condition=passage.condition))
    return tuple(found)


def _label(words: Words) -> str:
    return words.fr


def _is_back(order: list[str], source: Stage, target: Stage) -> bool:
    if source.kind in FINAL:
        return True
    return target.kind not in FINAL and order.index(target.uid) < order.index(source.uid)


def _direct(pipeline: Pipeline, source: Stage, target: Stage) -> Transition | None:
    return next(
        (
            passage
            for passage in pipeline.transitions
            if not passage.archived and (passage.source, passage.target) == (source.uid, target.uid)
        ),
        None,
    )


def _path(
    pipeline: Pipeline, stages: Mapping[str, Stage], source: Stage, target: Stage
) -> tuple[Transition, ...] | None:
    """Return the shortest path along drawn passages that runs through no final stage."""
    waiting: deque[tuple[str, tuple[Transition, ...]]] = deque([(source.uid, ())])
    seen = {source.uid}
    while waiting:
        at, path = waiting.popleft()
        for passage in pipeline.transitions:
            if passage.archived or passage.source != at or passage.target in seen:
                continue
            if passage.target == target.uid:
                return (*path, passage)
            seen.add(passage.target)
            if passage.target in stages and stages[passage.target].kind not in FINAL:
                waiting.append((passage.target, (*path, passage)))
    return None
