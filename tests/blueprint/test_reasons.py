"""Why a part exists: the element of the published map that asks for it, and the irritants that it answers."""

from collections.abc import Iterator
from typing import Any

import pytest

import make
from portulan.base.refusals import NotThere
from portulan.blueprint import reasons
from portulan.blueprint.diff import Theme
from portulan.blueprint.schema import Origin
from portulan.maps import operations as maps
from portulan.maps import queries as drawn
from portulan.maps.model import Friction
from portulan.people import actor as actors
from portulan.people.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()


@pytest.fixture
def sold(transactional_db: None) -> Iterator[None]:
    """The CRM of the sales starter, whose published map says that discounts hurt at the negotiation."""
    made = maps.create(SYSTEM, title="", state="to_be", subject=None, starter="vente", at=make.AT)
    known = drawn.get_map(SYSTEM, id=made)
    hurts = Friction(id="remises_au_doigt_mouille", label="Remises accordées sans règle")
    steps = tuple(
        one.model_copy(update={"frictions": (hurts,), "rollout": 2}) if one.id == "negociation" else one
        for one in known.map.steps
    )
    changed = known.map.model_copy(update={"steps": steps})
    maps.save(SYSTEM, id=made, version=known.version, drawn=changed, layout=known.layout, at=make.AT)
    maps.publish(SYSTEM, id=made, at=make.AT)
    make.crm("vente")
    yield
    make.no_crm()


def why(theme: Theme, path: str, actor: Actor = SYSTEM) -> dict[str, Any]:
    return reasons.why(actor, theme=theme, path=path, lang="fr")


def test_a_stage_says_its_step_its_wave_and_the_irritant_it_answers(sold: None) -> None:
    told = why("stages", "vente/negociation")
    (reason,) = told["reasons"]
    assert (reason["element"], reason["where"], reason["phase"]) == ("negociation", "Négociation", 2)
    assert reason["irritants"] == ("Remises accordées sans règle",)
    assert told["label"] == "Négociation"


def test_a_field_a_rule_and_a_right_lead_to_the_element_that_asks_for_them(sold: None) -> None:
    asked: tuple[tuple[Theme, str], ...] = (
        ("fields", "opportunity/remise"),
        ("rules", "vente_au_relance"),
        ("roles", "finance"),
    )
    found = {theme: [one["element"] for one in why(theme, path)["reasons"]] for theme, path in asked}
    assert found == {"fields": ["negociation"], "rules": ["proposition_envoyee"], "roles": ["negociation"]}


def test_what_no_map_owns_has_no_reason_but_the_base_model(sold: None) -> None:
    assert why("fields", "account/siren")["reasons"] == []


def test_what_is_not_in_force_is_not_there_and_a_role_is_told_to_its_holders(sold: None) -> None:
    with pytest.raises(NotThere):
        why("stages", "vente/licorne")
    with pytest.raises(NotThere):
        why("roles", "finance", make.actor())
    assert why("roles", "sales", make.actor("hugo.petit@nordet.example"))["label"] == "Commercial"


def test_a_field_that_a_criterion_asks_for_leads_to_the_criterion_and_the_wave_of_its_step(
    sold: None,
) -> None:
    (reason,) = why("fields", "opportunity/account")["reasons"]
    assert (reason["element"], reason["where"]) == ("cr_compte", "Le compte est identifié")
    asked = why("fields", "opportunity/amount")["reasons"]
    assert [one["element"] for one in asked] == ["cr_montant"]


def test_a_criterion_has_the_wave_and_the_irritants_of_its_step(sold: None) -> None:
    found = reasons.reasons(SYSTEM).of(Origin(map="vente", element="cr_conditions"))
    assert found is not None
    assert (found.where, found.phase) == ("Les conditions sont validées par l’ADV et la finance", 2)
    assert found.irritants == ("Remises accordées sans règle",)
