"""What people agreed to, purpose by purpose, with its legal basis and what proves it; who saw their records.

Owns the purposes and the bases of the regulation. Nothing is changed or removed: what counts is what was said
last. Refuses a consent without proof.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from django.db import transaction

from portulan.base.refusals import NotValid, Problem
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import happenings, privacy, queries, rows, runtime
from portulan.records.models import Consent, Reading

Purpose = Literal["prospecting", "newsletter", "contract", "support", "study"]
Basis = Literal["consent", "contract", "legal", "vital", "public", "interest"]
PURPOSES: tuple[str, ...] = get_args(Purpose)
_LONGEST, _SHOWN = 2000, 100


class ConsentNotValid(NotValid):
    """What was agreed to cannot be written down so."""

    code = "records.consent_not_valid"


@dataclass(frozen=True)
class Said:
    """What a person said about a purpose, when, and what proves it."""

    purpose: Purpose
    basis: Basis
    given: bool
    proof: str
    said_at: datetime


def record(
    actor: Actor,
    *,
    object_name: str,
    row_id: int,
    said: Said,
    at: datetime,
) -> None:
    """Write down what a person said about a purpose, and what proves it.

    :raises NotAPerson: when the record is about none.
    :raises ConsentNotValid: when a consent has no proof, or was given tomorrow.
    """
    kind = _personal(object_name)
    problems = []
    if said.basis == "consent" and not said.proof.strip():
        problems.append(Problem("proof", "records.consent_proof"))
    if said.said_at > at:
        problems.append(Problem("said_at", "records.consent_future"))
    if problems:
        raise ConsentNotValid(*problems)
    with transaction.atomic():
        rows.locked(actor, "update", object_name, row_id=row_id)
        Consent.objects.create(
            object=kind.uid, row=row_id, purpose=said.purpose, basis=said.basis, given=said.given,
            proof=said.proof.strip()[:_LONGEST], said_at=said.said_at, at=at, by_id=actor.id,
        )  # fmt: skip
        what = happenings.ConsentRecorded(said.purpose, said.basis, said.given)
        log.append(what, actor=actor, subject=rows.subject(kind, row_id), at=at)


def consents(actor: Actor, *, object_name: str, row_id: int) -> dict[str, Any]:
    """Return what stands for each purpose, and everything that was said, the newest first.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    kind = _personal(object_name)
    found = list(Consent.objects.filter(object=kind.uid, row=row_id).order_by("-at", "-pk"))
    names = people.named(actor, ids={one.by_id for one in found if one.by_id})
    told = [_told(one, names) for one in found]
    stands: dict[str, Any] = {}
    for one in told:
        stands.setdefault(one["purpose"], one)
    return {"stands": [{"purpose": name, "said": stands.get(name)} for name in PURPOSES], "said": told}


def saw(actor: Actor, *, object_name: str, row_id: int, at: datetime) -> None:
    """Keep that the actor looked at a person; nothing for what is no person."""
    kind = runtime.current().object(object_name)
    if actor.id is None or not privacy.is_personal(kind):
        return
    hour = at.replace(minute=0, second=0, microsecond=0)
    one = Reading(object=kind.uid, row=row_id, by_id=actor.id, hour=hour)
    Reading.objects.bulk_create([one], ignore_conflicts=True)


def readings(actor: Actor, *, object_name: str, row_id: int) -> list[dict[str, Any]]:
    """Return who looked at a person and when, the newest first, to those who may forget them.

    :raises NotAllowed: to anybody else.
    """
    kind, _ = privacy.person(actor, object_name=object_name, row_id=row_id)
    found = list(Reading.objects.filter(object=kind.uid, row=row_id).order_by("-hour", "by")[:_SHOWN])
    names = people.named(actor, ids={one.by_id for one in found})
    return [{"by": names[one.by_id].name, "at": one.hour.isoformat()} for one in found if one.by_id in names]


def _personal(object_name: str) -> Object:
    kind = runtime.current().object(object_name)
    if not privacy.is_personal(kind):
        raise privacy.NotAPerson
    return kind


def _told(one: Consent, names: Any) -> dict[str, Any]:
    by = names.get(one.by_id or 0)
    return {
        "purpose": one.purpose,
        "basis": one.basis,
        "given": one.given,
        "proof": one.proof,
        "said_at": one.said_at.isoformat(),
        "at": one.at.isoformat(),
        "by": by.name if by else None,
    }
