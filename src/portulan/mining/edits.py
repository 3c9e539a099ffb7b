"""Other trees near a tree: what a search tries in turn.

Owns the edits alone: a step placed elsewhere, kept, passed over, done again or dropped; a block of another
kind. A step is tried where what it follows, what follows it or what stands in its stead already is. The
order of edits is that of the tree, so that a search over them is the same from one run to the next.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from portulan.mining import tree
from portulan.mining.sequences import Graph
from portulan.mining.tree import SILENT, Tree

_KINDS: tuple[Callable[..., Tree], ...] = (tree.sequence, tree.parallel, tree.choice)
#: How many of the steps that most often come before and after say where a step may stand.
_NEAR = 4
#: Below this share of its cases, a step that comes twice is not tried as one that comes again.
_AGAIN = 0.02
Codes = frozenset[int]


@dataclass(frozen=True)
class Company:
    """What comes before a step in a log, after it, in its stead, and whether it comes again."""

    before: Codes
    after: Codes
    instead: Codes
    again: bool


def company(graph: Graph, again: list[float]) -> dict[int, Company]:
    """Return the company of each step; `again` is the share of its cases in which it comes more than once."""
    known = np.flatnonzero(graph.count).tolist()
    before = {code: _most(graph.follows[:, code], code) for code in known}
    after = {code: _most(graph.follows[code], code) for code in known}
    found = {}
    for code in known:
        alike = (one for one in known if before[one] & before[code] and after[one] & after[code])
        instead = frozenset(one for one in alike if one != code)
        found[code] = Company(before[code], after[code], instead, again[code] >= _AGAIN)
    return found


def _most(counts: np.typing.NDArray[np.int64], code: int) -> Codes:
    order = np.argsort(-counts, kind="stable").tolist()
    return frozenset([one for one in order if counts[one] and one != code][:_NEAR])


def without(whole: Tree, code: int) -> Tree:
    """Return a tree without one of its steps."""
    if whole.kind == "step":
        return SILENT if whole.step == code else whole
    return remade(whole, tuple(without(part, code) for part in whole.parts)) if whole.parts else whole


def placed(whole: Tree, code: int, known: Company) -> Iterator[Tree]:
    """Yield a tree with one step more, in the places where its company is, in every form."""
    alone = tree.step(code)
    again = (tree.loop(alone), tree.loop(SILENT, alone)) if known.again else ()
    forms = (alone, tree.optional(alone), *again)
    yield from _placed(whole, forms, known)


def _placed(whole: Tree, forms: tuple[Tree, ...], known: Company) -> Iterator[Tree]:
    held = frozenset(tree.steps(whole))
    for form in forms:
        yield from _around(whole, held, form, known)
    for place, part in enumerate(whole.parts):
        for other in _placed(part, forms, known):
            yield remade(whole, _replaced(whole.parts, place, other))


def _around(whole: Tree, held: Codes, form: Tree, known: Company) -> Iterator[Tree]:
    """Yield a block with a form before it, after it, beside it, instead of it, or before it comes again."""
    comes, goes = bool(held & known.before), bool(held & known.after)
    if goes:
        yield tree.sequence(form, whole)
    if comes:
        yield tree.sequence(whole, form)
    if comes or goes:
        yield tree.parallel(whole, form)
    if held & known.instead:
        yield tree.choice(whole, form)
    if comes and goes:
        yield from _returning(whole, form)


def _returning(whole: Tree, form: Tree) -> Iterator[Tree]:
    if whole.kind != "loop":
        yield tree.loop(whole, form)
        return
    body, redo = whole.parts
    yield tree.loop(body, tree.choice(redo, form))
    yield tree.loop(tree.sequence(body, form), redo)
    yield tree.loop(tree.sequence(form, body), redo)


def reshaped(whole: Tree) -> Iterator[Tree]:
    """Yield a tree with one of its blocks of another kind, passed over, again, or in another order."""
    yield from _reshaped(whole)
    for place, part in enumerate(whole.parts):
        for other in reshaped(part):
            yield remade(whole, _replaced(whole.parts, place, other))


def remade(whole: Tree, parts: tuple[Tree, ...]) -> Tree:
    """Return a block of the same kind with other parts."""
    if whole.kind == "loop":
        return tree.loop(*parts)
    return {"sequence": tree.sequence, "parallel": tree.parallel, "choice": tree.choice}[whole.kind](*parts)


def _reshaped(whole: Tree) -> Iterator[Tree]:
    if whole == SILENT:
        return
    yield tree.optional(whole)
    yield tree.loop(whole)
    match whole.kind:
        case "loop":
            yield from _unlooped(*whole.parts)
        case "sequence":
            yield from _regrouped(whole.parts)
            yield from _joined_otherwise(whole)
        case "parallel" | "choice":
            yield from _joined_otherwise(whole)


def _unlooped(body: Tree, redo: Tree) -> Iterator[Tree]:
    yield body
    for block in (
        tree.sequence(body, redo),
        tree.sequence(body, tree.optional(redo)),
        tree.sequence(tree.optional(redo), body),
        tree.choice(body, redo),
    ):
        yield block
        yield tree.loop(block)


def _joined_otherwise(whole: Tree) -> Iterator[Tree]:
    """Yield a block whose parts are joined in another way, or one of which stands apart or is gone."""
    full = tuple(part for part in whole.parts if part != SILENT)
    passed = (SILENT,) if len(full) < len(whole.parts) else ()
    if passed:
        yield tree.choice(*full)
    for join in _KINDS:
        yield join(*full)
    for place, part in enumerate(full):
        other = remade(whole, (*full[:place], *full[place + 1 :], *passed))
        yield other
        if whole.kind != "sequence" and other != SILENT:
            for one in (part, tree.optional(part)):
                yield tree.sequence(one, other)
                yield tree.sequence(other, one)


def _regrouped(parts: tuple[Tree, ...]) -> Iterator[Tree]:
    """Yield a sequence of which two neighbours change places or make a block, or some make one."""
    for place, (one, other) in enumerate(pairwise(parts)):
        before, after = parts[:place], parts[place + 2 :]
        yield tree.sequence(*before, other, one, *after)
        for block in (tree.parallel(one, other), tree.choice(one, other), tree.loop(one, other)):
            yield tree.sequence(*before, block, *after)
    for begin in range(len(parts)):
        for end in range(begin + 2, min(len(parts) + 1, begin + len(parts))):
            block = tree.sequence(*parts[begin:end])
            for again in (tree.optional(block), tree.loop(block)):
                yield tree.sequence(*parts[:begin], again, *parts[end:])


def _replaced(parts: tuple[Tree, ...], place: int, other: Tree) -> tuple[Tree, ...]:
    return (*parts[:place], other, *parts[place + 1 :])
