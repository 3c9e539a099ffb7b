"""A map as a Markdown outline: phases, their steps, and all that each step and passage says.

Owns the order in which a map is read aloud. Labels are text, never markup.
"""

import re
from collections.abc import Iterator

from portulan.base import texts
from portulan.maps.changes import say_fact
from portulan.maps.model import FINAL, Criterion, Map, Passage, Step

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
#: White space but the spaces of typography.
_BREAKS = re.compile(r"[^\S\u202f\u00a0]+")
#: What a step holds, in the order in which a step is read.
_PARTS = (
    "entry", "information", "documents", "systems", "touchpoints", "frictions", "risks", "signals",
    "contents", "compliance", "automations", "approvals", "exit", "submaps",
)  # fmt: skip


def outline(drawn: Map, lang: str) -> str:
    """Return the map as Markdown; what stands in no phase comes last."""
    lines = [f"# {_plain(drawn.title)}", "", *_scope(drawn, lang)]
    known = {phase.id for phase in drawn.phases}
    for phase in drawn.phases:
        lines += [f"## {_plain(phase.label)}", ""]
        lines += _steps(drawn, [step for step in drawn.steps if step.phase == phase.id], lang)
    lines += _steps(drawn, [step for step in drawn.steps if step.phase not in known], lang)
    return "\n".join(lines).rstrip() + "\n"


def _scope(drawn: Map, lang: str) -> list[str]:
    scope = drawn.scope
    said = [scope.cycle, ", ".join((*scope.segments, *scope.countries, *scope.entities))]
    covered = " · ".join(part for part in said if part)
    return [_line(texts.say("maps.property_scope", lang), _plain(covered), lang), ""] if covered else []


def _steps(drawn: Map, steps: list[Step], lang: str) -> Iterator[str]:
    lanes = {lane.id: lane.label for lane in drawn.lanes}
    for step in steps:
        facts = [lanes.get(step.lane, ""), texts.say(f"maps.value_{step.kind}", lang)]
        if step.kind not in FINAL and step.kind != "gateway":
            facts += [f"{step.probability}\u202f%"] if step.probability is not None else []
        yield f"### {_plain(step.label)}"
        yield ""
        yield f"*{_plain(' · '.join(fact for fact in facts if fact))}*"
        yield ""
        if step.description:
            yield _plain(step.description)
            yield ""
        yield from (f"- {line}" for line in (*_inside(step, lang), *_ways(drawn, step, lang)))
        yield ""


def _inside(step: Step, lang: str) -> Iterator[str]:
    for name in ("target", "usual", "maximum"):
        delay = getattr(step.delays, name)
        if delay is not None:
            yield _line(texts.say(f"maps.delay_{name}", lang), say_fact(delay, lang), lang)
    for part in _PARTS:
        for one in getattr(step, part):
            noun = texts.say(f"maps.noun_{part}", lang)
            yield _line(noun, _plain(one.label) + _check(one, lang), lang)


def _check(one: object, lang: str) -> str:
    """Return, in brackets, that a criterion is checked by itself or that an information is required."""
    if isinstance(one, Criterion) and one.condition is not None:
        return f" ({texts.say('maps.outline_checked', lang)})"
    return f" ({texts.say('maps.property_required', lang)})" if getattr(one, "required", False) else ""


def _ways(drawn: Map, step: Step, lang: str) -> Iterator[str]:
    labels = {one.id: one.label for one in drawn.steps}
    for way in drawn.passages:
        if way.source == step.id:
            yield f"→ **{_plain(labels.get(way.target, way.target))}**{_way(way, lang)}"


def _way(way: Passage, lang: str) -> str:
    said = [_plain(way.label)] if way.label else []
    if way.fires_after is not None:
        noun = texts.say("maps.property_fires_after", lang)
        said.append(_line(noun, say_fact(way.fires_after, lang), lang))
    said += [_line(texts.say("maps.noun_after", lang), _plain(note.label), lang) for note in way.after]
    return f" ({' · '.join(said)})" if said else ""


def _line(noun: str, text: str, lang: str) -> str:
    return texts.say("maps.outline_line", lang, noun=noun[:1].upper() + noun[1:], text=text)


def _plain(text: str) -> str:
    """Return the text on one line, its signs of markup escaped."""
    return _MARKUP.sub(r"\\\1", _BREAKS.sub(" ", text).strip())
