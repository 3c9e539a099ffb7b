"""Whether the label of a task says what is done: a verb and its object, as people name their work.

The rule follows G6 of Mendling, Reijers & van der Aalst (2010) and is kept to tasks: any other kind of step
is a stage, named after what is true there (« Proposition envoyée »), and so may a task be. Only a label that
begins with the noun of an action is accused: « Envoi du devis », never « Reçu » nor a word not known.
"""

import json
import re
from functools import cache
from importlib.resources import files

from portulan.base.fold import fold

#: What stands between the noun and its object, and the article that the object takes after the verb.
_OBJECTS: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (("de la ", "la "), ("de l'", "l’"), ("du ", "le "), ("des ", "les ")),
    "en": (("of the ", "the "), ("of ", "")),
}


def noun_of(label: str) -> str | None:
    """Return the noun of an action that a label begins with instead of a verb; None: nothing to say."""
    first = _first(label)
    return first if any(first in nouns for nouns in _nouns().values()) else None


def with_verb(label: str) -> str | None:
    """Return the label with its verb in front, where what follows the noun tells how; else None."""
    first, rest = _first(label), _rest(label)
    for lang, links in _OBJECTS.items():
        verb = _nouns()[lang].get(first)
        for link, article in links if verb else ():
            if fold(rest).startswith(link):
                return f"{verb[0].upper()}{verb[1:]} {article}{rest[len(link) :]}" if verb else None
    return None


def _first(label: str) -> str:
    found = re.match(r"\w+", fold(label.strip()))
    return found.group() if found else ""


def _rest(label: str) -> str:
    return label.strip().partition(" ")[2]


@cache
def _nouns() -> dict[str, dict[str, str]]:
    raw = (files(__package__) / "action_nouns.json").read_text(encoding="utf-8")
    nouns: dict[str, dict[str, str]] = json.loads(raw)
    return nouns
