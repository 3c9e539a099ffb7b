"""The front desk of conversions: what a lead would become, making it so, taking it back."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field, JsonValue

from portulan.api.actors import actor_of
from portulan.api.answers import as_json
from portulan.api.records import Id, Motive
from portulan.base import clock
from portulan.records import conversion, proposal

router = Router(tags=["records"])


class PartIn(Schema):
    """A record that is there, or the values of a new one and why in spite of one alike."""

    id: Id | None = None
    values: dict[str, JsonValue] = Field(default_factory=dict)
    motive: Motive = ""
    pipeline: str | None = None

    def part(self) -> conversion.Part:
        """Return it as the room of records reads it."""
        return conversion.Part(self.id, self.values, self.motive, self.pipeline)


class ConvertIn(Schema):
    """What a lead becomes, as of a version; `values` are those that its own gate asks for."""

    version: Annotated[int, Field(ge=1, lt=2**31)]
    account: PartIn
    contact: PartIn | None = None
    opportunity: PartIn
    values: dict[str, JsonValue] = Field(default_factory=dict)
    motive: Motive = ""
    override: bool = False


@router.get("/leads/{row_id}/conversion")
def proposed(request: HttpRequest, row_id: Id) -> HttpResponse:
    """Return what a lead would become, who is there already, and what it became if it did."""
    return as_json(proposal.proposal(actor_of(request), row_id=row_id))


@router.post("/leads/{row_id}/conversion")
def convert(request: HttpRequest, row_id: Id, wanted: ConvertIn) -> HttpResponse:
    """Make an account, a contact and a deal of a lead in one operation, and return what it became."""
    actor = actor_of(request)
    asked = conversion.Wanted(
        wanted.version,
        wanted.account.part(),
        wanted.contact.part() if wanted.contact else None,
        wanted.opportunity.part(),
        wanted.values,
        wanted.motive,
        wanted.override,
    )
    conversion.convert(actor, row_id=row_id, wanted=asked, at=clock.now())
    return as_json(conversion.find_conversion(actor, row_id=row_id), status=201)


@router.post("/conversions/{conversion_id}/undo", response={204: None})
def undo(request: HttpRequest, conversion_id: Id) -> HttpResponse:
    """Take a conversion back."""
    conversion.undo(actor_of(request), conversion_id=conversion_id, at=clock.now())
    return HttpResponse(status=204)
