"""The kernels of mining, compiled where the build found a compiler, in numpy elsewhere.

Owns the choice and the checks that the compiled ones trust: types, contiguity, codes in their ranges.
Refuses a library built from another version of the source. While a kernel runs, other threads do too.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from portulan.mining import twins
from portulan.mining.twins import BINS, BOTH, MIDDLES, MODEL, TRACE, Codes, Floats, Graph, Ints, Mask

__all__ = [
    "BINS", "BOTH", "LIBRARY", "MIDDLES", "MODEL", "TRACE",
    "align", "binned", "escaped", "quantiles", "tally", "variants", "waits", "worked",
]  # fmt: skip
_INTERFACE = 6
#: As many quantiles as are sought in one pass.
_TOGETHER = 4
_Array = npt.NDArray[np.generic]


def _library() -> ctypes.CDLL | None:
    try:
        found = ctypes.CDLL(str(Path(__file__).with_name("libkernels.so")))
        found.portulan_interface.restype = ctypes.c_int64
        if found.portulan_interface() != _INTERFACE:
            return None
    except (OSError, AttributeError):
        return None
    for name in ("align", "escaped", "quantiles", "variants"):
        getattr(found, f"portulan_{name}").restype = ctypes.c_int64
    return found


#: The compiled kernels, None where there are none.
LIBRARY = _library()


def tally(step: Codes, offsets: Ints, weight: Ints | None, k: int) -> tuple[Ints, ...]:
    """Return counts and distinct cases of arcs (k * k) and of steps (k), then starts and ends (k).

    Each case counts as often as its weight says, once without any.
    """
    if LIBRARY is None:
        return twins.tally(step, offsets, weight, k)
    step, offsets = _checked(step, offsets, None, k)
    cases = len(offsets) - 1
    if weight is not None:
        weight = np.ascontiguousarray(weight, dtype=np.int64)
        if len(weight) != cases or (weight < 0).any():
            raise ValueError("each case has a weight, none below nought")
    found = tuple(np.zeros(size, dtype=np.int64) for size in (k * k, k * k, k, k, k, k))
    seen = tuple(np.full(size, -1, dtype=np.int32) for size in (k * k, k))
    LIBRARY.portulan_tally(
        _at(step), _at(offsets), _n(cases), _at(weight), _n(k), *map(_at, found), *map(_at, seen)
    )
    return found


def waits(
    step: Codes, offsets: Ints, chosen: Mask | None, begins: Ints, clocks: tuple[Ints, Ints]
) -> tuple[Ints, Ints]:
    """Return the waits of all transitions on two clocks, arc after arc.

    `begins` (k * k + 1) says where each arc begins.
    """
    k = round((len(begins) - 1) ** 0.5)
    if LIBRARY is None:
        return twins.waits(step, offsets, chosen, k, clocks)
    step, offsets = _checked(step, offsets, chosen, k)
    clock, other = (np.ascontiguousarray(one, dtype=np.int64) for one in clocks)
    _same_length(step, clock)
    _same_length(step, other)
    place = begins[:-1].copy()
    found, others = (np.empty(int(begins[-1]), dtype=np.int64) for _ in clocks)
    given = _at(step), _at(offsets), _n(len(offsets) - 1), _at(chosen), _n(k), _at(clock), _at(other)
    LIBRARY.portulan_waits(*given, _at(place), _at(found), _at(others))
    return found, others


def quantiles(values: Ints, begins: Ints, runs: Ints, shares: Sequence[float]) -> tuple[Floats, Floats]:
    """Return the quantiles of each group (g, shares) of `values`, and of each run of groups (r, shares).

    Group i is `begins[i:i + 2]`, run j the groups `runs[j:j + 2]`. They are interpolated between neighbours,
    NaN where one is empty; `values` is reordered.

    :raises MemoryError: when there is no room for copies of the largest run.
    """
    if LIBRARY is None:
        return twins.quantiles(values, begins, runs, shares)
    begins, runs = (np.ascontiguousarray(one, dtype=np.int64) for one in (begins, runs))
    _rising(begins, len(values))
    _rising(runs, len(begins) - 1)
    asked = np.array(shares, dtype=np.float64)
    if not 0 < len(asked) <= _TOGETHER or ((asked < 0) | (asked > 1)).any():
        raise ValueError("one to four quantiles are asked for, each from 0 to 1")
    found, whole = (np.full((len(one) - 1, len(asked)), np.nan) for one in (begins, runs))
    given = _at(values), _at(begins), _at(runs), _n(len(runs) - 1), _at(asked), _n(len(asked))
    if LIBRARY.portulan_quantiles(*given, _at(found), _at(whole)):
        raise MemoryError
    return found, whole


def binned(step: Codes, offsets: Ints, chosen: Mask | None, clock: Ints, row: Ints) -> npt.NDArray[np.uint32]:
    """Return how many waits each arc has in each logarithmic bin; `row` (k, k) is the row of an arc.

    Arcs that happen among the chosen cases must have a row.
    """
    if LIBRARY is None:
        return twins.binned(step, offsets, chosen, clock, row)
    k = len(row)
    step, offsets = _checked(step, offsets, chosen, k)
    clock = np.ascontiguousarray(clock, dtype=np.int64)
    _same_length(step, clock)
    row = np.ascontiguousarray(np.maximum(row, 0), dtype=np.int64)
    found = np.zeros((int(row.max(initial=0)) + 1, BINS), dtype=np.uint32)
    LIBRARY.portulan_binned(
        _at(step), _at(offsets), _n(len(offsets) - 1), _at(chosen), _n(k), _at(clock), _at(row), _at(found)
    )
    return found


def worked(at: Ints, openings: tuple[Ints, Ints, Ints]) -> Ints:
    """Return the working time at each moment.

    `openings` are their beginnings in order, their ends and the work done before each.
    """
    if LIBRARY is None or not len(openings[0]):
        return twins.worked(at, *openings)
    at = np.ascontiguousarray(at, dtype=np.int64)
    laid = tuple(np.ascontiguousarray(one, dtype=np.int64) for one in openings)
    if any(len(one) != len(laid[0]) for one in laid):
        raise ValueError("each opening has a beginning, an end and the work before it")
    found = np.empty(len(at), dtype=np.int64)
    LIBRARY.portulan_worked(_at(at), _n(len(at)), *map(_at, laid), _n(len(laid[0])), _at(found))
    return found


def variants(step: Codes, offsets: Ints) -> tuple[Ints, Ints]:
    """Return the number of the sequence of each case, by first appearance, and a case of each.

    :raises MemoryError: when there is no room for the table of sequences.
    """
    if LIBRARY is None:
        return twins.variants(step, offsets)
    step, offsets = _checked(step, offsets, None, None)
    cases = len(offsets) - 1
    of_case, example = np.empty(cases, dtype=np.int64), np.empty(cases, dtype=np.int64)
    known = LIBRARY.portulan_variants(_at(step), _at(offsets), _n(cases), _at(of_case), _at(example))
    if known < 0:
        raise MemoryError
    return of_case, example[:known].copy()


def align(
    step: Codes, offsets: Ints, graph: Graph, room: Ints, seconds: float
) -> tuple[Ints, Ints, npt.NDArray[np.int8], Codes]:
    """Return the least cost of each trace on an automaton, and where its moves begin, their kinds and codes.

    Traces lie at `offsets`; those that follow one another share the work of what they begin with. A step that
    no transition bears is any code past their labels. The moves of trace i end at `room[i + 1]`, which leaves
    it twice its length and the least that any end costs. A trace that time did not allow costs -1, and so do
    those after it.

    :raises MemoryError: when there is no room for the costs of the longest trace in every state.
    """
    if LIBRARY is None:
        return twins.align(step, offsets, graph, room, seconds)
    step, offsets = _checked(step, offsets, None, None)
    room = np.ascontiguousarray(room, dtype=np.int64)
    _held(step, offsets, graph, room)
    traces = len(offsets) - 1
    cost, first = np.full(traces, -1, dtype=np.int64), room[1:].copy()
    kind, code = np.zeros(int(room[-1]), dtype=np.int8), np.zeros(int(room[-1]), dtype=np.int32)
    sizes = (_n(traces), _n(len(graph.final)), _n(len(graph.sync_at) - 1))
    found: tuple[_Array, ...] = (cost, first, kind, code)
    columns: list[_Array] = [np.ascontiguousarray(getattr(graph, one.name)) for one in fields(graph)]
    given = (*sizes, *map(_at, columns), _at(room), ctypes.c_double(seconds))
    if LIBRARY.portulan_align(_at(step), _at(offsets), *given, *map(_at, found)) < 0:
        raise MemoryError
    return cost, first, kind, code


def escaped(
    traces: tuple[Codes, Ints], cases: Ints, out: tuple[Ints, Codes, Codes], labels: int
) -> tuple[int, int]:
    """Return how many steps an automaton allows next where traces go on, and how many of them follow.

    Each beginning counts as often as cases go on from it. The transitions from state i are `out[0][i:i + 2]`
    of labels and targets; a step leads to one state.

    :raises ValueError: when a trace does what is not allowed.
    :raises MemoryError: when there is no room for the beginnings.
    """
    if LIBRARY is None:
        return twins.escaped(traces, cases, out, labels)
    step, offsets = _checked(*traces, None, labels)
    cases = np.ascontiguousarray(cases, dtype=np.int64)
    at = np.ascontiguousarray(out[0], dtype=np.int64)
    label, target = (np.ascontiguousarray(one, dtype=np.int32) for one in out[1:])
    _rising(at, len(label))
    states = len(at) - 1
    if len(cases) != len(offsets) - 1 or len(label) != len(target):
        raise ValueError("each trace has its cases, each transition its label and target")
    if not states or (len(target) and (int(target.min()) < 0 or int(target.max()) >= states)):
        raise ValueError("a transition leads to a state")
    told = np.zeros(2, dtype=np.int64)
    given = (_at(step), _at(offsets), _at(cases), _n(len(cases)), _at(at), _at(label), _at(target))
    back = LIBRARY.portulan_escaped(*given, _n(labels), _at(told))
    if back == -1:
        raise MemoryError
    if back:
        raise ValueError("a trace does what is not allowed")
    return int(told[0]), int(told[1])


def _held(step: Codes, offsets: Ints, graph: Graph, room: Ints) -> None:
    """Refuse what would make the alignment read or write outside.

    :raises ValueError: when it would.
    """
    if not graph.final.any() or (len(step) and int(step.min()) < 0):
        raise ValueError("some state is final, and no step has a code below nought")
    least = 2 * np.diff(offsets) + int(graph.least[graph.final].min())
    if len(room) != len(offsets) or (np.diff(room) < least).any() or room[0] < 0:
        raise ValueError("each trace has room for its moves")


def _checked(step: Codes, offsets: Ints, chosen: Mask | None, k: int | None) -> tuple[Codes, Ints]:
    """Return the columns as the compiled kernels read them.

    :raises ValueError: when they would make one read outside of them.
    """
    step = np.ascontiguousarray(step, dtype=np.int32)
    offsets = np.ascontiguousarray(offsets, dtype=np.int64)
    _cut(offsets, len(step), chosen)
    if k is not None and len(step) and (int(step.min()) < 0 or int(step.max()) >= k):
        raise ValueError("a step has a code outside of its range")
    return step, offsets


def _cut(offsets: Ints, events: int, chosen: Mask | None) -> None:
    _rising(offsets, events)
    if chosen is not None and (len(chosen) != len(offsets) - 1 or chosen.dtype != np.bool_):
        raise ValueError("one boolean a case says which are chosen")


def _rising(bounds: Ints, end: int) -> None:
    if not len(bounds) or bounds[0] < 0 or int(bounds[-1]) > end or (np.diff(bounds) < 0).any():
        raise ValueError("bounds rise, inside of what they cut")


def _same_length(step: Codes, clock: Ints) -> None:
    if len(step) != len(clock):
        raise ValueError("each event has one step and one time")


def _at(array: _Array | None) -> ctypes.c_void_p:
    return ctypes.c_void_p(None if array is None else array.ctypes.data)


def _n(number: int) -> ctypes.c_int64:
    return ctypes.c_int64(number)
