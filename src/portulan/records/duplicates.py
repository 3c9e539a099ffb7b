"""Records that may be the one about to be created: looked for by what identifies, told with evidence.

Owns which records are compared: those the actor sees, through fields that they may read, found in the
search projection in a handful of bounded queries. Objects without mail, phone or SIREN have no duplicates.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from portulan.blueprint.schema import Field, Object
from portulan.people.actor import Actor
from portulan.records import alike, asked, finding, runtime, sight, values
from portulan.records.alike import Identity

_KNOWN_BY = frozenset({"siren", "siret", "email", "phone"})
_PLACES = ("postcode", "city", "street")
#: Records looked at for each thing that identifies.
_EACH = 100
_STEM = 5
_LONGEST_NAME = 4


def duplicates(
    actor: Actor, *, object_name: str, given: Mapping[str, Any], limit: int = 5
) -> list[dict[str, Any]]:
    """Return the records most like the values, with what they share; values that misfit say nothing."""
    kind = runtime.current().object(object_name)
    seen = sight.of(actor, kind)
    if not _KNOWN_BY & {one.type for one in seen.fields}:
        return []
    typed = identity(seen, {one.name: _read(one, given.get(one.name)) for one in seen.fields})
    rows = asked.seen(actor, object_name)
    known = _holding(actor, kind, _identifiers(typed))
    near = _near(seen, rows.filter(pk__in=_holding(actor, kind, _stems(typed)) - known), typed)
    chosen = rows.filter(pk__in=known | near)
    found = [_told(seen, row, typed) for row in chosen.values(*seen.columns - set(seen.titles))]
    worth = [one for one in found if one["points"] >= alike.LOOK]
    return sorted(worth, key=lambda one: (one["sister"], -one["points"], one["id"]))[:limit]


def identified(kind: Object) -> bool:
    """Return whether the records of an object are known by more than a name."""
    return bool(_KNOWN_BY & {one.type for one in values.live(kind).values()})


def _told(seen: sight.Sight, row: Mapping[str, Any], typed: Identity) -> dict[str, Any]:
    held = {one.name: row[values.attribute(one)] for one in seen.fields}
    likeness = alike.compare(typed, identity(seen, held))
    return {
        "id": row["id"],
        "title": row.get(sight.title(seen.kind), ""),
        "points": likeness.points,
        "sure": likeness.points >= alike.SURE and not likeness.sister,
        "sister": likeness.sister,
        "shared": list(likeness.shared),
    }


def _read(field: Field, value: Any) -> Any:
    if value is None or value == "":
        return None
    try:
        return values.read(value.strip() if isinstance(value, str) else value, field)
    except ValueError:
        return None


def identity(seen: sight.Sight, held: Mapping[str, Any]) -> Identity:
    """Return what a record is known by, from its values by API name."""

    def all_of(*types: str) -> frozenset[str]:
        return frozenset(str(held[one.name]) for one in seen.fields if one.type in types and held[one.name])

    siret = next(iter(sorted(all_of("siret"))), "")
    emails = frozenset(mail.lower() for mail in all_of("email"))
    company = bool({"siren", "siret"} & {one.type for one in seen.kind.fields})
    domains = (alike.domain_of(one) for one in (emails | all_of("url") if company else ()))
    return Identity(
        name=_name(seen, held),
        siren=next(iter(sorted(all_of("siren"))), siret[:9]),
        siret=siret,
        emails=emails,
        phones=all_of("phone"),
        domains=frozenset(domain for domain in domains if domain),
        **{name: str(held.get(name) or "") for name in _PLACES},
    )


def _name(seen: sight.Sight, held: Mapping[str, Any]) -> str:
    said = [str(held.get(one) or "") for one in _named_by(seen)]
    return " ".join(said).strip() if all(said) else ""


def _named_by(seen: sight.Sight) -> list[str]:
    names = {one.name for one in seen.fields}
    return [one for one in ("first_name", sight.title(seen.kind)) if one in names]


def _near(seen: sight.Sight, rows: QuerySet[Any], typed: Identity) -> set[int]:
    """Return the rows that deserve a look for their names and places, of which alone they are read."""
    readable = {one.name for one in seen.fields}
    places = [one for one in _PLACES if one in readable]
    found = set()
    for raw in rows.values("id", *_named_by(seen), *places):
        where: dict[str, Any] = {one: str(raw[one] or "") for one in places}
        if alike.nearness(typed, Identity(name=_name(seen, raw), **where)) >= alike.LOOK:
            found.add(raw["id"])
    return found


def _holding(actor: Actor, kind: Object, traces: Iterable[list[str]]) -> set[int]:
    found: set[int] = set()
    for words in traces:
        found |= finding.holding(actor, kind, words, limit=_EACH)
    return found


def _identifiers(typed: Identity) -> Iterator[list[str]]:
    """Yield what identifies, each alone."""
    yield from ([one] for one in sorted({typed.siren, typed.siret} - {""}))
    yield from ([one] for one in sorted(typed.emails | typed.phones | typed.domains))


def _stems(typed: Identity) -> Iterator[list[str]]:
    """Yield the stems of the name together, then each stem."""
    stems = sorted({word[:_STEM] for word in alike.words_of(typed.name)}, key=lambda one: (-len(one), one))
    if stems:
        yield stems[:_LONGEST_NAME]
    if len(stems) > 1:
        yield from ([one] for one in stems[:_LONGEST_NAME] if len(one) == _STEM)
