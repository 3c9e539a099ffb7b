"""Every event of a log against a map: what the map does not foresee, by kind, and what it costs.

A move that the map does not draw is a skip when the map leads there through other steps, a way back when it
leads from there to here, else a passage of its own. A case conforms when its every move is drawn, as on the
overlay; repeats of a step, starts elsewhere, stays longer than the step's delay and steps that are on no map
are told beside. Days lost compare medians of closed cases with those of cases that conform, with an interval
by resampling cases.
"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from portulan.mining import project, store
from portulan.mining.flow import flow
from portulan.mining.project import Projection
from portulan.mining.study import Study
from portulan.mining.ways import ways

Kind = Literal["skipped", "back", "repeat", "passage", "start", "slow", "unknown"]
Mask = npt.NDArray[np.bool_]
#: Deviations of moves, which alone make a case deviate.
_MOVES: frozenset[Kind] = frozenset({"skipped", "back", "passage"})
_FEWEST, _DRAWS = 10, 200


@dataclass(frozen=True)
class Lost:
    """How much longer the median case lasts, in seconds, with its 95 % interval."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Deviation:
    """What cases do that the map does not foresee, how often, and which cases (m) do it."""

    kind: Kind
    source: str
    target: str
    through: tuple[str, ...]
    count: int
    cases: Mask
    lost: Lost | None

    @property
    def key(self) -> str:
        """What the deviation is called from one reading of the log to the next."""
        return key_of(self.kind, self.source, self.target)


@dataclass(frozen=True)
class Conformance:
    """The deviations, those of most cases first, and the cases (m) that have none."""

    deviations: tuple[Deviation, ...]
    conforming: Mask


def key_of(kind: str, source: str, target: str = "") -> str:
    """Return the name of a deviation: its kind and the steps it lies between."""
    return f"{kind}:{source}>{target}"


def accepted_moves(accepted: Collection[str]) -> frozenset[tuple[str, str]]:
    """Return the moves, as pairs of steps, of the deviations that are accepted by their names."""
    parts = [key.partition(":") for key in accepted]
    ends = [rest.partition(">") for kind, _, rest in parts if kind in _MOVES]
    return frozenset((source, target) for source, _, target in ends)


def conform(
    study: Study, found: Projection, places: Sequence[str | None], accepted: Collection[str] = ()
) -> Conformance:
    """Return how a log keeps to a map; `places` (k) names the step where each of the log stands.

    A deviation that is `accepted`, by its name, makes no case deviate.
    """
    log = study.log
    codes = np.array([found.study.code_of.get(one or "", -1) for one in places], dtype=np.int32)
    raw = [*_unknown(study, codes), *_moves(study, found, codes), *_slow(study, found)]
    deviating = np.zeros(len(log.cases), dtype=np.bool_)
    for (kind, source, target, _), _, cases in raw:
        if kind in _MOVES and key_of(kind, source, target) not in accepted:
            deviating |= cases
    told = [
        Deviation(*what, count, cases, _lost(study, cases, ~deviating & ~cases if accepted else ~deviating))
        for what, count, cases in raw
    ]
    told.sort(key=lambda one: (-int(one.cases.sum()), one.source, one.target))
    return Conformance(tuple(told), ~deviating)


_Raw = tuple[tuple[Kind, str, str, tuple[str, ...]], int, Mask]


def _unknown(study: Study, codes: npt.NDArray[np.int32]) -> Iterator[_Raw]:
    log = study.log
    for code in np.flatnonzero((codes < 0) & (study.flow.step_count > 0)).tolist():
        here = log.step == code
        cases = np.zeros(len(log.cases), dtype=np.bool_)
        cases[log.case[here]] = True
        yield ("unknown", study.ids[code], "", ()), int(here.sum()), cases


def _moves(study: Study, found: Projection, codes: npt.NDArray[np.int32]) -> Iterator[_Raw]:
    """Yield the passages that happen and are not drawn, and the starts elsewhere."""
    log, kept = store.leaving_out(study.log, np.flatnonzero(codes < 0))
    log = store.recoded(log, codes, found.study.ids)
    seen = flow(log, study.calendar)
    drawn, ids = ways(found.drawn), found.study.ids
    order = _Order(drawn)
    whole = np.zeros(len(study.log.cases), dtype=np.bool_)
    here = log.follows
    pair = log.step[here].astype(np.int64) * max(len(ids), 1) + log.step[here + 1]
    for source, target, count in zip(
        seen.source.tolist(), seen.target.tolist(), seen.count.tolist(), strict=True
    ):
        a, b = ids[source], ids[target]
        if (a, b) in drawn:
            continue
        cases = whole.copy()
        cases[kept[log.case[here[pair == source * len(ids) + target]]]] = True
        yield order.told(a, b), count, cases
    begins = {step.id for step in found.drawn.steps if step.begins} or order.roots
    happen = {ids[code] for code in np.flatnonzero(seen.step_count).tolist()}
    begins |= {target for source, target in drawn if source in begins - happen}  # a start that no event tells
    for code in np.flatnonzero(seen.starts).tolist():
        if begins and ids[code] not in begins:
            cases = whole.copy()
            cases[kept[log.step[log.first] == code]] = True
            yield ("start", ids[code], "", ()), int(seen.starts[code]), cases


