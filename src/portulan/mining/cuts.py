"""Cuts of a directly-follows graph in blocks: one of, one after the other, side by side, again.

Follows Leemans, Fahland & van der Aalst, Discovering block-structured process models from event logs (2013).
Owns the four cuts over a graph whose rare arcs were taken out; knows no sequence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from portulan.mining.sequences import Graph

Arcs = npt.NDArray[np.bool_]
Kind = Literal["choice", "sequence", "parallel", "loop"]
Cut = tuple[Kind, list[list[int]]]


@dataclass(frozen=True)
class Seen:
    """What is kept of a graph of n steps: `codes` of them, `arcs` (n, n), `starts` and `ends` (n)."""

    codes: list[int]
    arcs: Arcs
    starts: Arcs
    ends: Arcs


def seen(graph: Graph, *, noise: float, together: float = 0.0) -> Seen:
    """Return the arcs that are at least `noise` of the most frequent that leave the same step.

    Of two steps seen in both orders, the rarer order goes when it is less than `together` of the other.
    """
    codes = np.flatnonzero(graph.count)
    follows = graph.follows[np.ix_(codes, codes)]
    out = np.maximum(follows.max(axis=1, initial=0), graph.ends[codes])
    arcs = (follows > 0) & (follows >= noise * out[:, None])
    arcs &= follows >= together * follows.T
    starts, ends = graph.starts[codes], graph.ends[codes]
    return Seen(
        codes.tolist(),
        arcs,
        (starts > 0) & (starts >= noise * starts.max(initial=0)),
        (ends > 0) & ((ends >= noise * ends.max(initial=0)) | (ends >= noise * out) & (noise > 0)),
    )


def cut(found: Seen) -> Cut | None:
    """Return the first cut that the graph allows, its parts as codes."""
    for kind, find in _CUTS:
        parts = find(found)
        if len(parts) > 1:
            return kind, [[found.codes[one] for one in part] for part in parts]
    return None


def components(arcs: Arcs) -> list[list[int]]:
    """Return the steps that arcs join whatever their direction, in the order of their first step."""
    return _groups(_reached(arcs | arcs.T))


def _reached(arcs: Arcs) -> Arcs:
    """Return what can be reached from each step, itself included."""
    found = arcs | np.eye(len(arcs), dtype=np.bool_)
    while True:
        further = (found.astype(np.float32) @ found.astype(np.float32)) > 0
        if (further == found).all():
            return found
        found = further


def _groups(same: Arcs) -> list[list[int]]:
    if not len(same):
        return []
    first = same.argmax(axis=1)
    return [np.flatnonzero(first == one).tolist() for one in np.unique(first)]


def _in_order(found: Seen) -> list[list[int]]:
    """Return parts of which each reaches the next and none goes back."""
    ahead = _reached(found.arcs)
    apart = ~(ahead | ahead.T)  # neither before nor after
    groups = _groups(_reached((ahead & ahead.T) | apart))
    if len(groups) < 2:  # noqa: PLR2004 - one part is no cut
        return groups
    heads = [part[0] for part in groups]
    before = [int(ahead[heads, head].sum()) for head in heads]
    ranked = sorted(range(len(groups)), key=lambda one: (before[one], one))
    return [groups[one] for one in ranked]


def _side_by_side(found: Seen) -> list[list[int]]:
    """Return parts that follow each other in both orders, each with a start and an end."""
    both = found.arcs & found.arcs.T
    groups = components(~both & ~np.eye(len(both), dtype=np.bool_))
    whole = [part for part in groups if found.starts[part].any() and found.ends[part].any()]
    rest = [one for part in groups if part not in whole for one in part]
    if rest and whole:
        whole[0] = sorted(whole[0] + rest)
    return whole


def _again(found: Seen) -> list[list[int]]:
    """Return a body, then what leads from its ends back to its starts."""
    rim = found.starts | found.ends
    inner = np.flatnonzero(~rim)
    parts = [[int(inner[one]) for one in part] for part in components(found.arcs[np.ix_(inner, inner)])]
    body, redo = np.flatnonzero(rim).tolist(), []
    for part in parts:
        if _leads_back(found, part):
            redo.append(part)
        else:
            body += part
    return [sorted(body), *redo] if redo else []


def _leads_back(found: Seen, part: Sequence[int]) -> bool:
    """Return whether a part is entered from every end alone, and left for every start alone."""
    into = np.asarray(found.arcs[:, part].any(axis=1))
    out = np.asarray(found.arcs[part].any(axis=0))
    into[list(part)] = out[list(part)] = False
    if (into & ~found.ends).any() or (out & ~found.starts).any():
        return False
    enters, leaves = found.arcs[found.ends][:, part], found.arcs[part][:, found.starts]
    if not enters.any() or not leaves.any():
        return False
    alike = (enters.any(axis=0) == enters.all(axis=0)).all() and (
        leaves.any(axis=1) == leaves.all(axis=1)
    ).all()
    return bool(alike)


def _apart(found: Seen) -> list[list[int]]:
    """Return parts that no arc joins."""
    return components(found.arcs)


_CUTS: tuple[tuple[Kind, Callable[[Seen], list[list[int]]]], ...] = (
    ("choice", _apart),
    ("sequence", _in_order),
    ("parallel", _side_by_side),
    ("loop", _again),
)
