"""Lines of a file as values of a record: cleaned, dated, named; what does not read is said, all at once.

Owns the styles of the columns (which mark parts decimals, which of day and month comes first). Pure but for
the resolvers, which it is given.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from portulan.base import calendar as calendars
from portulan.base import moments
from portulan.base.fold import fold
from portulan.base.refusals import Problem
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field, Object
from portulan.connectors.choices import CREATED_AT, EXTERNAL, MOVED_AT, STAGE, Choices
from portulan.connectors.cleaning import numbers
from portulan.connectors.cleaning.clean import clean
from portulan.connectors.guess import is_moment
from portulan.connectors.resolving import Resolver
from portulan.connectors.sheets import Line
from portulan.records import sight, values

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TRUE = frozenset(["oui", "o", "vrai", "true", "yes", "y", "x", "1"])
_FALSE = frozenset(["non", "n", "faux", "false", "no", "0"])
_SEVERAL = (";", "|")


@dataclass
class Read:
    """A line as values by API name, JSON; what it is known by elsewhere, its stage, its dates.

    `cleaned`: target → (as it was, as it will be). `unknown`: targets that name what nobody knows.
    `later`: links to what the file itself will make. `beside`: links to what is made because nobody knows it.
    `whys`: why a way of writing is unknown, as codes.
    """

    line: Line
    given: dict[str, Any] = field(default_factory=dict)
    external: str = ""
    stage: str | None = None
    moved_at: datetime | None = None
    created_at: datetime | None = None
    cleaned: dict[str, tuple[str, str]] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    whys: dict[tuple[str, str], str] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Styles:
    """How a file writes: the mark of decimals and the order of dates, by target; which dates are unsure."""

    marks: Mapping[str, numbers.Mark]
    orders: Mapping[str, moments.Order]
    unsure: tuple[str, ...] = ()


def styles(kind: Object, choices: Choices, header: Sequence[str], sample: Sequence[Line]) -> Styles:
    """Return how the columns of a file write numbers and dates, from a sample of its lines."""
    live = values.live(kind)
    marks: dict[str, numbers.Mark] = {}
    orders: dict[str, moments.Order] = {}
    unsure = []
    for at, name in enumerate(header):
        target = choices.columns.get(name, "")
        held = [line.cells[at] for line in sample if line.whole and line.cells[at]]
        if is_moment(live.get(target), target):
            found = moments.guess(pl.Series(held, dtype=pl.String))
            order = found.order if found else "ymd"
            if found and not found.sure:
                unsure.append(target)
            if order in ("dmy", "mdy") and choices.day_first is not None and not (found and found.sure):
                order = "dmy" if choices.day_first else "mdy"
            orders[target] = order
        elif target in live and TYPES.get(live[target].type).kind == "number":
            marks[target] = numbers.decimal_mark(held)
    return Styles(marks, orders, tuple(unsure))


class Reader:
    """Reads lines of one file for one object."""

    def __init__(
        self,
        kind: Object,
        choices: Choices,
        header: Sequence[str],
        styles: Styles,
        resolvers: Mapping[str, Resolver],
    ) -> None:
        """Take what the file and the person say."""
        self._kind, self._choices, self._styles, self._resolvers = kind, choices, styles, resolvers
        self._live = values.live(kind)
        self._at = {choices.columns[name]: at for at, name in enumerate(header) if choices.columns.get(name)}
        self._title = sight.title(kind)
        self._named_after = [at for at, name in enumerate(header) if name in choices.title]

    def read(self, lines: Sequence[Line]) -> Iterator[Read]:
        """Yield what each line says, in order."""
        dates = {target: self._dates(target, lines) for target in self._styles.orders}
        for index, line in enumerate(lines):
            found = Read(line)
            if not line.whole:
                width = {"n": len(line.cells)}
                found.problems.append(Problem("", "connectors.line_width", width))
                yield found
                continue
            said = {target: line.cells[at] for target, at in self._at.items() if line.cells[at]}
            if self._named_after and not said.get(self._title):
                said[self._title] = " – ".join(cell for at in self._named_after if (cell := line.cells[at]))
            for target, cell in said.items():
                self._take(found, target, cell, said, dates.get(target, ())[index : index + 1])
            yield found

    def _dates(self, target: str, lines: Sequence[Line]) -> list[datetime | None]:
        at = self._at[target]
        column = pl.Series([line.cells[at] if line.whole else "" for line in lines], dtype=pl.String)
        read = moments.read(column, self._styles.orders[target]).to_list()
        return [None if one is None else _EPOCH + timedelta(microseconds=one) for one in read]

    def _take(
        self, found: Read, target: str, said: str, line: Mapping[str, str], moment: Sequence[datetime | None]
    ) -> None:
        one = self._live.get(target)
        if target in (MOVED_AT, CREATED_AT):
            self._date(found, target, said, moment[0])
        elif target == EXTERNAL:
            found.external = said[:120]
        elif target in self._resolvers:
            self._name(found, target, one, said)
        elif one is not None:
            found.given[target] = self._value(found, one, said, line, moment)

    def _date(self, found: Read, target: str, said: str, moment: datetime | None) -> None:
        if moment is None:
            facts = {"field": target, "value": said}
            found.problems.append(Problem(target, "connectors.date_misfit", facts))
        elif target == MOVED_AT:
            found.moved_at = moment
        else:
            found.created_at = moment

    def _name(self, found: Read, target: str, one: Field | None, said: str) -> None:
        several = one is not None and TYPES.get(one.type).kind in ("choices", "links")
        parts = _parts(said) if several else [clean(self._kind, one, said, {}) if one else said]
        meant = [value for part in parts if (value := self._meaning(found, target, part)) is not None]
        if target == STAGE:
            found.stage = meant[0] if meant else None
        elif several:
            found.given[target] = meant
        elif meant:
            found.given[target] = meant[0]

    def _meaning(self, found: Read, target: str, part: str) -> Any:
        resolver = self._resolvers[target]
        known, value = resolver.means(part)
        if not known and resolver.comes(part):
            found.later[target] = part
        elif not known and resolver.may_make(part):
            found.beside[target] = part
        elif not known:
            found.whys[target, part] = resolver.why_unknown(part)
            found.unknown.setdefault(target, []).append(part)
        return value

    def _value(
        self, found: Read, one: Field, said: str, line: Mapping[str, str], moment: Sequence[datetime | None]
    ) -> Any:
        match TYPES.get(one.type).kind:
            case "number":
                return numbers.number(said, self._styles.marks.get(one.name, "."))
            case "boolean":
                return said if (truth := _truth(said)) is None else truth
            case "date" | "datetime" as how if moment and moment[0] is not None:
                local = moment[0].astimezone(calendars.DEFAULT.tz)
                return local.date().isoformat() if how == "date" else moment[0].isoformat()
        if not self._choices.clean:
            return said
        cleaned = clean(self._kind, one, said, line)
        if cleaned != said:
            found.cleaned[one.name] = (said, cleaned)
        return cleaned


def _parts(said: str) -> list[str]:
    for mark in _SEVERAL:
        said = said.replace(mark, "\n")
    return [part.strip() for part in said.split("\n") if part.strip()]


def _truth(said: str) -> bool | None:
    folded = fold(said.strip())
    return True if folded in _TRUE else False if folded in _FALSE else None
