"""Which cases of a log to look at: a stack of filters, each a mask over cases, all of which a case must pass.

Owns the filters and their JSON, which travels in addresses. They choose whole cases, never events, so that
flows still add up. Refuses what the log does not know: a step, an attribute, a rank.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
import polars as pl
from pydantic import Field, TypeAdapter, ValidationError

from portulan.base.refusals import NotValid, Problem
from portulan.base.value import Value
from portulan.mining.store import Ints, Log
from portulan.mining.study import Study

Mask = npt.NDArray[np.bool_]


class FilterNotValid(NotValid):
    """A filter cannot be read, or names what the log does not hold."""

    code = "mining.filter_not_valid"


class Through(Value):
    """Cases that pass through a step, begin or end there."""

    kind: Literal["through"] = "through"
    step: str
    where: Literal["anywhere", "start", "end"] = "anywhere"
    without: bool = False


class Path(Value):
    """Cases that go from a step to another, at once or later."""

    kind: Literal["path"] = "path"
    source: str
    target: str
    later: bool = False
    without: bool = False


class Attribute(Value):
    """Cases that bear, or one event of which bears, one of some values or a number within bounds."""

    kind: Literal["attribute"] = "attribute"
    name: str
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    without: bool = False


class Period(Value):
    """Cases that began, ended, or are whole in a period `[since, until)`."""

    kind: Literal["period"] = "period"
    since: datetime | None = None
    until: datetime | None = None
    which: Literal["begun", "ended", "whole"] = "begun"
    without: bool = False


class Lasting(Value):
    """Cases whose first and last events are so many seconds apart."""

    kind: Literal["lasting"] = "lasting"
    least: float | None = None
    most: float | None = None
    without: bool = False


class OfVariants(Value):
    """Cases of some variants, by rank, the most followed first."""

    kind: Literal["variants"] = "variants"
    ranks: tuple[int, ...]
    without: bool = False


Filter = Annotated[Through | Path | Attribute | Period | Lasting | OfVariants, Field(discriminator="kind")]
_STACK: TypeAdapter[tuple[Filter, ...]] = TypeAdapter(tuple[Filter, ...])


def read(text: str) -> tuple[Filter, ...]:
    """Return the stack of filters of a text in JSON; an empty text is no filter.

    :raises FilterNotValid: when it cannot be read.
    """
    try:
        return _STACK.validate_json(text) if text else ()
    except ValidationError as error:
        raise FilterNotValid(Problem("filters", "mining.filters_unreadable")) from error


def written(stack: Sequence[Filter]) -> str:
    """Return a stack as a text in JSON."""
    return _STACK.dump_json(tuple(stack), exclude_defaults=False).decode()


def chosen(study: Study, stack: Sequence[Filter]) -> Mask:
    """Return the cases (m) that pass every filter.

    :raises FilterNotValid: when one names what the log does not hold.
    """
    kept = np.ones(len(study.log.cases), dtype=np.bool_)
    for one in stack:
        kept &= _passing(study, one) ^ one.without
    return kept


def _passing(study: Study, one: Filter) -> Mask:
    if isinstance(one, Through):
        return _through(study, one)
    if isinstance(one, Path):
        return _path(study, one)
    if isinstance(one, Attribute):
        return _attribute(study.log, one)
    if isinstance(one, Period):
        return _period(study.log, one)
    if isinstance(one, Lasting):
        return _within(study.cycles, one.least, one.most)
    if any(not 0 <= rank < len(study.variants.cases) for rank in one.ranks):
        raise FilterNotValid(Problem("ranks", "mining.filter_variant"))
    return np.isin(study.variants.of_case, one.ranks)


def _code(study: Study, step: str) -> int:
    if step not in study.code_of:
        raise FilterNotValid(Problem("step", "mining.filter_step", {"step": step}))
    return study.code_of[step]


def _through(study: Study, one: Through) -> Mask:
    log, code = study.log, _code(study, one.step)
    if one.where == "start":
        return np.asarray(log.step[log.first] == code)
    if one.where == "end":
        return np.asarray(log.step[log.last] == code)
    return _any(log, log.step == code)


def _path(study: Study, one: Path) -> Mask:
    log = study.log
    source, target = (log.step == _code(study, step) for step in (one.source, one.target))
    if one.later:
        return _first(log, source) < _last(log, target)
    moves = source.copy()
    moves[:-1] &= target[1:]
    moves[log.last] = False
    return _any(log, moves)


def _any(log: Log, events: Mask) -> Mask:
    """Return the cases that hold one of some events (n)."""
    found = np.zeros(len(log.cases), dtype=np.bool_)
    found[log.case[events]] = True
    return found


def _first(log: Log, events: Mask) -> Ints:
    """Return the first of some events (n) in each case, past every event where there is none."""
    found = np.full(len(log.cases), len(log.step), dtype=np.int64)
    here = np.flatnonzero(events)[::-1]
    found[log.case[here]] = here
    return found


def _last(log: Log, events: Mask) -> Ints:
    """Return the last of some events (n) in each case, -1 where there is none."""
    found = np.full(len(log.cases), -1, dtype=np.int64)
    here = np.flatnonzero(events)
    found[log.case[here]] = here
    return found


def _attribute(log: Log, one: Attribute) -> Mask:
    if one.name in log.case_rows.columns:
        return _bearing(log.case_rows[one.name], one)
    if one.name in log.events.columns:
        return _any(log, _bearing(log.events[one.name], one))
    raise FilterNotValid(Problem("name", "mining.filter_attribute", {"name": one.name}))


def _bearing(column: pl.Series, one: Attribute) -> Mask:
    if one.values:
        texts = column.cast(pl.String)
        return texts.is_in(one.values).fill_null(value=False).to_numpy()
    numbers = column.cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()
    return _within(numbers, one.low, one.high)


def _within(numbers: npt.NDArray[np.float64], low: float | None, high: float | None) -> Mask:
    """Return which numbers lie within bounds, both counted; what is no number does not."""
    kept = ~np.isnan(numbers)
    if low is not None:
        kept &= numbers >= low
    if high is not None:
        kept &= numbers <= high
    return kept


def _period(log: Log, one: Period) -> Mask:
    first, last = log.at[log.first], log.at[log.last]
    begins, ends = (last, last) if one.which == "ended" else (first, last if one.which == "whole" else first)
    kept = np.ones(len(log.cases), dtype=np.bool_)
    if one.since is not None:
        kept &= begins >= round(one.since.timestamp() * 1e6)
    if one.until is not None:
        kept &= ends < round(one.until.timestamp() * 1e6)
    return kept
