"""Everything that is kept about a person, to be given to them: as JSON, or laid out on paper.

What the actor may see of that person, with their activities, what they agreed to, what happened to them
and which files are held.
"""

from datetime import datetime
from html import escape
from typing import Any, Literal

import orjson

from portulan.base import paper, texts
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import (
    agenda,
    consents,
    documents,
    happenings,
    privacy,
    queries,
    rows,
    runtime,
    sight,
    timeline,
    values,
    wording,
)
from portulan.records import asked as asks

Format = Literal["json", "pdf"]
_MOST = 100


def portrait(actor: Actor, *, object_name: str, row_id: int, form: Format, at: datetime) -> bytes:
    """Return everything about a person, and log that it was taken out.

    :raises NotAPerson: when the record is about none.
    :raises NotAllowed: when the actor may not export it.
    """
    kind = runtime.current().object(object_name)
    if not privacy.is_personal(kind):
        raise privacy.NotAPerson
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    row = runtime.current().model(object_name).objects.get(pk=row_id)
    rights.require(actor, "export", "record", row)
    told = _told(actor, kind, row_id)
    made = orjson.dumps(told, option=orjson.OPT_INDENT_2) if form == "json" else _printed(actor, told)
    what = happenings.PersonExported(form)
    log.append(what, actor=actor, subject=rows.subject(kind, row_id), at=at)
    return made


def _told(actor: Actor, kind: Object, row_id: int) -> dict[str, Any]:
    where: dict[str, Any] = {"object_name": kind.name, "row_id": row_id}
    seen = sight.of(actor, kind)
    rows_of = runtime.current().model(kind.name).objects.filter(pk=row_id)
    (raw,) = seen.complete(actor, list(rows_of.annotate(**seen.titles).values(*seen.columns)))
    said = [(one, values.dump(raw[values.attribute(one)])) for one in seen.fields if one.type != "links"]
    words = wording.Wording(actor, said)
    return {
        "title": raw[sight.title(kind)],
        "values": [
            {"field": one.label.say(actor.lang), "value": words.say(one, value)} for one, value in said
        ],
        "consents": consents.consents(actor, **where)["said"],
        "activities": _activities(actor, kind, row_id),
        "history": _history(actor, where),
        "documents": [
            {"name": one["name"], "at": one["at"], "bytes": one["bytes"]}
            for one in documents.documents(actor, **where)
        ],
    }


def _activities(actor: Actor, kind: Object, row_id: int) -> list[dict[str, Any]]:
    book = agenda.book(actor)
    mine = agenda.about(book, kind.uid, row_id) if book else None
    if book is None or mine is None:
        return []
    found = asks.seen(actor, book.seen.kind.name).filter(mine)
    raw = book.read(book.rows().filter(pk__in=found.values("pk")).order_by("pk"))
    return [
        {one.name: values.dump(line[values.attribute(one)]) for one in book.seen.fields if not one.system}
        for line in raw
    ]


def _history(actor: Actor, where: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    before: str | None = ""
    while before is not None:
        page = timeline.timeline(actor, **where, before=before, channels=[timeline.OWN], limit=_MOST)
        found += [{"at": one["at"], "what": one["say"], "changes": one["changes"]} for one in page["rows"]]
        before = page["next"]
    return found


def _printed(actor: Actor, told: dict[str, Any]) -> bytes:
    parts = [
        f"<h1>{escape(str(told['title']))}</h1>",
        _table([(line["field"], line["value"]) for line in told["values"] if line["value"]]),
        *_section(
            actor, "consents", [(one["at"], f"{one['purpose']} · {one['basis']}") for one in told["consents"]]
        ),
        *_section(actor, "activities", [(one.get("done_at"), one.get("name")) for one in told["activities"]]),
        *_section(actor, "history", [(one["at"], one["what"]) for one in told["history"]]),
        *_section(actor, "documents", [(one["at"], one["name"]) for one in told["documents"]]),
    ]
    return paper.write_pdf(f"<html lang='{actor.lang}'><style>{_STYLE}</style>{''.join(parts)}</html>")


def _section(actor: Actor, name: str, lines: list[tuple[Any, Any]]) -> list[str]:
    if not lines:
        return []
    return [f"<h2>{escape(texts.say(f'records.portrait_{name}', actor.lang))}</h2>", _table(lines)]


def _table(lines: list[tuple[Any, Any]]) -> str:
    cells = (
        f"<tr><th>{escape(str(left or ''))}</th><td>{escape(str(right or ''))}</td></tr>"
        for left, right in lines
    )
    return f"<table>{''.join(cells)}</table>"


_STYLE = """
body { font: 10pt sans-serif; } h1 { font-size: 16pt; } h2 { font-size: 12pt; margin-top: 18pt; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top;
padding: 3pt 6pt; border-bottom: 0.5pt solid #ddd; } th { width: 35%; font-weight: normal; color: #555; }
"""
