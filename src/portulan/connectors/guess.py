"""What the columns of a file seem to be: by the export they come from, by their name, by what they hold.

Pure. Owns the presets of other tools and the usual names in French and English, kept as data. A guess is a
proposal: a person looks at it before anything is read.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from portulan.base.fold import fold
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field, Object
from portulan.connectors.choices import CREATED_AT, EXTERNAL, MOVED_AT, SPECIAL, STAGE
from portulan.records import values

By = Literal["preset", "name", "shape"]
PRESETS = ("hubspot", "pipedrive", "salesforce", "notion")
_SHAPES = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE),
    "siret": re.compile(r"(?:\d[ .]?){14}"),
    "siren": re.compile(r"(?:\d[ .]?){9}"),
    "url": re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    "phone": re.compile(r"(?:\+|0)[\d .()-]{8,17}"),
}
#: A preset is recognised by this many of its columns; a shape by this share of the values.
_LEAST, _SHARE = 3, 0.8
_KEYS = ("siret", "siren", "email")


@dataclass(frozen=True)
class Guess:
    """What a column seems to be: the API name of a field, or a special target."""

    target: str
    by: By


def preset_of(kind: Object, header: Sequence[str]) -> str:
    """Return the tool whose export of this object has these columns, or nothing."""
    plain = {_plain(name) for name in header}
    scores = {name: len(plain & preset(name, kind.uid).keys()) for name in PRESETS}
    best = max(PRESETS, key=lambda name: scores[name])
    return best if scores[best] >= _LEAST else ""


def columns(
    kind: Object, allowed: frozenset[str], header: Sequence[str], samples: Sequence[Sequence[str]]
) -> dict[str, Guess]:
    """Return what each column seems to be, each target once; `samples` holds rows."""
    found: dict[str, Guess] = {}
    title = next(one.name for one in kind.fields if one.uid == kind.title)
    tool = preset_of(kind, header)
    known = preset(tool, kind.uid) if tool else {}
    for name in header:
        _take(found, name, known.get(_plain(name), ""), "preset", allowed)
    for named, exact in (
        (_own(kind, allowed), True),
        (_usual(kind, allowed), True),
        (_usual(kind, allowed - {title}), False),
    ):
        for name in header:
            if name not in found:
                taken = {one.target for one in found.values()}
                free = {target: names for target, names in named.items() if target not in taken}
                _take(found, name, _named(free, _plain(name), exact=exact), "name", allowed)
    for at, name in enumerate(header):
        if name not in found:
            held = [row[at] for row in samples if at < len(row) and row[at]]
            _take(found, name, _shaped(kind, held), "shape", allowed)
    return found


def keys(kind: Object, targets: Sequence[str]) -> tuple[str, ...]:
    """Return by what the records of a file are best known, the surest first."""
    live = values.live(kind)
    title = next(one.name for one in kind.fields if one.uid == kind.title)
    typed = [name for wanted in _KEYS for name in targets if name in live and live[name].type == wanted]
    unique = [name for name in targets if name in live and live[name].unique]
    external = [EXTERNAL] if EXTERNAL in targets else []
    found = (*external, *typed, *unique)
    return tuple(dict.fromkeys(found)) or (title,)


@cache
def preset(name: str, object_uid: str) -> dict[str, str]:
    """Return the columns of a tool's export of an object, folded, with what they are."""
    path = files("portulan.connectors") / "presets" / f"{name}.json"
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {_plain(said): target for said, target in known["objects"].get(object_uid, {}).items()}


def label(name: str) -> str:
    """Return the name of a tool as it writes it."""
    path = files("portulan.connectors") / "presets" / f"{name}.json"
    return str(json.loads(path.read_text(encoding="utf-8"))["label"])


@cache
def _synonyms() -> dict[str, list[str]]:
    path = files("portulan.connectors") / "presets" / "synonyms.json"
    known: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return known


def _take(found: dict[str, Guess], name: str, target: str, by: By, allowed: frozenset[str]) -> None:
    if target in allowed and target not in {one.target for one in found.values()}:
        found[name] = Guess(target, by)


def _own(kind: Object, allowed: frozenset[str]) -> dict[str, list[str]]:
    """Return the folded names that the object itself has for what a column may become."""
    fields = (one for one in values.live(kind).values() if one.name in allowed and one.name not in SPECIAL)
    return {
        one.name: [_plain(said) for said in (one.label.fr, one.label.en, one.name) if said] for one in fields
    }


def _usual(kind: Object, allowed: frozenset[str]) -> dict[str, list[str]]:
    """Return the usual names of what a column may become; the name of the record itself comes last."""
    title = next(one.name for one in kind.fields if one.uid == kind.title)
    order = [*(name for name in values.live(kind) if name not in (title, *SPECIAL)), *SPECIAL, title]
    return {
        target: [_plain(one) for one in (target, *_synonyms().get(target, ()))]
        for target in order
        if target in allowed
    }


def _named(targets: Mapping[str, list[str]], plain: str, *, exact: bool) -> str:
    for target, names in targets.items():
        if plain in names:
            return target
    if exact:
        return ""
    words = set(plain.split())
    for target, names in targets.items():
        if any(set(name.split()) <= words for name in names if len(name) > 3):  # noqa: PLR2004 - no chance word
            return target
    return ""


def _shaped(kind: Object, held: Sequence[str]) -> str:
    for shape, pattern in _SHAPES.items():
        if held and sum(bool(pattern.fullmatch(one)) for one in held) >= _SHARE * len(held):
            typed = [one.name for one in values.live(kind).values() if one.type == shape]
            return typed[0] if typed else ""
    return ""


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(name)))


def is_moment(field: Field | None, target: str) -> bool:
    """Return whether a target holds days or times."""
    if target in (MOVED_AT, CREATED_AT):
        return True
    return field is not None and target != STAGE and TYPES.get(field.type).kind in ("date", "datetime")
