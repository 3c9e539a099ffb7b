"""The front desk of records: lists, boards, one record, its moves, what happened to it.

Answers leave as they are read, without a response schema: lists are the hot path. What comes in is typed.
"""

from dataclasses import asdict
from datetime import date
from typing import Annotated

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field, JsonValue

from portulan.api.actors import actor_of
from portulan.api.answers import as_json
from portulan.base import clock
from portulan.base.conditions.check import ConditionNotValid
from portulan.base.refusals import Problem
from portulan.people import sharing
from portulan.people.actor import Actor
from portulan.records import (
    agenda,
    bulk,
    consents,
    duplicates,
    enter,
    figures,
    finding,
    held,
    meeting,
    operations,
    position,
    queries,
    saved,
    shifts,
    summary,
    timeline,
)
from portulan.records import board as boards
from portulan.records import day as days
from portulan.records.asked import Asked
from portulan.records.values import ValuesNotValid

router = Router(tags=["records"])
Id = Annotated[int, Field(ge=1, lt=2**63)]
Motive = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Version = Annotated[int, Field(ge=1, lt=2**31)]


class Wanted(Schema):
    """Which records: words of their title, a condition as JSON, a sort, where to go on from."""

    words: str = ""
    condition: str = ""
    sort: str = "id"
    after: str = ""

    def asked(self, limit: int) -> Asked:
        """Return it as the room of records reads it.

        :raises ConditionNotValid: when the condition is no JSON.
        """
        try:
            condition = orjson.loads(self.condition) if self.condition else None
        except orjson.JSONDecodeError as error:
            raise ConditionNotValid(Problem("/", "base.condition_shape")) from error
        return Asked(condition, self.words, self.sort, self.after, limit)


class ListWanted(Wanted):
    """A page of a list, or of the bin."""

    limit: int = 50
    bin: bool = False


class SummaryWanted(Wanted):
    """A summary, by group if asked, of measures such as `amount:sum,close_on:max`."""

    group_by: str = ""
    measures: Annotated[str, Field(max_length=2000)] = ""


class BoardWanted(Wanted):
    """A board, with so many cards a stage."""

    cards: int = 20


class ChangesWanted(Wanted):
    """What changed since a day, Monday unless said."""

    since: date | None = None


class RecordIn(Schema):
    """The first values of a record, its pipeline where its object has several, why in spite of one alike."""

    values: dict[str, JsonValue]
    pipeline: str | None = None
    motive: Motive = ""


class DuplicatesWanted(Schema):
    """The values of a record that does not exist yet, as JSON."""

    values: Annotated[str, Field(max_length=4000)] = "{}"

    def given(self) -> dict[str, JsonValue]:
        """Return the values by API name.

        :raises ValuesNotValid: when they are no object of JSON.
        """
        try:
            read = orjson.loads(self.values)
        except orjson.JSONDecodeError:
            read = None
        if not isinstance(read, dict):
            raise ValuesNotValid(Problem("values", "records.values_shape"))
        return read


class ChangeIn(Schema):
    """New values, and the version that they change."""

    version: Version
    values: dict[str, JsonValue]


class MoveIn(Schema):
    """Where to move a record, with the values the gate asks for, and why."""

    to: str
    version: Version
    values: dict[str, JsonValue] = Field(default_factory=dict)
    motive: Motive = ""
    override: bool = False


class AskDeletionIn(Schema):
    """Why something is asked for."""

    motive: Motive = ""


class BulkIn(Schema):
    """Many records, and what should become of each: new values, another stage, or the bin."""

    ids: list[Id]
    values: dict[str, JsonValue] = Field(default_factory=dict)
    to: str = ""
    motive: Motive = ""
    override: bool = False
    delete: bool = False


class ViewIn(Schema):
    """A view to keep, and for whom: oneself, one’s team or a role."""

    name: Motive
    search: dict[str, JsonValue]
    shared: sharing.Shared = "me"
    role: str = ""

    def wanted(self) -> sharing.Wanted:
        """Return it as the room of records reads it."""
        return sharing.Wanted(self.name, self.search, self.shared, self.role)


class NewViewIn(ViewIn):
    """A view to keep, of a list or of a pipeline."""

    object_name: str
    pipeline: str = ""


@router.get("/search")
def search(request: HttpRequest, words: str, objects: str = "", limit: int = 10) -> HttpResponse:
    """Return the records that answer the words best, of all objects or of those named (commas between)."""
    named = [one for one in objects.split(",") if one]
    hits = finding.search(actor_of(request), words=words, objects=named, limit=min(max(limit, 1), 50))
    return as_json({"hits": [asdict(hit) for hit in hits]})


@router.get("/records/{object_name}")
def listing(request: HttpRequest, object_name: str, wanted: Query[ListWanted]) -> HttpResponse:
    """Return a page of records: rows, titles of what they link to, where the next page begins."""
    asked = wanted.asked(wanted.limit)
    page = queries.listing(
        actor_of(request), object_name=object_name, asked=asked, at=clock.now(), binned=wanted.bin
    )
    return as_json({"rows": page.rows, "linked": page.linked, "next": page.next})


