"""Process trees that tests stand on, and cases that they allow."""

from functools import reduce
from random import Random

from hypothesis import strategies as st

from portulan.mining import tree, unfold
from portulan.mining.automaton import Automaton
from portulan.mining.tree import Tree

LABELS = tuple("abcdefgh")
Words = set[tuple[int, ...]]


@st.composite
def trees(draw: st.DrawFn, most: int = 6) -> Tree:
    """Any tree of up to so many steps, each once."""
    return grown(draw(st.randoms(use_true_random=False)), list(range(draw(st.integers(1, most)))))


def grown(dice: Random, codes: list[int]) -> Tree:
    """A tree over some codes, as the dice fall."""
    if len(codes) == 1:
        alone = tree.step(codes[0])
        return dice.choice((alone, alone, alone, tree.optional(alone), tree.loop(alone)))
    cut = dice.randint(1, len(codes) - 1)
    one, other = grown(dice, codes[:cut]), grown(dice, codes[cut:])
    join = dice.choice((tree.sequence, tree.sequence, tree.choice, tree.parallel, tree.loop))
    made = join(one, other)
    return made if dice.random() < 0.9 else tree.optional(made)


def automaton_of(whole: Tree) -> Automaton:
    return unfold.unfold(whole, LABELS)


def words(found: Automaton, longest: int) -> Words:
    """Every case that an automaton without silence allows, up to a length."""
    told: Words = set()
    waiting: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    arcs = list(zip(found.source.tolist(), found.label.tolist(), found.target.tolist(), strict=True))
    while waiting:
        state, word = waiting.pop()
        if found.final[state]:
            told.add(word)
        if len(word) < longest:
            waiting += [(target, (*word, label)) for source, label, target in arcs if source == state]
    return told


def by_hand(whole: Tree, longest: int) -> Words:
    """The same, from what each kind of block means."""
    parts = [by_hand(part, longest) for part in whole.parts]
    match whole.kind:
        case "step":
            return {(whole.step,)} if longest else set()
        case "sequence":
            return reduce(lambda told, part: _short({a + b for a in told for b in part}, longest), parts)
        case "parallel":
            return reduce(lambda told, part: _shuffled(told, part, longest), parts)
        case "loop":
            return _again(parts[0], parts[1], longest)
        case _:
            return {word for part in parts for word in part} or {()}


def _again(body: Words, redo: Words, longest: int) -> Words:
    told, new = set(body), set(body)
    while new:
        new = _short({a + b + c for a in new for b in redo for c in body}, longest) - told
        told |= new
    return told


def _shuffled(one: Words, other: Words, longest: int) -> Words:
    return {word for a in one for b in other if len(a + b) <= longest for word in _mixed(a, b)}


def _short(told: Words, longest: int) -> Words:
    return {word for word in told if len(word) <= longest}


def _mixed(one: tuple[int, ...], other: tuple[int, ...]) -> Words:
    if not one or not other:
        return {one + other}
    first = {(one[0], *rest) for rest in _mixed(one[1:], other)}
    return first | {(other[0], *rest) for rest in _mixed(one, other[1:])}
