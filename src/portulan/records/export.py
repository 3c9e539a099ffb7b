"""Records taken out as a file, page by page: what the actor may export of them, and the event that says so.

Refuses columns, sorts and conditions that the actor may not read, and workbooks of more rows than one holds.
Keeps no transaction open while the file is written; where the file lies is the affair of who asks for it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from django.db.models import Model, QuerySet

from portulan.base import calendar as calendars
from portulan.base import tables, workbooks
from portulan.base.refusals import NotAllowed, NotValid, Problem
from portulan.blueprint.schema import Field, Object
from portulan.events import log
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.records import asked as asks
from portulan.records import cells, happenings, queries, related, runtime, scope, sight
from portulan.records.asked import Asked

Format = Literal["csv", "xlsx"]
MEDIA: dict[Format, str] = {"csv": "text/csv; charset=utf-8", "xlsx": workbooks.XLSX}
_PAGE = 1000
_VERBS: tuple[Verb, ...] = ("read", "export")
_MOST_ROWS = workbooks.MOST_ROWS - 1
_ID = workbooks.Column("id", "0", 10)
Put = Callable[[dict[str, Any]], object]


class ExportNotValid(NotValid):
    """The list cannot be taken out so."""

    code = "records.export_not_valid"


@dataclass(frozen=True)
class Wanted:
    """What is to be taken out: the rows of a list, in its order; columns by name, None for all there are."""

    asked: Asked
    format: Format = "csv"
    columns: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Taken:
    """What was taken out: how many rows, the uids of its columns, what the file is called."""

    count: int
    fields: tuple[str, ...]
    name: str


def require(actor: Actor, *, object_name: str, wanted: Wanted, at: datetime) -> None:
    """Do nothing when the actor may take this out now.

    :raises NotAllowed: when the actor exports no record of that object.
    :raises ExportNotValid: when a column is none that the actor may read.
    """
    rights.require(actor, "export", "record", object_name)
    kind = runtime.current().object(object_name)
    seen = sight.of(actor, kind)
    unknown = sorted(set(wanted.columns or ()) - set(seen.names.values()))
    if unknown:
        raise ExportNotValid(
            *(Problem("columns", "records.field_unknown", {"field": one}) for one in unknown)
        )
    asks.sorting(wanted.asked.sort, seen)
    asks.wanted(actor, kind, wanted.asked, at)


def write(
    actor: Actor,
    *,
    object_name: str,
    wanted: Wanted,
    path: Path,
    at: datetime,
    tell: Callable[[float], None] = lambda _: None,
) -> Taken:
    """Write the file of a list, with what the actor may take out now, and return what it holds.

    :raises NotAllowed: when the actor exports no record of that object.
    :raises ExportNotValid: when a workbook does not hold that many rows.
    """
    rights.require(actor, "export", "record", object_name)
    kind = runtime.current().object(object_name)
    seen = sight.of(actor, kind)
    fields = _columns(seen, wanted)
    rows: QuerySet[Model] = rights.visible(actor, "export", "record", asks.seen(actor, object_name))
    asks.sorting(wanted.asked.sort, seen)
    expected = rows.filter(asks.wanted(actor, kind, wanted.asked, at)).count()
    if wanted.format == "xlsx" and expected > _MOST_ROWS:
        raise ExportNotValid(Problem("format", "records.export_too_long", {"most": _MOST_ROWS}))
    count = 0
    with _file(path, kind, fields, wanted.format, actor.lang) as put:
        for page in _pages(actor, seen, rows, wanted.asked, at):
            for row in page:
                put(row)
            count += len(page)
            tell(count / max(expected, count, 1))
    day = at.astimezone(calendars.DEFAULT.tz).date()
    name = f"{kind.plural.say(actor.lang)} {day:%Y-%m-%d}.{wanted.format}"
    return Taken(count, tuple(field.uid for field in fields), name)


def note(actor: Actor, *, object_name: str, wanted: Wanted, taken: Taken, at: datetime) -> None:
    """Log that records were taken out of the house."""
    uid, asked = runtime.current().object(object_name).uid, wanted.asked
    what = happenings.RecordsExported(
        uid, taken.count, asked.words, asked.condition, wanted.format, list(taken.fields)
    )
    log.append(what, actor=actor, subject=f"object:{uid}", at=at)


def require_readable(actor: Actor, *, object_name: str, fields: Sequence[str]) -> None:
    """Do nothing when the actor may still take out a file of these fields.

    :raises NotAllowed: when the actor lost the right to export, or to read one of them.
    """
    rights.require(actor, "export", "record", object_name)
    kind = runtime.current().object(object_name)
    if not set(fields) <= sight.of(actor, kind).names.keys():
        raise NotAllowed


def reach(actor: Actor, *, object_name: str, fields: Sequence[str]) -> list[str]:
    """Return what a file of these fields rests on: whose rows, and whose titles of links, the actor reaches.

    A file holds nothing that is out of reach as long as all this is there; a colleague who joins adds to it.
    """
    kind = runtime.current().object(object_name)
    shown = [one for one in sight.of(actor, kind).fields if one.uid in set(fields)]
    found = {one for verb in _VERBS for one in _whose(actor, kind, verb)}
    for target in (related.target_of(one) for one in shown if one.to is not None):
        if sight.title(target) in sight.of(actor, target).names.values():
            found |= {f"title:{target.uid}", *_whose(actor, target, "read")}
    return sorted(found)


def _whose(actor: Actor, kind: Object, verb: Verb) -> Iterator[str]:
    """Yield the scope of a right, and the people or the territory that it means."""
    wide = scope.scope_of(runtime.current().blueprint, actor, kind, verb)
    yield f"{verb}:{kind.uid}:{wide}"
    if wide == "team":
        yield from (f"person:{one}" for one in actor.teammate_ids)
    elif wide == "territory":
        yield f"territory:{actor.territory}"


def _columns(seen: sight.Sight, wanted: Wanted) -> list[Field]:
    """Return the fields to take out: one that became hidden since it was asked for stays in the house."""
    if wanted.columns is None:
        return list(seen.fields)
    by_name = {field.name: field for field in seen.fields}
    return [by_name[name] for name in dict.fromkeys(wanted.columns) if name in by_name]


def _pages(
    actor: Actor, seen: sight.Sight, rows: QuerySet[Model], asked: Asked, at: datetime
) -> Iterator[list[dict[str, Any]]]:
    following: str | None = ""
    while following is not None:
        page = replace(asked, limit=_PAGE, after=following)
        raw, following = queries.raw_page(actor, seen=seen, rows=rows, asked=page, at=at)
        yield raw


@contextmanager
def _file(path: Path, kind: Object, fields: list[Field], format_: Format, lang: str) -> Iterator[Put]:
    """Give what writes rows into a file of the format asked for."""
    reader = cells.reader(kind, lang)
    columns = [_ID, *(reader.column(field) for field in fields)]
    if format_ == "xlsx":
        with workbooks.writing(path, kind.plural.say(lang), columns) as sheet:
            yield lambda row: sheet.append([row["id"], *(reader.typed(field, row) for field in fields)])
        return
    delimiter = tables.HABITS[lang][0]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(tables.BOM + tables.lines([[tables.inert(one.label) for one in columns]], delimiter))

        def put(row: dict[str, Any]) -> None:
            told = [row["id"], *(reader.written(field, row) for field in fields)]
            file.write(tables.lines([told], delimiter))

        yield put
