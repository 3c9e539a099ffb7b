"""What a model allows, as a small automaton: states, and transitions that bear a step or happen in silence.

Owns the one shape that alignments read, whatever drew the model. A map is read as conformance reads it:
gateways are passed through, repeats of a step are one stay, a case may still be on its way, so every state
accepts. Refuses models of too many states and those that nothing can end.
"""

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from portulan.base.refusals import NotValid
from portulan.maps.model import Map
from portulan.mining.twins import Graph
from portulan.mining.ways import ways

State = TypeVar("State", bound=Hashable)
#: The label of a transition that no event tells.
SILENT = -1
#: Beyond this, a model is not held against a log.
MOST_STATES = 50_000
_Move = tuple[int, int, int]


class TooManyStates(NotValid):
    """The model allows so many combinations of steps that it cannot be unfolded."""

    code = "mining.too_many_states"


class NothingEnds(NotValid):
    """No case can reach an end of the model."""

    code = "mining.nothing_ends"


@dataclass(frozen=True)
class Automaton:
    """A model of s states, all within reach of state 0, where cases begin.

    `source`, `label`, `target` (e) are its transitions, by source, then label, then target; a label is a code
    into `steps`, or SILENT. `final` (s) says where a case may end. When it tells of `stays`, repeats of a
    step are one.
    """

    steps: tuple[str, ...]
    final: npt.NDArray[np.bool_]
    source: npt.NDArray[np.int32]
    label: npt.NDArray[np.int32]
    target: npt.NDArray[np.int32]
    stays: bool = False

    @property
    def states(self) -> int:
        """How many states it has."""
        return len(self.final)

    @cached_property
    def least(self) -> npt.NDArray[np.int32]:
        """The fewest events that lead to each state (s)."""
        out: list[list[tuple[int, int]]] = [[] for _ in range(self.states)]
        for source, label, target in self._moves():
            out[source].append((int(label != SILENT), target))
        found = [self.states] * self.states
        found[0] = 0
        waiting = deque([0])
        while waiting:
            here = waiting.popleft()
            for cost, target in out[here]:
                if found[here] + cost < found[target]:
                    found[target] = found[here] + cost
                    (waiting.append if cost else waiting.appendleft)(target)
        return np.array(found, dtype=np.int32)

    @cached_property
    def shortest(self) -> int:
        """The number of events of the shortest case that it allows."""
        return int(self.least[self.final].min())

    @cached_property
    def plain(self) -> bool:
        """Whether nothing happens in silence and each step leads to one state."""
        same = (self.source[1:] == self.source[:-1]) & (self.label[1:] == self.label[:-1])
        return bool((self.label != SILENT).all() and not same.any())

    @cached_property
    def graph(self) -> Graph:
        """The transitions as the kernels read them."""
        return Graph.of(self.final, self.least, (self.source, self.label, self.target), len(self.steps))

    def _moves(self) -> Iterable[_Move]:
        return zip(self.source.tolist(), self.label.tolist(), self.target.tolist(), strict=True)


def of_transitions(
    steps: tuple[str, ...],
    moves: Iterable[_Move],
    initial: int,
    final: Collection[int],
    *,
    stays: bool = False,
) -> Automaton:
    """Return the automaton of transitions (source, label, target), whose states are any integers.

    What cannot be reached is left out; states that silence joins both ways are one.

    :raises TooManyStates: when more than MOST_STATES can be reached.
    :raises NothingEnds: when no final state can be reached.
    """
    out: dict[int, list[tuple[int, int]]] = {}
    for source, label, target in moves:
        out.setdefault(source, []).append((label, target))
    ends = frozenset(final)
    return explored(steps, initial, lambda state: out.get(state, ()), ends.__contains__, stays=stays)


