"""From a filtered graph alone to a tree: what Split Miner keeps, put back into blocks.

Follows the filter and the concurrency of Augusto, Conforti, Dumas, La Rosa & Polyvyanyy, Split Miner
(2019): each step keeps its most frequent way in and way out, both orders of a pair count as side by side
only when they balance. Its free gateways are not kept: the graph is cut in blocks, so that the model is
sound. Where nothing cuts, the rarest arcs go one by one, down to a share; beyond, there is no model.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from portulan.mining import cuts, tree
from portulan.mining.cuts import Arcs, Seen
from portulan.mining.sequences import Graph
from portulan.mining.store import Ints
from portulan.mining.tree import SILENT, Tree

#: Of the most frequent arc of a block, the share below which arcs may go so that it can be cut.
_MAY_GO = 0.5


@dataclass(frozen=True)
class _Block:
    """A part of the graph and how often its arcs happen (n, n)."""

    seen: Seen
    counts: Ints

    def part(self, steps: Sequence[int], starts: Arcs, ends: Arcs) -> "_Block":
        """Return some steps of the block, with where they begin and end; everywhere, when nothing says."""
        here = np.array(steps, dtype=np.int64)
        codes = [self.seen.codes[one] for one in steps]
        inner = self.seen.arcs[np.ix_(here, here)]
        begins = starts if starts.any() else np.ones(len(here), dtype=np.bool_)
        finishes = ends if ends.any() else np.ones(len(here), dtype=np.bool_)
        return _Block(Seen(codes, inner, begins, finishes), self.counts[np.ix_(here, here)])


def carve(graph: Graph, *, noise: float, together: float) -> Tree | None:
    """Return the tree of a graph whose arcs rarer than a share of the best of their step are not seen."""
    found = cuts.seen(graph, noise=noise, together=together)
    if not found.codes:
        return SILENT
    counts = graph.follows[np.ix_(found.codes, found.codes)]
    others = np.where(np.eye(len(counts), dtype=np.bool_), 0, counts)
    arcs = found.arcs.copy()
    every = np.arange(len(counts))
    for best, axis in ((others.argmax(axis=0), 0), (others.argmax(axis=1), 1)):
        way = (best, every) if axis == 0 else (every, best)
        arcs[way] |= others[way] > 0
    return _carved(_Block(Seen(found.codes, arcs, found.starts, found.ends), counts))


def _carved(block: _Block) -> Tree | None:
    found = block.seen
    if len(found.codes) == 1:
        alone = tree.step(found.codes[0])
        return tree.loop(alone) if found.arcs[0, 0] else alone
    known = cuts.cut(found)
    if known is None:
        return _again(block) or _with_less(block)
    place = {code: index for index, code in enumerate(found.codes)}
    parts = [[place[code] for code in part] for part in known[1]]
    if known[0] == "sequence":
        return _in_turn(block, parts)
    if known[0] == "loop":
        return _returning(block, parts)
    built = [_carved(block.part(part, found.starts[part], found.ends[part])) for part in parts]
    told = [one for one in built if one is not None]
    if len(told) < len(built):
        return None
    return tree.choice(*told) if known[0] == "choice" else tree.parallel(*told)


def _in_turn(block: _Block, parts: list[list[int]]) -> Tree | None:
    """Return parts one after the other; one that an arc leaps over may be passed."""
    found, told = block.seen, []
    for index, part in enumerate(parts):
        before = [one for other in parts[:index] for one in other]
        after = [one for other in parts[index + 1 :] for one in other]
        starts = found.starts[part] | found.arcs[np.ix_(before, part)].any(axis=0)
        ends = found.ends[part] | found.arcs[np.ix_(part, after)].any(axis=1)
        one = _carved(block.part(part, starts, ends))
        if one is None:
            return None
        leapt = (
            found.arcs[np.ix_(before, after)].any() or found.starts[after].any() or found.ends[before].any()
        )
        told.append(tree.optional(one) if leapt else one)
    return tree.sequence(*told)


def _returning(block: _Block, parts: list[list[int]]) -> Tree | None:
    """Return a body and its ways back; nothing is one of them when an end leads straight to a start."""
    found = block.seen
    body = _carved(block.part(parts[0], found.starts[parts[0]], found.ends[parts[0]]))
    ways = [] if not found.arcs[np.ix_(found.ends, found.starts)].any() else [SILENT]
    for part in parts[1:]:
        starts = np.asarray(found.arcs[found.ends][:, part].any(axis=0))
        ends = np.asarray(found.arcs[part][:, found.starts].any(axis=1))
        one = _carved(block.part(part, starts, ends))
        if one is None:
            return None
        ways.append(one)
    return None if body is None else tree.loop(body, tree.choice(*ways))


def _again(block: _Block) -> Tree | None:
    """Return a body that begins again, when arcs lead from its ends to its starts."""
    found = block.seen
    back = np.outer(found.ends, found.starts) & found.arcs
    if not back.any() or (back == found.arcs).all():
        return None
    body = _carved(_Block(Seen(found.codes, found.arcs & ~back, found.starts, found.ends), block.counts))
    return None if body is None else tree.loop(body)


def _with_less(block: _Block) -> Tree | None:
    """Return the tree of a block without its rarest arcs."""
    found = block.seen
    left = np.where(found.arcs & ~np.eye(len(found.codes), dtype=np.bool_), block.counts, 0)
    if not left.any():
        return None
    rarest = left[left > 0].min()
    if rarest > _MAY_GO * left.max():
        return None
    arcs = found.arcs & ~((left > 0) & (left == rarest))
    return _carved(_Block(Seen(found.codes, arcs, found.starts, found.ends), block.counts))
