"""What a step says has to be agreed becomes an approval; what cannot be asked is refused."""

import pytest

from portulan.blueprint import base_model
from portulan.blueprint.check import check
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.wording import Wording
from portulan.maps import starters
from portulan.maps.rules import DrawnApproval

BIG = {"field": "remise", "test": "greater", "value": "15"}


def built(**asked: object) -> Blueprint:
    drawn = starters.starter("vente")
    one = DrawnApproval.model_validate({"id": "ac_remise", "label": "Remise", **asked})
    steps = tuple(
        step.model_copy(update={"approvals": (one,) if step.id == "negociation" else ()})
        for step in drawn.steps
    )
    return compile_maps([drawn.model_copy(update={"steps": steps})], base_model.load())


def test_an_approval_drawn_on_a_step_is_asked_of_records_that_leave_its_stage() -> None:
    blueprint = built(condition=BIG, approvers=["direction", "hierarchy"])
    (one,) = blueprint.approvals
    assert (one.object, one.stage, one.origin and one.origin.element) == (
        "opportunity",
        "negociation",
        "negociation",
    )
    assert Wording("fr", blueprint).approval(one) == (
        "une affaire ne quitte « Négociation » qu’avec l’accord de : Direction ou la hiérarchie, "
        "quand Remise dépasse 15"
    )
    assert check(blueprint) == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"approvers": ["pape"]}, "blueprint.approval_unknown_role"),
        ({"condition": {**BIG, "field": "rien"}}, "base.condition_unknown_field"),
    ],
    ids=["role", "field"],
)
def test_an_approval_that_names_what_does_not_exist_is_refused(asked: dict[str, object], code: str) -> None:
    assert code in [one.code for one in check(built(**asked))]
