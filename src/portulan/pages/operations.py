"""Writes about what is said: open a thread, answer, close, reopen, vote.

The right to comment is the right to read. Who is told travels with the event; the product tells them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portulan.base.refusals import NotNow, NotThere, NotValid, Problem
from portulan.events import log
from portulan.pages import happenings
from portulan.pages.mentions import mentioned
from portulan.pages.models import Message, Thread, Vote, Watch
from portulan.pages.targets import Place, Where, place_of
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb

KINDS = ("comment", "question", "proposal", "irritant")
LONGEST, LONGEST_REASON, MOST_MENTIONS = 4000, 500, 10
_MILDEST, _HEAVIEST = 1, 3


class ThreadNotValid(NotValid):
    """What was said does not hold."""

    code = "pages.thread_not_valid"


class ThreadClosedAlready(NotNow):
    """The thread is closed."""

    code = "pages.thread_closed"


@dataclass(frozen=True)
class Said:
    """What is said first: its kind, its words; of an irritant, who suffers and how much."""

    kind: str
    body: str
    who: str = ""
    severity: int | None = None
    carries_change: bool = False


def open_thread(actor: Actor, *, where: Where, said: Said, at: datetime) -> UUID:
    """Open a thread and return its id; who answers for the target is told.

    :raises NotThere: when there is no such target or element.
    :raises ThreadNotValid: when the kind, the words, the severity or a mention does not fit.
    """
    place = place_of(actor, where)
    rights.require(actor, "create", "thread")
    body, mentions = _checked(said.body, where), mentioned(said.body)
    _check_kind(said, place)
    with transaction.atomic():
        row = Thread.objects.create(
            target=where.target,
            target_id=where.id,
            element=where.element,
            kind=said.kind,
            carries_change=said.carries_change,
            who=_line(said.who, "who", 80),
            severity=(said.severity or 2) if said.kind == "irritant" else None,
            opened_at=at,
            opened_by_id=actor.id,
        )
        _write(actor, row, body, mentions, at)
        told = {"mentions": mentions, "watchers": sorted(set(place.keepers) - {actor.id})}
        _tell(actor, happenings.ThreadOpened, row, place, at, **told)
    return row.pk


def reply(actor: Actor, *, id: UUID, body: str, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Answer in a thread.

    :raises NotThere: when the actor may not know of the thread.
    :raises ThreadNotValid: when the words or a mention do not fit.
    """
    with transaction.atomic():
        row, place = _held(actor, "create", id)
        said, mentions = _checked(body, row.where), mentioned(body)
        watchers = _watchers(actor, row)
        _write(actor, row, said, mentions, at)
        _tell(actor, happenings.ThreadReplied, row, place, at, mentions=mentions, watchers=watchers)


def close(
    actor: Actor,
    *,
    id: UUID,  # noqa: A002 - the noun of the row
    state: str = "resolved",
    reason: str = "",
    at: datetime,
) -> None:
    """Close a thread: resolved, accepted or refused; a refusal says why.

    :raises ThreadClosedAlready: when it is closed.
    :raises ThreadNotValid: when a refusal gives no reason, or a change is accepted without being made.
    """
    with transaction.atomic():
        row, place = _held(actor, "update" if state == "resolved" else "manage", id)
        if row.carries_change and state == "accepted":
            raise ThreadNotValid(Problem("state", "pages.change_not_made"))
        _end(actor, (row, place), state, reason, at)


