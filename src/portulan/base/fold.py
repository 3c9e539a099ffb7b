"""Folding of text, so that search and comparison ignore case and accents alike everywhere.

Owns the one definition that memory, SQLite and PostgreSQL share: what a person types without
accents finds what is written with them.
"""

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "\u00a0": " ", "\u202f": " "})


def fold(text: str) -> str:
    """Return the text in lower case, without accents, ligatures spread out."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
