"""Words in a text that stand for values of a record: `{{amount}}`, `{{account.name}}`.

A name and dots, nothing else: no expression, no code. Refuses nothing; `misfits` says what cannot be read.
"""

import re
from collections.abc import Callable

_NAME = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,3}"
_WORD = re.compile(r"\{\{\s*(" + _NAME + r")\s*\}\}")
_BRACES = re.compile(r"\{\{.*?\}\}|\{\{|\}\}")


def names(text: str) -> tuple[str, ...]:
    """Return the dotted names that a text asks for, each once."""
    return tuple(dict.fromkeys(_WORD.findall(text)))


def misfits(text: str) -> tuple[str, ...]:
    """Return what looks like such a word and is none."""
    return tuple(found for found in _BRACES.findall(text) if not _WORD.fullmatch(found))


def fill(text: str, say: Callable[[str], str]) -> str:
    """Return the text with what `say` gives for each name; what it gives is never read again."""
    return _WORD.sub(lambda found: say(found[1]), text)
