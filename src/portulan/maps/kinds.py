"""What each kind of map asks of what is drawn on it, beyond what every map does.

A process is checked as what it will build (`maps.lint`); the other kinds build nothing, and are asked what
makes them worth reading: a journey how the client feels and where one meets, a tree of decisions an answer
for every case, a map of stakeholders who weighs and who signs, a mind map one place for each idea.
"""

from collections.abc import Callable, Iterator

from portulan.base.fold import fold
from portulan.maps import decisions
from portulan.maps.findings import Finding, error, warning
from portulan.maps.model import FINAL, Map, MapKind, Passage, Step
from portulan.maps.ways import Ways

Check = Callable[[Map, Ways], Iterator[Finding]]


def lint(drawn: Map, ways: Ways) -> Iterator[Finding]:
    """Return what is wrong with a map of a kind that builds nothing."""
    check = _CHECKS.get(drawn.kind)
    return check(drawn, ways) if check else iter(())


def _journey(drawn: Map, _: Ways) -> Iterator[Finding]:
    for step in drawn.steps:
        if step.kind == "gateway":
            continue
        if not step.touchpoints:
            yield warning("moment_without_touchpoint", step.id, step=step.label)
        if step.emotion is None:
            yield warning("moment_without_emotion", step.id, step=step.label)


def _decision(drawn: Map, ways: Ways) -> Iterator[Finding]:
    for step in drawn.steps:
        out = ways.leaving.get(step.id, [])
        asks = step.kind in ("decision", "gateway")
        if not out and step.kind not in FINAL:
            found = error if asks else warning
            yield found("dead_end", step.id, step=step.label)
        elif asks:
            yield from _answers(step, out)
            yield from decisions.overlaps(step, out)


def _answers(step: Step, out: list[Passage]) -> Iterator[Finding]:
    bare = [way for way in out if way.before.condition is None]
    if len(out) == 1:
        yield warning("one_answer", step.id, step=step.label)
    for way in bare:
        if not way.label.strip():
            yield warning("answer_without_words", way.id, step=step.label)
    if len(bare) < len(out):
        if len(bare) > 1:
            yield error("two_defaults", step.id, step=step.label)
        elif not bare:
            yield warning("no_default", step.id, step=step.label)


def _stakeholder(drawn: Map, _: Ways) -> Iterator[Finding]:
    played: set[str] = set()
    for step in drawn.steps:
        if step.kind not in ("task", "contact"):
            continue
        person = step.person
        played.update(person.roles if person else ())
        if person is None or not person.roles:
            yield warning("person_without_role", step.id, step=step.label)
        if person is None or person.power is None:
            yield warning("person_without_power", step.id, step=step.label)
    if drawn.steps and "decider" not in played:
        yield warning("no_decider", "")
    if drawn.steps and "signatory" not in played:
        yield warning("nobody_signs", "")


def _mind(drawn: Map, _: Ways) -> Iterator[Finding]:
    known: set[str] = set()
    for step in drawn.steps:
        idea = fold(step.label.strip())
        if idea and idea in known:
            yield warning("idea_twice", step.id, step=step.label)
        known.add(idea)


_CHECKS: dict[MapKind, Check] = {
    "journey": _journey,
    "decision": _decision,
    "stakeholder": _stakeholder,
    "mind": _mind,
}
