"""Our own events as a log: read from the database once, then only what was added since.

Owns the books of the pipelines in this process. A book that the database no longer agrees with is read
again. A person whose rights do not reach every record studies theirs alone.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

import numpy as np
import polars as pl
from django.conf import settings
from django.db.models import TextField
from django.db.models.functions import Cast

from portulan.base import ids
from portulan.blueprint.schema import Object, Pipeline
from portulan.events import queries as events
from portulan.mining import contacts, endings, store
from portulan.mining import study as studies
from portulan.mining.book import ATTRIBUTES, KINDS, Book, Row
from portulan.mining.shapes import CasesPage, RecordRef
from portulan.mining.shelf import Shelf
from portulan.mining.store import Log
from portulan.mining.study import Study
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import runtime, scope

PREFIX = "own:"
#: A transaction that began before a reading may end after it: what is younger than this is read again.
_OVERLAP = timedelta(seconds=60)
_TICK = timedelta(minutes=10)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STUDIES: Shelf[Study] = Shelf(settings.LOG_CACHE_BYTES)


@dataclass
class _Read:
    """A book, the last event in it, when it was read (as an id), and the events of the minute before that."""

    book: Book
    last: UUID | None = None
    mark: UUID | None = None
    recent: set[UUID] = field(default_factory=set)
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
    kept = _read_on(travelled, kind)
    reach = scope.scope_of(snapshot.blueprint, actor, kind, "read")
    tick = at - (at - _EPOCH) % _TICK
    key = (pipeline, snapshot.version, kept.last, tick, actor.lang, _sees(actor, kind, reach))
    return _STUDIES.get(key, lambda: _made(actor, travelled, kind, kept, tick))


def last_read(pipeline: str) -> UUID | None:
    """Return the last event that was read of a pipeline in this process, if any."""
    kept = _BOOKS.get(pipeline)
    return kept.last if kept else None


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


def _made(actor: Actor, travelled: Pipeline, kind: Object, kept: _Read, tick: datetime) -> Study:
    stages = {stage.uid: stage for stage in travelled.stages}
    log = _coded(kept.book, tuple(stages))
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
        amounts=kept.book.amounts(log) if readable else None,
        object_name=kind.name,
        contacts=cache(lambda: contacts.contacts(actor, kind)) if contacts.are_kept(kind) else None,
    )
    if reach is None:
        return whole
    seen = _visible(actor, kind)
    return studies.narrowed(whole, np.array([int(case) in seen for case in log.cases], dtype=np.bool_))


def _coded(book: Book, stages: tuple[str, ...]) -> Log:
    """Return the log of a book, its steps being every stage of the pipeline, then those that are gone."""
    log = book.log()
    steps = (*stages, *(uid for uid in log.steps if uid not in stages))
    codes = np.array([steps.index(uid) for uid in log.steps], dtype=np.int32)
    attributes = {f"case:{name}": pl.Series(book.texts(log, name), dtype=pl.String) for name in ATTRIBUTES}
    return replace(store.recoded(log, codes, steps), case_rows=pl.DataFrame(attributes))


def _visible(actor: Actor, kind: Object) -> set[int]:
    rows = runtime.current().model(kind.name).objects.all()
    return set(rights.visible(actor, "read", "record", rows).values_list("pk", flat=True))


def _amount(kind: Object) -> str | None:
    """Return the uid of the field that says how much a record is worth: its first amount of money."""
    return next((one.uid for one in kind.fields if one.type == "money" and not one.archived), None)


def _read_on(travelled: Pipeline, kind: Object) -> _Read:
    """Return the book of a pipeline, up to date."""
    kept = _BOOKS.setdefault(travelled.uid, _Read(Book(travelled.uid, _amount(kind))))
    with kept.lock:
        if kept.last is not None and not events.is_kept(kept.last):
            kept.book, kept.last, kept.mark = Book(travelled.uid, _amount(kind)), None, None
            kept.recent = set()
        kept.book.append(_fresh(kept, f"{kind.uid}:"))
    return kept


def _fresh(kept: _Read, prefix: str) -> Iterator[Row]:
    """Return the events that the book does not hold yet, and note them."""
    now = ids.uuid7()
    floor = _before(now)
    rows = events.appended(KINDS, prefix=prefix, after=kept.mark and _before(kept.mark))
    known, kept.mark, kept.recent = kept.recent, now, set()
    texts = rows.annotate(raw=Cast("data", TextField())).values_list("id", "at", "kind", "subject", "raw")
    for event_id, at, kind, subject, raw in texts.iterator(chunk_size=5_000):
        kept.last = event_id
        if event_id not in known:
            yield Row(at, kind, subject, raw)
        if event_id > floor:
            kept.recent.add(event_id)


def _before(mark: UUID) -> UUID:
    """Return the least id (RFC 9562, version 7) of the minute before another one."""
    millis = (mark.int >> 80) - int(_OVERLAP.total_seconds() * 1000)
    return UUID(int=max(millis, 0) << 80)
