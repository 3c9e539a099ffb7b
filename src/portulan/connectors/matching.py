"""Which record a line is about: by the keys that a person chose, in order, among those that the actor sees.

Owns the indexes of one import, read once. A domain is no key. A company known by its SIREN that has another
SIRET is a sister establishment, never the same record.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portulan.base.fold import fold
from portulan.blueprint.schema import Object
from portulan.connectors.choices import EXTERNAL, Choices
from portulan.connectors.models import KnownAs
from portulan.people.actor import Actor
from portulan.records import alike, asked, merge, runtime, scope, sight, values

_PEOPLE = "first_name"


@dataclass(frozen=True)
class Match:
    """What a line matches: a record, several, none; `key` says by what, `sister` that only the SIREN is."""

    rows: tuple[int, ...] = ()
    key: str = ""
    sister: bool = False


@dataclass
class Known:
    """Records by what they are known by; a negative id is a line of the file that makes one."""

    keys: tuple[str, ...]
    title: str
    held: dict[str, dict[str, set[int]]] = field(default_factory=dict)
    sirets: dict[int, str] = field(default_factory=dict)

    def match(self, traces: Mapping[str, str]) -> Match:
        """Return what is known by these traces; the first key that both sides have decides."""
        sister = False
        for key in self.keys:
            found = self.held.get(key, {}).get(traces.get(key, ""), set()) if traces.get(key) else set()
            if key == "siren" and traces.get("siret"):
                same = {row for row in found if self.sirets.get(row) in (None, traces["siret"])}
                sister, found = sister or bool(found - same), same
            if found:
                return Match(tuple(sorted(found)), key)
        if not any(traces.get(key) for key in self.keys):
            found = self.held.get(self.title, {}).get(traces.get(self.title, ""), set())
            return Match(tuple(sorted(found)), self.title if found else "")
        return Match(sister=sister)

    def add(self, row: int, traces: Mapping[str, str]) -> None:
        """Know a record by its traces."""
        for key in {*self.keys, self.title}:
            if traces.get(key):
                self.held.setdefault(key, {}).setdefault(traces[key], set()).add(row)
        if traces.get("siret"):
            self.sirets[row] = traces["siret"]


def known(actor: Actor, kind: Object, choices: Choices) -> Known:
    """Return what the records that the actor sees are known by."""
    title = sight.title(kind)
    keys = tuple(dict.fromkeys(key for key in choices.keys if key in (EXTERNAL, *values.live(kind))))
    found = Known(keys or (title,), title)
    readable = {one.name for one in scope.readable(runtime.current().blueprint, actor, kind)}
    links = {one.name: values.attribute(one) for one in values.live(kind).values()}
    wanted = [key for key in {*keys, title, "siret", _PEOPLE, "account"} if key in readable and key in links]
    rows: Any = asked.seen(actor, kind.name).values_list("pk", *(links[key] for key in wanted))
    for pk, *held in rows.iterator(chunk_size=5000):
        found.add(pk, traces_of(kind, dict(zip(wanted, held, strict=True))))
    if EXTERNAL in keys:
        for key, row in _external(actor, kind, choices.source):
            found.held.setdefault(EXTERNAL, {}).setdefault(key, set()).add(row)
    return found


def traces_of(kind: Object, state: Mapping[str, Any], external: str = "") -> dict[str, str]:
    """Return what a record is known by: its values folded, its name without what tells nothing."""
    found = {name: fold(str(value)) for name, value in state.items() if value not in (None, "")}
    title = sight.title(kind)
    if state.get(title):
        found[title] = _named(kind, state)
    if external:
        found[EXTERNAL] = external
    return found


def _named(kind: Object, state: Mapping[str, Any]) -> str:
    name = str(state[sight.title(kind)])
    if "siren" in values.live(kind):
        return " ".join(alike.words_of(name))
    if _PEOPLE not in values.live(kind):
        return " ".join(fold(name).split())
    whole = f"{state.get(_PEOPLE) or ''} {name} {state.get('account') or ''}"
    return " ".join(fold(whole).split())


def _external(actor: Actor, kind: Object, source: str) -> Iterator[tuple[str, int]]:
    """Yield the ids that another tool has for the records, or for what became part of them."""
    seen = set(asked.seen(actor, kind.name).values_list("pk", flat=True))
    into = merge.survivors(kind)
    rows = KnownAs.objects.filter(source=source, object=kind.uid)
    for key, row in rows.values_list("key", "row").iterator(chunk_size=5000):
        if into.get(row, row) in seen:
            yield key, into.get(row, row)
