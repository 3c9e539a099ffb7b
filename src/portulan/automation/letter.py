"""What a digest says: what is unread in the bell, what is overdue and due today, with where it leads.

Reads through the eyes of the person: what is about a record or a map that they may not see any more is left
out and not counted. Everything that people wrote is escaped in HTML and kept on its line in plain text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_date, format_time
from django.conf import settings
from django.utils.html import format_html, format_html_join

from portulan.automation import notices, subjects
from portulan.base import calendar as calendars
from portulan.base import texts
from portulan.base.refusals import NotThere
from portulan.maps import queries as maps
from portulan.people.actor import Actor
from portulan.records import day as days

#: How much a digest shows of each thing, and how far it counts.
SHOWN = 10
COUNTED = days.LIMIT
_DAY = "/ma-journee"
#: Where the digest is set and stopped.
_CHOICE = "/?recapitulatif=1"
_PAGE = (
    '<!doctype html><html lang="{}"><head><meta charset="utf-8"></head>'
    '<body style="font-family:sans-serif;max-width:40em"><p>{}</p>{}'
    '<p><small>{}<br><a href="{}">{}</a></small></p></body></html>'
)
_PAGES = {"term": "/glossaire", "quality": "/qualite"}


@dataclass(frozen=True)
class Letter:
    """A mail that is ready to leave."""

    to: str
    title: str
    text: str
    html: str


@dataclass(frozen=True)
class _Line:
    """One thing that waits: what is said of it, and the path where it leads."""

    say: str
    path: str


@dataclass(frozen=True)
class _Part:
    """Things of one kind: how many there are, the first of them, and the path of the others."""

    head: str
    lines: Sequence[_Line]
    rest: str
    path: str


def letter(reader: Actor, *, at: datetime) -> Letter | None:
    """Return what a person is told at a moment, in their language; None when nothing waits for them."""
    parts = [*_bell(reader), *_day(reader, at)]
    if not parts:
        return None
    heads = ", ".join(part.head for part in parts)
    title = texts.say("automation.digest_title", reader.lang, heads=heads)
    hello, foot, leave = (
        texts.say(f"automation.digest_{one}", reader.lang, name=reader.name)
        for one in ("hello", "foot", "leave")
    )
    page = format_html(_PAGE, reader.lang, hello, _html(parts), foot, _at(_CHOICE), leave)
    return Letter(reader.email, title, _text(hello, parts, f"{foot}\n{leave} {_at(_CHOICE)}"), page)


def _bell(reader: Actor) -> Iterable[_Part]:
    told = notices.notices(reader, unseen=True, limit=COUNTED)
    paths = _paths(reader, {one["subject"] for one in told})
    seen = [_Line(_one_line(one["say"]), paths[one["subject"]]) for one in told if one["subject"] in paths]
    return _part(reader, "unread", seen, path="/")


def _paths(reader: Actor, about: set[str]) -> dict[str, str]:
    """Return where notices lead, by subject, for what the person may see."""
    known = subjects.shown(reader, subjects=(one for one in about if one and not _is_page(one)))
    found = {key: f"/fiches/{one['object']}/{one['row_id']}" for key, one in known.items()}
    found |= {one: _PAGES.get(_kind(one), "/") for one in about if not one or _kind(one) in _PAGES}
    drawn = {one for one in about if _kind(one) == "map"}
    if drawn:
        mine = {str(one.id) for archived in (False, True) for one in maps.maps(reader, archived=archived)}
        for one in drawn:
            key, _, element = one.partition(":")[2].partition("#")
            if key in mine:
                found[one] = f"/cartes/{key}" + (f"?element={element}&onglet=discussions" if element else "")
    return found


def _kind(subject: str) -> str:
    return subject.partition(":")[0]


def _is_page(subject: str) -> bool:
    return _kind(subject) == "map" or _kind(subject) in _PAGES


def _day(reader: Actor, at: datetime) -> Iterable[_Part]:
    try:
        told = days.day(reader, at=at)
    except NotThere:
        return
    for code in ("overdue", "today"):
        lines = [_Line(_said(one, code, reader.lang), _leads(one)) for one in told[code]]
        yield from _part(reader, code, lines, path=_DAY)


def _said(item: Mapping[str, Any], code: str, lang: str) -> str:
    due = datetime.fromisoformat(item["due_at"]).astimezone(calendars.DEFAULT.tz)
    when = format_time(due, "short", locale=lang) if code == "today" else format_date(due, "d MMM", lang)
    deal = item["deal"] or {}
    others = [one["title"] for one in item["linked"].values() if one["object"] and one["title"]]
    about = deal.get("title") or next(iter(others), "")
    named = [when, item.get("name") or "", about, deal.get("account") or ""]
    return _one_line(" · ".join(one for one in named if one))


def _leads(item: Mapping[str, Any]) -> str:
    if item["deal"]:
        return f"/fiches/{item['deal']['object']}/{item['deal']['id']}"
    linked = next((one for one in item["linked"].values() if one["object"]), None)
    return f"/fiches/{linked['object']}/{linked['id']}" if linked else _DAY


def _part(reader: Actor, code: str, lines: Sequence[_Line], *, path: str) -> Iterable[_Part]:
    if not lines:
        return
    n, more = len(lines), len(lines) - SHOWN
    count = f"{n}+" if n >= COUNTED else str(n)
    head = texts.say(f"automation.digest_{code}", reader.lang, n=n, count=count)
    rest = texts.say("automation.digest_more", reader.lang, n=more) if more > 0 else ""
    yield _Part(head, lines[:SHOWN], rest, path)


def _one_line(said: str) -> str:
    return " ".join(said.split())


def _at(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _text(hello: str, parts: Iterable[_Part], foot: str) -> str:
    told = [hello]
    for part in parts:
        lines = [f"- {one.say}\n  {_at(one.path)}" for one in part.lines]
        rest = [f"{part.rest} {_at(part.path)}"] if part.rest else []
        told.append("\n".join([part.head, *lines, *rest]))
    return "\n\n".join([*told, foot]) + "\n"


def _html(parts: Iterable[_Part]) -> str:
    return format_html_join("", "{}", ((_section(part),) for part in parts))


def _section(part: _Part) -> str:
    items = format_html_join(
        "", '<li><a href="{}">{}</a></li>', ((_at(one.path), one.say) for one in part.lines)
    )
    rest = format_html('<p><a href="{}">{}</a></p>', _at(part.path), part.rest) if part.rest else ""
    return format_html("<h2>{}</h2><ul>{}</ul>{}", part.head, items, rest)
