"""Who does what on the maps becomes roles and rights, which only ever widen what the base model gives."""

from typing import Any

from portulan.blueprint import base_model
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.diff import diff
from portulan.blueprint.schema import Right, Role
from portulan.maps import starters
from portulan.maps.model import Information, Lane, Map, Step
from portulan.maps.rules import Assign, Taken

BASE = base_model.load()
VENTE = starters.starter("vente")
WIDTH = {"none": 0, "own": 1, "team": 2, "territory": 3, "all": 4}


def with_step(step_id: str, **update: Any) -> Map:
    steps = tuple(s.model_copy(update=update) if s.id == step_id else s for s in VENTE.steps)
    return VENTE.model_copy(update={"steps": steps})


def role_of(drawn: Map, uid: str) -> Role:
    return next(one for one in compile_maps([drawn], BASE).roles if one.uid == uid)


def right_of(drawn: Map, uid: str, kind: str = "opportunity") -> Right:
    return next(one for one in role_of(drawn, uid).rights if one.object == kind)


def test_no_right_of_the_base_model_is_ever_narrowed() -> None:
    built = compile_maps([starters.starter(name) for name in starters.NAMES], BASE)
    after = {(role.uid, right.object): right for role in built.roles for right in role.rights}
    for role in BASE.roles:
        for was in role.rights:
            now = after[role.uid, was.object]
            assert now.create >= was.create
            assert now.others == was.others
            for verb in ("read", "update", "delete", "export"):
                assert WIDTH[getattr(now, verb)] >= WIDTH[getattr(was, verb)]


def test_a_profession_that_only_maps_know_writes_what_its_steps_produce_and_reads_the_rest() -> None:
    right = right_of(with_step("negociation", actors=("sales", "finance")), "finance")
    assert (right.create, right.read, right.update, right.delete, right.others) == (
        False, "all", "all", "none", "read",
    )  # fmt: skip
    assert right.fields == {"remise": "write", "conditions_validees": "write"}
    assert right.origin is not None
    assert right.origin.element == "negociation"


def test_who_is_only_informed_reads_and_changes_nothing() -> None:
    right = right_of(with_step("negociation", informed=("controle",)), "controle")
    assert (right.read, right.update, right.create) == ("all", "none", False)


def test_a_profession_reads_what_the_records_of_its_steps_point_to() -> None:
    read = {right.object for right in role_of(VENTE, "finance").rights if right.read == "all"}
    assert {"opportunity", "account", "contact", "activity"} <= read


def test_who_leads_a_step_changes_the_records_that_others_hold() -> None:
    lanes = (*VENTE.lanes, Lane(id="juridique", label="Juridique", role="legal"))
    drawn = with_step("negociation", lane="juridique").model_copy(update={"lanes": lanes})
    right = right_of(drawn, "legal")
    assert (right.update, right.others, role_of(drawn, "legal").label.fr) == ("all", "write", "Juridique")


def test_no_account_is_opened_for_the_client() -> None:
    built = compile_maps([with_step("negociation", actors=("sales", "client", "La direction"))], BASE)
    assert {role.uid for role in built.roles} - {role.uid for role in BASE.roles} <= {"finance"}


def test_a_hand_over_of_what_waits_for_us_gives_the_record_to_the_next_lane() -> None:
    built = compile_maps([starters.starter("marketing")], BASE)
    (rule,) = (one for one in built.rules if one.uid.endswith("_handed"))
    assert rule.trigger == Taken(on="taken", passage="pm_rendre")
    assert rule.actions == (Assign(do="assign", role="marketing"),)
    assert rule.origin is not None


def test_a_deal_stays_with_who_holds_it_when_another_lane_takes_its_turn() -> None:
    assert not [rule for rule in compile_maps([VENTE], BASE).rules if rule.uid.endswith("_handed")]


def test_an_actor_more_adds_rights_and_changes_nothing_else() -> None:
    step = Step.model_validate(VENTE.step("negociation").model_dump() | {"actors": ("sales", "qualite")})
    drawn = with_step("negociation", actors=step.actors)
    before, after = compile_maps([VENTE], BASE), compile_maps([drawn], BASE)
    assert (after.objects, after.pipelines, after.rules) == (before.objects, before.pipelines, before.rules)
    assert "qualite" in {role.uid for role in after.roles}


def test_a_change_of_rights_comes_from_the_step_that_asks_for_it() -> None:
    support = starters.starter("support")
    more = Information(id="accord", label="Accord de la direction", type="boolean")
    information = (*VENTE.step("negociation").information, more)
    before = compile_maps([VENTE, support], BASE)
    after = compile_maps([with_step("negociation", information=information), support], BASE)
    (change,) = (one for one in diff(before, after) if one.theme == "roles")
    assert change.origin is not None
    assert (change.origin.map, change.origin.element) == ("vente", "negociation")
