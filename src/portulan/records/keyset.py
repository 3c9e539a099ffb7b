"""Pages by key: the next page begins after the last row seen, on any sort, nulls last.

Owns the cursor, opaque and signed: one that was made for another sort, or by hand, is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.core import signing
from django.db.models import F, Q
from django.db.models.expressions import OrderBy

from portulan.base.refusals import NotValid

_SALT = "records.keyset"


class CursorNotValid(NotValid):
    """The cursor was not made by this list."""

    code = "records.cursor_not_valid"


@dataclass(frozen=True)
class Key:
    """One part of a sort: the column or annotation to sort by, and the direction."""

    column: str
    descending: bool = False


def order(keys: Sequence[Key]) -> list[OrderBy]:
    """Return the order of the rows; the id, at the end, makes it total."""
    total = [*keys, _id_key(keys)]
    return [F(k.column).desc(nulls_last=True) if k.descending else _ascending(k) for k in total]


def after(keys: Sequence[Key], cursor: str) -> Q:
    """Return the filter that selects the rows after the cursor.

    :raises CursorNotValid: when it was not made for this sort.
    """
    total = [*keys, _id_key(keys)]
    values = _read(total, cursor)
    steps, same = [], Q()
    for key, value in zip(total, values, strict=True):
        beyond = _beyond(key, value)
        if beyond is not None:
            steps.append(same & beyond)
        same &= Q(**({f"{key.column}__isnull": True} if value is None else {key.column: value}))
    return reduce(or_, steps)


def cursor(keys: Sequence[Key], row: Mapping[str, Any]) -> str:
    """Return the cursor that follows a row."""
    total = [*keys, _id_key(keys)]
    return signing.dumps([_mark(total), [_dump(row[key.column]) for key in total]], salt=_SALT, compress=True)


def _ascending(key: Key) -> OrderBy:
    return F(key.column).asc() if key.column == "id" else F(key.column).asc(nulls_last=True)


def _id_key(keys: Sequence[Key]) -> Key:
    return Key("id", descending=bool(keys) and keys[0].descending)


def _beyond(key: Key, value: Any) -> Q | None:
    if value is None:
        return None
    later = Q(**{f"{key.column}__{'lt' if key.descending else 'gt'}": value})
    return later if key.column == "id" else later | Q(**{f"{key.column}__isnull": True})


def _mark(keys: Sequence[Key]) -> str:
    return ",".join(f"{'-' if key.descending else ''}{key.column}" for key in keys)


def _read(keys: Sequence[Key], text: str) -> list[Any]:
    try:
        mark, values = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise CursorNotValid from error
    if mark != _mark(keys):
        raise CursorNotValid
    return [_load(value) for value in values]


def _dump(value: Any) -> Any:
    match value:
        case datetime():
            return ["datetime", value.isoformat()]
        case date():
            return ["date", value.isoformat()]
        case Decimal():
            return ["decimal", str(value)]
    return value


def _load(value: Any) -> Any:
    return _LOADERS[value[0]](value[1]) if isinstance(value, list) else value


_LOADERS: dict[str, Any] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
}
