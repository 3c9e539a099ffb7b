"""What becomes of each line: a new record, an update, nothing, or a refusal with every reason.

The same sorting serves the preview and the import, so that what was seen is what happens. Owns the order of
the questions: does it read, whom is it about, may one, is its stage reached through the gates.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from portulan.base.refusals import Problem, Refusal
from portulan.blueprint.schema import Object
from portulan.connectors.choices import Choices
from portulan.connectors.matching import Known, Match, traces_of
from portulan.connectors.reading import Read
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import consent, operations, rows, runtime, scope, values
from portulan.records.happenings import Changes
from portulan.records.pipeline import Verdict, is_empty
from portulan.records.values import ValuesNotValid

#: Fields of the objects whose name identifies: organisations and people.
_IDENTIFIED = frozenset({"siren", "first_name"})
#: Stands in a link, while gates are asked, for the record that is about to be made.
_COMING = -1
Fate = Literal["create", "update", "skip", "refused"]


@dataclass(frozen=True)
class Outcome:
    """What becomes of a line: the values read, the record it is about, why it is refused.

    `verdict`: the gates on the way to the stage that it says; `hint`: what makes one look twice. `beside`:
    what its links name that is made with it.
    """

    read: Read
    fate: Fate
    values: Mapping[str, Any] = field(default_factory=dict)
    row: int = 0
    key: str = ""
    changes: Changes = field(default_factory=dict)
    stage: str | None = None
    verdict: Verdict | None = None
    hint: str = ""
    problems: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)


class Sorter:
    """Sorts the lines of one file, batch after batch; knows what its earlier lines were about."""

    def __init__(self, actor: Actor, kind: Object, choices: Choices, known: Known, at: datetime) -> None:
        """Take who imports, what, how, and what is there."""
        self._actor, self._kind, self._choices, self._known, self._at = actor, kind, choices, known, at
        self._writable = scope.writable(runtime.current().blueprint, actor, kind)
        self._begins = operations.beginning(kind, choices.pipeline) if self._travels() else None
        #: The line that was about a record, by its id (negative: the line that makes it).
        self.touched: dict[int, int] = {}
        self._given: dict[tuple[str, Any], int] = {}

    @property
    def known(self) -> Known:
        """What the records are known by, those of the file included."""
        return self._known

    def sort(self, reads: Sequence[Read]) -> Iterator[Outcome]:
        """Yield what becomes of each line, in order."""
        first = [self._first(read) for read in reads]
        known = {one.row for one in first if one.fate == "update"}
        held, kept = self._held(known), consent.held(self._kind, known)
        taken = self._taken(first)
        for one in first:
            free = self._free(one, taken)
            yield (
                self._against(free, held.get(free.row), kept.get(free.row)) if free.fate == "update" else free
            )

    def _travels(self) -> bool:
        return any(
            one.object == self._kind.uid and not one.archived for one in runtime.current().blueprint.pipelines
        )

    def _first(self, read: Read) -> Outcome:
        """Return what a line says by itself and whom it is about."""
        problems = [*read.problems, *_unknown(self._kind, read), *self._ahead(read)]
        coerced, misfits, left_out = self._coerced(read)
        problems += misfits
        traces = traces_of(self._kind, {**coerced, **read.beside}, read.external)
        match = self._known.match(traces)
        if not problems:
            problems += self._about(read, match)
        if problems:
            return Outcome(read, "refused", problems=tuple(problems))
        if match.rows:
            fate: Fate = "skip" if self._choices.mode == "create" else "update"
            self.touched[match.rows[0]] = read.line.n
            return Outcome(read, fate, coerced, match.rows[0], match.key, left_out=left_out)
        if self._choices.mode == "update":
            return Outcome(read, "skip", coerced, hint="unmatched")
        return self._new(Outcome(read, "create", coerced, left_out=left_out), traces, match)

    def _coerced(self, read: Read) -> tuple[dict[str, Any], tuple[Problem, ...], tuple[Problem, ...]]:
        """Return the values of a line, why it is refused, and what is left out of it."""
        given = dict(read.given)
        left_out: tuple[Problem, ...] = ()
        for _ in range(2):
            try:
                return values.coerce(self._kind, given, writable=self._writable), (), left_out
            except ValuesNotValid as refused:
                required = {one.name for one in values.live(self._kind).values() if one.required}
                bad = {problem.where for problem in refused.problems}
                if not self._choices.lenient or bad & required:
                    return {}, tuple(refused.problems), ()
                left_out = tuple(refused.problems)
                given = {name: value for name, value in given.items() if name not in bad}
        return {}, left_out, ()

    def _about(self, read: Read, match: Match) -> list[Problem]:
        if len(match.rows) > 1:
            return [Problem(match.key, "connectors.matches_several", {"n": len(match.rows)})]
        line = self.touched.get(match.rows[0]) if match.rows else None
        if line is not None and line != read.line.n:
            return [Problem(match.key, "connectors.same_as_line", {"n": line})]
        return []

    def _ahead(self, read: Read) -> list[Problem]:
        return [
            Problem(name, "connectors.in_future")
            for name, moment in (("created_at", read.created_at), ("moved_at", read.moved_at))
            if moment is not None and moment > self._at
        ]

    def _new(self, one: Outcome, traces: Mapping[str, str], match: Match) -> Outcome:
        given = {**one.values, **one.read.beside}
        problems = [
            Problem(each.name, "records.field_required", {"field": each.label.fr})
            for each in values.live(self._kind).values()
            if each.required and not each.system and is_empty(given.get(each.name))
        ]
        born = self._born(one.values)
        row = runtime.current().model(self._kind.name)(version=1)
        rows.preview(self._kind, row, born | dict.fromkeys(one.read.beside, _COMING))
        stage = one.read.stage if self._begins and one.read.stage != self._begins[1] else None
        verdict, refused = self._passed(row, stage)
        problems += refused
        if problems:
            return replace(one, fate="refused", problems=tuple(problems))
        made = -one.read.line.n
        self.touched[made] = one.read.line.n
        hint = "sister" if match.sister else self._twin(traces)
        self._known.add(made, traces)
        return replace(one, stage=stage, verdict=verdict, hint=hint, beside=one.read.beside)

    def _twin(self, traces: Mapping[str, str]) -> str:
        """Return that an organisation or a person of that name was there although no key says so."""
        named = self._known.held.get(self._known.title, {}).get(traces.get(self._known.title, ""), set())
        identified = _IDENTIFIED & values.live(self._kind).keys()
        return "name" if identified and any(row > 0 for row in named) else ""

    def _born(self, given: Mapping[str, Any]) -> dict[str, Any]:
        born: dict[str, Any] = {"owner": self._actor.id, "created_by": self._actor.id, **given}
        if self._begins:
            born |= {"pipeline": self._begins[0], "stage": self._begins[1]}
        return {name: value for name, value in born.items() if name in values.live(self._kind)}

    def _taken(self, first: Sequence[Outcome]) -> dict[tuple[str, Any], int]:
        """Return who holds already, among all records, the values that are held once."""
        found: dict[tuple[str, Any], int] = {}
        for one in values.live(self._kind).values():
            if one.unique:
                wanted = {value for each in first if (value := each.values.get(one.name)) is not None}
                path = values.attribute(one)
                rows = runtime.current().model(self._kind.name).objects.filter(**{f"{path}__in": wanted})
                found |= {(one.name, value): pk for value, pk in rows.values_list(path, "pk")}
        return found

    def _free(self, one: Outcome, taken: Mapping[tuple[str, Any], int]) -> Outcome:
        """Refuse a line whose value, held once, is another record's or an earlier line's."""
        mine = one.row or -one.read.line.n
        if one.fate not in ("create", "update"):
            return one
        problems = []
        for each in values.live(self._kind).values():
            pair = (each.name, one.values.get(each.name))
            if each.unique and pair[1] is not None:
                holder = taken.get(pair) or self._given.setdefault(pair, mine)
                if holder != mine:
                    problems.append(Problem(each.name, "records.value_taken", {"field": each.label.fr}))
        return replace(one, fate="refused", problems=tuple(problems)) if problems else one

    def _held(self, ids: set[int]) -> dict[int, Any]:
        model = runtime.current().model(self._kind.name)
        return {row.pk: row for row in model.objects.filter(pk__in=ids)} if ids else {}

    def _against(self, one: Outcome, row: Any, kept: Problem | None) -> Outcome:
        """Return what a line changes of the record that it is about."""
        if row is None or not rights.allows(self._actor, "update", "record", row):
            return replace(one, fate="refused", problems=(Problem(one.key, "connectors.may_not_update"),))
        if kept is not None:
            return replace(one, fate="refused", problems=(kept,))
        given, beside = one.values, one.read.beside
        if self._choices.fill:
            empty = {n for n in (*given, *beside) if is_empty(getattr(row, _attribute(self._kind, n)))}
            given = {n: v for n, v in given.items() if n in empty}
            beside = {n: v for n, v in beside.items() if n in empty}
        changes = rows.preview(self._kind, row, given)
        rows.preview(self._kind, row, dict.fromkeys(beside, _COMING))
        stage = one.read.stage if self._begins and one.read.stage != row.stage else None
        verdict, problems = self._passed(row, stage)
        if problems:
            return replace(one, fate="refused", problems=tuple(problems))
        fate: Fate = "update" if changes or stage or beside else "skip"
        found = replace(one, fate=fate, values=given, changes=changes, stage=stage, verdict=verdict)
        return replace(found, beside=beside)

    def _passed(self, row: Any, stage: str | None) -> tuple[Verdict | None, list[Problem]]:
        """Return what the gates say of taking a row to a stage, and why they refuse."""
        if stage is None or self._begins is None:
            return None, []
        if row.pipeline != self._begins[0]:
            return None, [Problem("stage", "connectors.other_pipeline")]
        verdict = operations.ask_gate(self._actor, kind=self._kind, row=row, to=stage, at=self._at)
        if verdict.opens and (not verdict.needs_motive or self._choices.motive):
            return verdict, []
        if self._choices.motive and rights.allows(self._actor, "override", "record", row):
            return verdict, []
        closed: Refusal = operations.closed_gate(self._actor, row=row, verdict=verdict)
        return verdict, list(closed.problems) or [Problem("motive", "records.motive_missing")]


def _attribute(kind: Object, name: str) -> str:
    return values.attribute(values.live(kind)[name])


def _unknown(kind: Object, read: Read) -> Iterator[Problem]:
    live = values.live(kind)
    for target, said in read.unknown.items():
        label = live[target].label.fr if target in live else target
        for one in said:
            yield Problem(target, read.whys[target, one], {"value": one, "field": label})
