"""Imports as work: a look that writes nothing, the import itself batch by batch, both along one path.

Owns the order of an import and its batches. Memory holds one batch, and what the records are known by.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from portulan.automation.jobs import JobContext
from portulan.base import clock, texts
from portulan.blueprint.schema import Object
from portulan.connectors import happenings, matching, meanings, places, reading, refusing, sheets, undoing
from portulan.connectors.choices import Choices
from portulan.connectors.linking import Namer
from portulan.connectors.models import Import, ImportedRow
from portulan.connectors.reading import Reader
from portulan.connectors.reporting import COUNTED, Report, count
from portulan.connectors.resolving import Resolver, key_of
from portulan.connectors.sheets import Line
from portulan.connectors.sorting import Outcome, Sorter
from portulan.connectors.writing import Writer
from portulan.events import log
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import amend, consent, runtime, sight, values

BATCH, _SAMPLE = 1000, 5000


def look(job: JobContext) -> dict[str, Any]:
    """Look at the file of an import: what every line would become; nothing is written."""
    batch = Import.objects.get(pk=job.payload["import"])
    work = _Work.of(batch, clock.now())
    report = Report(work.kind, work.namer)
    refusing.keep_until(places.refused(batch.pk), 0)
    for outcomes in work.sorted(after=0):
        refusing.add(places.refused(batch.pk), outcomes)
        for one in outcomes:
            report.add(one)
        _tell(job, "connectors.looking", report.counts["lines"], work.expected)
    told = report.told(work.resolvers) | {"unsure_dates": list(work.unsure)}
    Import.objects.filter(pk=batch.pk).update(report=told, looked_at=clock.now())
    return {"import": str(batch.pk)}


def run(job: JobContext) -> dict[str, Any]:
    """Import a file; taken up again, it goes on after the last batch that was kept."""
    batch = Import.objects.get(pk=job.payload["import"])
    at = batch.begun_at or clock.now()
    Import.objects.filter(pk=batch.pk, begun_at__isnull=True).update(begun_at=at)
    work = _Work.of(batch, at)
    writer = Writer(work.actor, work.kind, work.choices, batch, at)
    counts: dict[str, int] = dict(batch.result or dict.fromkeys(COUNTED, 0))
    refusing.keep_until(places.refused(batch.pk), batch.lines_done)
    with nullcontext() if work.choices.live else log.quietly():
        for outcomes in work.sorted(after=batch.lines_done):
            with transaction.atomic():
                counts["linked"] = counts.get("linked", 0) + writer.write(outcomes, work.namer)
                for one in outcomes:
                    count(counts, one)
                last = outcomes[-1].read.line.n
                Import.objects.filter(pk=batch.pk).update(lines_done=last, result=counts)
            refusing.add(places.refused(batch.pk), outcomes)
            _tell(job, "connectors.importing", counts["lines"], work.expected)
        with transaction.atomic():
            _link_later(work, writer, batch, at)
    what = happenings.ImportDone(
        work.kind.uid,
        batch.file_name,
        counts["create"],
        counts["update"],
        counts["refused"],
        counts["forced"],
        work.choices.motive,
        counts["linked"],
    )
    log.append(what, actor=work.actor, subject=f"import:{batch.pk}", at=clock.now())
    Import.objects.filter(pk=batch.pk).update(ended_at=clock.now())
    return {"import": str(batch.pk), **counts}


def undo(job: JobContext) -> dict[str, Any]:
    """Give back what an import did, but for what people changed since."""
    batch = Import.objects.get(pk=job.payload["import"])
    kind = runtime.current().object(batch.object)
    return undoing.undo(actor_of(batch), kind, batch, at=clock.now(), tell=job.progress)


def actor_of(batch: Import) -> Actor:
    """Return who imports, as they may act now."""
    return people.get_actor(actors.system(), id=batch.created_by_id or 0).through("import")


@dataclass(frozen=True)
class _Work:
    """What an import works with."""

    actor: Actor
    kind: Object
    choices: Choices
    batch: Import
    reader: Reader
    sorter: Sorter
    resolvers: dict[str, Resolver]
    namer: Namer
    unsure: tuple[str, ...]
    expected: int

    @classmethod
    def of(cls, batch: Import, at: datetime) -> "_Work":
        actor = actor_of(batch)
        kind = runtime.current().object(batch.object)
        choices = Choices.model_validate(batch.choices)
        path = places.upload(batch.pk, batch.suffix)
        sample = list(islice(sheets.lines(path, batch.sheet), _SAMPLE))
        found = meanings.resolvers(actor, kind, choices)
        _expect_itself(found, kind, choices, batch)
        styles = reading.styles(kind, choices, batch.header, sample)
        sorter = Sorter(actor, kind, choices, matching.known(actor, kind, choices), at)
        done = ImportedRow.objects.filter(batch=batch).values_list("row", "line")
        sorter.touched.update(done.iterator(chunk_size=5000))
        reader = Reader(kind, choices, batch.header, styles, found)
        mean = sum(len(";".join(line.cells)) for line in sample) / max(len(sample), 1)
        return cls(
            actor,
            kind,
            choices,
            batch,
            reader,
            sorter,
            found,
            Namer(kind, choices, found),
            styles.unsure,
            round(batch.file_bytes / (mean + 1)),
        )

    def sorted(self, *, after: int) -> Iterator[list[Outcome]]:
        """Yield what becomes of the lines after one, batch by batch."""
        path = places.upload(self.batch.pk, self.batch.suffix)
        lines = (line for line in sheets.lines(path, self.batch.sheet) if line.n > after)
        while some := list(islice(lines, BATCH)):
            yield list(self.sorter.sort(list(self.reader.read(some))))


def _expect_itself(found: dict[str, Resolver], kind: Object, choices: Choices, batch: Import) -> None:
    """Have links to the object itself know the titles that the file will make."""
    live = values.live(kind)
    own = [one for name, one in found.items() if name in live and live[name].to == kind.uid]
    title = sight.title(kind)
    column = next((at for at, name in enumerate(batch.header) if choices.columns.get(name) == title), None)
    if own and column is not None:
        lines = sheets.lines(places.upload(batch.pk, batch.suffix), batch.sheet)
        coming = {key_of(_cell(line, column)) for line in lines}
        for one in own:
            one.coming = coming - {""}


def _cell(line: Line, at: int) -> str:
    return line.cells[at] if line.whole else ""


def _link_later(work: _Work, writer: Writer, batch: Import, at: datetime) -> None:
    """Write the links to what the file itself made."""
    if not writer.later:
        return
    resolvers = meanings.resolvers(work.actor, work.kind, work.choices)
    wanted: dict[int, dict[str, Any]] = {}
    for row, links in writer.later.items():
        meant = {target: resolvers[target].means(said) for target, said in links.items()}
        wanted[row] = {target: value for target, (known, value) in meant.items() if known and value != row}
    wanted = consent.free(work.kind, wanted)
    among = runtime.current().model(work.kind.name).objects.filter(deleted_at__isnull=True)
    done = amend.amend(work.actor, kind=work.kind, among=among, wanted=wanted, at=at, told=work.choices.live)
    undoing.follow(batch, done)


def _tell(job: JobContext, key: str, done: int, of: int) -> None:
    job.progress(min(done / max(of, done, 1), 0.99), texts.say(key, "fr", n=done))
