"""The requirements document of maps, as a value: headings, paragraphs, tables, whatever the file.

Pure. Each requirement bears an id made of the ids of its map and element, a link to that element, and a mark
when it changed since the version before. Files are the business of `blueprint.brief_docx` and `brief_pdf`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portulan.base import texts
from portulan.base.durations import Duration
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.telling import tell
from portulan.maps.diff import diff
from portulan.maps.model import Map, Priority, Step
from portulan.maps.scenarios import Scenario

LEVELS: tuple[Priority, ...] = ("indispensable", "important", "optional")


@dataclass(frozen=True)
class Heading:
    """A title of a level, from 1."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Row:
    """A line of a table; `link` leads to the element of the map, `changed`: since the version before."""

    cells: tuple[str, ...]
    link: str = ""
    changed: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its column titles."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Brief:
    """The whole document."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Sources:
    """What the document is made of; `before`, `proven` and `links` are by uid of the map.

    `proven` holds, by scenario, whether it is green; `links` the address of each map.
    """

    maps: Sequence[Map]
    blueprint: Blueprint
    before: Mapping[str, Map] = field(default_factory=dict)
    proven: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


def brief(sources: Sources, *, day: str, lang: str) -> Brief:
    """Return the requirements document of maps, dated in words."""
    writing = _Writing(sources, lang)
    return Brief(writing.say("title"), writing.say("subtitle", day=day), tuple(writing.blocks()))


class _Writing:
    """Writes one document in one language."""

    def __init__(self, sources: Sources, lang: str) -> None:
        self.sources, self.lang = sources, lang
        self._changed = {
            drawn.uid: {
                part for one in diff(sources.before[drawn.uid], drawn) for part in (one.element, one.part)
            }
            for drawn in sources.maps
            if drawn.uid in sources.before
        }

    def blocks(self) -> Iterator[Block]:
        yield Paragraph(self.say("lead"))
        yield Heading(1, self.say("processes"))
        yield self._table(("process", "covers", "segments", "steps"), map(self._process, self.sources.maps))
        for drawn in self.sources.maps:
            yield from self._map(drawn)
        yield Heading(1, self.say("functions"))
        for level in LEVELS:
            yield Heading(2, self.say(level))
            rows = (row for drawn in self.sources.maps for row in self._functions(drawn, level))
            yield self._table(("id", "requirement", "step"), rows)
        yield Heading(1, self.say("use_cases"))
        for drawn in self.sources.maps:
            for scenario in drawn.scenarios:
                yield from self._sheet(drawn, scenario)
        yield Heading(1, self.say("glossary"))
        yield self._table(("term", "meaning"), self._glossary())
        yield from self._changes()

    def say(self, key: str, **facts: Any) -> str:
        return texts.say(f"blueprint.brief_{key}", self.lang, **facts)

    def _process(self, drawn: Map) -> Row:
        steps = sum(step.kind != "gateway" for step in drawn.steps)
        cells = (drawn.title, drawn.scope.cycle, ", ".join(drawn.scope.segments), str(steps))
        return self._row(drawn, drawn.uid, cells)

    def _map(self, drawn: Map) -> Iterator[Block]:
        lanes = {one.id: one.label for one in drawn.lanes}
        phases = {one.id: one.label for one in drawn.phases}
        steps = [step for step in drawn.steps if step.kind != "gateway"]
        yield Heading(1, self.say("process_of", map=drawn.title))
        yield Heading(2, self.say("steps_roles"))
        rows = (
            self._row(
                drawn,
                step.id,
                (
                    _id(drawn, step.id),
                    step.label,
                    phases.get(step.phase, ""),
                    ", ".join([lanes.get(step.lane, ""), *step.actors]),
                    self._span(step.delays.target),
                ),
            )
            for step in steps
        )
        yield self._table(("id", "step", "phase", "role", "delay"), rows)
        for title, columns, made in (
            (
                "exchanges",
                ("id", "information", "step", "born", "circulates", "stored", "breaks"),
                self._exchanges,
            ),
            ("integrations", ("id", "system", "step", "detail"), self._systems),
            ("frictions", ("id", "friction", "step", "who"), self._frictions),
        ):
            found = [row for step in steps for row in made(drawn, step)]
            if found:
                yield Heading(2, self.say(title))
                yield self._table(columns, found)

    def _exchanges(self, drawn: Map, step: Step) -> Iterator[Row]:
        for one in step.information:
            places = (one.born, one.circulates, one.stored, one.breaks)
            yield self._row(drawn, one.id, (_id(drawn, one.id), one.label, step.label, *places), at=step)

    def _systems(self, drawn: Map, step: Step) -> Iterator[Row]:
        for one in step.systems:
            yield self._row(drawn, one.id, (_id(drawn, one.id), one.label, step.label, one.detail), at=step)

    def _frictions(self, drawn: Map, step: Step) -> Iterator[Row]:
        for one in step.frictions:
            yield self._row(drawn, one.id, (_id(drawn, one.id), one.label, step.label, one.who), at=step)

    def _functions(self, drawn: Map, level: Priority) -> Iterator[Row]:
        """Yield what the CRM must do at the steps of a level: ask, refuse, lead on, act by itself."""
        for step in drawn.steps:
            if step.priority != level or step.kind == "gateway":
                continue
            asked = [(one.id, self.say("asks", label=one.label)) for one in step.information if one.required]
            asked += [(one.id, self.say("entry", label=one.label)) for one in step.entry]
            asked += [(one.id, self.say("exit", label=one.label)) for one in step.exit]
            asked += [(one.id, self.say("automatic", label=one.label)) for one in step.automations]
            for way in (way for way in drawn.passages if way.source == step.id):
                target = next((one.label for one in drawn.steps if one.id == way.target), way.target)
                asked.append((way.id, self.say("passage", label=way.label or target, target=target)))
                asked += [(one.id, self.say("automatic", label=one.label)) for one in way.after]
            for element, said in asked:
                yield self._row(drawn, element, (_id(drawn, element), said, step.label), at=step)

    def _sheet(self, drawn: Map, scenario: Scenario) -> Iterator[Block]:
        told = tell(scenario, self.sources.blueprint, self.lang)
        proven = self.sources.proven.get(drawn.uid, {}).get(scenario.id)
        state = {True: "green", False: "red", None: "unproven"}[proven]
        yield Heading(2, f"{_id(drawn, scenario.id)} – {scenario.title}")
        if scenario.today:
            yield Paragraph(self.say("today", text=scenario.today))
        if scenario.tomorrow:
            yield Paragraph(self.say("tomorrow", text=scenario.tomorrow))
        yield Paragraph(self.say("verdict", verdict=self.say(state)))
        rows = [Row((self.say("given"), one, "")) for one in told.given]
        for moment in told.moments:
            rows.append(Row((self.say("when"), moment.when, "")))
            rows += [Row((self.say("then"), one, "☐")) for one in moment.then]
        yield self._table(("part", "what", "seen"), rows)

    def _glossary(self) -> Iterator[Row]:
        for one in self.sources.blueprint.objects:
            made = [field.label.say(self.lang) for field in one.fields if field.origin]
            yield Row((one.label.say(self.lang), ", ".join(made) or one.plural.say(self.lang)))
        for drawn in self.sources.maps:
            for step in drawn.steps:
                if step.description:
                    yield self._row(drawn, step.id, (step.label, step.description))

    def _changes(self) -> Iterator[Block]:
        said = [
            self._row(drawn, one.element, (drawn.title, one.say(self.lang)))
            for drawn in self.sources.maps
            if drawn.uid in self.sources.before
            for one in diff(self.sources.before[drawn.uid], drawn)
        ]
        if said:
            yield Heading(1, self.say("changes"))
            yield self._table(("process", "what"), said)

    def _row(self, drawn: Map, element: str, cells: tuple[str, ...], at: Step | None = None) -> Row:
        base = self.sources.links.get(drawn.uid, "")
        link = f"{base}?element={at.id if at else element}" if base else ""
        return Row(cells, link, element in self._changed.get(drawn.uid, ()))

    def _table(self, titles: tuple[str, ...], rows: Any) -> Table:
        return Table(tuple(self.say(f"col_{one}") for one in titles), tuple(rows))

    def _span(self, span: Duration | None) -> str:
        return texts.say(f"base.say_unit_{span.unit}", self.lang, n=span.amount) if span else ""


def _id(drawn: Map, element: str) -> str:
    """Return the id of a requirement: it never changes as long as the element lives."""
    return f"{drawn.uid}.{element}".upper().replace("_", "-")