def explored(
    steps: tuple[str, ...],
    initial: State,
    moves: Callable[[State], Iterable[tuple[int, State]]],
    is_final: Callable[[State], bool],
    *,
    stays: bool = False,
) -> Automaton:
    """Return the automaton of the states that `moves`, as (label, state), reach from the initial one.

    :raises TooManyStates: when there are more than MOST_STATES.
    :raises NothingEnds: when no final state can be reached.
    """
    code_of: dict[State, int] = {initial: 0}
    known, found = [initial], []
    for here in known:  # grows while it is walked
        for label, target in moves(here):
            code = code_of.setdefault(target, len(known))
            if code == len(known):
                known.append(target)
                if code >= MOST_STATES:
                    raise TooManyStates
            found.append((code_of[here], label, code))
    ends = [code for code, state in enumerate(known) if is_final(state)]
    if not ends:
        raise NothingEnds
    return _joined(steps, len(known), found, ends, stays=stays)


def of_map(
    drawn: Map,
    happening: Collection[str] | None = None,
    allowed: Collection[tuple[str, str]] = (),
) -> Automaton:
    """Return what a map allows: its steps without gateways, in the order that projections code them.

    State 0 is before the first step, the others are steps, the last that happened. A start that is not among
    the ids of steps `happening` in a log (all unless stated) is passed in silence, as no event tells it.
    Moves between steps that are `allowed` count as drawn.
    """
    steps = [step for step in drawn.steps if step.kind != "gateway"]
    code_of = {step.id: code for code, step in enumerate(steps)}
    moves = {pair for pair in (*ways(drawn), *allowed) if pair[0] != pair[1] and code_of.keys() >= set(pair)}
    begins = {step.id for step in steps if step.begins} & code_of.keys() or (
        {source for source, _ in moves} - {target for _, target in moves}
    )
    untold = begins - set(code_of if happening is None else happening)
    begins |= {target for source, target in moves if source in untold}
    found = [(0, code_of[one], code_of[one] + 1) for one in begins or code_of]
    found += [(code_of[a] + 1, code_of[b], code_of[b] + 1) for a, b in moves]
    every = range(len(steps) + 1)
    return of_transitions(tuple(code_of), found, 0, every, stays=True)


def _joined(
    steps: tuple[str, ...], states: int, moves: list[_Move], final: Iterable[int], *, stays: bool
) -> Automaton:
    """Return the automaton in which states that silence joins both ways are one, that of 0 the first."""
    silent = [(source, target) for source, label, target in moves if label == SILENT]
    of_state = np.array(_together(states, silent), dtype=np.int32)
    kept = np.array(moves, dtype=np.int32).reshape(-1, 3)
    kept[:, 0], kept[:, 2] = of_state[kept[:, 0]], of_state[kept[:, 2]]
    kept = np.unique(kept[(kept[:, 1] != SILENT) | (kept[:, 0] != kept[:, 2])], axis=0)
    ends = np.zeros(int(of_state.max()) + 1, dtype=np.bool_)
    ends[of_state[list(final)]] = True
    source, label, target = (np.ascontiguousarray(column) for column in kept.T)
    return Automaton(steps, ends, source, label, target, stays)


def _together(states: int, pairs: list[tuple[int, int]]) -> list[int]:
    """Return the number of the class of each state: states that pairs join both ways share one (Kosaraju)."""
    ahead: dict[int, list[int]] = {}
    behind: dict[int, list[int]] = {}
    for source, target in pairs:
        ahead.setdefault(source, []).append(target)
        behind.setdefault(target, []).append(source)
    seen: set[int] = set()
    order = [one for root in ahead for one in _finished(root, ahead, seen)]
    seen.clear()
    leader = list(range(states))
    for root in reversed(order):
        members = _finished(root, behind, seen)
        for one in members:
            leader[one] = min(members)
    rank = {one: code for code, one in enumerate(sorted(set(leader)))}
    return [rank[one] for one in leader]


def _finished(root: int, out: dict[int, list[int]], seen: set[int]) -> list[int]:
    """Return what a walk from a state reaches first, in the order in which it is done with each."""
    if root in seen:
        return []
    seen.add(root)
    done: list[int] = []
    stack = [(root, iter(out.get(root, ())))]
    while stack:
        here, following = stack[-1]
        new = next((one for one in following if one not in seen), None)
        if new is None:
            done.append(here)
            stack.pop()
        else:
            seen.add(new)
            stack.append((new, iter(out.get(new, ()))))
    return done
