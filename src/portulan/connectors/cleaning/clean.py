"""One value, cleaned as its field asks, with what the rest of its line says of places."""

from collections.abc import Callable, Mapping

from portulan.blueprint.schema import Field, Object
from portulan.connectors.cleaning import names, numbers, places, sectors

_COMPANIES = frozenset({"account"})
_PEOPLE = frozenset({"contact", "lead"})
_BY_TYPE: dict[str, Callable[[str], str]] = {
    "email": numbers.email,
    "siren": numbers.siren,
    "siret": numbers.siret,
}
_BY_NAME: dict[str, Callable[[str], str]] = {
    "country": places.country,
    "job_title": names.job,
    "company": names.company,
    "sector": sectors.of_naf,
}


def clean(kind: Object, field: Field, said: str, line: Mapping[str, str]) -> str:
    """Return a value as the house writes it; `line` holds what the line says, by API name."""
    if field.type == "phone":
        return places.phone(said, postcode_of(line), line.get("country", ""))
    if field.type in _BY_TYPE:
        return _BY_TYPE[field.type](said)
    if field.name == "postcode":
        return places.postcode(said, line.get("country", ""))
    if field.name in ("name", "first_name"):
        return _name(kind, said)
    if field.name == "size":
        return sectors.of_headcount(said, [one.id for one in field.choices])
    return _BY_NAME.get(field.name, _plain)(said)


def postcode_of(line: Mapping[str, str]) -> str:
    """Return the postcode that a line says, as it will be kept."""
    return places.postcode(line["postcode"], line.get("country", "")) if line.get("postcode") else ""


def _name(kind: Object, said: str) -> str:
    if kind.uid in _COMPANIES:
        return names.company(said)
    return names.person(said) if kind.uid in _PEOPLE else _plain(said)


def _plain(said: str) -> str:
    return "\n".join(" ".join(line.split()) for line in said.strip().splitlines())
