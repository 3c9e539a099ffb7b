"""Values as people read them: labels of choices, names and titles, dates and amounts in their language."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent

from portulan.base import calendar as calendars
from portulan.base import texts
from portulan.blueprint.schema import Field
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import related, sight
from portulan.records.pipeline import is_empty

_LINKS = ("link", "links", "person")
Said = tuple[Field, Any]


class Wording:
    """Says values to one person; what they link to is looked up at once."""

    def __init__(self, actor: Actor, values: Iterable[Said]) -> None:
        """Look up the names of every person and record among the values, as JSON."""
        self._lang = actor.lang
        self._names: dict[tuple[str | None, int], str] = {}
        ids: dict[str | None, set[int]] = defaultdict(set)
        targets = {}
        for field, value in values:
            linked = value if isinstance(value, list) else [value]
            if field.type in _LINKS and value is not None:
                ids[field.to].update(linked)
                targets[field.to] = field
        for to, wanted in ids.items():
            self._names |= {(to, key): name for key, name in _names(actor, targets[to], wanted).items()}

    def say(self, field: Field, value: Any) -> str | None:
        """Return a JSON value as text, or None when there is none."""
        if is_empty(value):
            return None
        if field.type in _LINKS:
            linked = value if isinstance(value, list) else [value]
            return ", ".join(self._names.get((field.to, one), "…") for one in linked)
        return _SAYERS.get(field.type, _as_text)(field, value, self._lang)


def _names(actor: Actor, field: Field, ids: set[int]) -> dict[int, str]:
    if field.to is None:
        return {key: person.name for key, person in people.named(actor, ids=ids).items()}
    target = related.target_of(field)
    if sight.title(target) not in {one.name for one in sight.of(actor, target).fields}:
        return {}
    rows = asks.seen(actor, target.name).filter(pk__in=ids)
    return dict(rows.values_list("pk", sight.title(target)))


def _as_text(_field: Field, value: Any, _lang: str) -> str:
    return str(value)


def _choice(field: Field, value: Any, lang: str) -> str:
    return next((one.label.say(lang) for one in field.choices if one.id == value), str(value))


def _percent(_field: Field, value: Any, lang: str) -> str:
    return format_percent(Decimal(str(value)) / 100, locale=lang, decimal_quantization=False)


def _money(field: Field, value: Any, lang: str) -> str:
    amount = Decimal(str(value))
    said = format_currency(amount, field.currency, locale=lang)
    # A round amount is read without its cents, as on the screens.
    return said if amount % 1 else re.sub(r"[.,]00(?!\d)", "", said)


def _moment(_field: Field, value: Any, lang: str) -> str:
    return format_datetime(datetime.fromisoformat(value), "d MMM y, HH:mm", calendars.DEFAULT.tz, lang)


_SAYERS: dict[str, Callable[[Field, Any, str], str]] = {
    "choice": _choice,
    "choices": lambda field, value, lang: ", ".join(_choice(field, one, lang) for one in value),
    "boolean": lambda _, value, lang: texts.say("records.yes" if value else "records.no", lang),
    "money": _money,
    "percent": _percent,
    "integer": lambda _, value, lang: format_decimal(value, locale=lang),
    "decimal": lambda _, value, lang: format_decimal(Decimal(str(value)), locale=lang),
    "date": lambda _, value, lang: format_date(date.fromisoformat(value), locale=lang),
    "datetime": _moment,
}
