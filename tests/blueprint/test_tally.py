"""What a map says is counted becomes figures, and a board for each role that watches them."""

from collections.abc import Mapping

import pytest

from portulan.blueprint import base_model
from portulan.blueprint.check import check
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.details import Teller
from portulan.blueprint.diff import diff
from portulan.blueprint.phase import upto
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.wording import Wording
from portulan.maps import starters
from portulan.maps.measures import DrawnMeasure
from portulan.maps.model import Map

BIG = {"field": "remise", "test": "greater", "value": "15"}
SIGNED = {
    "id": "signe",
    "label": "Signé ce mois",
    "element": "gagne",
    "how": "sum",
    "field": "amount",
    "stages": ["gagne"],
    "period": "month",
    "dated": "closed_at",
    "goal": 150_000,
    "roles": ["sales", "direction"],
}


def drawn(*measures: Mapping[str, object]) -> Map:
    stated = tuple(DrawnMeasure.model_validate(one) for one in measures)
    return starters.starter("vente").model_copy(update={"measures": stated})


def built(*measures: Mapping[str, object]) -> Blueprint:
    return compile_maps([drawn(*measures)], base_model.load())


def test_each_role_gets_a_board_of_the_figures_that_it_watches() -> None:
    count = {"id": "ouvertes", "label": "Affaires ouvertes", "roles": ["sales"]}
    blueprint = built(SIGNED, count, {"id": "personne", "label": "Pour personne"})
    assert [(one.role, one.measures) for one in blueprint.boards] == [
        ("sales", ("vente_signe", "vente_ouvertes")),
        ("direction", ("vente_signe",)),
    ]
    signed = blueprint.measures[0]
    assert (signed.object, signed.origin and signed.origin.element) == ("opportunity", "gagne")
    assert check(blueprint) == []


def test_a_conversion_and_a_working_time_say_how_they_are_counted() -> None:
    went = {"stages": ["demo_realisee"], "part_stages": ["gagne"], "within": {"amount": 3, "unit": "weeks"}}
    passed = {
        "id": "suite",
        "label": "Suite",
        "how": "conversion",
        "period": "quarter",
        "roles": ["sales"],
        **went,
    }
    spent = {"how": "time", "field": "created_at", "until": "closed_at", "working": True}
    blueprint = built(passed, {"id": "duree", "label": "Durée", "roles": ["sales"], **spent})
    assert check(blueprint) == []
    said = [Wording("fr", blueprint).figure(one).replace("\u202f", " ") for one in blueprint.measures]
    assert said == [
        (
            "part des fiches « Affaires » arrivées à l’étape « Démo réalisée » qui passent ensuite à l’étape "
            "« Gagné », en 3 semaines au plus, pour celles qui y sont arrivées depuis le début du trimestre"
        ),
        "durée moyenne, en jours ouvrés, de « Créé le » à « Clos le » sur les fiches « Affaires »",
    ]
    assert built({**passed, "part_stages": []}).measures == ()


def test_a_figure_and_a_board_say_themselves_in_the_plan() -> None:
    blueprint = built({**SIGNED, "condition": BIG, "owner": "manager", "definition": "Ce qui est signé."})
    changes = [one for one in diff(built(), blueprint) if one.theme in ("measures", "boards")]
    teller = Teller(built(), blueprint, "fr")
    assert [one.say("fr") for one in changes] == [
        "Compter : « Signé ce mois »",
        "Composer un tableau de bord : « Cycle de vente »",
        "Composer un tableau de bord : « Cycle de vente »",
    ]
    assert teller.facts(changes[0]) == [
        (
            "somme de « Montant » sur les fiches « Affaires », à l’étape « Gagné », quand Remise dépasse 15, "
            "depuis le début du mois d’après « Clos le »"
        ),
        "Ce qui est signé.",
        "visé : au moins 150\u202f000",
        "en répond : Manager commercial",
    ]
    assert teller.facts(changes[1]) == ["pour Commercial : « Signé ce mois »"]


def test_a_rename_of_the_drawing_changes_labels_alone() -> None:
    renamed = built({**SIGNED, "label": "Chiffre signé"})
    assert [(one.action, one.theme) for one in diff(built(SIGNED), renamed)] == [("rename", "measures")]


def test_a_measure_at_a_step_of_a_later_phase_waits_for_it() -> None:
    later = drawn({**SIGNED, "element": "negociation", "stages": ["negociation"]})
    steps = tuple(
        one.model_copy(update={"rollout": 2 if one.id == "negociation" else 1}) for one in later.steps
    )
    maps, base = upto([later.model_copy(update={"steps": steps})], base_model.load(), 1)
    assert compile_maps(maps, base).boards == ()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"field": "rien"}, "blueprint.measure_unknown_field"),
        ({"field": "name"}, "blueprint.measure_no_number"),
        ({"dated": "amount"}, "blueprint.measure_no_date"),
        ({"roles": ["pape"]}, "blueprint.measure_unknown_role"),
        ({"owner": "pape"}, "blueprint.measure_unknown_role"),
        ({"condition": {**BIG, "field": "rien"}}, "base.condition_unknown_field"),
        ({"how": "time", "field": "created_at", "until": "close_on"}, "blueprint.measure_two_clocks"),
    ],
    ids=["field", "number", "date", "role", "owner", "condition", "clocks"],
)
def test_a_measure_that_names_what_cannot_be_counted_is_refused(asked: dict[str, object], code: str) -> None:
    assert code in [one.code for one in check(built({**SIGNED, **asked}))]


def test_a_measure_at_a_step_that_is_gone_is_left_to_the_linter() -> None:
    assert built({**SIGNED, "stages": ["ailleurs"]}).measures == ()
    blueprint = built(SIGNED)
    (figure,) = blueprint.measures
    elsewhere = blueprint.model_copy(
        update={"measures": (figure.model_copy(update={"stages": ("ailleurs",)}),)}
    )
    assert [one.code for one in check(elsewhere)] == ["blueprint.measure_unknown_stage"]


def test_a_measure_reads_back_in_both_languages() -> None:
    rate = {"id": "taux", "label": "Taux", "how": "rate", "part": BIG, "part_stages": ["gagne"]}
    blueprint = built({**rate, "stages": ["gagne", "perdu"]})
    assert [Wording(lang, blueprint).figure(blueprint.measures[0]) for lang in ("fr", "en")] == [
        (
            "part des fiches « Affaires » pour lesquelles l’étape est « Gagné » et Remise dépasse 15, "
            "à l’étape « Gagné » ou « Perdu »"
        ),
        (
            "share of the records “Opportunities” for which the stage is “Gagné” and Remise exceeds 15, "
            "at the stage “Gagné” or “Perdu”"
        ),
    ]
