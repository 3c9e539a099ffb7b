"""From sequences to a tree by recursive cuts: every block is one of the four, so that the model is sound.

Follows Leemans, Fahland & van der Aalst, Discovering block-structured process models from event logs
containing infrequent behaviour (2014), with a filter that rises where nothing cuts, and with both orders of
a pair weighed against each other before they count as side by side. Refuses to answer where nothing cuts:
there is no model that allows everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from portulan.mining import cuts, tree
from portulan.mining.cuts import Cut
from portulan.mining.sequences import Sequences
from portulan.mining.store import Ints
from portulan.mining.tree import SILENT, Tree

_RISING = (2.0, 4.0, 9.0)
_MOST_NOISE = 0.95


@dataclass(frozen=True)
class Setting:
    """What counts as noise.

    Arcs below the share `noise` of the most frequent that leave the same step are not seen; of two orders
    of a pair, the rarer is not when it is below `together` of the other. `patient` tries what falls through
    before more noise.
    """

    noise: float = 0.0
    together: float = 0.0
    patient: bool = False


def induce(found: Sequences, setting: Setting) -> Tree | None:
    """Return the tree of sequences, or nothing when they cannot be cut in blocks."""
    empty, total = found.without_any, found.total
    if total == empty:
        return SILENT
    if not empty:
        return _of_filled(found, setting)
    inner = _of_filled(found.filled(), setting)
    if inner is None or empty <= setting.noise * total:
        return inner
    return tree.optional(inner)


def _of_filled(found: Sequences, setting: Setting) -> Tree | None:
    codes = np.flatnonzero(found.graph.count)
    if len(codes) == 1:
        return _one(found, int(codes[0]), setting)
    for tried in _tried(setting):
        if isinstance(tried, Setting):
            known = cuts.cut(cuts.seen(found.graph, noise=tried.noise, together=tried.together))
            built = _built(found, known, setting) if known else None
        else:
            built = _fallen(found, setting)
        if built is not None:
            return built
    return None


def _tried(setting: Setting) -> Iterator[Setting | None]:
    """Yield what is tried in turn: filters that rise, and, as nothing, what falls through them.

    Where nothing is noise, nothing is filtered: what is found allows every sequence.
    """
    yield setting
    if setting.patient or not setting.noise:
        yield None
    for times in _RISING if setting.noise else ():
        yield replace(setting, noise=min(setting.noise * times, _MOST_NOISE))
    if setting.noise and not setting.patient:
        yield None


def _one(found: Sequences, code: int, setting: Setting) -> Tree:
    """Return the tree of one step, which may come again."""
    again = int(found.weight[found.lengths > 1].sum())
    alone = tree.step(code)
    return tree.loop(alone) if again > setting.noise * found.total else alone


def _built(found: Sequences, known: Cut, setting: Setting) -> Tree | None:
    """Return the tree of a cut, each part mined from its share of the sequences."""
    kind, parts = known
    shares = {"choice": _choosing, "sequence": _within, "parallel": _within, "loop": _returning}[kind]
    built = []
    for share in shares(found, parts):
        one = induce(share, setting)
        if one is None:
            return None
        built.append(one)
    if kind == "loop":
        return tree.loop(built[0], tree.choice(*built[1:]))
    return {"choice": tree.choice, "sequence": tree.sequence, "parallel": tree.parallel}[kind](*built)


def _within(found: Sequences, parts: list[list[int]]) -> Iterator[Sequences]:
    for part in parts:
        yield found.within(part)


def _choosing(found: Sequences, parts: list[list[int]]) -> Iterator[Sequences]:
    """Yield, for each part, the sequences that hold more of it than of any other."""
    part_of = _part_of(parts, found.k)
    held = np.bincount(
        found.owner * len(parts) + part_of[found.step], minlength=len(found.weight) * len(parts)
    ).reshape(-1, len(parts))
    most = held.argmax(axis=1)
    for number, part in enumerate(parts):
        yield found.chosen(most == number).within(part)


def _returning(found: Sequences, parts: list[list[int]]) -> Iterator[Sequences]:
    """Yield the pieces of the body, then those of each way back."""
    part_of = _part_of(parts, found.k)[found.step]
    changes = found.inner[part_of[found.inner] != part_of[found.inner + 1]]
    between = changes[(part_of[changes] > 0) & (part_of[changes + 1] > 0)]
    filled = found.lengths > 0
    first, last = found.offsets[:-1][filled], found.offsets[1:][filled] - 1
    missing = int(found.weight[found.owner[between]].sum())
    missing += int(found.weight[filled][part_of[first] > 0].sum())
    missing += int(found.weight[filled][part_of[last] > 0].sum())
    pieces = found.cut_after(changes, without_any=0)
    yield _with_empty(pieces.within(parts[0]).filled(), missing)
    for part in parts[1:]:
        yield pieces.within(part).filled()


def _with_empty(found: Sequences, count: int) -> Sequences:
    """Return the sequences and so many that hold no step."""
    if not count:
        return found
    offsets = np.append(found.offsets, found.offsets[-1])
    return Sequences(found.step, offsets, np.append(found.weight, count), found.k)


def _part_of(parts: list[list[int]], k: int) -> Ints:
    part_of = np.zeros(k, dtype=np.int64)
    for number, part in enumerate(parts):
        part_of[part] = number
    return part_of


def _fallen(found: Sequences, setting: Setting) -> Tree | None:
    """Return the tree of what no cut divides: a step beside all others, or a body that begins again."""
    return _beside(found, setting) or _strict_again(found, setting) or _begun_again(found, setting)


def _beside(found: Sequences, setting: Setting) -> Tree | None:
    """Return a step side by side with the rest, when the rest can be cut without it."""
    codes = np.flatnonzero(found.graph.count).tolist()
    held = np.bincount(found.owner * found.k + found.step, minlength=len(found.weight) * found.k)
    once = found.weight @ (held.reshape(-1, found.k) == 1)
    for code in sorted(codes, key=lambda one: (-int(once[one]), one)):
        rest = found.within([one for one in codes if one != code])
        if cuts.cut(cuts.seen(rest.graph, noise=setting.noise, together=setting.together)) is not None:
            alone, other = induce(found.within([code]), setting), induce(rest, setting)
            return None if alone is None or other is None else tree.parallel(alone, other)
    return None


def _strict_again(found: Sequences, setting: Setting) -> Tree | None:
    """Return a body that comes again, cut where an ending is followed by a beginning."""
    graph = cuts.seen(found.graph, noise=setting.noise)
    ends = {code for code, one in zip(graph.codes, graph.ends, strict=True) if one}
    starts = {code for code, one in zip(graph.codes, graph.starts, strict=True) if one}
    here = found.inner
    places = here[np.isin(found.step[here], list(ends)) & np.isin(found.step[here + 1], list(starts))]
    return _cut_again(found, places, setting)


def _begun_again(found: Sequences, setting: Setting) -> Tree | None:
    """Return a body that comes again, cut before each beginning."""
    graph = cuts.seen(found.graph, noise=setting.noise)
    starts = [code for code, one in zip(graph.codes, graph.starts, strict=True) if one]
    return _cut_again(found, found.inner[np.isin(found.step[found.inner + 1], starts)], setting)


def _cut_again(found: Sequences, places: Ints, setting: Setting) -> Tree | None:
    if not len(places):
        return None
    body = induce(found.cut_after(places), setting)
    return tree.loop(body) if body is not None else None
