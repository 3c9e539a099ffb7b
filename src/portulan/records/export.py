"""Records taken out as CSV, page by page: what the actor may export of them, and the event that says so.

Owns the defence against formulas: a text that a spreadsheet would run is led by an apostrophe. Keeps no
transaction open while the file is sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from portulan.base import calendar as calendars
from portulan.base import tables, texts
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field
from portulan.events import log
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import happenings, queries, runtime, sight, values
from portulan.records.asked import Asked
from portulan.records.snapshot import Snapshot

_PAGE = 1000


def export(actor: Actor, *, object_name: str, asked: Asked, at: datetime) -> Iterator[str]:
    """Log the export and return the file in pieces.

    :raises NotAllowed: when the actor exports no record of that object.
    """
    rights.require(actor, "export", "record", object_name)
    snapshot = runtime.current()
    kind = snapshot.object(object_name)
    seen = sight.of(actor, kind)
    rows: QuerySet[Model] = rights.visible(actor, "export", "record", asks.seen(actor, object_name))
    asks.sorting(asked.sort, seen)
    count = rows.filter(asks.wanted(actor, kind, asked, at)).count()
    what = happenings.RecordsExported(kind.uid, count, asked.words, asked.condition)
    log.append(what, actor=actor, subject=f"object:{kind.uid}", at=at)
    return _pieces(actor, snapshot, seen, rows, replace(asked, limit=_PAGE, after=""), at)


def _pieces(
    actor: Actor, snapshot: Snapshot, seen: sight.Sight, rows: QuerySet[Model], asked: Asked, at: datetime
) -> Iterator[str]:
    header = ["id", *(field.label.say(actor.lang) for field in seen.fields)]
    delimiter = tables.HABITS[actor.lang][0]
    yield tables.BOM + tables.lines([header], delimiter)
    following: str | None = ""
    while following is not None:
        with runtime.pinned(snapshot):
            page = replace(asked, after=following)
            raw, following = queries.raw_page(actor, seen=seen, rows=rows, asked=page, at=at)
            told = [[row["id"], *(_cell(field, row, actor.lang) for field in seen.fields)] for row in raw]
        yield tables.lines(told, delimiter)


def _cell(field: Field, row: Mapping[str, Any], lang: str) -> str:
    linked = values.is_link(field) or field.type == "links"
    value = row[sight.title_key(field)] if linked else row[values.attribute(field)]
    if isinstance(value, dict):
        return tables.inert(", ".join(title or "…" for title in value.values()))
    if value is None:
        return ""
    match TYPES.get(field.type).kind:
        case "number":
            return str(value).replace(".", tables.HABITS[lang][1])
        case "boolean":
            return texts.say("records.yes" if value else "records.no", lang)
        case "datetime":
            return f"{value.astimezone(calendars.DEFAULT.tz):%Y-%m-%d %H:%M:%S}"
    return tables.inert(_text(field, value, lang))


def _text(field: Field, value: Any, lang: str) -> str:
    many = value if isinstance(value, list) else [value]
    return ", ".join(_label(field, one, lang) for one in many)


def _label(field: Field, value: Any, lang: str) -> str:
    return next((one.label.say(lang) for one in field.choices if one.id == value), str(value))