@router.get("/records/{object_name}/summary")
def summed(request: HttpRequest, object_name: str, wanted: Query[SummaryWanted]) -> HttpResponse:
    """Return how many records there are, what their columns measure, by group if asked."""
    measured = {"group_by": wanted.group_by, "measures": wanted.measures}
    return as_json(
        summary.summary(
            actor_of(request), object_name=object_name, asked=wanted.asked(0), at=clock.now(), **measured
        )
    )


@router.post("/records/{object_name}")
def create(request: HttpRequest, object_name: str, record: RecordIn) -> HttpResponse:
    """Create a record and return it."""
    actor = actor_of(request)
    made = enter.enter(
        actor,
        object_name=object_name,
        given=record.values,
        pipeline_uid=record.pipeline,
        motive=record.motive,
        at=clock.now(),
    )
    return _record(actor, object_name, made, status=201)


@router.post("/records/{object_name}/bulk")
def change_many(request: HttpRequest, object_name: str, many: BulkIn) -> HttpResponse:
    """Change many records; each goes through its gates, and the refused come back with their reasons."""
    asked = bulk.Change(**many.dict(exclude={"ids"}))
    return as_json(
        bulk.bulk(actor_of(request), object_name=object_name, ids=many.ids, change=asked, at=clock.now())
    )


@router.get("/records/{object_name}/duplicates")
def alike(request: HttpRequest, object_name: str, wanted: Query[DuplicatesWanted]) -> HttpResponse:
    """Return the records that may already be the one that these values describe, with what they share."""
    actor, given = actor_of(request), wanted.given()
    return as_json({"found": duplicates.duplicates(actor, object_name=object_name, given=given)})


@router.get("/records/{object_name}/{row_id}")
def read(request: HttpRequest, object_name: str, row_id: Id) -> HttpResponse:
    """Return a record, with what one may do with it; that a person was looked at is kept."""
    actor = actor_of(request)
    found = queries.get_record(actor, object_name=object_name, row_id=row_id)
    consents.saw(actor, object_name=object_name, row_id=row_id, at=clock.now())
    return as_json(found)


@router.patch("/records/{object_name}/{row_id}")
def update(request: HttpRequest, object_name: str, row_id: Id, change: ChangeIn) -> HttpResponse:
    """Change values of a record; refused with both values when somebody else changed it meanwhile."""
    actor, version, given = actor_of(request), change.version, change.values
    operations.update(
        actor, object_name=object_name, row_id=row_id, version=version, given=given, at=clock.now()
    )
    return _record(actor, object_name, row_id)


@router.post("/records/{object_name}/{row_id}/move")
def move(request: HttpRequest, object_name: str, row_id: Id, move: MoveIn) -> HttpResponse:
    """Move a record through the gates; refused with everything that lacks."""
    actor = actor_of(request)
    asked = operations.Move(**move.dict())
    operations.move(actor, object_name=object_name, row_id=row_id, move=asked, at=clock.now())
    return _record(actor, object_name, row_id)


@router.delete("/records/{object_name}/{row_id}", response={204: None})
def delete(request: HttpRequest, object_name: str, row_id: Id) -> HttpResponse:
    """Put a record into the bin."""
    operations.delete(actor_of(request), object_name=object_name, row_id=row_id, at=clock.now())
    return HttpResponse(status=204)


@router.post("/records/{object_name}/{row_id}/ask-deletion")
def ask_deletion(request: HttpRequest, object_name: str, row_id: Id, why: AskDeletionIn) -> HttpResponse:
    """Ask those who follow a record that one may not delete, or whose open records need it; once."""
    actor, at = actor_of(request), clock.now()
    asked = held.ask(actor, object_name=object_name, row_id=row_id, motive=why.motive, at=at)
    return as_json({"asked": asked})


@router.post("/records/{object_name}/{row_id}/restore")
def restore(request: HttpRequest, object_name: str, row_id: Id) -> HttpResponse:
    """Take a record back from the bin and return it."""
    actor = actor_of(request)
    operations.restore(actor, object_name=object_name, row_id=row_id, at=clock.now())
    return _record(actor, object_name, row_id)


@router.get("/records/{object_name}/{row_id}/timeline")
def happened(
    request: HttpRequest, object_name: str, row_id: Id, before: str = "", channels: str = "", limit: int = 50
) -> HttpResponse:
    """Return what happened to a record and what was said about it, newest first, of these channels."""
    actor, named = actor_of(request), [one for one in channels.split(",") if one]
    return as_json(
        timeline.timeline(
            actor, object_name=object_name, row_id=row_id, before=before, channels=named, limit=limit
        )
    )


