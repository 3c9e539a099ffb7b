"""Which cases of a log to look at: a stack of filters, each a mask over cases, all of which a case must pass.

Owns the filters and their JSON, which travels in addresses. They choose whole cases, never events, so that
flows still add up. Refuses what the log does not know: a step, an attribute, a rank.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import numpy as np
import numpy.typing as npt
import polars as pl
from pydantic import Field, TypeAdapter, ValidationError

from portulan.base.refusals import NotValid, Problem
from portulan.base.value import Value
from portulan.mining.store import Ints, Log
from portulan.mining.study import Study
from portulan.mining.touches import Touches

Mask = npt.NDArray[np.bool_]
Measure = Literal["count", "rhythm", "silence"]
MEASURES: tuple[Measure, ...] = ("count", "rhythm", "silence")


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


class Contacts(Value):
    """Cases by their contacts until they ended: how many, how far apart (seconds), by what, in order.

    `channels` names what follows each other, repeats folded; bounds are both counted.
    """

    kind: Literal["contacts"] = "contacts"
    channels: tuple[str, ...] = ()
    where: Literal["anywhere", "start", "end"] = "anywhere"
    measure: Measure = "count"
    least: float | None = None
    most: float | None = None
    without: bool = False


class Outcome(Value):
    """Cases that ended well, as lost, or either way."""

    kind: Literal["outcome"] = "outcome"
    which: Literal["won", "lost", "ended"]
    without: bool = False


class OfVariants(Value):
    """Cases of some variants, by rank, the most followed first."""

    kind: Literal["variants"] = "variants"
    ranks: tuple[int, ...]
    without: bool = False


Filter = Annotated[
    Through | Path | Attribute | Period | Lasting | Contacts | Outcome | OfVariants,
    Field(discriminator="kind"),
]
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
        kept &= _PASSING[one.kind](study, one) ^ one.without
    return kept


def _code(study: Study, step: str) -> int:
    if step not in study.code_of:
        raise FilterNotValid(Problem("step", "mining.filter_step", {"step": step}))
    return study.code_of[step]


def _through(study: Study, one: Through) -> Mask:
    log, code, of_case = study.paths, _code(study, one.step), study.variants.of_case
    if one.where == "start":
        return np.asarray(log.step[log.first] == code)[of_case]
    if one.where == "end":
        return np.asarray(log.step[log.last] == code)[of_case]
    return _any(log, log.step == code)[of_case]


def _path(study: Study, one: Path) -> Mask:
    log, of_case = study.paths, study.variants.of_case
    source, target = (log.step == _code(study, step) for step in (one.source, one.target))
    if one.later:
        return np.asarray(_first(log, source) < _last(log, target))[of_case]
    moves = source.copy()
    moves[:-1] &= target[1:]
    moves[log.last] = False
    return _any(log, moves)[of_case]


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


def _attribute(study: Study, one: Attribute) -> Mask:
    log = study.log
    if one.name in log.case_rows.columns:
        return _bearing(log.case_rows[one.name], one)
    if one.name in log.events.columns:
        return _any(log, _bearing(log.events[one.name], one))
    raise FilterNotValid(Problem("name", "mining.filter_attribute", {"name": one.name}))


def _lasting(study: Study, one: Lasting) -> Mask:
    return _within(study.cycles, one.least, one.most)


def _variants(study: Study, one: OfVariants) -> Mask:
    if any(not 0 <= rank < len(study.variants.cases) for rank in one.ranks):
        raise FilterNotValid(Problem("ranks", "mining.filter_variant"))
    return np.isin(study.variants.of_case, one.ranks)


def _outcome(study: Study, one: Outcome) -> Mask:
    won, lost = study.outcome()
    return {"won": won, "lost": lost, "ended": won | lost}[one.which]


def _contacts(study: Study, one: Contacts) -> Mask:
    touches = study.touches
    if one.channels:
        return _talked(touches, one)
    found = {"count": touches.count, "rhythm": touches.rhythm, "silence": touches.silence}
    return _within(found[one.measure].astype(np.float64), one.least, one.most)


def _talked(touches: Touches, one: Contacts) -> Mask:
    """Return the cases whose contacts hold some channels in order, or begin or end by the first of them."""
    code_of = {channel: code for code, channel in enumerate(touches.channels.ids)}
    unknown = [channel for channel in one.channels if channel not in code_of]
    if unknown:
        raise FilterNotValid(Problem("channels", "mining.filter_channel", {"channel": unknown[0]}))
    codes = np.array([code_of[channel] for channel in one.channels])
    found = touches.count > 0
    if one.where == "anywhere":
        runs, case = touches.sequences(len(codes))
        return np.isin(np.arange(len(found)), case[(runs == codes).all(axis=1)])
    place = touches.offsets[:-1][found] if one.where == "start" else touches.offsets[1:][found] - 1
    found[found] = touches.channel[place] == codes[0]
    return found


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


def _period(study: Study, one: Period) -> Mask:
    log = study.log
    first, last = log.at[log.first], log.at[log.last]
    begins, ends = (last, last) if one.which == "ended" else (first, last if one.which == "whole" else first)
    kept = np.ones(len(log.cases), dtype=np.bool_)
    if one.since is not None:
        kept &= begins >= round(one.since.timestamp() * 1e6)
    if one.until is not None:
        kept &= ends < round(one.until.timestamp() * 1e6)
    return kept


#: Which cases (m) pass a filter, by its kind.
_PASSING: dict[str, Callable[[Study, Any], Mask]] = {
    "through": _through, "path": _path, "attribute": _attribute, "period": _period, "lasting": _lasting,
    "contacts": _contacts, "outcome": _outcome, "variants": _variants,
}  # fmt: skip
