"""What vendors are compared on: steps, automations, integrations and use cases, and what any CRM owes.

Pure. A criterion has the key of what it comes from, a theme, a weight from its importance, and in detail what
to look for: the requirements of a step, the sheet of a use case.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from portulan.base import texts
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.telling import tell
from portulan.brief.requirements import Requirement, key_of, requirements
from portulan.maps.model import Map, Priority
from portulan.maps.scenarios import Scenario

Theme = Literal["processes", "automations", "integrations", "use_cases", "configuration"]
THEMES: tuple[Theme, ...] = ("processes", "automations", "integrations", "use_cases", "configuration")
HEAVIEST = 5
_WEIGHTS: dict[Priority, int] = {"indispensable": 3, "important": 2, "optional": 1}
_OF_STEP = frozenset({"step", "field", "criterion", "passage"})
#: What is asked of any CRM, and test sheets of sales that no starter plays.
_OWED: tuple[tuple[str, Theme, int], ...] = (
    ("complex_sale", "use_cases", 3),
    ("distributors", "use_cases", 3),
    ("public_tender", "use_cases", 3),
    ("own_steps", "configuration", 3),
    ("own_rules", "configuration", 2),
    ("open_doors", "configuration", 2),
)


@dataclass(frozen=True)
class Asking:
    """A criterion as the maps give it; `element` is what to show on its map."""

    key: str
    theme: Theme
    label: str
    detail: str
    weight: int
    map: str = ""
    element: str = ""


def criteria(maps: Sequence[Map], blueprint: Blueprint, lang: str) -> tuple[Asking, ...]:
    """Return what to compare vendors on, theme by theme."""
    found = [
        asking
        for drawn in maps
        for asking in (*_of_map(drawn, requirements([drawn], lang)), *_sheets(drawn, blueprint, lang))
    ]
    found += [
        Asking(key, theme, _say(key, lang), _say(f"{key}_detail", lang), weight)
        for key, theme, weight in _OWED
    ]
    return tuple(sorted(found, key=lambda one: THEMES.index(one.theme)))


def _of_map(drawn: Map, required: Iterable[Requirement]) -> Iterator[Asking]:
    """Yield a criterion a step, with all that it requires in detail, and one an automation and a system."""
    steps: dict[str, Asking] = {}
    for one in required:
        if one.kind in _OF_STEP:
            known = steps.get(one.step)
            detail = f"{known.detail}\n{one.text}" if known else one.text
            first = known or _asking(drawn, one, "processes", f"{one.process} – {one.step}")
            steps[one.step] = Asking(**{**vars(first), "detail": detail})
        elif one.kind in ("automation", "promise"):
            yield _asking(drawn, one, "automations", one.text)
        elif one.kind == "integration":
            yield _asking(drawn, one, "integrations", one.text)
    yield from steps.values()


def _asking(drawn: Map, one: Requirement, theme: Theme, label: str) -> Asking:
    detail = " – ".join(part for part in (one.process, one.step) if part)
    return Asking(one.key, theme, label, detail, _WEIGHTS[one.level], drawn.uid, one.element)


def _sheets(drawn: Map, blueprint: Blueprint, lang: str) -> Iterator[Asking]:
    for scenario in drawn.scenarios:
        if scenario.kind == "use_case":
            detail = "\n".join(_sheet(scenario, blueprint, lang))
            yield Asking(key_of(drawn, scenario.id), "use_cases", scenario.title, detail, 3, drawn.uid)


def _sheet(scenario: Scenario, blueprint: Blueprint, lang: str) -> Iterator[str]:
    told = tell(scenario, blueprint, lang)
    for one in told.given:
        yield f"{_say('given', lang)} {one}"
    for moment in told.moments:
        yield f"{_say('when', lang)} {moment.when}"
        for then in moment.then:
            yield f"– {_say('then', lang)} {then}"


def _say(key: str, lang: str) -> str:
    return texts.say(f"brief.{key}", lang)