def accept_change(actor: Actor, *, id: UUID, reason: str, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Close a proposal whose change its room has just made.

    :raises ThreadClosedAlready: when it is closed.
    """
    with transaction.atomic():
        _end(actor, _held(actor, "manage", id), "accepted", reason, at)


def reopen(actor: Actor, *, id: UUID, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Open a closed thread again; doing it to an open one changes nothing."""
    with transaction.atomic():
        row, place = _held(actor, "update", id)
        if row.state == "open":
            return
        row.state, row.reason, row.closed_at, row.closed_by_id = "open", "", None, None
        row.save(update_fields=["state", "reason", "closed_at", "closed_by"])
        _tell(actor, happenings.ThreadReopened, row, place, at, watchers=_watchers(actor, row))


def vote(actor: Actor, *, id: UUID, given: bool, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Give a thread one's voice, or take it back; doing it twice changes nothing."""
    with transaction.atomic():
        row, _ = _held(actor, "read", id)
        if given:
            _, changed = Vote.objects.get_or_create(thread=row, person_id=actor.id)
        else:
            changed = bool(Vote.objects.filter(thread=row, person=actor.id).delete()[0])
        if changed:
            where = row.where
            what = happenings.ThreadVoted(where.subject, where.element, given)
            log.append(what, actor=actor, subject=f"thread:{row.pk}", case=where.subject, at=at)


def _held(actor: Actor, verb: Verb, thread_id: UUID) -> tuple[Thread, Place]:
    """Return a thread under lock and its place, when the actor may do this to it."""
    known = rights.visible(actor, "read", "thread", Thread.objects.select_for_update())
    row = known.filter(pk=thread_id).first()
    if row is None:
        raise NotThere
    rights.require(actor, verb, "thread", row)
    return row, place_of(actor, row.where)


def _end(actor: Actor, held: tuple[Thread, Place], state: str, reason: str, at: datetime) -> None:
    row, place = held
    if row.state != "open":
        raise ThreadClosedAlready
    why = _line(reason, "reason", LONGEST_REASON)
    if state not in ("resolved", "accepted", "refused"):
        raise ThreadNotValid(Problem("state", "pages.state_unknown"))
    if state == "refused" and not why:
        raise ThreadNotValid(Problem("reason", "pages.reason_missing"))
    row.state, row.reason, row.closed_at, row.closed_by_id = state, why, at, actor.id
    row.save(update_fields=["state", "reason", "closed_at", "closed_by"])
    more = {"state": state, "reason": why, "watchers": _watchers(actor, row)}
    _tell(actor, happenings.ThreadClosed, row, place, at, **more)


def _watchers(actor: Actor, row: Thread) -> list[int]:
    return sorted(row.watches.exclude(person=actor.id).values_list("person_id", flat=True))


def _write(actor: Actor, row: Thread, body: str, mentions: list[int], at: datetime) -> None:
    """Add a message; its author and those mentioned watch the thread from now on."""
    Message.objects.create(thread=row, body=body, at=at, by_id=actor.id)
    watching = {*mentions, *([actor.id] if actor.id is not None else [])}
    Watch.objects.bulk_create([Watch(thread=row, person_id=one) for one in watching], ignore_conflicts=True)


def _tell(actor: Actor, what: Any, row: Thread, place: Place, at: datetime, **more: Any) -> None:
    where = row.where
    facts = {"title": place.title, "label": place.label or "", "what": row.kind}
    said = what(on=where.subject, element=where.element, **facts, **more)
    log.append(said, actor=actor, subject=f"thread:{row.pk}", case=where.subject, at=at)


def _check_kind(said: Said, place: Place) -> None:
    if said.kind not in KINDS:
        raise ThreadNotValid(Problem("kind", "pages.kind_unknown"))
    if said.severity is not None and not _MILDEST <= said.severity <= _HEAVIEST:
        raise ThreadNotValid(Problem("severity", "pages.severity_misfit"))
    if place.label is None:
        raise NotThere


def _checked(body: str, where: Where) -> str:
    """Return the words as they are kept, when they fit and everybody mentioned may read them.

    :raises ThreadNotValid: with every reason.
    """
    said = body.replace("\0", "").strip()
    problems = [] if said else [Problem("body", "pages.body_missing")]
    if len(said) > LONGEST:
        problems.append(Problem("body", "pages.body_too_long", {"most": LONGEST}))
    named = mentioned(said)
    if len(named) > MOST_MENTIONS:
        problems.append(Problem("body", "pages.too_many_mentions", {"most": MOST_MENTIONS}))
    else:
        problems += [Problem("body", "pages.mention_cannot_read") for one in named if not _reads(one, where)]
    if problems:
        raise ThreadNotValid(*problems)
    return said


def _reads(person: int, where: Where) -> bool:
    try:
        place_of(people.get_actor(actors.system(), id=person), where)
    except NotThere:
        return False
    return True


def _line(text: str, name: str, most: int) -> str:
    line = " ".join(text.replace("\0", "").split())
    if len(line) > most:
        raise ThreadNotValid(Problem(name, "pages.line_too_long", {"most": most}))
    return line
