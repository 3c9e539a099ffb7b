"""What happened to a record and the activities about it, in one order, newest first.

What happened is told in sentences; fields hidden from the reader say nothing.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from babel.lists import format_list
from django.db.models import Q

from portulan.base import texts
from portulan.base.refusals import NotValid
from portulan.base.value import Words
from portulan.blueprint.schema import Field, Object
from portulan.events import queries as events
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import agenda, merge, queries, rows, runtime, scope, wording
from portulan.records.query import ALWAYS

LIMIT = 100
#: The channel of what happened to the record itself; those of activities are their kinds.
OWN = "record"
_OWN = frozenset({"pipeline", "stage", "stage_since", "closed_at", "updated_at", "deleted_at", "deleted_by"})
_UNTOLD = ("record.followed",)
Data = Mapping[str, Any]


class PlaceNotValid(NotValid):
    """The timeline cannot go on from there."""

    code = "records.cursor_not_valid"


@dataclass(frozen=True)
class Place:
    """Where a page ends: a moment, and what was shown last; at one moment events come before activities."""

    at: datetime
    event: UUID | None = None
    activity: int | None = None

    @classmethod
    def read(cls, text: str) -> "Place":
        """Return the place that `str` wrote.

        :raises PlaceNotValid: when it is none.
        """
        at, _, last = text.partition("~")
        try:
            moment = datetime.fromisoformat(at).astimezone(UTC)
            return cls(moment, None, int(last)) if last.isdecimal() else cls(moment, UUID(last))
        except (ValueError, OverflowError) as error:
            raise PlaceNotValid from error

    def __str__(self) -> str:
        """Return it as text."""
        moment = self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return f"{moment}~{self.event or self.activity}"

    def before(self, at: str) -> Q:
        """Return the filter of the activities that follow, `at` being the field of their moment."""
        older = Q(**{f"{at}__lt": self.at})
        if self.event is not None:
            return older | Q(**{at: self.at})
        return older | Q(**{at: self.at, "pk__lt": self.activity})


Told = tuple[Place, dict[str, Any]]


def timeline(
    actor: Actor,
    *,
    object_name: str,
    row_id: int,
    before: str = "",
    channels: Collection[str] = (),
    limit: int = 50,
) -> dict[str, Any]:
    """Return a page of what happened to a record and of the activities about it, and where the next begins.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    kind = runtime.current().object(object_name)
    place = Place.read(before) if before else None
    limit = min(max(limit, 1), LIMIT)
    found: list[Told] = []
    if not channels or OWN in channels:
        found += _events(actor, kind, row_id, place, limit + 1)
    said = [one for one in channels if one != OWN]
    if said or not channels:
        found += _activities(actor, kind, row_id, place, said, limit + 1)
    found.sort(key=_order, reverse=True)
    page = found[:limit]
    return {"rows": [told for _, told in page], "next": str(page[-1][0]) if len(found) > limit else None}


def _order(told: Told) -> tuple[Any, ...]:
    place = told[0]
    return place.at, place.event is not None, place.event or place.activity


def _events(actor: Actor, kind: Object, row_id: int, place: Place | None, limit: int) -> list[Told]:
    before = (place.at, place.event) if place else None
    parts = [rows.subject(kind, one) for one in merge.absorbed(kind, row_id)]
    subject = rows.subject(kind, row_id)
    found = events.of_subject(subject, also=parts, without=_UNTOLD, before=before, limit=limit)
    teller = _teller(actor, kind, found)
    persons = people.named(actor, ids={one.actor_id for one in found if one.actor_id})
    return [
        (
            Place(one.at, one.pk),
            {
                "id": str(one.pk),
                "at": one.at.isoformat(),
                "kind": one.kind,
                "channel": OWN,
                "actor": _person(persons.get(one.actor_id or 0)),
                "provenance": one.provenance,
                "say": teller.say(one.kind, one.data),
                "motive": one.data.get("motive") or None,
                "changes": teller.changes(one.data),
                "activity": None,
            },
        )
        for one in found
    ]


def _activities(
    actor: Actor, kind: Object, row_id: int, place: Place | None, kinds: Collection[str], limit: int
) -> list[Told]:
    book = agenda.book(actor)
    mine = agenda.about(book, kind.uid, row_id) if book else None
    if book is None or mine is None:
        return []
    before = place.before(book.names["done_at"]) if place else ALWAYS
    found = agenda.done(book, mine, kinds=kinds, before=before, limit=limit)
    owners = [told["linked"].get("owner", {}).get("id") for _, told in found]
    persons = people.named(actor, ids=filter(None, owners))
    return [
        (
            Place(at, activity=told["id"]),
            {
                "id": f"activity:{told['id']}",
                "at": at.isoformat(),
                "kind": "activity",
                "channel": told.get("kind"),
                "actor": _person(persons.get(owner or 0)),
                "provenance": None,
                "say": told.get("name") or "",
                "motive": None,
                "changes": [],
                "activity": told,
            },
        )
        for (at, told), owner in zip(found, owners, strict=True)
    ]


