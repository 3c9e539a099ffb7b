"""The kernels in numpy: what runs where no compiler was at hand, the oracle of the compiled ones.

Shapes and names are those of `kernels`. Owns no choice: who calls a kernel never knows which one ran.
"""

from collections.abc import Sequence

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


def tally(step: Codes, offsets: Ints, chosen: Mask | None, k: int) -> tuple[Ints, ...]:
    """Return counts and distinct cases of arcs (k * k) and of steps (k), then starts and ends (k)."""
    step, offsets = narrowed(step, offsets, chosen)
    lengths = np.diff(offsets)
    case = np.repeat(np.arange(len(lengths)), lengths)
    here = following(offsets)
    arc = step[here].astype(np.int64) * k + step[here + 1]
    filled = lengths > 0
    counts = (
        np.bincount(arc, minlength=k * k),
        _distinct(arc, case[here], k * k),
        np.bincount(step, minlength=k),
        _distinct(step, case, k),
        np.bincount(step[offsets[:-1][filled]], minlength=k),
        np.bincount(step[offsets[1:][filled] - 1], minlength=k),
    )
    return tuple(one.astype(np.int64) for one in counts)


def waits(step: Codes, offsets: Ints, chosen: Mask | None, k: int, clock: Ints) -> Ints:
    """Return the waits of all transitions, arc after arc."""
    here = following(offsets)
    if chosen is not None:
        here = here[np.repeat(chosen, np.diff(offsets))[here]]
    arc = step[here].astype(np.int64) * k + step[here + 1]
    return np.asarray((clock[here + 1] - clock[here])[np.argsort(arc, kind="stable")], dtype=np.int64)


def quantiles(values: Ints, begins: Ints, shares: Sequence[float]) -> Floats:
    """Return the quantiles (g, shares) of each group of `values`, of which group i is `begins[i:i + 2]`.

    They are interpolated between neighbours, NaN for an empty group; `values` may be reordered.
    """
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


def following(offsets: Ints) -> Ints:
    """Return the positions i of events that have a next event i + 1 in the same case."""
    inner = np.ones(int(offsets[-1]), dtype=np.bool_)
    filled = np.diff(offsets) > 0
    inner[offsets[1:][filled] - 1] = False
    return np.flatnonzero(inner)


def narrowed(step: Codes, offsets: Ints, chosen: Mask | None) -> tuple[Codes, Ints]:
    """Return the steps and offsets of the chosen cases alone."""
    if chosen is None:
        return step, offsets
    lengths = np.diff(offsets)
    kept = np.concatenate(([0], np.cumsum(lengths[chosen]))).astype(np.int64)
    return step[np.repeat(chosen, lengths)], kept


def _distinct(group: npt.NDArray[np.integer], case: npt.NDArray[np.integer], groups: int) -> Ints:
    """Return how many cases each group holds; `case` never falls."""
    if not len(group):
        return np.zeros(groups, dtype=np.int64)
    small = group.astype(np.uint16) if groups <= 1 << 16 else group
    order = np.argsort(small, kind="stable")
    pairs = np.stack((group[order], case[order]))
    new = np.concatenate(([True], (np.diff(pairs, axis=1) != 0).any(axis=0)))
    return np.bincount(group[order][new], minlength=groups).astype(np.int64)
