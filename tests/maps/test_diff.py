"""Two maps are compared by id, every difference is named on its element and said in both languages."""

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.base import texts
from portulan.base.durations import Duration
from portulan.maps import starters
from portulan.maps.diff import diff
from portulan.maps.model import (
    Criterion,
    Delays,
    Friction,
    Information,
    Lane,
    Map,
    Note,
    Passage,
    Phase,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Callable

VENTE = starters.starter("vente")
NAMES = st.text("abcdefghij", min_size=1, max_size=12).map(lambda text: f"x_{text}")
STEPS = st.sampled_from(VENTE.steps)
Edited = tuple[Map, str]


def with_step(step: Step, **update: Any) -> Map:
    steps = tuple(one.model_copy(update=update) if one.id == step.id else one for one in VENTE.steps)
    return VENTE.model_copy(update={"steps": steps})


def said(old: Map, new: Map) -> list[str]:
    return [change.say("fr") for change in diff(old, new)]


@st.composite
def edits(draw: st.DrawFn) -> Edited:
    """A map with one edit, and the element that bears it."""
    step, name = draw(STEPS), draw(NAMES)
    edit: Callable[[], Edited] = draw(st.sampled_from([
        lambda: (with_step(step, label=name), step.id),
        lambda: (with_step(step, lane=other(step.lane, [one.id for one in VENTE.lanes])), step.id),
        lambda: (with_step(step, phase=other(step.phase, [one.id for one in VENTE.phases])), step.id),
        lambda: (with_step(step, description=name), step.id),
        lambda: (with_step(step, probability=(step.probability or 0) + 1), step.id),
        lambda: (with_step(step, delays=Delays(target=Duration(amount=99))), step.id),
        lambda: (with_step(step, begins=not step.begins), step.id),
        lambda: (with_step(step, actors=(*step.actors, name)), step.id),
        lambda: (with_step(step, exit=(*step.exit, Criterion(id=name, label=name))), step.id),
        lambda: (with_step(step, frictions=(*step.frictions, Friction(id=name, label=name))), step.id),
        lambda: (with_step(step, documents=(*step.documents, Note(id=name, label=name))), step.id),
        lambda: (with_step(step, information=(*step.information, Information(id=name, label=name))), step.id),
        lambda: (VENTE.model_copy(update={"title": name}), VENTE.uid),
        lambda: (VENTE.model_copy(update={"subject": name}), VENTE.uid),
        lambda: (VENTE.model_copy(update={"phases": (*VENTE.phases, Phase(id=name, label=name))}), name),
        lambda: (VENTE.model_copy(update={"lanes": (*VENTE.lanes, Lane(id=name, label=name))}), name),
        lambda: (VENTE.model_copy(update={"lanes": VENTE.lanes[1:]}), VENTE.lanes[0].id),
        lambda: (
            VENTE.model_copy(update={"steps": tuple(one for one in VENTE.steps if one.id != step.id)}),
            step.id,
        ),
        lambda: (
            VENTE.model_copy(
                update={"passages": (*VENTE.passages, Passage(id=name, source=step.id, target="perdu"))}
            ),
            name,
        ),
        lambda: (VENTE.model_copy(update={"passages": VENTE.passages[1:]}), VENTE.passages[0].id),
    ]))  # fmt: skip
    return edit()


def other(one: str, many: list[str]) -> str:
    return next(each for each in many if each != one)


@settings(deadline=None)
@given(edits())
def test_every_edit_gives_a_change_on_its_element_in_both_languages(edited: Edited) -> None:
    new, element = edited
    changes = diff(VENTE, new)
    assert {change.element for change in changes} == {element}
    for change in changes:
        assert all(change.say(lang) for lang in texts.LANGUAGES)
    assert {change.element for change in diff(new, VENTE)} == {element}


@settings(deadline=None)
@given(edits())
def test_a_map_does_not_differ_from_itself(edited: Edited) -> None:
    assert diff(edited[0], edited[0]) == ()


@settings(deadline=None)
@given(st.permutations(VENTE.steps))
def test_a_new_order_is_told_and_nothing_else(steps: list[Step]) -> None:
    new = VENTE.model_copy(update={"steps": tuple(steps)})
    assert bool(diff(VENTE, new)) == (new != VENTE)
    assert {change.part for change in diff(VENTE, new)} <= {"order"}


def test_one_step_taken_elsewhere_is_the_only_one_that_moves() -> None:
    first, *rest = VENTE.steps
    new = VENTE.model_copy(update={"steps": (*rest, first)})
    assert [change.element for change in diff(VENTE, new)] == [first.id]


def test_what_changes_inside_a_step_is_said_with_its_values() -> None:
    step = VENTE.step("negociation")
    (remise, *others) = step.information
    entry = remise.model_copy(update={"required": True})
    new = with_step(
        step,
        information=(entry, *others),
        delays=step.delays.model_copy(update={"target": Duration(amount=5, unit="working_days")}),
        exit=(),
        kind="evaluation",
    )
    assert said(VENTE, new) == [
        "«\u202fNégociation\u202f», nature\u202f: décision → évaluation",
        "«\u202fNégociation\u202f»\u202f: information «\u202fRemise\u202f», obligatoire\u202f: non → oui",
        "«\u202fNégociation\u202f»\u202f: délai visé\u202f: 10 jours ouvrés → 5 jours ouvrés",
        (
            "«\u202fNégociation\u202f»\u202f: critère de sortie en moins, "
            "«\u202fLes conditions sont validées par l’ADV et la finance\u202f»"
        ),
    ]


def test_a_step_that_changes_lane_says_from_where_to_where() -> None:
    assert said(VENTE, with_step(VENTE.step("negociation"), lane="adv")) == [
        "«\u202fNégociation\u202f» passe du couloir «\u202fCommercial\u202f» au couloir «\u202fADV\u202f»"
    ]


def test_a_passage_that_leads_elsewhere_is_a_move() -> None:
    way = VENTE.passages[0].model_copy(update={"target": "negociation", "during": ("remise",)})
    new = VENTE.model_copy(update={"passages": (way, *VENTE.passages[1:])})
    assert [(one.kind, one.what, one.part) for one in diff(VENTE, new)] == [
        ("moved", "passage", "target"),
        ("changed", "passage", "during"),
    ]


def test_every_property_of_a_map_has_its_word() -> None:
    for lang in texts.LANGUAGES:
        for shape in (Step, Passage, Lane, Information, Criterion, Friction, Note):
            for name in set(shape.model_fields) - {"id", "label", "delays", "before", "source", "target"}:
                known = texts.catalogue("maps", lang)
                assert {f"property_{name}", f"noun_{name}", f"moved_{name}"} & known.keys(), name
