"""What is still right in words that were typed with slips of the fingers.

Pure. One slip (two letters that changed places, one too many, one that lacks, one for another) spoils two
letters that follow each other at most: what stands before and after them is in the word that was meant. A
database that finds parts of three letters by its index so finds such words without looking at every record.
"""

import re
from itertools import product

#: Letters that an index of trigrams finds at least.
_LEAST = 3
_LONGEST, _MOST = 16, 3
#: Ways in which what was meant may hold what was typed; of each, every part is held.
Ways = list[tuple[str, ...]]


def words(folded: str) -> list[str]:
    """Return the words of a folded text in which slips are looked for, the longest, in order."""
    found = [word[:_LONGEST] for word in re.findall(r"\w+", folded) if len(word) >= _LEAST]
    longest = sorted(found, key=len, reverse=True)[:_MOST]
    return [word for word in dict.fromkeys(found) if word in longest]


def one(typed: list[str]) -> Ways:
    """Return how a record may hold words of which one has one slip.

    In words of less than seven letters, a slip may leave nothing that an index finds.
    """
    if not typed[1:]:
        return [way for word in typed for way in _around(word)]
    return [(part, *(other for other in typed if other != word)) for word in typed for part in _halves(word)]


def several(typed: list[str]) -> Ways:
    """Return how a record may hold words that have slips each, or of which one is not there at all."""
    without = [tuple(other for other in typed if other != word) for word in typed] if typed[1:] else []
    return [*product(*(_halves(word) for word in typed)), *without] if typed else []


def _around(word: str) -> Ways:
    """Return what stands before and after a slip, wherever it is."""
    size = len(word)
    if size <= _LEAST + 1:
        return [(part,) for part in _halves(word)]
    first, last = min(2, size - _LEAST - 2), max(_LEAST, size - _LEAST - 1)
    between = [(word[:at], word[at + 2 :]) for at in range(_LEAST, size - _LEAST - 1)]
    return [(word[:last],), (word[first + 2 :],), *between]


def _halves(word: str) -> list[str]:
    """Return the beginning and the end of a word: one of them is right when its slips are in the other."""
    size = max(_LEAST, (len(word) - 1) // 2)
    return list(dict.fromkeys((word[:size], word[-size:])))
