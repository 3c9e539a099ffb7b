"""From published maps to the blueprint: stages, gates, fields, each with the map element it comes from.

A pure function: the same maps give the same blueprint, byte for byte. Every conflict between maps is
found before any refusal, and named on both.
"""

import hashlib
from collections.abc import Iterator, Sequence

from portulan.base.refusals import NotValid, Problem
from portulan.base.value import Words
from portulan.blueprint.approve import approve
from portulan.blueprint.automate import automate
from portulan.blueprint.demand import demand
from portulan.blueprint.engage import engage
from portulan.blueprint.entitle import entitle
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.handovers import hand_over
from portulan.blueprint.schema import (
    Blueprint,
    Choice,
    Field,
    Object,
    Origin,
    Pipeline,
    Stage,
    Transition,
)
from portulan.blueprint.tally import boards, tally
from portulan.maps.model import Information, Map, Passage, Scope, Step

#: As in `base.value.ElementId`.
_LONGEST_ID = 48


class MapsNotCompiled(NotValid):
    """The maps cannot become one blueprint."""

    code = "blueprint.maps_not_compiled"


def compile_maps(maps: Sequence[Map], base: Blueprint) -> Blueprint:
    """Return the blueprint that process maps and the base model give together.

    :raises MapsNotCompiled: with every conflict: unknown subject or type, one field with two types, a stage
        of two maps.
    """
    ordered = sorted((one for one in maps if _builds(one)), key=lambda one: one.uid)
    problems = [*_subjects(ordered, base), *_rivals(ordered), *_conflicts(ordered, base)]
    if problems:
        raise MapsNotCompiled(*problems)
    objects = tuple(_with_fields(one, ordered) for one in base.objects)
    kinds = {one.uid: one for one in objects}
    pipelines = tuple(demand(_pipeline(one), kinds[one.subject or ""]) for one in ordered)
    rules = tuple(
        rule
        for drawn, built in zip(ordered, pipelines, strict=True)
        for rule in (*automate(drawn, built), *hand_over(drawn, built))
    )
    promises = tuple(promise for drawn in ordered for promise in engage(drawn))
    approvals = tuple(
        one for drawn, built in zip(ordered, pipelines, strict=True) for one in approve(drawn, built)
    )
    figures = [tally(drawn, built) for drawn, built in zip(ordered, pipelines, strict=True)]
    return base.model_copy(
        update={
            "objects": objects,
            "pipelines": pipelines,
            "roles": entitle(base.roles, objects, ordered),
            "rules": rules,
            "promises": promises,
            "approvals": approvals,
            "measures": tuple(one for each in figures for one in each),
            "boards": tuple(
                one for drawn, each in zip(ordered, figures, strict=True) for one in boards(drawn, each)
            ),
        }
    )


def _builds(drawn: Map) -> bool:
    """Return whether a map is built: a process to be; what is as-is is looked at, never compiled."""
    return drawn.kind == "process" and drawn.state == "to_be"


def _subjects(maps: Sequence[Map], base: Blueprint) -> Iterator[Problem]:
    known = {one.uid for one in base.objects}
    stages: dict[str, Map] = {}
    uids = [one.uid for one in maps]
    for drawn in maps:
        if uids.count(drawn.uid) > 1:
            yield Problem(drawn.uid, "blueprint.map_twice", {"map": drawn.title})
        if drawn.subject not in known:
            yield Problem(drawn.uid, "blueprint.unknown_subject", {"map": drawn.title})
        for step in drawn.steps:
            other = stages.setdefault(step.id, drawn)
            if other.uid != drawn.uid:
                facts = {"step": step.label, "map": drawn.title, "other": other.title}
                yield Problem(f"{drawn.uid}/{step.id}", "blueprint.stage_twice", facts)


def _rivals(maps: Sequence[Map]) -> Iterator[Problem]:
    """Yield the maps of one subject of one scope: which of them a record follows, nobody said."""
    claimed: dict[tuple[str | None, Scope], Map] = {}
    for drawn in maps:
        other = claimed.setdefault((drawn.subject, drawn.scope), drawn)
        if other.uid != drawn.uid:
            for one, rival in ((drawn, other), (other, drawn)):
                facts = {"map": one.title, "other": rival.title}
                yield Problem(one.uid, "blueprint.no_selector", facts)


def _conflicts(maps: Sequence[Map], base: Blueprint) -> Iterator[Problem]:
    types = {(one.uid, field.uid): (field.type, "") for one in base.objects for field in one.fields}
    for drawn in maps:
        for step, entry in _entries(drawn):
            where = f"{drawn.uid}/{step.id}/{entry.id}"
            facts = {"field": entry.label, "map": drawn.title}
            if entry.field is not None:
                if (drawn.subject or "", entry.field) not in types:
                    yield Problem(where, "blueprint.unknown_field", facts)
            elif entry.type not in TYPES:
                yield Problem(where, "blueprint.unknown_type", {**facts, "type": entry.type})
            else:
                known, other = types.setdefault(
                    (drawn.subject or "", entry.id), (entry.type or "", drawn.title)
                )
                if known != entry.type:
                    yield Problem(where, "blueprint.field_of_two_types", {**facts, "other": other or "–"})


