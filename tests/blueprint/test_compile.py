"""Maps become one blueprint, always the same, whose every part says where it comes from."""

from typing import Any

import pytest

from portulan.blueprint import base_model, check, codec, diff
from portulan.blueprint.compile import MapsNotCompiled, compile_maps
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Blueprint
from portulan.maps import starters
from portulan.maps.model import Information, Map, Passage, Step

BASE = base_model.load()
VENTE = starters.starter("vente")


def compiled(*maps: Map) -> Blueprint:
    return compile_maps(maps, BASE)


def changed_step(step_id: str, **update: Any) -> Map:
    steps = tuple(s.model_copy(update=update) if s.id == step_id else s for s in VENTE.steps)
    return VENTE.model_copy(update={"steps": steps})


def test_the_base_model_can_be_built_and_knows_every_type_it_uses() -> None:
    assert check.check(BASE) == []
    assert {field.type for one in BASE.objects for field in one.fields} <= set(TYPES)


def test_the_sales_starter_compiles_to_its_seven_stages() -> None:
    built = compiled(VENTE)
    assert check.check(built) == []
    (pipeline,) = built.pipelines
    assert [stage.label.fr for stage in pipeline.stages] == [
        "Prospection", "Premier contact", "Démo réalisée", "Proposition envoyée", "Négociation",
        "Gagné", "Perdu",
    ]  # fmt: skip
    assert [stage.uid for stage in pipeline.stages] == [step.id for step in VENTE.steps]


def test_the_starters_compile_together_without_a_conflict() -> None:
    built = compiled(*(starters.starter(name) for name in starters.NAMES))
    assert check.check(built) == []
    assert {pipeline.uid: pipeline.object for pipeline in built.pipelines} == {
        "vente": "opportunity",
        "marketing": "lead",
        "support": "ticket",
        "succes": "contract",
    }


def test_an_information_with_a_type_becomes_a_field_with_its_origin() -> None:
    (opportunity,) = (one for one in compiled(VENTE).objects if one.uid == "opportunity")
    (field,) = (field for field in opportunity.fields if field.uid == "besoin_exprime")
    assert (field.type, field.origin and field.origin.element) == ("long_text", "premier_contact")


def test_what_a_step_requires_is_required_by_its_stage() -> None:
    (pipeline,) = compiled(VENTE).pipelines
    required = {stage.uid: stage.required for stage in pipeline.stages}
    assert required["premier_contact"] == ("besoin_exprime", "account")
    assert required["perdu"] == ("loss_reason",)


def test_the_same_maps_give_the_same_bytes_in_any_order() -> None:
    other = VENTE.model_copy(
        update={
            "uid": "autre",
            "title": "Autre",
            "subject": "lead",
            "steps": (
                Step(id="s_lead", label="Recevoir", lane="commercial", phase="decouverte", begins=True),
            ),
            "passages": (),
        }
    )
    assert codec.dump(compiled(VENTE, other)) == codec.dump(compiled(other, VENTE))


def test_a_blueprint_is_byte_identical_after_a_round_trip() -> None:
    raw = codec.dump(compiled(VENTE))
    assert codec.dump(codec.read(raw)) == raw


def test_a_file_that_is_no_blueprint_is_refused_at_every_place() -> None:
    with pytest.raises(codec.BlueprintNotReadable) as refused:
        codec.read(b'{"objects": [{"uid": "A B"}], "colour": 1}')
    assert {"objects/0/uid", "objects/0/name", "colour"} <= {p.where for p in refused.value.problems}


def test_conflicts_between_maps_are_all_named() -> None:
    misfit = Information(id="remise", label="Remise", type="text")
    unknown = Information(id="zzz", label="Mystère", type="colour")
    other = changed_step("negociation", information=(misfit, unknown)).model_copy(
        update={"uid": "autre", "title": "Autre cycle"}
    )
    with pytest.raises(MapsNotCompiled) as refused:
        compiled(VENTE, other)
    codes = {problem.code for problem in refused.value.problems}
    assert codes == {
        "blueprint.stage_twice",
        "blueprint.field_of_two_types",
        "blueprint.unknown_type",
        "blueprint.no_selector",
    }
    assert all(problem.say("fr") and problem.say("en") for problem in refused.value.problems)


