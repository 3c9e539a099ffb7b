"""The last calls of each door: what came of them, or why they were refused.

Keeps neither what was said nor who said it; the oldest are let go.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from portulan.automation import subjects
from portulan.automation.models import Call, Door
from portulan.base import texts
from portulan.base.refusals import Refusal
from portulan.people.actor import Actor

#: The calls that each door keeps.
KEPT = 20


def keep(door: Door, at: datetime, *, subject: str = "", refusal: Refusal | None = None) -> None:
    """Keep a call, in the caller’s transaction."""
    says = {lang: _said(refusal, lang) for lang in texts.LANGUAGES} if refusal else {}
    Call.objects.create(door=door, at=at, subject=subject, says=says)
    mine = Call.objects.filter(door=door)
    mine.exclude(pk__in=list(mine.order_by("-id").values_list("pk", flat=True)[:KEPT])).delete()


def last(actor: Actor, *, doors: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return the calls of some doors, the newest first, each with its record where the actor sees it."""
    told: dict[UUID, list[dict[str, Any]]] = {door: [] for door in doors}
    found = list(Call.objects.filter(door__in=told).order_by("-id"))
    records = subjects.shown(actor, subjects={one.subject for one in found})
    for one in found:
        said = {"at": one.at, "record": records.get(one.subject), "refused": one.says.get(actor.lang)}
        told[one.door_id].append(said)
    return told


def _said(refusal: Refusal, lang: str) -> str:
    return " ".join(one.say(lang) for one in refusal.problems) or refusal.say(lang)