def _entries(drawn: Map) -> Iterator[tuple[Step, Information]]:
    """Yield the information that concerns fields: that of an existing one, or of one to be."""
    for step in drawn.steps:
        for entry in step.information:
            if entry.field is not None or entry.type is not None:
                yield step, entry


def _with_fields(one: Object, maps: Sequence[Map]) -> Object:
    fields = {field.uid: field for field in one.fields}
    for drawn in maps:
        if drawn.subject == one.uid:
            for step, entry in _entries(drawn):
                if entry.field is None and entry.id not in fields:
                    fields[entry.id] = _field(entry, Origin(map=drawn.uid, element=step.id))
    return one.model_copy(update={"fields": tuple(fields.values())})


def _field(entry: Information, origin: Origin) -> Field:
    listed = entry.options.get("choices", [])
    choices = tuple(
        Choice(id=str(choice["id"]), label=Words(fr=str(choice["label"])))
        for choice in (listed if isinstance(listed, list) else [])
        if isinstance(choice, dict)
    )
    return Field(
        uid=entry.id,
        name=entry.id,
        label=Words(fr=entry.label),
        type=entry.type or "text",
        column=entry.id,
        choices=choices,
        currency=str(entry.options.get("currency", "EUR")),
        origin=origin,
    )


def _pipeline(drawn: Map) -> Pipeline:
    phases = {phase.id: rank for rank, phase in enumerate(drawn.phases)}
    stages = sorted(
        (step for step in drawn.steps if step.kind != "gateway"), key=lambda step: phases.get(step.phase, 0)
    )
    return Pipeline(
        uid=drawn.uid,
        object=drawn.subject or "",
        label=Words(fr=drawn.title),
        stages=tuple(_stage(drawn, step) for step in stages),
        transitions=tuple(_transitions(drawn)),
        origin=Origin(map=drawn.uid, element=drawn.uid),
    )


def _stage(drawn: Map, step: Step) -> Stage:
    required = tuple(entry.field or entry.id for entry in step.information if entry.required)
    return Stage(
        uid=step.id,
        label=Words(fr=step.label),
        kind=step.kind,
        probability=step.probability,
        begins=step.begins,
        entry=step.entry,
        exit=step.exit,
        required=required,
        delay=step.delays.target,
        origin=Origin(map=drawn.uid, element=step.id),
    )


def _transitions(drawn: Map) -> Iterator[Transition]:
    gateways = {step.id for step in drawn.steps if step.kind == "gateway"}
    for passage in drawn.passages:
        if passage.source not in gateways:
            yield from _through(drawn, (passage,), gateways)


def _through(drawn: Map, way: tuple[Passage, ...], gateways: set[str]) -> Iterator[Transition]:
    """Follow a passage through gateways to the stages that it leads to; a circle of gateways ends the way."""
    last = way[-1]
    if last.target not in gateways:
        yield _transition(drawn, way)
        return
    for following in drawn.passages:
        if following.source == last.target and following not in way:
            yield from _through(drawn, (*way, following), gateways)


def _transition(drawn: Map, way: tuple[Passage, ...]) -> Transition:
    aliases = {entry.id: entry.field for _, entry in _entries(drawn) if entry.field}
    conditions = tuple(one.before.condition for one in way if one.before.condition is not None)
    both = {"all": conditions} if len(conditions) > 1 else (conditions or (None,))[0]
    return Transition.model_validate(
        {
            "uid": _uid(way),
            "source": way[0].source,
            "target": way[-1].target,
            "label": Words(fr=way[-1].label or way[0].label),
            "roles": tuple(dict.fromkeys(role for one in way for role in one.before.roles)),
            "condition": both,
            "required": tuple(dict.fromkeys(aliases.get(f, f) for one in way for f in one.during)),
            "after": tuple(note.label for one in way for note in one.after),
            "fires_after": next((one.fires_after for one in way if one.fires_after), None),
            "origin": Origin(map=drawn.uid, element=way[0].id),
        }
    )


def _uid(way: tuple[Passage, ...]) -> str:
    """Return the passage's id, or one for the way through gateways, shortened by a hash where too long."""
    joined = "_via_".join(one.id for one in way)
    if len(joined) <= _LONGEST_ID:
        return joined
    return f"{way[0].id[:30].rstrip('_')}_h{hashlib.sha256(joined.encode()).hexdigest()[:12]}"
