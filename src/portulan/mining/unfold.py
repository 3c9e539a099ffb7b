"""What a tree allows, as an automaton without silence in which each step leads to one state.

Owns the derivatives of a tree by the step that comes next (Brzozowski 1964, Antimirov 1996, with the
shuffle for what runs side by side); a state is the set of what may be left to do. Refuses what `automaton`
refuses.
"""

from functools import reduce

from portulan.mining import automaton, tree
from portulan.mining.automaton import MOST_STATES, Automaton, TooManyStates
from portulan.mining.tree import SILENT, Tree

Moves = dict[int, frozenset[Tree]]
#: What is left after some steps: any of these trees.
_Left = frozenset[Tree]


def unfold(
    whole: Tree, steps: tuple[str, ...], known: dict[Tree, Moves] | None = None, *, most: int = MOST_STATES
) -> Automaton:
    """Return the automaton of a tree over the names of its codes.

    `known` keeps derivatives from one tree to the next.

    :raises TooManyStates: when more than `most` can be reached, which is what much side by side does.
    """
    found: dict[Tree, Moves] = {} if known is None else known

    seen = 0

    def following(left: _Left) -> list[tuple[int, _Left]]:
        nonlocal seen
        seen += 1
        if seen > most:
            raise TooManyStates
        return sorted(reduce(_union, (moves(one, found) for one in left)).items(), key=_by_step)

    return automaton.explored(steps, frozenset((whole,)), following, _may_end)


def _by_step(move: tuple[int, _Left]) -> int:
    return move[0]


def _may_end(left: _Left) -> bool:
    return any(one.empty for one in left)


def moves(whole: Tree, known: dict[Tree, Moves]) -> Moves:
    """Return what may be left of a tree after each step that may come first; `known` keeps what was found."""
    if whole not in known:
        known[whole] = _moves(whole, known)
    return known[whole]


def _moves(whole: Tree, known: dict[Tree, Moves]) -> Moves:
    match whole.kind:
        case "step":
            return {whole.step: frozenset((SILENT,))}
        case "sequence":
            return _of_sequence(whole.parts, known)
        case "choice":
            return reduce(_union, (moves(part, known) for part in whole.parts), {})
        case "parallel":
            return _of_parallel(whole.parts, known)
        case "loop":
            return _of_loop(whole, known)
        case _:
            return {}


def _of_sequence(parts: tuple[Tree, ...], known: dict[Tree, Moves]) -> Moves:
    found: Moves = {}
    for place, part in enumerate(parts):
        found = _union(found, _then(moves(part, known), *parts[place + 1 :]))
        if not part.empty:
            break
    return found


def _of_parallel(parts: tuple[Tree, ...], known: dict[Tree, Moves]) -> Moves:
    found: Moves = {}
    for place, part in enumerate(parts):
        before, after = parts[:place], parts[place + 1 :]
        beside = {
            code: frozenset(tree.parallel(*before, one, *after) for one in left)
            for code, left in moves(part, known).items()
        }
        found = _union(found, beside)
    return found


def _of_loop(whole: Tree, known: dict[Tree, Moves]) -> Moves:
    body, redo = whole.parts
    found = _then(moves(body, known), tree.optional(tree.sequence(redo, whole)))
    return _union(found, _then(moves(redo, known), whole)) if body.empty else found


def _then(first: Moves, *rest: Tree) -> Moves:
    return {code: frozenset(tree.sequence(one, *rest) for one in left) for code, left in first.items()}


def _union(one: Moves, other: Moves) -> Moves:
    if not one or not other:
        return one or other
    none: frozenset[Tree] = frozenset()
    return {code: one.get(code, none) | other.get(code, none) for code in one.keys() | other.keys()}