@dataclass(frozen=True)
class _Teller:
    """Tells events to one person: the fields they may read, the labels of stages and criteria."""

    lang: str
    fields: Mapping[str, Field]
    labels: Mapping[str, Words]
    wording: wording.Wording

    def say(self, kind: str, data: Data) -> str:
        return _SAYERS.get(kind, _other)(self, {**data, "kind": kind})

    def changes(self, data: Data) -> list[dict[str, Any]]:
        return [
            {
                "field": field.name,
                "label": field.label.model_dump(),
                "before": self.wording.say(field, before),
                "after": self.wording.say(field, after),
            }
            for field, before, after in _changed(self.fields, data)
        ]

    def text(self, key: str, **facts: Any) -> str:
        return texts.say(f"records.said_{key}", self.lang, **facts)

    def label(self, uid: str) -> str:
        words = self.labels.get(uid)
        return words.say(self.lang) if words else uid

    def listed(self, names: Iterable[str]) -> str:
        quoted = [self.text("quoted", value=name) for name in names]
        return format_list(quoted, locale=self.lang)


def _teller(actor: Actor, kind: Object, page: Sequence[Any]) -> _Teller:
    blueprint = runtime.current().blueprint
    fields = {one.uid: one for one in scope.readable(blueprint, actor, kind) if one.uid not in _OWN}
    stages = [stage for one in blueprint.pipelines for stage in one.stages]
    criteria = [one for stage in stages for one in (*stage.entry, *stage.exit)]
    labels = {stage.uid: stage.label for stage in stages} | {one.id: Words(fr=one.label) for one in criteria}
    said = [
        (field, value)
        for one in page
        for field, *both in _changed(fields, one.data)
        for value in both
    ]  # fmt: skip
    return _Teller(actor.lang, fields, labels, wording.Wording(actor, said))


def _changed(fields: Mapping[str, Field], data: Data) -> list[tuple[Field, Any, Any]]:
    return [(fields[uid], *both) for uid, both in data.get("changes", {}).items() if uid in fields]


def _person(person: people.Person | None) -> dict[str, Any] | None:
    return person.shown if person else None


def _created(teller: _Teller, data: Data) -> str:
    stage = data.get("stage")
    return teller.text("created_at", stage=teller.label(stage)) if stage else teller.text("created")


def _updated(teller: _Teller, data: Data) -> str:
    fields = [field.label.say(teller.lang) for field, *_ in _changed(teller.fields, data)]
    return teller.text("updated", fields=teller.listed(fields)) if fields else teller.text("updated_hidden")


def _moved(teller: _Teller, data: Data) -> str:
    key = "moved_back" if data.get("back") else "moved"
    said = teller.text(key, before=teller.label(data["from"]), after=teller.label(data["to"]))
    skipped = [teller.label(uid) for uid in data.get("skipped", ())]
    return teller.text("skipped", said=said, stages=teller.listed(skipped)) if skipped else said


def _refused(teller: _Teller, data: Data) -> str:
    key = "refused" if data["kind"] == "gate.refused" else "overridden"
    said = teller.text(key, before=teller.label(data["from"]), after=teller.label(data["to"]))
    lacking = [
        *(teller.fields[uid].label.say(teller.lang) for uid in data["missing"] if uid in teller.fields),
        *(teller.label(uid) for uid in data["unmet"]),
        *(teller.text(f"lacking_{reason}") for reason in data["blocked"]),
    ]
    return teller.text("lacking", said=said, lacking=teller.listed(lacking)) if lacking else said


def _other(teller: _Teller, data: Data) -> str:
    return teller.text("other", kind=data["kind"])


_SAYERS: dict[str, Callable[[_Teller, Data], str]] = {
    "record.created": _created,
    "record.updated": _updated,
    "record.moved": _moved,
    "promise.at_risk": lambda teller, _: teller.text("promise_at_risk"),
    "promise.broken": lambda teller, _: teller.text("promise_broken"),
    "approval.asked": lambda teller, data: teller.text("approval_asked", label=data["label"]),
    "approval.decided": lambda teller, data: teller.text(
        "approval_granted" if data["granted"] else "approval_refused", label=data["label"]
    ),
    "approval.withdrawn": lambda teller, data: teller.text("approval_withdrawn", label=data["label"]),
    "signal.raised": lambda teller, data: teller.text("signal", label=data["label"]),
    "form.received": lambda teller, data: teller.text("form", label=data["label"]),
    "assignment.taken": lambda teller, _: teller.text("taken"),
    "assignment.passed": lambda teller, _: teller.text("passed"),
    "record.escalated": lambda teller, data: teller.text("escalated", text=data["text"]),
    "record.deleted": lambda teller, _: teller.text("deleted"),
    "record.restored": lambda teller, _: teller.text("restored"),
    "record.merged": lambda teller, data: teller.text("merged", title=data["title"]),
    "record.unmerged": lambda teller, data: teller.text("unmerged", title=data["title"]),
    "lead.converted": lambda teller, _: teller.text("converted"),
    "lead.unconverted": lambda teller, _: teller.text("unconverted"),
    "opportunity.born": lambda teller, _: teller.text("born_of_lead"),
    "record.anonymised": lambda teller, _: teller.text("anonymised"),
    "person.forgotten": lambda teller, _: teller.text("forgotten"),
    "person.kept": lambda teller, _: teller.text("person_kept"),
    "person.released": lambda teller, _: teller.text("person_released"),
    "person.exported": lambda teller, _: teller.text("exported"),
    "consent.recorded": lambda teller, data: teller.text(
        "consent_given" if data["given"] else "consent_taken"
    ),
    "deletion.asked": lambda teller, _: teller.text("deletion_asked"),
    "document.added": lambda teller, data: teller.text(
        "document_added" if data["n"] == 1 else "document_renewed", n=data["n"]
    ),
    "document.removed": lambda teller, _: teller.text("document_removed"),
    "record.kept_apart": lambda teller, _: teller.text("kept_apart"),
    "gate.refused": _refused,
    "gate.overridden": _refused,
}
