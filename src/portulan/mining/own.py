"""Our own events as a log: read from the database once, then only what was added since.

Owns the books of the pipelines in this process. A book that the database no longer agrees with is read
again. A person whose rights do not reach every record studies theirs alone.
"""

import threading
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

import numpy as np
import polars as pl
from django.conf import settings

from portulan.blueprint.schema import Object, Pipeline
from portulan.events import queries as events
from portulan.mining import contacts, endings, entries, store
from portulan.mining import study as studies
from portulan.mining.book import OWNER, Book
from portulan.mining.entries import Place
from portulan.mining.shapes import CasesPage, RecordRef
from portulan.mining.shelf import Shelf
from portulan.mining.store import Log
from portulan.mining.study import Study
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import runtime, scope

PREFIX = "own:"
#: Of more records than this, every row is read again.
_MOST_CHANGED = 1_000
_TICK = timedelta(minutes=10)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STUDIES: Shelf[Study] = Shelf(settings.LOG_CACHE_BYTES)


@dataclass
class _Read:
    """A book, how far it was read, how often that changed it, and what its rows were read from."""

    book: Book = field(default_factory=Book)
    place: Place = field(default_factory=Place)
    edition: int = 0
    columns: Mapping[str, str] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_BOOKS: dict[str, _Read] = {}


def study(actor: Actor, *, pipeline: str, at: datetime) -> Study:
    """Return our own events of a pipeline under study, of the records that the actor may read.

    :raises NotThere: when there is no such pipeline.
    :raises NotAllowed: when the actor may read none of its records.
    """
    snapshot = runtime.current()
    travelled = snapshot.pipeline(pipeline)
    kind = next(one for one in snapshot.blueprint.objects if one.uid == travelled.object)
    rights.require(actor, "read", "record", kind.name)
    book, edition = _read_on(travelled, kind)
    reach = scope.scope_of(snapshot.blueprint, actor, kind, "read")
    tick = at - (at - _EPOCH) % _TICK
    key = (pipeline, snapshot.version, edition, tick, actor.lang, _sees(actor, kind, reach))
    return _STUDIES.get(key, lambda: _made(actor, travelled, kind, book, tick))


def last_read(pipeline: str) -> UUID | None:
    """Return the last event that was read of a pipeline in this process, if any."""
    kept = _BOOKS.get(pipeline)
    return kept.place.last if kept else None


def named(actor: Actor, found: Study, page: CasesPage) -> CasesPage:
    """Return a page of cases with the records behind them, of those that the actor may read."""
    snapshot = runtime.current()
    kind = snapshot.object(found.object_name)
    title = next(one.name for one in kind.fields if one.uid == kind.title)
    rows = rights.visible(actor, "read", "record", snapshot.model(kind.name).objects.all())
    titles = dict(rows.filter(pk__in=[int(row.case) for row in page.rows]).values_list("pk", title))
    return CasesPage(
        rows=tuple(
            row.model_copy(
                update={
                    "record": RecordRef(object=kind.name, id=int(row.case), title=str(titles[int(row.case)]))
                }
            )
            for row in page.rows
            if int(row.case) in titles
        ),
        next=page.next,
    )


def _sees(actor: Actor, kind: Object, reach: str) -> tuple[object, ...]:
    """Return what the study of an actor depends on: their rows and the fields that they may read."""
    blueprint = runtime.current().blueprint
    amounts = _amount(kind) in {one.uid for one in scope.readable(blueprint, actor, kind)}
    return (None if reach == "all" else actor.id, amounts, contacts.seen_by(actor, kind))


def _made(actor: Actor, travelled: Pipeline, kind: Object, book: Book, tick: datetime) -> Study:
    stages = {stage.uid: stage for stage in travelled.stages}
    log = _coded(book, tuple(stages))
    kinds = {code: stages[uid].kind for code, uid in enumerate(log.steps) if uid in stages}
    reach, readable, _ = _sees(actor, kind, scope.scope_of(runtime.current().blueprint, actor, kind, "read"))
    newest = int(log.at.max()) if len(log.at) else 0
    whole = Study(
        log=log,
        ids=log.steps,
        labels=tuple(stages[uid].label.say(actor.lang) if uid in stages else uid for uid in log.steps),
        states=log,
        ends=endings.of_kinds(kinds),
        until=max(newest, int((tick - _EPOCH).total_seconds() * 1_000_000)),
        amounts=book.amounts if readable and _amount(kind) else None,
        object_name=kind.name,
        owner=OWNER,
        contacts=cache(lambda: contacts.contacts(actor, kind)) if contacts.are_kept(kind) else None,
    )
    if reach is None:
        return whole
    seen = _visible(actor, kind)
    return studies.narrowed(whole, np.array([int(case) in seen for case in log.cases], dtype=np.bool_))


def _coded(book: Book, stages: tuple[str, ...]) -> Log:
    """Return the log of a book, its steps being every stage of the pipeline, then those that are gone."""
    steps = (*stages, *(uid for uid in book.log.steps if uid not in stages))
    codes = np.array([steps.index(uid) for uid in book.log.steps], dtype=np.int32)
    return store.recoded(book.log, codes, steps)


def _visible(actor: Actor, kind: Object) -> set[int]:
    rows = runtime.current().model(kind.name).objects.all()
    return set(rights.visible(actor, "read", "record", rows).values_list("pk", flat=True))


def _amount(kind: Object) -> str | None:
    """Return the uid of the field that says how much a record is worth: its first amount of money."""
    return next((one.uid for one in kind.fields if one.type == "money" and not one.archived), None)


def _read_on(travelled: Pipeline, kind: Object) -> tuple[Book, Hashable]:
    """Return the book of a pipeline, up to date, and what tells it from every other one."""
    kept = _BOOKS.setdefault(travelled.uid, _Read())
    with kept.lock:
        if kept.place.last is not None and not events.is_kept(kept.place.last):
            kept.book, kept.place, kept.columns = Book(), Place(), None
        book, changed = kept.book, [pl.Series(dtype=pl.Int64)]
        for chunk in entries.fresh(kept.place, pipeline=travelled.uid, prefix=f"{kind.uid}:"):
            book = book.entered(chunk)
            changed.append(chunk["case"])
        kept.book = book
        _know(kept, kind, pl.concat(changed).unique())
        return kept.book, (kept.edition, kept.place.last)


def _know(kept: _Read, kind: Object, changed: pl.Series) -> None:
    """Read the rows of the records that changed; of all when it was never done, or would take as long."""
    columns = entries.columns(kind, _amount(kind))
    if columns == kept.columns and not len(changed):
        return
    some = changed if columns == kept.columns and len(changed) <= _MOST_CHANGED else None
    kept.book = kept.book.known_as(entries.living(kind, columns, some), some)
    kept.columns = columns
    kept.edition += 1