def test_two_maps_that_move_one_object_over_one_scope_are_reported_on_both() -> None:
    other = Map.model_validate(
        {
            "uid": "renouvellement",
            "title": "Renouvellement",
            "subject": "opportunity",
            "scope": VENTE.scope.model_dump(),
            "phases": [{"id": "p", "label": "P"}],
            "lanes": [{"id": "l", "label": "L", "role": "sales"}],
            "steps": [{"id": "echeance", "label": "Échéance", "lane": "l", "phase": "p", "begins": True}],
        }
    )
    with pytest.raises(MapsNotCompiled) as refused:
        compiled(VENTE, other)
    assert sorted(one.where for one in refused.value.problems) == ["renouvellement", "vente"]
    apart = other.model_copy(update={"scope": other.scope.model_copy(update={"cycle": "après la signature"})})
    assert len(compiled(VENTE, apart).pipelines) == 2


def test_a_gateway_dissolves_into_transitions_that_carry_its_criteria() -> None:
    steps = (*VENTE.steps, Step(id="g", label="Remise ?", kind="gateway", lane="adv", phase="decision"))
    condition = {"field": "remise", "test": "greater", "value": 15}
    ways = (
        *(p for p in VENTE.passages if p.target != "gagne"),
        Passage(id="p1", source="negociation", target="g"),
        Passage.model_validate(
            {"id": "p2", "source": "g", "target": "gagne", "before": {"condition": condition}}
        ),
    )
    (pipeline,) = compiled(VENTE.model_copy(update={"steps": steps, "passages": ways})).pipelines
    assert "g" not in {stage.uid for stage in pipeline.stages}
    (won,) = (way for way in pipeline.transitions if way.target == "gagne")
    assert (won.source, won.uid) == ("negociation", "p1_via_p2")
    assert won.condition is not None


def test_a_required_field_that_does_not_exist_is_found() -> None:
    built = compiled(VENTE)
    (pipeline,) = built.pipelines
    stage = pipeline.stages[0].model_copy(update={"required": ("nowhere",)})
    broken = built.model_copy(update={"pipelines": (pipeline.model_copy(update={"stages": (stage,)}),)})
    assert "blueprint.required_unknown" in {problem.code for problem in check.check(broken)}


def test_nothing_changes_between_a_blueprint_and_itself() -> None:
    assert diff.diff(compiled(VENTE), compiled(VENTE)) == ()


def test_renaming_a_step_renames_its_stage_and_nothing_else() -> None:
    renamed = changed_step("prospection", label="Premiers signes")
    (change,) = diff.diff(compiled(VENTE), compiled(renamed))
    assert (
        change.say("fr") == "Renommer l’étape « Prospection » en « Premiers signes » dans « Cycle de vente »"
    )
    assert change.origin is not None
    assert change.origin.element == "prospection"


def test_taking_a_map_away_says_what_is_archived() -> None:
    changes = diff.diff(compiled(VENTE), BASE)
    assert changes
    assert all(change.destructive for change in changes)
    said = [change.say("fr") for change in changes]
    assert "Archiver le champ « Besoin exprimé » de « Affaire » (ses valeurs sont gardées)" in said


def test_what_is_as_is_builds_nothing() -> None:
    as_is = VENTE.model_copy(update={"state": "as_is"})
    assert (
        codec.dump(compiled(as_is, VENTE))
        == codec.dump(compiled(VENTE, as_is))
        == codec.dump(compiled(VENTE))
    )


def test_one_map_given_twice_is_refused() -> None:
    with pytest.raises(MapsNotCompiled) as refused:
        compiled(VENTE, VENTE)
    assert {problem.code for problem in refused.value.problems} == {"blueprint.map_twice"}


def test_two_maps_of_one_title_cannot_share_a_stage() -> None:
    with pytest.raises(MapsNotCompiled) as refused:
        compiled(VENTE, VENTE.model_copy(update={"uid": "autre"}))
    assert "blueprint.stage_twice" in {problem.code for problem in refused.value.problems}


def test_long_ways_through_gateways_keep_distinct_ids() -> None:
    gateway = Step(id="g", label="Remise ?", kind="gateway", lane="adv", phase="decision")
    long = "p_" + "x" * 36
    ways = (
        Passage(id=f"{long}_in", source="negociation", target="g"),
        *(Passage(id=f"{long}_{end}", source="g", target=end) for end in ("gagne", "perdu")),
    )
    drawn = VENTE.model_copy(update={"steps": (*VENTE.steps, gateway), "passages": ways})
    (pipeline,) = compiled(drawn).pipelines
    assert len({way.uid for way in pipeline.transitions}) == len(pipeline.transitions) == 2
