"""What a drawing says happens by itself, read back as sentences, with what would keep it from running.

Pure: the map is read alone, on the base model, as it would be built.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from portulan.base.refusals import NotThere
from portulan.blueprint.automate import uid_of
from portulan.blueprint.check import check
from portulan.blueprint.check_scenarios import check_scenario
from portulan.blueprint.compile import MapsNotCompiled, compile_maps
from portulan.blueprint.engage import promise_uid
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.telling import Telling, tell
from portulan.blueprint.wording import Wording
from portulan.maps.model import Automatic, Map


@dataclass(frozen=True)
class Said:
    """A rule, a promise, an approval or a measure of a map, by its id there: its sentence, what keeps it."""

    id: str
    say: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """A scenario as sentences, and why it could not be played."""

    told: Telling
    problems: tuple[str, ...]


def read_back(drawn: Map, base: Blueprint, lang: str) -> list[Said]:
    """Return the sentences of what a map says happens by itself; none while the map cannot be built."""
    try:
        built = compile_maps([drawn.model_copy(update={"kind": "process", "state": "to_be"})], base)
    except MapsNotCompiled:
        return []
    wording = Wording(lang, built)
    said = {rule.uid: wording.rule(rule) for rule in built.rules}
    said |= {promise.uid: wording.promise(promise) for promise in built.promises}
    said |= {approval.uid: wording.approval(approval) for approval in built.approvals}
    said |= {figure.uid: wording.figure(figure) for figure in built.measures}
    wrong = [(problem.where, problem.say(lang)) for problem in check(built)]
    return [
        Said(one, said[uid], tuple(text for where, text in wrong if where.split("/")[0] == uid))
        for one, uid in _uids(drawn)
        if uid in said
    ]


def read_story(drawn: Map, story_id: str, base: Blueprint, lang: str) -> Story:
    """Return a scenario of a map as sentences, with what would keep it from being played.

    :raises NotThere: when the map has no such scenario.
    :raises MapsNotCompiled: when the map cannot be built.
    """
    story = next((one for one in drawn.scenarios if one.id == story_id), None)
    if story is None:
        raise NotThere
    built = compile_maps([drawn.model_copy(update={"kind": "process", "state": "to_be"})], base)
    wrong = dict.fromkeys(problem.say(lang) for problem in check_scenario(story, built))
    return Story(tell(story, built, lang), tuple(wrong))


def _uids(drawn: Map) -> Iterator[tuple[str, str]]:
    """Yield each note that carries a rule and each promise, with the uid of what it is built into."""
    for note in _notes(drawn):
        if note.rule is not None:
            yield note.id, uid_of(drawn.uid, note.id)
    for step in drawn.steps:
        for approval in step.approvals:
            yield approval.id, uid_of(drawn.uid, approval.id)
    for promise in drawn.promises:
        yield promise.id, promise_uid(drawn, promise.id)
    for measure in drawn.measures:
        yield measure.id, uid_of(drawn.uid, measure.id)


def _notes(drawn: Map) -> Iterator[Automatic]:
    for step in drawn.steps:
        yield from step.automations
    for way in drawn.passages:
        yield from way.after
