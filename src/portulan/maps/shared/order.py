"""Keys that put things in an order which several people may change at once.

A key is a fraction written in 62 digits, without its leading zero: between two keys there is always a third.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

DIGITS = digits + ascii_uppercase + ascii_lowercase
_LONGEST = 200
_MIDDLE = len(DIGITS) // 2


def is_key(value: Any) -> bool:
    """Return whether a value is a key: what comes from elsewhere may be anything."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= _LONGEST
        and set(value) <= set(DIGITS)
        and value[-1] != "0"
    )


def between(low: str, high: str | None) -> str:
    """Return a key between two others; `""` is before every key, None after."""
    key, place = "", 0
    while True:
        below = DIGITS.index(low[place]) if place < len(low) else 0
        above = len(DIGITS) if high is None else DIGITS.index(high[place]) if place < len(high) else 0
        if above - below > 1:
            return key + DIGITS[(below + above) // 2]
        if above != below:
            high = None
        key += DIGITS[below]
        place += 1


def spread(low: str, high: str | None, count: int) -> list[str]:
    """Return so many keys between two others, in order."""
    if count == 0:
        return []
    middle = between(low, high)
    left = count // 2
    return [*spread(low, middle, left), middle, *spread(middle, high, count - left - 1)]


def arranged(ids: Sequence[str], keys: Mapping[str, Any]) -> dict[str, str]:
    """Return the keys to change so that ids stand in this order, as few as can be."""
    kept = _longest_rising([(one, keys[one]) for one in ids if is_key(keys.get(one))])
    marks = [-1, *(place for place, one in enumerate(ids) if one in kept), len(ids)]
    changed: dict[str, str] = {}
    for before, after in pairwise(marks):
        low = keys[ids[before]] if before >= 0 else ""
        high = keys[ids[after]] if after < len(ids) else None
        between_them = ids[before + 1 : after]
        changed.update(zip(between_them, spread(low, high, len(between_them)), strict=True))
    return changed


def _longest_rising(keyed: Iterable[tuple[str, str]]) -> set[str]:
    """Return the most ids whose keys already rise strictly (patience sorting)."""
    tops: list[str] = []
    piles: list[Any] = []
    for one, key in keyed:
        place = bisect_left(tops, key)
        below = piles[place - 1] if place else None
        tops[place : place + 1] = [key]
        piles[place : place + 1] = [(one, below)]
    kept: set[str] = set()
    link = piles[-1] if piles else None
    while link:
        kept.add(link[0])
        link = link[1]
    return kept