class _Order:
    """What leads where on a map, through its steps."""

    def __init__(self, drawn: Mapping[tuple[str, str], object]) -> None:
        self._out: dict[str, list[str]] = {}
        for source, target in drawn:
            self._out.setdefault(source, []).append(target)
        self.roots = set(self._out) - {target for source, target in drawn if source != target}
        self._depth = self._from(sorted(self.roots))
        self._ways: dict[str, dict[str, str]] = {}

    def told(self, source: str, target: str) -> tuple[Kind, str, str, tuple[str, ...]]:
        """Return what an undrawn move from a step to another is, and the steps that it skips."""
        if source == target:
            return "repeat", source, target, ()
        forward = self._between(source, target)
        backward = self._between(target, source)
        later = self._depth.get(target, 0) > self._depth.get(source, 0)
        if forward is not None and (later or backward is None):
            return "skipped", source, target, forward
        return ("back" if backward is not None else "passage"), source, target, ()

    def _from(self, sources: list[str]) -> dict[str, int]:
        depth = dict.fromkeys(sources, 0)
        waiting = deque(sources)
        while waiting:
            here = waiting.popleft()
            for target in self._out.get(here, []):
                if target not in depth:
                    depth[target] = depth[here] + 1
                    waiting.append(target)
        return depth

    def _between(self, source: str, target: str) -> tuple[str, ...] | None:
        """Return the steps of the shortest way between two steps, both left out; None without a way."""
        if source not in self._ways:
            via: dict[str, str] = {}
            waiting = deque([source])
            while waiting:
                here = waiting.popleft()
                for following in self._out.get(here, []):
                    if following not in via and following != source:
                        via[following] = here
                        waiting.append(following)
            self._ways[source] = via
        via = self._ways[source]
        if target not in via:
            return None
        way: list[str] = []
        while (target := via[target]) != source:
            way.append(target)
        return tuple(reversed(way))


def _slow(study: Study, found: Projection) -> Iterator[_Raw]:
    """Yield the stays that last longer than the map allows: its longest delay, else the one aimed at."""
    visits, inner = found.study.visits, found.study
    case_of = {case: code for code, case in enumerate(study.log.cases)}
    place = np.array([case_of[case] for case in inner.states.cases], dtype=np.int64)
    for step in found.drawn.steps:
        limit = step.delays.maximum or step.delays.target
        if limit is None or step.id not in inner.state_code_of:
            continue
        length = visits.length(working=limit.unit.startswith("working"))
        late = (visits.step == inner.state_code_of[step.id]) & (length > project.seconds(limit))
        if late.any():
            cases = np.zeros(len(study.log.cases), dtype=np.bool_)
            cases[place[visits.case[late]]] = True
            yield ("slow", step.id, "", ()), int(late.sum()), cases


def _lost(study: Study, cases: Mask, conforming: Mask) -> Lost | None:
    """Return how much longer cases last than those that conform; None when there are too few of either."""
    closed = np.isin(study.final, list(study.ends.every)) if study.ends.every else np.ones_like(cases)
    mine, others = study.cycles[cases & closed], study.cycles[conforming & closed]
    if min(len(mine), len(others)) < _FEWEST:
        return None
    random = np.random.default_rng(5)
    drawn = _medians(random, mine) - _medians(random, others)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Lost(float(np.median(mine) - np.median(others)), float(low), float(high))


def _medians(random: np.random.Generator, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return medians of resamples: the middle of n draws is a quantile whose rank is a beta variable."""
    half = (len(values) + 1) / 2
    return np.asarray(np.quantile(values, random.beta(half, half, _DRAWS)))


def by_month(study: Study, conforming: Mask) -> list[tuple[str, int, float]]:
    """Return, for each month in which cases began, how many and which share of them conforms."""
    months = study.log.at[study.log.first].astype("datetime64[us]").astype("datetime64[M]")
    known, place = np.unique(months, return_inverse=True)
    total = np.bincount(place)
    kept = np.bincount(place, weights=conforming)
    names = known.astype(str).tolist()
    return [(name, int(n), float(k / n)) for name, n, k in zip(names, total, kept, strict=True)]
