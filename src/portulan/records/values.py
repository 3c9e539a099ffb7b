"""Values given to a record: read by field type, refused together.

Pure. Refuses unknown fields, fields one may not write, and values that their type does not read; says
every problem at once.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from stdnum import exceptions
from stdnum.fr import siren, siret

from portulan.base.conditions import operands
from portulan.base.conditions.schema import FieldShape
from portulan.base.refusals import NotValid, Problem
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field, Object
from portulan.records.pipeline import is_empty


class ValuesNotValid(NotValid):
    """Some of the values do not suit their fields."""

    code = "records.values_not_valid"


def coerce(
    kind: Object, given: Mapping[str, Any], *, writable: frozenset[str], whole: bool = False
) -> dict[str, Any]:
    """Return the Python values of what was given, by API name; `whole`: nothing required may lack.

    :raises ValuesNotValid: with every problem, each at the name of its field.
    """
    fields = live(kind)
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for name, value in given.items():
        field = fields.get(name)
        if field is None or field.system:
            problems.append(Problem(name, "records.field_unknown", {"field": name}))
        elif name not in writable:
            problems.append(Problem(name, "records.field_read_only", {"field": field.label.fr}))
        else:
            values[name] = _read(field, value, problems)
    problems.extend(_lacking(fields, values, problems, whole=whole))
    if problems:
        raise ValuesNotValid(*problems)
    return values


def live(kind: Object) -> dict[str, Field]:
    """Return the fields in use, by API name."""
    return {field.name: field for field in kind.fields if not field.archived}


def is_link(field: Field) -> bool:
    """Return whether a field points to a record or to a person."""
    return TYPES.get(field.type).kind in ("link", "person")


def attribute(field: Field) -> str:
    """Return the attribute of a row that holds the value; that of a link is an id."""
    return f"{field.name}_id" if is_link(field) else field.name


def dump(value: Any) -> Any:
    """Return the JSON of a stored value: decimals as text, moments in ISO form, UTC."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def load(field: Field, value: Any) -> Any:
    """Return the Python value of JSON that was checked before; a Python value stays as it is."""
    if is_empty(value):
        return nothing(field)
    match TYPES.get(field.type).kind:
        case "number":
            exact = Decimal(str(value))
            return int(exact) if field.type == "integer" else exact.quantize(_unit(field))
        case "date" | "datetime" as kind if isinstance(value, str):
            return (date if kind == "date" else datetime).fromisoformat(value)
    return value


def nothing(field: Field) -> Any:
    """Return what a field holds when nothing was given: no value, or an empty list of links."""
    return [] if field.type == "links" else None


def read(value: Any, field: Field) -> Any:
    """Return one value as the type of its field holds it.

    :raises ValueError: when it does not fit.
    """
    return _READERS.get(field.type, _by_kind)(value, field)


def _lacking(
    fields: Mapping[str, Field], values: Mapping[str, Any], found: list[Problem], *, whole: bool
) -> list[Problem]:
    refused = {problem.where for problem in found}
    return [
        Problem(field.name, "records.field_required", {"field": field.label.fr})
        for field in fields.values()
        if field.required
        and not field.system
        and field.name not in refused
        and (whole or field.name in values)
        and is_empty(values.get(field.name))
    ]


def _read(field: Field, value: Any, problems: list[Problem]) -> Any:
    if isinstance(value, str):
        value = value.strip()
    if is_empty(value):
        return nothing(field)
    try:
        return read(value, field)
    except ValueError:
        facts = {"field": field.label.fr, "value": str(value)}
        problems.append(Problem(field.name, "records.value_misfit", facts))
    return None


def _by_kind(value: Any, field: Field) -> Any:
    kind = TYPES.get(field.type).kind
    return operands.parse(value, FieldShape(kind, field.label, {one.id: one.label for one in field.choices}))


def _integer(value: Any, field: Field) -> int:
    number: Decimal = _by_kind(value, field)
    if number != int(number):
        raise ValueError(value)
    return int(number)


def _decimal(value: Any, field: Field) -> Decimal:
    number: Decimal = _by_kind(value, field)
    if abs(number) >= Decimal(10) ** (20 - field.decimals):
        raise ValueError(value)
    return number.quantize(_unit(field))


def _unit(field: Field) -> Decimal:
    return Decimal(1).scaleb(-field.decimals)


def _choices(value: Any, field: Field) -> list[str]:
    if not isinstance(value, list):
        raise ValueError(value)  # noqa: TRY004 - one kind of refusal for every misfit
    return [_by_kind(one, field) for one in value]


def _ids(value: Any, _field: Field) -> list[int]:
    if not isinstance(value, list) or not all(type(one) is int for one in value):
        raise ValueError(value)
    return sorted(set(value))


def _email(value: Any, _field: Field) -> str:
    try:
        return validate_email(str(value), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise ValueError(value) from error


def _phone(value: Any, _field: Field) -> str:
    try:
        number = phonenumbers.parse(str(value), "FR")
    except phonenumbers.NumberParseException as error:
        raise ValueError(value) from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError(value)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _registered(check: Callable[[str], str]) -> Callable[[Any, Field], str]:
    def read(value: Any, _field: Field) -> str:
        try:
            return check(str(value))
        except exceptions.ValidationError as error:
            raise ValueError(value) from error

    return read


_READERS: dict[str, Callable[[Any, Field], Any]] = {
    "integer": _integer,
    "decimal": _decimal,
    "money": _decimal,
    "percent": _decimal,
    "choices": _choices,
    "links": _ids,
    "email": _email,
    "phone": _phone,
    "siren": _registered(siren.validate),
    "siret": _registered(siret.validate),
}
