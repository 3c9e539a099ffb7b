"""Sentences for people, kept in one catalogue per room and language.

A text is named `room.key`; its catalogue is `portulan/<room>/catalogue/<lang>.json`.
An entry is a sentence with `{facts}`, or `{"one": ..., "other": ...}` chosen by the
fact `n` (French counts 0 and 1 as one). Refuses an unknown name: that is a bug.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("fr", "en")


def say(name: str, lang: str, /, **facts: Any) -> str:
    """Return the sentence `room.key` in `lang` with its facts filled in.

    :raises KeyError: when the catalogue has no such entry.
    """
    room, _, key = name.partition(".")
    entry = catalogue(room, lang)[key]
    if isinstance(entry, Mapping):
        entry = entry["one" if _is_one(facts["n"], lang) else "other"]
    return entry.format(**facts)


@cache
def catalogue(room: str, lang: str) -> dict[str, str | dict[str, str]]:
    """Return every text of a room in one language, by key."""
    path = files("portulan") / room / "catalogue" / f"{lang}.json"
    texts: dict[str, str | dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return texts


def _is_one(n: float, lang: str) -> bool:
    return abs(n) < 2 if lang == "fr" else n == 1  # noqa: PLR2004 - the French plural begins at two
