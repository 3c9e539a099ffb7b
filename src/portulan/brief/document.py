"""The requirements document, as a value: headings, paragraphs, tables, whatever the file.

Pure. Each requirement bears its number and a link to its element, and a mark when it changed since the last
version kept. Files are the business of `brief.word` and `brief.pdf`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portulan.base import texts
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.telling import tell
from portulan.brief.requirements import (
    LEVELS,
    Answers,
    Requirement,
    compared,
    key_of,
    numbered,
    requirements,
)
from portulan.maps.model import Map, Step
from portulan.maps.scenarios import Scenario


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
    """A line of a table; `link` leads to the element of the map, `changed`: since the last version."""

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
class Wait:
    """How many days records usually stay at a step, None when nobody left it yet, and how many are there."""

    days: float | None
    cases: int


@dataclass(frozen=True)
class Volume:
    """What our events say of a process: new cases a month over the last year, all cases, waits by step."""

    monthly: float
    cases: int
    waits: Mapping[str, Wait] = field(default_factory=dict)


@dataclass(frozen=True)
class Sources:
    """What the document is made of; mappings are by uid of the map, unless they say otherwise.

    `before` are the maps of the last version kept and `since` its number, `numbers` those given to
    requirements by key. `proven` holds, by scenario, whether it is green; `links` the address of each map;
    `users` how many people hold each role; `terms` the words of the glossary and what they mean.
    """

    maps: Sequence[Map]
    blueprint: Blueprint
    before: Sequence[Map] = ()
    since: int = 0
    numbers: Mapping[str, int] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    proven: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    volumes: Mapping[str, Volume] = field(default_factory=dict)
    users: Mapping[str, int] = field(default_factory=dict)
    terms: Sequence[tuple[str, str]] = ()

    def required(self, lang: str) -> tuple[tuple[Requirement, ...], tuple[Requirement, ...]]:
        """Return the requirements with their numbers and marks, and those that are gone since `before`."""
        now = numbered(requirements(self.maps, lang, self.answers), self.numbers)
        if not self.since:
            return now, ()
        marked, gone = compared(now, requirements(self.before, lang))
        return marked, numbered(gone, self.numbers)


def document(sources: Sources, *, day: str, lang: str) -> Brief:
    """Return the requirements document of maps, dated in words."""
    writing = _Writing(sources, lang)
    return Brief(writing.say("title"), writing.say("subtitle", day=day), tuple(writing.blocks()))


class _Writing:
    """Writes one document in one language."""

    def __init__(self, sources: Sources, lang: str) -> None:
        self.sources, self.lang = sources, lang
        self.required, self.gone = sources.required(lang)
        self.known = {one.key: one for one in self.required}

    def blocks(self) -> Iterator[Block]:
        yield Paragraph(self.say("lead"))
        yield Paragraph(self.say("marked", n=self.sources.since) if self.sources.since else self.say("first"))
        yield Heading(1, self.say("processes"))
        yield self._table(
            ("process", "covers", "segments", "steps", "monthly"), map(self._process, self.sources.maps)
        )
        yield Heading(1, self.say("roles"))
        yield self._table(("role", "process", "users"), self._roles())
        for drawn in self.sources.maps:
            yield from self._map(drawn)
        yield Heading(1, self.say("functions"))
        for level in LEVELS:
            yield Heading(2, self.say(level))
            functions = (one for one in self.required if one.level == level and one.kind != "use_case")
            yield self._table(("id", "requirement", "step", "answers"), map(self._function, functions))
        yield Heading(1, self.say("use_cases"))
        for drawn in self.sources.maps:
            for scenario in drawn.scenarios:
                yield from self._sheet(drawn, scenario)
        yield Heading(1, self.say("glossary"))
        yield self._table(("term", "meaning"), self._glossary())
        yield from self._changes()

    def say(self, key: str, **facts: Any) -> str:
        return texts.say(f"brief.{key}", self.lang, **facts)

    def _process(self, drawn: Map) -> Row:
        steps = sum(step.kind != "gateway" for step in drawn.steps)
        volume = self.sources.volumes.get(drawn.uid)
        monthly = _figure(volume.monthly, self.lang) if volume else self.say("unknown")
        scope = (drawn.scope.cycle, ", ".join(drawn.scope.segments))
        return Row((drawn.title, *scope, str(steps), monthly), self._link(drawn.uid, ""))

    def _roles(self) -> Iterator[Row]:
        played: dict[tuple[str, str], list[str]] = {}
        for drawn in self.sources.maps:
            for lane in drawn.lanes:
                played.setdefault((lane.role or "", lane.label), []).append(drawn.title)
        for (role, label), titles in sorted(played.items(), key=lambda one: one[0][1]):
            users = str(self.sources.users.get(role, 0)) if role else self.say("unknown")
            yield Row((label, ", ".join(dict.fromkeys(titles)), users))

    def _map(self, drawn: Map) -> Iterator[Block]:
        steps = [step for step in drawn.steps if step.kind != "gateway"]
        yield Heading(1, self.say("process_of", map=drawn.title))
        yield Heading(2, self.say("steps_roles"))
        columns = ("id", "step", "phase", "role", "delay", "wait")
        yield self._table(columns, (self._step(drawn, step) for step in steps))
        for title, names, made in (
            (
                "exchanges",
                ("id", "information", "step", "born", "circulates", "stored", "breaks"),
                self._exchanges,
            ),
            ("integrations", ("id", "system", "step", "detail"), self._systems),
            ("frictions", ("friction", "step", "who"), self._frictions),
        ):
            found = [row for step in steps for row in made(drawn, step)]
            if found:
                yield Heading(2, self.say(title))
                yield self._table(names, found)

    def _step(self, drawn: Map, step: Step) -> Row:
        phase = next((one.label for one in drawn.phases if one.id == step.phase), "")
        role = next((one.label for one in drawn.lanes if one.id == step.lane), "")
        target = step.delays.target
        delay = texts.say(f"base.say_unit_{target.unit}", self.lang, n=target.amount) if target else ""
        volume = self.sources.volumes.get(drawn.uid)
        waited = volume.waits.get(step.id) if volume else None
        wait = ""
        if waited and waited.days is not None:
            wait = self.say("waits", days=_figure(waited.days, self.lang), n=waited.cases)
        return self._row(drawn, step.id, (step.label, phase, role, delay, wait))

    def _exchanges(self, drawn: Map, step: Step) -> Iterator[Row]:
        for one in step.information:
            cells = (one.label, step.label, one.born, one.circulates, one.stored, one.breaks)
            yield self._row(drawn, one.id, cells)

    def _systems(self, drawn: Map, step: Step) -> Iterator[Row]:
        for one in step.systems:
            yield self._row(drawn, one.id, (one.label, step.label, one.detail))

    def _frictions(self, drawn: Map, step: Step) -> Iterator[Row]:
        roles = {lane.role: lane.label for lane in drawn.lanes}
        for one in step.frictions:
            cells = (one.label, step.label, roles.get(one.who, one.who))
            yield Row(cells, self._link(drawn.uid, step.id))

    def _function(self, one: Requirement) -> Row:
        cells = (one.reference, one.text, one.step or one.process, "; ".join(one.answers))
        return Row(cells, self._link(one.map, one.element), one.change != "same")

    def _sheet(self, drawn: Map, scenario: Scenario) -> Iterator[Block]:
        told = tell(scenario, self.sources.blueprint, self.lang)
        proven = self.sources.proven.get(drawn.uid, {}).get(scenario.id)
        state = {True: "green", False: "red", None: "unproven"}[proven]
        yield Heading(2, f"{self.known[key_of(drawn, scenario.id)].reference} – {scenario.title}")
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
        for word, meaning in self.sources.terms:
            yield Row((word, meaning))
        for one in self.sources.blueprint.objects:
            made = [field.label.say(self.lang) for field in one.fields if field.origin]
            yield Row((one.label.say(self.lang), ", ".join(made) or one.plural.say(self.lang)))
        for drawn in self.sources.maps:
            for step in drawn.steps:
                if step.description:
                    yield Row((step.label, step.description), self._link(drawn.uid, step.id))

    def _changes(self) -> Iterator[Block]:
        moved = [one for one in self.required if one.change != "same"]
        if not self.sources.since or not (moved or self.gone):
            return
        yield Heading(1, self.say("changes", n=self.sources.since))
        rows = [Row((one.reference, self.say(one.change), one.text)) for one in moved]
        rows += [Row((one.reference, self.say("gone"), one.text)) for one in self.gone]
        yield self._table(("id", "fate", "requirement"), rows)

    def _row(self, drawn: Map, part: str, cells: tuple[str, ...]) -> Row:
        one = self.known[key_of(drawn, part)]
        return Row((one.reference, *cells), self._link(drawn.uid, one.element), one.change != "same")

    def _link(self, uid: str, element: str) -> str:
        base = self.sources.links.get(uid, "")
        return f"{base}?element={element}" if base and element else base

    def _table(self, titles: tuple[str, ...], rows: Iterable[Row]) -> Table:
        return Table(tuple(self.say(f"col_{one}") for one in titles), tuple(rows))


def _figure(value: float, lang: str) -> str:
    """Return a number with one digit after the point, as the language writes it."""
    return f"{value:.1f}".replace(".", "," if lang == "fr" else ".")
