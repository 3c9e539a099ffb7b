"""The front desk of sound records: their quality, those that may be one, merging, keeping apart."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from portulan.api.actors import actor_of
from portulan.api.answers import as_json
from portulan.api.pages.kept import CareIn, UpheldOut
from portulan.automation import duplicates as passes
from portulan.base import clock
from portulan.records import merge, quality, suspects, trend, unattended, upkeep

router = Router(tags=["duplicates"])
Id = Annotated[int, Field(ge=1, lt=2**63)]


class LookRef(Schema):
    """A pass that was queued."""

    job: UUID


class MergeIn(Schema):
    """The record that becomes part of another, and the fields whose value is its own."""

    loser: Id
    taken: list[Annotated[str, Field(max_length=60)]] = []


class ApartIn(Schema):
    """Two records that are not the same, and why."""

    one: Id
    other: Id
    motive: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]


class ThresholdIn(Schema):
    """From how many points on records are merged by themselves."""

    threshold: int


class OfferedOut(Schema):
    """A threshold with what was measured at it."""

    threshold: int
    precision: float
    recall: float
    merged: int
    right: int


class SurvivorOut(Schema):
    """The record that stays after a merge."""

    id: int
    title: str


class DoneOut(Schema):
    """A merge that nobody looked at, and when it was undone, if it was."""

    id: int
    winner: SurvivorOut
    loser: str
    points: int
    at: datetime
    undone_at: datetime | None


class UnattendedOut(Schema):
    """From how many points on records are merged by themselves, if they are; what was merged so."""

    threshold: int | None
    may: bool
    offered: list[OfferedOut]
    done: list[DoneOut]


class UpkeepOut(Schema):
    """Who answers for the data of an object; `may`: say so; `answers`: the person themselves do."""

    object: str
    id: UUID | None
    care: UpheldOut | None
    may: bool
    answers: bool


@router.get("/quality")
def sound(request: HttpRequest, whose: quality.Whose = "all") -> HttpResponse:
    """Return how sound the records are, each number with the condition that it counts."""
    return as_json(quality.quality(actor_of(request), whose=whose, at=clock.now()))


@router.get("/quality/trend")
def sound_over_time(
    request: HttpRequest, months: Annotated[int, Query(ge=1, le=trend.LONGEST)] = 3
) -> HttpResponse:
    """Return how sound the records were, day after day, of everybody and of teams."""
    return as_json(trend.trend(actor_of(request), months=months, at=clock.now()))


@router.get("/quality/reviews", response=list[UpkeepOut])
def upkeeps(request: HttpRequest) -> Any:
    """Return, object by object, who answers for the data and when they are looked at again."""
    return upkeep.upkeeps(actor_of(request), at=clock.now())


@router.put("/quality/reviews/{object_name}", response={204: None})
def entrust(request: HttpRequest, object_name: str, body: CareIn) -> None:
    """Say who answers for the data of an object, and how often they are looked at."""
    upkeep.entrust(actor_of(request), object_name=object_name, **body.dict(), at=clock.now())


@router.post("/quality/reviews/{uuid:upkeep_id}/done", response={204: None})
def reviewed(request: HttpRequest, upkeep_id: UUID) -> None:
    """Note that the data of an object were looked at."""
    upkeep.done(actor_of(request), id=upkeep_id, at=clock.now())


@router.get("/duplicates/{object_name}")
def suspected(request: HttpRequest, object_name: str) -> HttpResponse:
    """Return the pairs of records that may be one, what merging gathers most first."""
    return as_json(suspects.queue(actor_of(request), object_name=object_name))


@router.post("/duplicates/{object_name}/look", response=LookRef)
def look_for(request: HttpRequest, object_name: str) -> dict[str, Any]:
    """Queue a pass over all records."""
    return {"job": passes.ask(actor_of(request), object_name=object_name, at=clock.now())}


@router.get("/duplicates/{object_name}/unattended", response=UnattendedOut)
def merged_alone(request: HttpRequest, object_name: str) -> Any:
    """Return whether records are merged by themselves, with what was measured, and those that were."""
    return unattended.choice(actor_of(request), object_name=object_name)


@router.put("/duplicates/{object_name}/unattended", response={204: None})
def merge_alone(request: HttpRequest, object_name: str, body: ThresholdIn) -> None:
    """Have records merged by themselves every night, where that is sure."""
    unattended.choose(actor_of(request), object_name=object_name, threshold=body.threshold, at=clock.now())


@router.delete("/duplicates/{object_name}/unattended", response={204: None})
def merge_no_more(request: HttpRequest, object_name: str) -> None:
    """Merge nothing by itself any more."""
    unattended.stop(actor_of(request), object_name=object_name, at=clock.now())


@router.post("/duplicates/{object_name}/apart", response={204: None})
def keep_apart(request: HttpRequest, object_name: str, said: ApartIn) -> HttpResponse:
    """Remember that two records are not the same, and why."""
    pair = merge.Pair(said.one, said.other)
    suspects.keep_apart(
        actor_of(request), object_name=object_name, pair=pair, motive=said.motive, at=clock.now()
    )
    return HttpResponse(status=204)


@router.post("/records/{object_name}/{row_id}/merge")
def merge_into(request: HttpRequest, object_name: str, row_id: Id, what: MergeIn) -> HttpResponse:
    """Make another record part of this one."""
    pair = merge.Pair(row_id, what.loser)
    made = merge.merge(
        actor_of(request), object_name=object_name, pair=pair, taken=what.taken, at=clock.now()
    )
    return as_json({"id": made})


@router.get("/records/{object_name}/{row_id}/merges")
def merged_into(request: HttpRequest, object_name: str, row_id: Id) -> HttpResponse:
    """Return what became part of a record and can be taken apart."""
    return as_json(merge.merges(actor_of(request), object_name=object_name, row_id=row_id))


@router.post("/merges/{merge_id}/undo", response={204: None})
def unmerge(request: HttpRequest, merge_id: Id) -> HttpResponse:
    """Take a merge apart."""
    merge.undo(actor_of(request), merge_id=merge_id, at=clock.now())
    return HttpResponse(status=204)
