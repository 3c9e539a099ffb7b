"""What changes from one map to another, matched by id, each change on its element and in words.

Every difference gives a change: two maps without any are equal. What is drawn comes first: phases, lanes,
steps, passages; then what they hold.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from portulan.base.durations import Duration
from portulan.base.value import Value
from portulan.maps.changes import Change, Fact, What, Word
from portulan.maps.model import Before, Delays, Lane, Map, Passage, Phase, Step

V = TypeVar("V", bound=Value)
Element = Phase | Lane | Step | Passage

#: What the collections inside a step or a passage hold.
_HELD: Mapping[str, What] = {
    "information": "field",
    "entry": "criterion",
    "exit": "criterion",
    "frictions": "friction",
    "documents": "document",
    "systems": "system",
    "touchpoints": "touchpoint",
    "risks": "risk",
    "signals": "signal",
    "contents": "content",
    "compliance": "compliance",
    "submaps": "submap",
    "automations": "automation",
    "approvals": "approval",
    "after": "effect",
    "measures": "measure",
}
#: Properties that say where an element stands.
_PLACES = frozenset({"lane", "phase", "source", "target"})
_APART = frozenset({"id", "label"})


def diff(old: Map, new: Map) -> tuple[Change, ...]:
    """Return the changes that lead from one map to the other."""
    labels = _labels(old) | _labels(new)
    return (
        *_map(old, new),
        *_elements("phase", old.phases, new.phases, labels),
        *_elements("lane", old.lanes, new.lanes, labels),
        *_elements("step", old.steps, new.steps, labels),
        *_elements("passage", old.passages, new.passages, labels),
        *_scenarios(old, new),
        *_held((new.uid, new.title), "measures", old.measures, new.measures),
    )


def _labels(drawn: Map) -> dict[str, str]:
    """Return what each element is called; a passage is called by its ends too."""
    named: list[Phase | Lane | Step] = [*drawn.phases, *drawn.lanes, *drawn.steps]
    known = {one.id: one.label or one.id for one in named}
    for way in drawn.passages:
        ends = f"{known.get(way.source, way.source)} → {known.get(way.target, way.target)}"
        known[way.id] = f"{way.label} ({ends})" if way.label else ends
    return known


def _map(old: Map, new: Map) -> Iterator[Change]:
    if old.title != new.title:
        facts = {"before": old.title, "label": new.title}
        yield Change("renamed", "map", new.uid, "renamed_map", "title", facts)
    for name in ("kind", "subject", "scope", "variant_of", "answers", "promises"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield _property("map", new.uid, new.title, name, (before, after))


def _scenarios(old: Map, new: Map) -> Iterator[Change]:
    there, here = ({one.id: one for one in drawn.scenarios} for drawn in (old, new))
    for uid in [*here, *(uid for uid in there if uid not in here)]:
        before, after = there.get(uid), here.get(uid)
        facts: dict[str, Fact] = {"label": (after or there[uid]).title}
        if before is None:
            yield Change("added", "scenario", new.uid, "added_scenario", uid, facts)
        elif after is None:
            yield Change("removed", "scenario", new.uid, "removed_scenario", uid, facts)
        elif before != after:
            yield Change("changed", "scenario", new.uid, "changed_scenario", uid, facts)
    for uid in _out_of_order(list(there), list(here)):
        yield Change("moved", "scenario", new.uid, "reordered_scenario", uid, {"label": here[uid].title})


def _elements(
    what: What, old: Sequence[Element], new: Sequence[Element], labels: Mapping[str, str]
) -> Iterator[Change]:
    there, here = ({one.id: one for one in many} for many in (old, new))
    for uid in [*here, *(uid for uid in there if uid not in here)]:
        before, after = there.get(uid), here.get(uid)
        facts = {"label": labels[uid]}
        if before is None:
            yield Change("added", what, uid, f"added_{what}", facts=facts)
        elif after is None:
            yield Change("removed", what, uid, f"removed_{what}", facts=facts)
        elif before != after:
            yield from _element(what, before, after, labels)
    for uid in _out_of_order(list(there), list(here)):
        yield Change("moved", what, uid, f"reordered_{what}", "order", {"label": labels[uid]})


def _element(what: What, old: Element, new: Element, labels: Mapping[str, str]) -> Iterator[Change]:
    if old.label != new.label:
        facts = {"before": old.label or old.id, "label": new.label or new.id}
        yield Change("renamed", what, new.id, f"renamed_{what}", "label", facts)
    for name, before, after in _differences(old, new):
        if name in _PLACES:
            places = {"before": labels.get(before, before), "after": labels.get(after, after)}
            yield Change("moved", what, new.id, f"moved_{name}", name, {"label": labels[new.id], **places})
        elif name in _HELD:
            yield from _held((new.id, new.label or new.id), name, before, after)
        elif isinstance(after, Delays):
            yield from _delays(new, before, after)
        else:
            yield from _properties(what, new.id, labels[new.id], name, (before, after))


def _properties(what: What, element: str, label: str, name: str, values: tuple[Any, Any]) -> Iterator[Change]:
    before, after = values
    if isinstance(after, Before):
        for inner, was, now in _differences(before, after):
            yield _property(what, element, label, f"before_{inner}", (was, now))
    else:
        yield _property(what, element, label, name, values)


def _held(within: tuple[str, str], name: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """Compare what an element, by its id and its label, holds under one name, such as its documents."""
    element, label = within
    what = _HELD[name]
    there: dict[str, Any] = {one.id: one for one in old}
    here: dict[str, Any] = {one.id: one for one in new}
    for uid in [*here, *(uid for uid in there if uid not in here)]:
        before, after = there.get(uid), here.get(uid)
        facts: dict[str, Fact] = {
            "within": label,
            "noun": Word(f"noun_{name}"),
            "label": (here.get(uid) or there[uid]).label,
        }
        if before is None:
            yield Change("added", what, element, "added_part", uid, facts)
        elif after is None:
            yield Change("removed", what, element, "removed_part", uid, facts)
        elif before != after:
            yield from _part(what, element, before, after, facts)
    if _out_of_order(list(there), list(here)):
        facts = {"within": label, "noun": Word(f"noun_{name}")}
        yield Change("moved", what, element, "reordered_parts", name, facts)


def _part(what: What, element: str, old: Any, new: Any, facts: Mapping[str, Fact]) -> Iterator[Change]:
    if old.label != new.label:
        yield Change("renamed", what, element, "renamed_part", new.id, {**facts, "before": old.label})
    for name, before, after in _differences(old, new):
        said = _values(name, (before, after))
        sentence = "changed_part_from" if said else "changed_part"
        more = {**facts, **said, "property": Word(f"property_{name}")}
        yield Change("changed", what, element, sentence, new.id, more)


def _delays(within: Element, old: Delays, new: Delays) -> Iterator[Change]:
    for name, before, after in _differences(old, new):
        facts = {"within": within.label, "noun": Word(f"delay_{name}"), "before": before, "after": after}
        yield Change("changed", "delay", within.id, "changed_delay", name, facts)


def _property(what: What, element: str, label: str, name: str, values: tuple[Any, Any]) -> Change:
    said = _values(name, values)
    sentence = "changed_property_from" if said else "changed_property"
    facts = {"label": label, "property": Word(f"property_{name}"), **said}
    return Change("changed", what, element, sentence, name, facts)


def _values(name: str, values: tuple[Any, Any]) -> dict[str, Fact]:
    """Return both values of a property as facts when a sentence can hold them."""
    if name in ("kind", "priority", "use"):
        return dict(zip(("before", "after"), (Word(f"value_{one}") for one in values), strict=True))
    if name != "hue" and all(one is None or isinstance(one, int | Duration) for one in values):
        return dict(zip(("before", "after"), values, strict=True))
    return {}


def _differences(old: Value, new: Value) -> Iterator[tuple[str, Any, Any]]:
    """Yield the properties that differ, but the id and the label."""
    for name in type(new).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if name not in _APART and before != after:
            yield name, before, after


def _out_of_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the fewest ids that changed places among those of both sides: the others kept their order."""
    rank = {uid: place for place, uid in enumerate(old)}
    both = [uid for uid in new if uid in rank]
    best: list[list[str]] = []
    for index, uid in enumerate(both):
        before = (run for other, run in zip(both[:index], best, strict=True) if rank[other] < rank[uid])
        best.append([*_longest(before), uid])
    kept = set(_longest(best))
    return [uid for uid in both if uid not in kept]


def _longest(runs: Iterable[list[str]]) -> list[str]:
    found: list[str] = []
    for run in runs:
        if len(run) > len(found):
            found = run
    return found
