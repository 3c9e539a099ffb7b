"""From what a map promises to promises that clocks measure.

Pure. What is drawn as a promise comes first, in the order of the drawing; the delays aimed at give those
that everybody else gets: on records that wait for us (tickets, leads), the first step’s delay is the time
to answer or to pick up, the delays of all steps together the time to resolve.
"""

from collections.abc import Iterator

from portulan.base.durations import Duration
from portulan.base.value import Words
from portulan.blueprint.schema import Origin, Promise
from portulan.maps.model import FINAL, Map, Step
from portulan.maps.rules import DrawnPromise, Measure

#: What the first answer to a record is called, by object; others promise nothing by their delays alone.
_FIRST: dict[str, Measure] = {"ticket": "first_response", "lead": "pick_up"}
_LABELS: dict[Measure, Words] = {
    "pick_up": Words(fr="Prise en charge", en="Pick-up"),
    "first_response": Words(fr="Première réponse", en="First response"),
    "next_response": Words(fr="Réponse suivante", en="Next response"),
    "resolution": Words(fr="Résolution", en="Resolution"),
}
#: Opening hours of a day, to add up days and hours.
_HOURS_A_DAY = 7


def engage(drawn: Map) -> tuple[Promise, ...]:
    """Return the promises of a map, the most particular first."""
    begins = next((step for step in drawn.steps if step.begins), None)
    return () if begins is None else (*_stated(drawn, begins), *_aimed_at(drawn, begins))


def waits_for_us(drawn: Map) -> bool:
    """Return whether what travels asks something of us: it belongs to who works on it."""
    return drawn.subject in _FIRST


def promise_uid(drawn: Map, promise_id: str) -> str:
    """Return the uid of what a promise of a map is built into."""
    return f"{drawn.uid[:20].rstrip('_')}_{promise_id[:26].rstrip('_')}"


def _stated(drawn: Map, begins: Step) -> Iterator[Promise]:
    for one in drawn.promises:
        yield _promise(drawn, begins, one)


def _aimed_at(drawn: Map, begins: Step) -> Iterator[Promise]:
    first = _FIRST.get(drawn.subject or "")
    if first is None:
        return
    if begins.delays.target is not None:
        yield _promise(drawn, begins, _drawn(first, begins.delays.target))
    whole = _together(drawn)
    if whole is not None and drawn.subject == "ticket":
        yield _promise(drawn, begins, _drawn("resolution", whole))


def _drawn(measure: Measure, target: Duration) -> DrawnPromise:
    return DrawnPromise(id=measure, label=_LABELS[measure].fr, measure=measure, target=target)


def _together(drawn: Map) -> Duration | None:
    """Return the working hours that the map aims at from end to end, waiting for the client apart."""
    aimed = [
        step.delays.target
        for step in drawn.steps
        if step.delays.target is not None and step.kind not in {*FINAL, "wait", "gateway"}
    ]
    if not aimed or any(not one.unit.startswith("working_") for one in aimed):
        return None
    hours = sum(one.amount * (_HOURS_A_DAY if one.unit == "working_days" else 1) for one in aimed)
    return Duration(amount=hours, unit="working_hours")


def _promise(drawn: Map, begins: Step, one: DrawnPromise) -> Promise:
    named = {words.fr: words for words in _LABELS.values()}
    return Promise(
        uid=promise_uid(drawn, one.id),
        label=named.get(one.label, Words(fr=one.label)),
        object=drawn.subject or "",
        pipeline=drawn.uid,
        measure=one.measure,
        target=one.target,
        condition=one.condition,
        starts=begins.id,
        pauses=tuple(step.id for step in drawn.steps if step.kind == "wait"),
        stops=tuple(step.id for step in drawn.steps if step.kind in FINAL),
        warn_at=one.warn_at,
        escalate=one.escalate,
        origin=Origin(map=drawn.uid, element=begins.id),
    )
