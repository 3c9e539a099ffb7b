"""A batch of sorted lines written down: records made, changed and moved, and what the import did to each.

One transaction a batch, in which the import also keeps how far it came: a work that is taken up again
neither loses nor doubles a line.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from portulan.blueprint.schema import Object
from portulan.connectors.choices import Choices
from portulan.connectors.linking import Beside, Namer
from portulan.connectors.models import Import, ImportedRow, KnownAs
from portulan.connectors.sorting import Outcome
from portulan.people.actor import Actor
from portulan.records import amend, consent, happenings, load, operations, rows, runtime
from portulan.records.load import Past, Step
from portulan.records.operations import Move


class Writer:
    """Writes the lines of one import."""

    def __init__(self, actor: Actor, kind: Object, choices: Choices, batch: Import, at: datetime) -> None:
        """Take who imports, what, how, and when."""
        self._actor, self._kind, self._choices, self._batch, self._at = actor, kind, choices, batch, at
        #: Links to what the file itself makes: (record, field) → what was said.
        self.later: dict[int, dict[str, str]] = {}
        self._beside = Beside(actor, kind, choices, batch, at)

    def write(self, outcomes: Sequence[Outcome], namer: Namer) -> int:
        """Write a batch in the caller's transaction; return how many records its lines had made beside."""
        outcomes, beside = self._beside.make(outcomes, namer)
        made = [one for one in outcomes if one.fate == "create"]
        changed = [one for one in outcomes if one.fate == "update" and not one.stage]
        ids = load.load(
            self._actor,
            object_name=self._kind.name,
            pasts=[self._past(one) for one in made],
            told=self._choices.live,
        )
        done = [
            self._row(one, row, version=2 if one.stage else 1)
            for one, row in zip(made, ids, strict=True)
        ]  # fmt: skip
        done += self._amended(changed)
        done += [self._moved(one) for one in outcomes if one.fate == "update" and one.stage]
        ImportedRow.objects.bulk_create(done, batch_size=2000)
        by_line = {one.line: one.row for one in done}
        self._know(outcomes, by_line)
        for one in outcomes:
            if one.read.later and one.read.line.n in by_line:
                self.later[by_line[one.read.line.n]] = one.read.later
        return beside

    def _past(self, one: Outcome) -> Past:
        born_at = self._at if self._choices.live else one.read.created_at or one.read.moved_at or self._at
        return Past(
            born_at, one.values, self._actor.id, self._choices.pipeline, steps=self._steps(one, born_at)
        )

    def _steps(self, one: Outcome, born_at: datetime) -> tuple[Step, ...]:
        if one.stage is None or one.verdict is None:
            return ()
        moved_at = self._at if self._choices.live else max(one.read.moved_at or born_at, born_at)
        forced = not one.verdict.opens
        pipeline = self._choices.pipeline or operations.beginning(self._kind, None)[0]  # type: ignore[index]
        lacks = operations.lacks(one.verdict, pipeline_uid=pipeline) if forced else {}
        also = (happenings.GateOverridden(motive=self._choices.motive, **lacks),) if forced else ()
        motive = self._choices.motive if forced else ""
        step = Step(
            moved_at, to=one.stage, actor_id=self._actor.id, motive=motive, overridden=forced, also=also
        )
        return (step,)

    def _row(self, one: Outcome, row: int, *, version: int) -> ImportedRow:
        return ImportedRow(batch=self._batch, line=one.read.line.n, row=row, made=True, version=version)

    def _amended(self, changed: Sequence[Outcome]) -> list[ImportedRow]:
        wanted = consent.free(self._kind, {one.row: one.values for one in changed})
        model = runtime.current().model(self._kind.name)
        done = amend.amend(
            self._actor,
            kind=self._kind,
            among=model.objects.filter(deleted_at__isnull=True),
            wanted=wanted,
            at=self._at,
            told=self._choices.live,
        )
        return [
            ImportedRow(
                batch=self._batch,
                line=one.read.line.n,
                row=one.row,
                made=False,
                version=done[one.row].version,
                changes=done[one.row].changes,
            )
            for one in changed
            if one.row in done
        ]

    def _moved(self, one: Outcome) -> ImportedRow:
        """Take a record that was there to another stage, through the operation that the screen calls."""
        model = runtime.current().model(self._kind.name)
        before = model.objects.get(pk=one.row)
        held = rows.stored(self._kind, before)
        given = {name: value for name, value in one.read.given.items() if name in one.values}
        move = Move(
            to=one.stage or "",
            version=before.version,
            values=given,
            motive=self._choices.motive,
            override=bool(one.verdict and not one.verdict.opens),
        )
        operations.move(self._actor, object_name=self._kind.name, row_id=one.row, move=move, at=self._at)
        after = model.objects.get(pk=one.row)
        now = rows.stored(self._kind, after)
        changes = {uid: [held[uid], value] for uid, value in now.items() if held[uid] != value}
        return ImportedRow(
            batch=self._batch,
            line=one.read.line.n,
            row=one.row,
            made=False,
            version=after.version,
            changes=changes,
        )

    def _know(self, outcomes: Sequence[Outcome], by_line: Mapping[int, int]) -> None:
        """Keep the ids that the other tool has for the records."""
        if not self._choices.source:
            return
        entries = [
            KnownAs(
                source=self._choices.source,
                object=self._kind.uid,
                key=one.read.external,
                row=by_line.get(one.read.line.n) or one.row,
                batch=self._batch,
            )
            for one in outcomes
            if one.read.external and one.fate in ("create", "update", "skip")
        ]
        KnownAs.objects.bulk_create([one for one in entries if one.row], ignore_conflicts=True)
