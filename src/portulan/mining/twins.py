"""The kernels in numpy: what runs where no compiler was at hand, the oracle of the compiled ones.

Shapes and names are those of `kernels`. Owns no choice: who calls a kernel never knows which one ran.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
#: Logarithmic bins of waits: sixteen to an octave, exact below sixteen.
FINE = 4
BINS = 64 << FINE
_FLOORS = np.array(
    [one if one < 1 << FINE else (16 + one % 16) * 2.0 ** (one // 16 - FINE) for one in range(BINS + 1)]
)
#: The middle of each bin.
MIDDLES = np.where(np.arange(BINS) < 1 << FINE, _FLOORS[:-1], (_FLOORS[:-1] + _FLOORS[1:]) / 2)


@dataclass(frozen=True)
class Graph:
    """The transitions of an automaton of s states, three times: by label, by source, by target.

    Those of label a are `sync_at[a:a + 2]` of `sync_source`, `sync_target`; those out of state i `out_at[i:i
    + 2]` of `out_target`, `out_cost` (1, or 0 in silence); those into it `in_at[i:i + 2]` of `in_source`,
    `in_label` (-1 in silence). `final` (s) says where a trace may end, `least` (s) what it costs to be in a
    state before any event.
    """

    sync_at: Ints
    sync_source: Codes
    sync_target: Codes
    out_at: Ints
    out_target: Codes
    out_cost: Codes
    in_at: Ints
    in_source: Codes
    in_label: Codes
    final: Mask
    least: Codes

    @classmethod
    def of(cls, final: Mask, least: Codes, moves: tuple[Codes, Codes, Codes], labels: int) -> Self:
        """Return the graph of transitions (source, label, target), whose states and labels are codes."""
        source, label, target = moves
        told = np.flatnonzero(label >= 0)
        told = told[np.argsort(label[told], kind="stable")]
        out, into = np.argsort(source, kind="stable"), np.argsort(target, kind="stable")
        return cls(
            *(_bounds(label[told], labels), source[told], target[told]),
            *(_bounds(source, len(final)), target[out], (label[out] >= 0).astype(np.int32)),
            *(_bounds(target, len(final)), source[into], label[into]),
            *(final, least),
        )


def tally(step: Codes, offsets: Ints, weight: Ints | None, k: int) -> tuple[Ints, ...]:
    """Return counts and distinct cases of arcs (k * k) and of steps (k), then starts and ends (k).

    Each case counts as often as its weight says, once without any.
    """
    if weight is not None:
        step, offsets = narrowed(step, offsets, weight > 0)
        weight = weight[weight > 0]
    lengths = np.diff(offsets)
    case = np.repeat(np.arange(len(lengths)), lengths)
    here = following(offsets)
    arc = step[here].astype(np.int64) * k + step[here + 1]
    filled = lengths > 0
    ends = np.flatnonzero(filled)
    return (
        _summed(arc, case[here], weight, k * k),
        _distinct(arc, case[here], weight, k * k),
        _summed(step, case, weight, k),
        _distinct(step, case, weight, k),
        _summed(step[offsets[:-1][filled]], ends, weight, k),
        _summed(step[offsets[1:][filled] - 1], ends, weight, k),
    )


def waits(
    step: Codes, offsets: Ints, chosen: Mask | None, k: int, clocks: tuple[Ints, Ints]
) -> tuple[Ints, Ints]:
    """Return the waits of all transitions on two clocks, arc after arc."""
    here = following(offsets)
    if chosen is not None:
        here = here[np.repeat(chosen, np.diff(offsets))[here]]
    arc = step[here].astype(np.int64) * k + step[here + 1]
    here = here[np.argsort(arc, kind="stable")]
    first, second = (np.asarray(clock[here + 1] - clock[here], dtype=np.int64) for clock in clocks)
    return first, second


def quantiles(values: Ints, begins: Ints, runs: Ints, shares: Sequence[float]) -> tuple[Floats, Floats]:
    """Return the quantiles of each group (g, shares) of `values`, and of each run of groups (r, shares).

    Group i is `begins[i:i + 2]`, run j the groups `runs[j:j + 2]`. They are interpolated between neighbours,
    NaN where one is empty; `values` may be reordered.
    """
    return _quantiles(values, begins, shares), _quantiles(values, begins[runs], shares)


def binned(
    step: Codes, offsets: Ints, chosen: Mask | None, clock: Ints, row: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint32]:
    """Return how many waits each arc has in each logarithmic bin; `row` (k, k) is the row of an arc."""
    rows = int(row.max(initial=-1)) + 1
    here = following(offsets)
    if chosen is not None:
        here = here[np.repeat(chosen, np.diff(offsets))[here]]
    place = row[step[here], step[here + 1]] * BINS + bin_of(clock[here + 1] - clock[here])
    return np.bincount(place, minlength=rows * BINS).astype(np.uint32).reshape(rows, BINS)


def bin_of(value: Ints) -> Ints:
    """Return the logarithmic bin of each value; a negative one counts as nothing."""
    known = np.maximum(value, 1)
    exponent = np.frexp(known.astype(np.float64))[1].astype(np.int64) - 1
    exponent -= (np.int64(1) << exponent) > known  # a value near a power of two may round up to it
    fine = (known >> np.maximum(exponent - FINE, 0)) & ((1 << FINE) - 1)
    return np.where(value < 1 << FINE, np.maximum(value, 0), (exponent << FINE) | fine)


def worked(at: Ints, opens: Ints, closes: Ints, before: Ints) -> Ints:
    """Return the working time at each moment, from openings and the work done before each."""
    index = np.searchsorted(opens, at, side="right") - 1
    inside = np.maximum(index, 0)
    done = before[inside] + np.minimum(at, closes[inside]) - opens[inside]
    return np.where(index < 0, 0, done)


def variants(step: Codes, offsets: Ints) -> tuple[Ints, Ints]:
    """Return the number of the sequence of each case, by first appearance, and a case of each."""
    raw = step.tobytes()
    bounds = (offsets * step.itemsize).tolist()
    codes: dict[bytes, int] = {}
    of_case = np.empty(len(offsets) - 1, dtype=np.int64)
    example: list[int] = []
    for case in range(len(of_case)):
        key = raw[bounds[case] : bounds[case + 1]]
        code = codes.setdefault(key, len(codes))
        if code == len(example):
            example.append(case)
        of_case[case] = code
    return of_case, np.array(example, dtype=np.int64)


#: What an alignment does at a time: a step of both sides, of the trace alone, of the model alone.
BOTH, TRACE, MODEL = 0, 1, 2


def align(
    step: Codes, offsets: Ints, graph: Graph, room: Ints, seconds: float
) -> tuple[Ints, Ints, npt.NDArray[np.int8], Codes]:
    """Return the least cost of each trace on an automaton, and the moves that have it.

    Traces lie at `offsets`; those that follow one another share the work of what they begin with. A step that
    no transition bears is any code past their labels. The moves of trace i end at `room[i + 1]` of kinds and
    codes and begin at its `first`. A trace that time did not allow costs -1, and so do those after it.
    """
    until = time.monotonic() + seconds
    traces = len(offsets) - 1
    cost, first = np.full(traces, -1, dtype=np.int64), room[1:].copy()
    kind, code = np.zeros(int(room[-1]), dtype=np.int8), np.zeros(int(room[-1]), dtype=np.int32)
    rows, before = [graph.least], step[:0]
    ends = np.flatnonzero(graph.final)
    ends = ends[np.argsort(-graph.least[ends], kind="stable")]  # the furthest on keeps most of what happened
    for trace in range(traces):
        mine = step[offsets[trace] : offsets[trace + 1]]
        same = min(len(mine), len(before))
        shared = int(np.argmin(np.append(mine[:same] == before[:same], False)))
        del rows[shared + 1 :]
        for one in mine[shared:].tolist():
            if time.monotonic() > until:
                return cost, first, kind, code
            rows.append(_row(rows[-1], one, graph))
        before = mine
        state = int(ends[np.argmin(rows[-1][ends])])
        cost[trace] = rows[-1][state]
        found = _moves(rows, mine.tolist(), graph, state)
        first[trace] -= len(found)
        for place, (what, which) in enumerate(reversed(found), int(first[trace])):
            kind[place], code[place] = what, which
    return cost, first, kind, code


def escaped(
    traces: tuple[Codes, Ints], cases: Ints, out: tuple[Ints, Codes, Codes], labels: int
) -> tuple[int, int]:
    """Return how many steps an automaton allows next where traces go on, and how many of them follow.

    :raises ValueError: when a trace does what is not allowed.
    """
    step, offsets = traces
    at, label, target = out
    table = np.full((len(at) - 1, max(labels, 1)), -1, dtype=np.int64)
    table[np.repeat(np.arange(len(at) - 1), np.diff(at)), label] = target
    lengths, choices = np.diff(offsets), np.diff(at)
    node, state = np.zeros(len(lengths), dtype=np.int64), np.zeros(1, dtype=np.int64)
    allowed = done = 0
    for depth in range(int(lengths.max(initial=0))):
        here = np.flatnonzero(lengths > depth)
        pairs, place = np.unique(node[here] * labels + step[offsets[here] + depth], return_inverse=True)
        weight = np.bincount(node[here], weights=cases[here], minlength=len(state)).astype(np.int64)
        allowed += int((weight * choices[state]).sum())
        done += int((weight * np.bincount(pairs // labels, minlength=len(state))).sum())
        state = table[state[pairs // labels], pairs % labels]
        if (state < 0).any():
            raise ValueError("a trace does what is not allowed")
        node[here] = place
    return allowed, done


def _row(above: Codes, step: int, graph: Graph) -> Codes:
    """Return what it costs to be in each state one event later."""
    row = above + np.int32(1)
    if step < len(graph.sync_at) - 1:
        here = slice(*graph.sync_at[step : step + 2].tolist())
        np.minimum.at(row, graph.sync_target[here], above[graph.sync_source[here]])
    source = np.repeat(np.arange(len(row)), np.diff(graph.out_at))
    while True:
        through = row.copy()
        np.minimum.at(through, graph.out_target, row[source] + graph.out_cost)
        if np.array_equal(through, row):
            return row
        row = through


def _moves(rows: list[Codes], step: list[int], graph: Graph, state: int) -> list[tuple[int, int]]:
    """Return the moves of an alignment that ends in a state, the last first."""
    place, found = len(step), []
    while place or rows[0][state]:
        cost = rows[place][state]
        into = range(*graph.in_at[state : state + 2].tolist())
        from_, label = graph.in_source, graph.in_label
        above = rows[place - 1] if place else None
        both = (
            e for e in into if place and label[e] == step[place - 1] and rows[place - 1][from_[e]] == cost
        )
        model = (e for e in into if label[e] >= 0 and rows[place][from_[e]] + 1 == cost)
        silent = (e for e in into if label[e] < 0 and rows[place][from_[e]] == cost)
        if (edge := next(both, -1)) >= 0:
            place -= 1
            found.append((BOTH, step[place]))
        elif (edge := next(model, -1)) >= 0:
            found.append((MODEL, int(label[edge])))
        elif above is not None and above[state] + 1 == cost:
            place -= 1
            found.append((TRACE, step[place]))
            continue
        else:
            edge = next(silent)
        state = int(from_[edge])
    return found


def _bounds(group: Codes, groups: int) -> Ints:
    return np.concatenate(([0], np.cumsum(np.bincount(group, minlength=groups)))).astype(np.int64)


def following(offsets: Ints) -> Ints:
    """Return the positions i of events that have a next event i + 1 in the same case."""
    inner = np.ones(int(offsets[-1]), dtype=np.bool_)
    filled = np.diff(offsets) > 0
    inner[offsets[1:][filled] - 1] = False
    return np.flatnonzero(inner)


def narrowed(step: Codes, offsets: Ints, chosen: Mask) -> tuple[Codes, Ints]:
    """Return the steps and offsets of the chosen cases alone."""
    lengths = np.diff(offsets)
    kept = np.concatenate(([0], np.cumsum(lengths[chosen]))).astype(np.int64)
    return step[np.repeat(chosen, lengths)], kept


def _summed(
    group: npt.NDArray[np.integer], case: npt.NDArray[np.integer], weight: Ints | None, groups: int
) -> Ints:
    """Return how much each group holds of the weights of cases."""
    many = None if weight is None else weight[case]
    return np.bincount(group, weights=many, minlength=groups).astype(np.int64)


def _distinct(
    group: npt.NDArray[np.integer], case: npt.NDArray[np.integer], weight: Ints | None, groups: int
) -> Ints:
    """Return how many cases each group holds, by their weights; `case` never falls."""
    if not len(group):
        return np.zeros(groups, dtype=np.int64)
    small = group.astype(np.uint16) if groups <= 1 << 16 else group
    order = np.argsort(small, kind="stable")
    pairs = np.stack((group[order], case[order]))
    new = order[np.concatenate(([True], (np.diff(pairs, axis=1) != 0).any(axis=0)))]
    return _summed(group[new], case[new], weight, groups)


def _quantiles(values: Ints, begins: Ints, shares: Sequence[float]) -> Floats:
    found = np.full((len(begins) - 1, len(shares)), np.nan)
    for group, (begin, end) in enumerate(zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True)):
        values[begin:end].sort()
        for index, share in enumerate(shares if end > begin else ()):
            place = (end - begin - 1) * share
            low = int(place)
            high = min(low + 1, end - begin - 1)
            near, far = float(values[begin + low]), float(values[begin + high])
            found[group, index] = near + (far - near) * (place - low)
    return found
