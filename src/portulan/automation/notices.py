"""What the product tells people: written where a rule, a clock or a failure has something to say.

A fact may be words or a time: it is said in the language of whoever reads it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from portulan.automation.models import Notice
from portulan.base import texts
from portulan.base.refusals import Refusal
from portulan.base.value import Value, Words
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor


def tell(
    persons: Iterable[int], code: str, facts: Mapping[str, Any], *, subject: str = "", at: datetime
) -> None:
    """Tell some people something, each once."""
    kept = {
        name: fact.model_dump(mode="json") if isinstance(fact, Value) else fact
        for name, fact in facts.items()
    }
    rows = [Notice(person_id=one, code=code, facts=kept, subject=subject, at=at) for one in set(persons)]
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
            "say": texts.say(one.code, actor.lang, **_said(one.facts, actor.lang)),
            "subject": one.subject,
            "seen_at": one.seen_at,
        }
        for one in rows[:limit]
    ]


def why(refusal: Refusal) -> Words:
    """Return what a refusal says, its problems with it."""
    said = {
        lang: " ".join([refusal.say(lang), *(one.say(lang) for one in refusal.problems)])
        for lang in texts.LANGUAGES
    }
    return Words.model_validate(said)


def since(after: UUID) -> dict[UUID, int]:
    """Return whom notices made after an identifier were for, by notice."""
    return dict(Notice.objects.filter(pk__gt=after).values_list("id", "person_id"))


def see(actor: Actor, *, ids: Iterable[UUID], at: datetime) -> None:
    """Note that the actor has seen some of what they were told."""
    Notice.objects.filter(person=actor.id, pk__in=list(ids), seen_at__isnull=True).update(seen_at=at)


def _said(facts: Mapping[str, Any], lang: str) -> dict[str, Any]:
    return {name: _say(fact, lang) if isinstance(fact, dict) else fact for name, fact in facts.items()}


def _say(fact: Mapping[str, Any], lang: str) -> str:
    if "unit" in fact:
        return texts.say(f"base.say_unit_{fact['unit']}", lang, n=fact["amount"])
    return Words.model_validate(fact).say(lang)
