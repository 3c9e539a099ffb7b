"""What the product tells people: written where a rule, a clock or a failure has something to say."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from portulan.automation.models import Notice
from portulan.base import texts
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor


def tell(
    persons: Iterable[int], code: str, facts: Mapping[str, Any], *, subject: str = "", at: datetime
) -> None:
    """Tell some people something, each once."""
    rows = [
        Notice(person_id=one, code=code, facts=dict(facts), subject=subject, at=at) for one in set(persons)
    ]
    Notice.objects.bulk_create(rows)


def to_administrators(code: str, facts: Mapping[str, Any], *, subject: str = "", at: datetime) -> None:
    """Tell those who look after the product."""
    tell(people.administrators(actors.system()), code, facts, subject=subject, at=at)


def notices(actor: Actor, *, unseen: bool = False, limit: int = 50) -> list[dict[str, Any]]:
    """Return what the actor was told, newest first, in their language."""
    rows = Notice.objects.filter(person=actor.id).order_by("-id")
    if unseen:
        rows = rows.filter(seen_at__isnull=True)
    return [
        {
            "id": one.pk,
            "at": one.at,
            "say": texts.say(one.code, actor.lang, **one.facts),
            "subject": one.subject,
            "seen_at": one.seen_at,
        }
        for one in rows[:limit]
    ]


def since(after: UUID) -> dict[UUID, int]:
    """Return whom notices made after an identifier were for, by notice."""
    return dict(Notice.objects.filter(pk__gt=after).values_list("id", "person_id"))


def see(actor: Actor, *, ids: Iterable[UUID], at: datetime) -> None:
    """Note that the actor has seen some of what they were told."""
    Notice.objects.filter(person=actor.id, pk__in=list(ids), seen_at__isnull=True).update(seen_at=at)
