"""Process trees: a model in blocks that cannot deadlock, whatever was mined.

Owns the value, reduced as it is made, and its size as elements of BPMN. Knows no log: steps are codes.
Every tree can end from wherever it can get to, by construction.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["step", "silent", "sequence", "choice", "parallel", "loop"]


@dataclass(frozen=True, slots=True)
class Tree:
    """A step by its code, nothing at all, or parts: one after the other, one of them, side by side, again.

    A loop has a body and what is done before the body comes again. Trees are made by the functions below,
    which reduce them.
    """

    kind: Kind
    step: int = -1
    parts: tuple["Tree", ...] = ()
    #: Whether it may be passed without any step.
    empty: bool = field(default=False, compare=False, repr=False)
    _hash: int = field(default=0, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.kind, self.step, self.parts)))

    def __hash__(self) -> int:
        return self._hash


SILENT = Tree("silent", empty=True)


def step(code: int) -> Tree:
    """Return the tree of one step."""
    return Tree("step", code)


def sequence(*parts: Tree) -> Tree:
    """Return parts one after the other."""
    return _joined("sequence", parts)


def parallel(*parts: Tree) -> Tree:
    """Return parts side by side, in any order of their steps."""
    return _joined("parallel", parts)


def choice(*parts: Tree) -> Tree:
    """Return one of some parts; those that are alike count once, an empty one is said last."""
    flat = tuple(dict.fromkeys(_flat("choice", parts)))
    full = tuple(part for part in flat if part != SILENT)
    if len(full) == len(flat) or any(part.empty for part in full):
        return full[0] if len(full) == 1 else Tree("choice", parts=full, empty=any(p.empty for p in full))
    if not full:
        return SILENT
    if len(full) == 1 and full[0].kind == "loop" and full[0].parts[1] == SILENT:
        return loop(SILENT, full[0].parts[0])
    return Tree("choice", parts=(*full, SILENT), empty=True)


def optional(part: Tree) -> Tree:
    """Return a part that may be passed over."""
    return choice(part, SILENT)


def loop(body: Tree, redo: Tree = SILENT) -> Tree:
    """Return a body that may come again, each time after `redo`."""
    if body.kind == "loop":
        return loop(body.parts[0], choice(body.parts[1], redo))
    if body == SILENT or (redo == SILENT and body.empty):
        return _any_times(choice(body, redo))
    return Tree("loop", parts=(body, redo), empty=body.empty)


def _any_times(part: Tree) -> Tree:
    """Return a part that comes any number of times, none included."""
    if part.kind == "loop" and SILENT in part.parts:
        part = choice(*part.parts)
    if part.kind == "choice":
        kept = [one for one in part.parts if one != SILENT]
        part = (
            kept[0] if len(kept) == 1 else Tree("choice", parts=tuple(kept), empty=any(p.empty for p in kept))
        )
    return SILENT if part == SILENT else Tree("loop", parts=(SILENT, part), empty=True)


def _joined(kind: Literal["sequence", "parallel"], parts: tuple[Tree, ...]) -> Tree:
    flat = tuple(part for part in _flat(kind, parts) if part != SILENT)
    if len(flat) < 2:  # noqa: PLR2004 - one part alone is itself
        return flat[0] if flat else SILENT
    return Tree(kind, parts=flat, empty=all(part.empty for part in flat))


def _flat(kind: Kind, parts: tuple[Tree, ...]) -> Iterator[Tree]:
    for part in parts:
        yield from part.parts if part.kind == kind else (part,)


def steps(tree: Tree) -> list[int]:
    """Return the codes of the steps, in the order in which they are written."""
    if tree.kind == "step":
        return [tree.step]
    return [code for part in tree.parts for code in steps(part)]


def size(tree: Tree) -> int:
    """Return how many elements it takes as BPMN: steps, gateways, the start and the end."""
    return 2 + _inner(tree)


def _inner(tree: Tree) -> int:
    """Return the steps and gateways; ways of a choice that leads back leave the gateway of its loop."""
    match tree.kind:
        case "step" | "silent":
            return int(tree.kind == "step")
        case "sequence":
            return sum(_inner(part) for part in tree.parts)
        case "loop":
            body, redo = tree.parts
            back = redo.parts if redo.kind == "choice" else (redo,)
            return 2 + _inner(body) + sum(_inner(part) for part in back)
        case _:
            return 2 + sum(_inner(part) for part in tree.parts)


def written(tree: Tree, labels: tuple[str, ...] | list[str]) -> str:
    """Return a tree as text: `→` in turn, `×` one of, `+` side by side, `↺` again, `·` nothing."""
    if tree.kind == "step":
        return labels[tree.step]
    sign = {"sequence": "→", "choice": "×", "parallel": "+", "loop": "↺", "silent": "·"}[tree.kind]
    inside = ", ".join(written(part, labels) for part in tree.parts)
    return f"{sign}({inside})" if inside else sign


def packed(tree: Tree) -> Any:
    """Return a tree as JSON: the code of a step, nothing for silence, else a kind and its parts."""
    if not tree.parts:
        return tree.step if tree.kind == "step" else None
    return [tree.kind, *map(packed, tree.parts)]


def unpacked(told: Any) -> Tree:
    """Return the tree that was packed."""
    if not isinstance(told, list):
        return SILENT if told is None else step(told)
    kind, *parts = told
    joins: dict[str, Callable[..., Tree]] = {
        "sequence": sequence, "choice": choice, "parallel": parallel, "loop": loop,
    }  # fmt: skip
    return joins[kind](*map(unpacked, parts))
