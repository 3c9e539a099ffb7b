"""Which steps end a case, guessed from their labels and their place; a person corrects it.

Owns the words of loss and success in French, English and Dutch. A step that is the last of its case
four times out of five is an ending whatever its name.
"""

import re
from collections.abc import Collection, Mapping
from typing import Literal

import numpy as np

from portulan.base.fold import fold
from portulan.mining import store
from portulan.mining.store import Log
from portulan.mining.visits import Endings

_LOST = re.compile(r"perdu|annul|refus|rejet|abandon|declin|cancel|lost|reject|disqualif|afgewezen")
_WON = re.compile(r"gagne|signe|activated|approved|registered|\bwon\b")
_CLOSED = re.compile(r"closed|resolved|cloture|ferme|paye|paid|payment")
_NEARLY_ALWAYS = 0.8


def guess_endings(log: Log) -> Endings:
    """Return the endings of a log, as step codes."""
    k = len(log.steps)
    total = np.maximum(np.bincount(log.step, minlength=k), 1)
    last = np.bincount(log.step[log.last], minlength=k) / total
    labels = [fold(label) for label in log.steps]
    lost = frozenset(code for code in range(k) if _LOST.search(labels[code]))
    good = [bool(_WON.search(label) or _CLOSED.search(label)) for label in labels]
    won = frozenset(code for code in range(k) if good[code] or last[code] >= _NEARLY_ALWAYS)
    return Endings(won - lost, lost)


def kind(label: str, *, always: float) -> Literal["won", "lost", "closed"] | None:
    """Return what kind of ending a step is, from its label and the share of its visits that end a case."""
    plain = fold(label)
    if _LOST.search(plain):
        return "lost"
    if _WON.search(plain):
        return "won"
    return "closed" if _CLOSED.search(plain) or always >= _NEARLY_ALWAYS else None


def of_kinds(kinds: Mapping[int, str]) -> Endings:
    """Return the endings of steps whose kinds are known: where something is won, what is closed is lost."""
    found = {
        kind: frozenset(code for code, own in kinds.items() if own == kind)
        for kind in ("won", "closed", "lost")
    }
    closed = found["closed"]
    return Endings(found["won"] or closed, found["lost"] | (closed if found["won"] else frozenset()))


def keep_steps(log: Log, steps: Collection[str]) -> Log:
    """Return the log with the events of some steps only; cases left without any disappear."""
    kept = [code for code, name in enumerate(log.steps) if name in steps]
    codes = np.full(len(log.steps), -1, dtype=np.int32)
    codes[kept] = np.arange(len(kept))
    return store.recoded(log, codes, tuple(log.steps[code] for code in kept))