@router.get("/records/{object_name}/{row_id}/waiting")
def waiting(request: HttpRequest, object_name: str, row_id: Id) -> HttpResponse:
    """Return the open activities about a record, the nearest first; null when none can be about it."""
    return as_json(agenda.waiting(actor_of(request), object_name=object_name, row_id=row_id))


@router.get("/records/{object_name}/{row_id}/position")
def where(request: HttpRequest, object_name: str, row_id: Id) -> HttpResponse:
    """Return where a record is on its map, or null when it travels along no pipeline."""
    actor = actor_of(request)
    return as_json(position.position(actor, object_name=object_name, row_id=row_id, at=clock.now()))


@router.get("/records/{object_name}/{row_id}/before")
def before(request: HttpRequest, object_name: str, row_id: Id, meeting_id: Id | None = None) -> HttpResponse:
    """Return what to read before meeting the client of a record, for that meeting or the next one."""
    actor, at = actor_of(request), clock.now()
    return as_json(meeting.sheet(actor, object_name=object_name, row_id=row_id, meeting=meeting_id, at=at))


@router.get("/records/{object_name}/{row_id}/figures")
def stands(request: HttpRequest, object_name: str, row_id: Id) -> HttpResponse:
    """Return how many records about a record are open or won, what they are worth, and what renews next."""
    actor, at = actor_of(request), clock.now()
    return as_json(figures.figures(actor, object_name=object_name, row_id=row_id, at=at))


@router.get("/records/{object_name}/{row_id}/related")
def around(request: HttpRequest, object_name: str, row_id: Id) -> HttpResponse:
    """Return the records that point to a record, the newest few of each kind."""
    return as_json(queries.related_lists(actor_of(request), object_name=object_name, row_id=row_id))


@router.get("/bins")
def bins(request: HttpRequest) -> HttpResponse:
    """Return what lies in the bins that one may take back, the first of each object."""
    return as_json(queries.bins(actor_of(request), at=clock.now()))


@router.get("/day")
def day(request: HttpRequest) -> HttpResponse:
    """Return the working day of the person signed in: overdue, today, next, and their deals adrift."""
    return as_json(days.day(actor_of(request), at=clock.now()))


@router.get("/pipelines/{pipeline}/changes")
def changes(request: HttpRequest, pipeline: str, wanted: Query[ChangesWanted]) -> HttpResponse:
    """Return what changed in a pipeline since a day: the sums before and now reconcile."""
    asked, since = wanted.asked(0), wanted.since
    found = shifts.shifts(actor_of(request), pipeline_uid=pipeline, since=since, asked=asked, at=clock.now())
    return as_json(found)


@router.get("/views")
def views(request: HttpRequest, object_name: str, pipeline: str = "") -> HttpResponse:
    """Return the saved views of a list, or of a pipeline, that one may open."""
    return as_json(saved.views(actor_of(request), object_name=object_name, pipeline=pipeline))


@router.post("/views", response={201: None})
def save_view(request: HttpRequest, view: NewViewIn) -> HttpResponse:
    """Keep a view and return its id."""
    actor, wanted = actor_of(request), view.wanted()
    made = saved.save(
        actor, object_name=view.object_name, pipeline=view.pipeline, wanted=wanted, at=clock.now()
    )
    return as_json({"id": made}, status=201)


@router.put("/views/{view_id}", response={204: None})
def change_view(request: HttpRequest, view_id: Id, view: ViewIn) -> HttpResponse:
    """Replace a view."""
    saved.change(actor_of(request), id=view_id, wanted=view.wanted(), at=clock.now())
    return HttpResponse(status=204)


@router.delete("/views/{view_id}", response={204: None})
def delete_view(request: HttpRequest, view_id: Id) -> HttpResponse:
    """Drop a view."""
    saved.delete(actor_of(request), id=view_id, at=clock.now())
    return HttpResponse(status=204)


@router.get("/board/{pipeline}")
def board(request: HttpRequest, pipeline: str, wanted: Query[BoardWanted]) -> HttpResponse:
    """Return a pipeline: totals, stages, their first cards."""
    asked = wanted.asked(wanted.cards)
    return as_json(boards.board(actor_of(request), pipeline_uid=pipeline, asked=asked, at=clock.now()))


@router.get("/board/{pipeline}/{stage}")
def cards(request: HttpRequest, pipeline: str, stage: str, wanted: Query[BoardWanted]) -> HttpResponse:
    """Return more cards of a stage, from a cursor on."""
    actor, asked, at = actor_of(request), wanted.asked(wanted.cards), clock.now()
    return as_json(boards.stage_cards(actor, pipeline_uid=pipeline, stage_uid=stage, asked=asked, at=at))


def _record(actor: Actor, object_name: str, row_id: int, *, status: int = 200) -> HttpResponse:
    """Return a record after a change, or nothing when the change took it out of the actor's sight."""
    found = queries.find_record(actor, object_name=object_name, row_id=row_id)
    return as_json(found, status=status) if found else HttpResponse(status=204)
