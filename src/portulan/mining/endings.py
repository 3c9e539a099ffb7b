"""Which steps end a case, guessed from their labels and their place; a person corrects it.

Owns the words of loss and success in French, English and Dutch. A step that is the last of its case
four times out of five is an ending whatever its name.
"""

import re
from collections.abc import Collection

import numpy as np
import polars as pl

from portulan.base.fold import fold
from portulan.mining import store
from portulan.mining.store import Log
from portulan.mining.visits import Endings

_LOST = re.compile(r"perdu|annul|refus|rejet|abandon|declin|cancel|lost|reject|disqualif|afgewezen")
_WON = re.compile(
    r"gagne|signe|activated|approved|registered|\bwon\b|closed|resolved|cloture|ferme|paye|paid|payment"
)
_NEARLY_ALWAYS = 0.8


def guess_endings(log: Log) -> Endings:
    """Return the endings of a log, as step codes."""
    k = len(log.steps)
    total = np.maximum(np.bincount(log.step, minlength=k), 1)
    last = np.bincount(log.step[log.last], minlength=k) / total
    labels = [fold(label) for label in log.steps]
    lost = frozenset(code for code in range(k) if _LOST.search(labels[code]))
    won = frozenset(code for code in range(k) if _WON.search(labels[code]) or last[code] >= _NEARLY_ALWAYS)
    return Endings(won - lost, lost)


def keep_steps(log: Log, steps: Collection[str]) -> Log:
    """Return the log with the events of some steps only; cases left without any disappear."""
    frame = store.decode(log)
    return store.code(frame.filter(pl.col("step").is_in(list(steps))).drop("seq"))
