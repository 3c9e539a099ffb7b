"""The contacts with the other side in each case of a log, until the case ends: by which channel, when.

Owns what counts as a contact: an event that bears a channel where a column of the log does, else every
event, its step standing for a channel; of our own records, the calls, mails and meetings that were done.
Leaves out what follows the end of a case: it cannot have led there.
"""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from portulan.base.fold import fold
from portulan.mining import store
from portulan.mining.store import Codes, Ints, Log

Floats = npt.NDArray[np.float64]
_CHANNEL = re.compile(r"canal|channel|touchpoint|medium")
_MOST_CHANNELS = 30
_MICRO = 1_000_000


@dataclass(frozen=True)
class Channels:
    """The ways to be in contact: ids that filters name, and labels; `steps` when the steps stand for them."""

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    steps: bool = False


@dataclass(frozen=True)
class Touches:
    """The n contacts of the m cases of a log, by case, then by time.

    `channel` (n) holds codes into `channels`; `at` (n) UTC microseconds; `offsets` (m + 1) where each case
    begins.
    """

    channels: Channels
    channel: Codes
    at: Ints
    offsets: Ints

    @property
    def count(self) -> Ints:
        """How many contacts each case (m) has."""
        return np.diff(self.offsets)

    @cached_property
    def case(self) -> Ints:
        """The case of each contact (n)."""
        return np.repeat(np.arange(len(self.offsets) - 1), self.count)

    @cached_property
    def gaps(self) -> tuple[Ints, Floats]:
        """The cases of the gaps between contacts, and their lengths in seconds."""
        same = np.flatnonzero(np.diff(self.case) == 0)
        return self.case[same], (self.at[same + 1] - self.at[same]) / _MICRO

    @cached_property
    def rhythm(self) -> Floats:
        """The median gap of each case (m) in seconds; NaN for a case of fewer than two contacts."""
        case, gap = self.gaps
        order = np.lexsort((gap, case))
        case, gap = case[order], gap[order]
        found = np.full(len(self.offsets) - 1, np.nan)
        cases, first, times = np.unique(case, return_index=True, return_counts=True)
        found[cases] = (gap[first + (times - 1) // 2] + gap[first + times // 2]) / 2
        return found

    @cached_property
    def silence(self) -> Floats:
        """The longest gap of each case (m) in seconds; NaN for a case of fewer than two contacts."""
        case, gap = self.gaps
        longest = np.zeros(len(self.offsets) - 1)
        np.maximum.at(longest, case, gap)
        return np.where(self.count > 1, longest, np.nan)

    @cached_property
    def folded(self) -> tuple[Codes, Ints]:
        """The contacts without those by the channel just used: channels, and their cases."""
        kept = np.ones(len(self.channel), dtype=np.bool_)
        kept[1:] = (np.diff(self.channel) != 0) | (np.diff(self.case) != 0)
        return self.channel[kept], self.case[kept]

    def sequences(self, length: int) -> tuple[Ints, Ints]:
        """Return the runs of so many folded contacts: (r, length) channels, and their cases (r)."""
        channel, case = self.folded
        begins = np.arange(max(len(channel) - length + 1, 0))
        begins = begins[case[begins] == case[begins + length - 1]]
        return channel[begins[:, None] + np.arange(length)].astype(np.int64), case[begins]


def of_log(log: Log, ends: frozenset[str], ids: tuple[str, ...], labels: tuple[str, ...]) -> Touches:
    """Return the contacts that the events of a log are; `ends` names the steps that end a case."""
    ending = np.isin(log.step, [code for code, name in enumerate(log.steps) if name in ends])
    place = np.arange(len(log.step))
    until = np.full(len(log.cases), len(log.step), dtype=np.int64)
    here = place[ending][::-1]
    until[log.case[here]] = here
    kept = place < until[log.case]
    column = _column(log)
    if column is None:
        return _laid(log, Channels(ids, labels, steps=True), log.step, log.at, kept)
    names = column.drop_nulls().unique().sort()
    codes = column.cast(pl.Enum(names)).to_physical().cast(pl.Int32).fill_null(-1).to_numpy()
    known = tuple(names.to_list())
    return _laid(log, Channels(known, known), codes, log.at, kept & (codes >= 0))


def _column(log: Log) -> pl.Series | None:
    """Return the attribute of events that says by which channel, if any."""
    for name in log.events.columns:
        column = log.events[name]
        named = _CHANNEL.search(fold(name)) and column.dtype in store.TEXTS
        if named and 1 < column.drop_nulls().n_unique() <= _MOST_CHANNELS:
            return column.cast(pl.String)
    return None


def _laid(log: Log, channels: Channels, codes: Codes, at: Ints, kept: npt.NDArray[np.bool_]) -> Touches:
    counts = np.bincount(log.case[kept], minlength=len(log.cases))
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Touches(channels, codes[kept].astype(np.int32), at[kept], offsets)


def of_rows(log: Log, rows: pl.DataFrame, channels: Channels, ends: frozenset[str]) -> Touches:
    """Return the contacts of a log from rows of `case`, `channel` (an id) and `at`; others' rows are dropped.

    `ends` names the steps that end a case.
    """
    over = np.isin(log.step, [code for code, name in enumerate(log.steps) if name in ends])
    closed = np.full(len(log.cases), np.iinfo(np.int64).max)
    np.minimum.at(closed, log.case[over], log.at[over])
    places = pl.DataFrame({"case": log.cases, "place": np.arange(len(log.cases)), "closed": closed})
    codes = pl.DataFrame({"channel": channels.ids, "code": np.arange(len(channels.ids), dtype=np.int32)})
    found = rows.join(places, on="case").join(codes, on="channel").filter(pl.col("at") <= pl.col("closed"))
    found = found.sort("place", "at", maintain_order=True)
    counts = np.bincount(found["place"].to_numpy(), minlength=len(log.cases))
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Touches(channels, found["code"].to_numpy(), found["at"].to_numpy(), offsets)
