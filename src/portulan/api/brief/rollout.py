"""The phases of the rollout: what each switches on, what it needs, what it is worth, who uses it."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.base import clock
from portulan.blueprint.diff import Theme
from portulan.brief import rollout
from portulan.maps.model import Priority

router = Router(tags=["brief"])


class AdoptionOut(Schema):
    """What happened at a step lately."""

    records: int
    people: int


class FunctionOut(Schema):
    """A step in its phase, what it is worth, and its use as far as one may know."""

    map_id: str
    map: str
    element: str
    label: str
    phase: int
    level: Priority
    answers: list[str]
    people: int
    worth: int
    proposed: int
    adoption: AdoptionOut | None


class PhaseOut(Schema):
    """A phase: what it switches on, in sentences by theme, and what stands in its way."""

    n: int
    in_force: bool
    functions: list[FunctionOut]
    brings: dict[Theme, list[str]]
    needs: list[str]


class RolloutOut(Schema):
    """The phases; `reached` is the one in force, 0 before any process is."""

    reached: int
    phases: list[PhaseOut]


@router.get("/rollout", response=RolloutOut)
def get_rollout(request: HttpRequest) -> Any:
    """Return the phases of the published maps."""
    return rollout.rollout(actor_of(request), at=clock.now())
