"""The front desk of measures: the boards of a person, and what the figures of one say now."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field, JsonValue

from portulan.api.actors import actor_of
from portulan.api.answers import as_file, language
from portulan.api.records import Wanted
from portulan.base import clock
from portulan.maps.measures import Better, Counting, Period
from portulan.measures import queries
from portulan.measures.sheet import sheet

router = Router(tags=["measures"])


class BoardRef(Schema):
    """A board that the person may open, for which role it is, of how many figures on which records."""

    uid: str
    label: str
    role: str
    role_label: str
    mine: bool
    object: str
    object_label: str
    measures: int


class FigureOut(Schema):
    """A figure: its value as exact text, what it is made of, what it means, what it aims at.

    `condition` is that of the list of its `records`; of a rate, `whole` is that of the `of` records that the
    share is taken of; a conversion opens no list. `before` is the value at the same day of the period before.
    """

    uid: str
    label: str
    how: Counting
    says: str
    definition: str
    owner: str
    period: Period | None
    goal: float | None
    better: Better
    reached: bool | None
    unit: Literal["records", "money", "number", "percent", "days", "working_days"]
    currency: str
    value: str | None
    before: str | None
    records: int
    of: int | None = None
    condition: dict[str, JsonValue] | None
    whole: dict[str, JsonValue] | None


class BoardOut(BoardRef):
    """A board and its figures."""

    figures: list[FigureOut]


@router.get("/boards", response=list[BoardRef])
def boards(request: HttpRequest) -> object:
    """Return the boards that the person may open, those of their own roles first."""
    return queries.boards(actor_of(request))


@router.get("/boards/{uid}", response=BoardOut)
def board(
    request: HttpRequest, uid: str, condition: Annotated[str, Query(), Field(max_length=8000)] = ""
) -> object:
    """Return what the figures of a board say of the records that meet a condition, as JSON."""
    return queries.board(actor_of(request), uid=uid, condition=_asked(condition), at=clock.now())


@router.get("/boards/{uid}/csv")
def take_board(
    request: HttpRequest, uid: str, condition: Annotated[str, Query(), Field(max_length=8000)] = ""
) -> HttpResponse:
    """Return what the figures of a board say as a CSV file."""
    told = queries.board(actor_of(request), uid=uid, condition=_asked(condition), at=clock.now())
    name = f"{told['label']} – {told['role_label']}.csv"
    return as_file(sheet(told, language(request)), name, "text/csv; charset=utf-8")


def _asked(condition: str) -> object:
    return Wanted(condition=condition).asked(1).condition
