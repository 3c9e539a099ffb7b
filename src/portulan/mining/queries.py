"""Reads of logs: what the actor may see of them, from the row, the file or the coded events."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from portulan.automation import queries as jobs
from portulan.base.refusals import NotNow, NotThere
from portulan.mining import (
    archive,
    evolution,
    held,
    outlook,
    own,
    places,
    sentences,
    show,
    tell,
    waited,
    winners,
    worth,
)
from portulan.mining import choices as choosing
from portulan.mining import dots as dotted
from portulan.mining import filters as filtering
from portulan.mining import preview as previews
from portulan.mining import rejected as rejections
from portulan.mining import replay as replays
from portulan.mining import study as studies
from portulan.mining.models import ImportedLog
from portulan.mining.outlook import ForesightAnswer
from portulan.mining.preview import Preview
from portulan.mining.shapes import (
    BlockedAnswer,
    CasesPage,
    ChoicesAnswer,
    ComparisonAnswer,
    DotsAnswer,
    DriftAnswer,
    FlowAnswer,
    LogAnswer,
    ReplayAnswer,
    WaitsAnswer,
    WorthAnswer,
)
from portulan.mining.shelf import Shelf
from portulan.mining.study import Study
from portulan.mining.tell import CasesAsked
from portulan.mining.winners import WinningAnswer
from portulan.people import actor as actors
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb

#: What is told that one may do to a log.
_SAID: tuple[Verb, ...] = ("delete", "export")
_MOVING = ("queued", "running")
_STUDIES: Shelf[Study] = Shelf(settings.LOG_CACHE_BYTES)


class LogNotReady(NotNow):
    """The log is not imported yet."""

    code = "mining.not_ready"


def logs(actor: Actor) -> list[LogAnswer]:
    """Return the logs, the newest first."""
    rows = list(rights.visible(actor, "read", "log", ImportedLog.objects.order_by("-id")))
    return _answers(actor, rows)


def get_log(actor: Actor, *, log_id: UUID) -> LogAnswer:
    """Return a log and where it stands.

    :raises NotThere: when there is none that the actor may see.
    """
    return _answers(actor, [row(actor, log_id=log_id)])[0]


def row(actor: Actor, *, log_id: UUID) -> ImportedLog:
    """Return the row of a log, for this room.

    :raises NotThere: when there is none that the actor may see.
    """
    found = rights.visible(actor, "read", "log", ImportedLog.objects.filter(pk=log_id)).first()
    if found is None:
        raise NotThere
    return found


def preview(actor: Actor, *, log_id: UUID) -> Preview:
    """Return what the file of a log seems to hold.

    :raises FileNotReadable: when it cannot be parsed.
    """
    one = row(actor, log_id=log_id)
    return previews.preview(places.upload(one.pk, one.suffix), actor.lang)


def rejected_csv(actor: Actor, *, log_id: UUID) -> Iterator[str]:
    """Return the rows set apart at the import, as pieces of a CSV file.

    :raises LogNotReady: when the log was never imported.
    :raises LogNotHeld: when it can be read no more and its file is gone.
    """
    one = row(actor, log_id=log_id)
    if not one.folder:
        raise LogNotReady
    return rejections.as_csv(archive.rejected(held.folder(one)), actor.lang)


def study(actor: Actor, *, log: str, filters: str = "", at: datetime) -> Study:
    """Return a log under study, from memory when it is there, or only its cases that pass some filters.

    `own:<map uid>` is our own events; `filters` is a stack in JSON.

    :raises NotThere: when there is none that the actor may see.
    :raises LogNotReady: when it was never imported.
    :raises LogNotHeld: when its events can be read no more and its file is gone.
    :raises FilterNotValid: when a filter cannot be read or names what the log does not hold.
    """
    return _narrowed(_whole(actor, log, at), filters)


def _narrowed(whole: Study, filters: str) -> Study:
    stack = filtering.read(filters)
    if not stack:
        return whole
    return whole.answer(stack, lambda: studies.narrowed(whole, filtering.chosen(whole, stack)))


def _whole(actor: Actor, log: str, at: datetime) -> Study:
    if log.startswith(own.PREFIX):
        return own.study(actor, pipeline=log.removeprefix(own.PREFIX), at=at)
    try:
        one = row(actor, log_id=UUID(log))
    except ValueError as error:
        raise NotThere from error
    if not one.folder:
        raise LogNotReady
    return _STUDIES.get((one.pk, one.folder), lambda: _archived(one))


def _archived(one: ImportedLog) -> Study:
    known = archive.read(held.folder(one))
    return studies.of_archive(known, owner=waited.owner_of(known.log, one.roles))


@dataclass(frozen=True)
class FlowAsked:
    """How much of a flow to see: shares of transitions and of steps, of the cases that pass some filters.

    `moving` says that a slider still moves: waits are rough then, and nothing else is told.
    """

    paths: float | None = None
    steps: float | None = None
    filters: str = ""
    moving: bool = False


_AS_IT_COMES = FlowAsked()


def flow(actor: Actor, *, log: str, asked: FlowAsked = _AS_IT_COMES, at: datetime) -> FlowAnswer:
    """Return the flow of a log as it is shown, with what the picture leaves out."""
    whole = _whole(actor, log, at)
    all_cases = len(whole.log.cases)
    if asked.moving:
        kept = filtering.chosen(whole, filtering.read(asked.filters))
        shown = show.show(whole, paths=asked.paths, steps=asked.steps, chosen=kept)
        return show.answer(shown, sentence=None, all_cases=all_cases)
    found = _narrowed(whole, asked.filters)
    shown = show.show(found, paths=asked.paths, steps=asked.steps)
    sentence = sentences.worst(found, found.blockages, actor.lang)
    return show.answer(shown, sentence=sentence, all_cases=all_cases)


def picture_worth(actor: Actor, *, log: str, asked: FlowAsked = _AS_IT_COMES, at: datetime) -> WorthAnswer:
    """Return what the flow of a log is worth as it is shown, and what it leaves out in a sentence."""
    found = study(actor, log=log, filters=asked.filters, at=at)

    def told() -> WorthAnswer:
        return worth.told(show.show(found, paths=asked.paths, steps=asked.steps), actor.lang)

    return found.answer(("worth", asked.paths, asked.steps, actor.lang), told)


def choices(actor: Actor, *, log: str, at: datetime) -> ChoicesAnswer:
    """Return what the cases of a log can be chosen by."""
    return choosing.choices(study(actor, log=log, at=at))


def blocked(actor: Actor, *, log: str, filters: str = "", at: datetime) -> BlockedAnswer:
    """Return where the cases of a log block."""
    return tell.blocked(study(actor, log=log, filters=filters, at=at), actor.lang)


def waits(actor: Actor, *, log: str, step: str, filters: str = "", at: datetime) -> WaitsAnswer:
    """Return how long cases stay at a step."""
    return tell.waits(study(actor, log=log, filters=filters, at=at), step)


def cases(actor: Actor, *, log: str, asked: CasesAsked, filters: str = "", at: datetime) -> CasesPage:
    """Return a page of the cases of a log; those of our own log bear their records."""
    found = study(actor, log=log, filters=filters, at=at)
    page = tell.cases(found, asked)
    return own.named(actor, found, page) if found.object_name else page


def dots(actor: Actor, *, log: str, filters: str = "", most: int = dotted.MOST, at: datetime) -> DotsAnswer:
    """Return the events of a log as dots, of as many whole cases as hold `most` events at most."""
    return dotted.dots(study(actor, log=log, filters=filters, at=at), actor.lang, most)


def replay(actor: Actor, *, log: str, case: str, at: datetime) -> ReplayAnswer:
    """Return a case of a log event by event.

    :raises NotThere: when the log has no such case that the actor may see.
    """
    return replays.replay(study(actor, log=log, at=at), case, actor.lang)


def changes(actor: Actor, *, log: str, filters: str = "", at: datetime) -> DriftAnswer:
    """Return when the process of a log changed."""
    found = study(actor, log=log, filters=filters, at=at)
    return found.answer(("changes", actor.lang), lambda: evolution.changes(found, actor.lang))


def winning(actor: Actor, *, log: str, filters: str = "", at: datetime) -> WinningAnswer:
    """Return what the contacts of the won cases of a log have that those of the lost ones have not.

    :raises NotAllowed: when the log is our own and the actor may not read its contacts.
    """
    found = study(actor, log=log, filters=filters, at=at)
    return found.answer(("winning", actor.lang), lambda: winners.told(found, actor.lang))


def foresight(actor: Actor, *, log: str, filters: str = "", at: datetime) -> ForesightAnswer:
    """Return how well the next step and the time left of the cases of a log are foreseen, and what is."""
    found = study(actor, log=log, filters=filters, at=at)
    return found.answer(("foresight", actor.lang), lambda: outlook.told(found, actor.lang))


def comparison(actor: Actor, *, log: str, before: str, after: str, at: datetime) -> ComparisonAnswer:
    """Return how the cases of a log that pass some filters differ from those that pass others.

    :raises FilterNotValid: when a filter cannot be read or names what the log does not hold.
    """
    whole = _whole(actor, log, at)
    one, two = (filtering.chosen(whole, filtering.read(stack)) for stack in (before, after))
    asked = ("comparison", before, after, actor.lang)
    return whole.answer(asked, lambda: evolution.comparison(whole, one & ~two, two & ~one, actor.lang))


def _answers(actor: Actor, rows: Iterable[ImportedLog]) -> list[LogAnswer]:
    rows = list(rows)
    asked = [one.job for one in rows if one.job]
    known = {job.pk: job for job in jobs.jobs(actors.system()).filter(pk__in=asked)} if asked else {}
    may = {verb: rights.allows(actor, verb, "log") for verb in _SAID}
    return [_answer(actor, one, known.get(one.job) if one.job else None, may=may) for one in rows]


def _answer(actor: Actor, one: ImportedLog, job: Any, *, may: Mapping[Verb, bool]) -> LogAnswer:
    now = state(one, job)
    return LogAnswer(
        id=str(one.pk),
        name=one.name,
        state=now,
        events=one.events,
        cases=one.cases,
        steps=one.steps,
        from_=one.first_at,
        to=one.last_at,
        rejected=one.rejected,
        set_aside=one.set_aside,
        sure_dates=one.sure_dates,
        ties=one.ties,
        source=one.source,
        credit=one.credit,
        file_name=one.file_name,
        bytes=one.file_bytes,
        roles={name: previews.SHOWN.get(role, role) for name, role in one.roles.items()},
        day_first=one.day_first,
        job=str(one.job) if one.job else None,
        progress=job.progress if job and now == "importing" else None,
        error=jobs.failure(actor, job=job, otherwise="mining.import_failed") if now == "failed" else None,
        created_at=one.created_at,
        may_delete=may["delete"],
        may_export=may["export"],
    )


def state(one: ImportedLog, job: Any) -> str:
    """Return where a log stands, from what it holds and its last import."""
    if job is not None and job.state in _MOVING:
        return "importing"
    if job is not None and job.state in ("failed", "cancelled"):
        return str(job.state)
    return "ready" if one.folder else "uploaded"
