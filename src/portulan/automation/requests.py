"""Reads of approvals: what waits for one’s decision, what was asked about a record, how many by stage."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from portulan.automation import approvals, approvers
from portulan.automation.models import Request
from portulan.base import texts
from portulan.base.durations import Duration
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import lines, queries, rows, runtime

LISTED = 200


def to_decide(actor: Actor, *, at: datetime) -> list[dict[str, Any]]:
    """Return what waits for the actor's decision, the longest waiting first."""
    waiting = Request.objects.filter(state=Request.State.ASKED).order_by("asked_at", "pk")
    mine = [one for one in waiting if actor.id in approvers.of(one, at).allowed][:LISTED]
    return _told(actor, mine, at)


def of_record(actor: Actor, *, object_name: str, row_id: int, at: datetime) -> list[dict[str, Any]]:
    """Return what was asked about a record, the newest first.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    subject = rows.subject(runtime.current().object(object_name), row_id)
    return _told(actor, list(Request.objects.filter(subject=subject).order_by("-asked_at", "-pk")[:50]), at)


def by_stage(actor: Actor) -> dict[str, int]:
    """Return how many records that the actor sees wait for a decision, by the stage where they stand."""
    ids: dict[str, set[int]] = {}
    for subject in Request.objects.filter(state=Request.State.ASKED).values_list("subject", flat=True):
        uid, _, row_id = subject.partition(":")
        ids.setdefault(uid, set()).add(int(row_id))
    found: Counter[str] = Counter()
    for uid, some in ids.items():
        kind = runtime.find_object(uid)
        if kind is not None:
            model = runtime.current().model(kind.name)
            seen = rights.visible(actor, "read", "record", model.objects.filter(pk__in=some))
            found.update(seen.values_list(_stage_of(uid), flat=True))
    return dict(found)


def _stage_of(uid: str) -> str:
    """Return where the stage of a record is found: a quote stands where its deal does."""
    return f"{lines.DEAL}__stage" if uid == lines.QUOTE else "stage"


def _told(actor: Actor, requests: list[Request], at: datetime) -> list[dict[str, Any]]:
    titles = approvals.titles(requests)
    persons = people.named(actor, ids=_persons(requests))
    return [_one(actor, one, titles, persons, at) for one in requests]


def _persons(requests: Iterable[Request]) -> set[int]:
    return {who for one in requests for who in (one.asked_by_id, one.decided_by_id) if who}


def _one(
    actor: Actor, one: Request, titles: dict[str, str], persons: dict[int, Any], at: datetime
) -> dict[str, Any]:
    uid, _, row_id = one.subject.partition(":")
    kind, waits = runtime.find_object(uid), one.state == Request.State.ASKED
    asker, decider = persons.get(one.asked_by_id or 0), persons.get(one.decided_by_id or 0)
    labels = {stage.uid: stage.label for way in runtime.current().blueprint.pipelines for stage in way.stages}
    return {
        "id": one.pk,
        "object": kind.name if kind else "",
        "row_id": int(row_id),
        "title": titles.get(one.subject, ""),
        "label": one.label,
        "to": labels[one.to].say(actor.lang) if one.to in labels else "",
        "state": one.state,
        "comment": one.comment,
        "asked_at": one.asked_at,
        "asked_by": asker.name if asker else None,
        "who": approvers.names(one) if waits else [],
        "decided_at": one.decided_at,
        "decided_by": decider.name if decider else None,
        "answer": one.answer,
        "remind": _span(one, actor.lang),
        "may_decide": waits and not actor.seen_by and actor.id in approvers.of(one, at).allowed,
        "may_withdraw": waits and approvals.may_withdraw(actor, one),
    }


def _span(one: Request, lang: str) -> str | None:
    if one.remind_after is None:
        return None
    span = Duration.model_validate(one.remind_after)
    return texts.say(f"base.say_unit_{span.unit}", lang, n=span.amount)
