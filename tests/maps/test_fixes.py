"""What can be mended in one move is: the finding is gone, every step is kept, mending ends."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.maps import fixes, labels, starters
from portulan.maps.findings import Finding
from portulan.maps.lint import lint
from portulan.maps.model import Information, Lane, Map, Passage, Phase, Step

KINDS = ["task", "interest", "decision", "wait", "won", "closed"]
LABELS = ["Envoi du devis", "Reçu", "Relancer le client", "Qualification"]


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """A map as people leave them half drawn: steps anywhere, passages that may lead nowhere."""
    size = draw(st.integers(1, 6))
    ids = [f"s{n}" for n in range(size)]
    steps = tuple(
        Step(
            id=one,
            label=draw(st.sampled_from(LABELS)),
            kind=draw(st.sampled_from(KINDS)),
            lane=draw(st.sampled_from(["a", "b", "gone"])),
            phase=draw(st.sampled_from(["p", "gone"])),
            begins=draw(st.booleans()),
            information=draw(st.sampled_from([(), (USED,), (PRODUCED,)])),
        )
        for one in ids
    )
    ends = st.tuples(st.sampled_from(ids), st.sampled_from([*ids, "nowhere"]))
    ways = tuple(
        Passage(id=f"w{n}", source=a, target=b) for n, (a, b) in enumerate(draw(st.lists(ends, max_size=8)))
    )
    lanes = (Lane(id="a", label="Ventes", role="sales"), Lane(id="b", label="Autres"))
    return Map(
        uid="m", title="M", subject="opportunity", lanes=lanes, phases=PHASES, steps=steps, passages=ways
    )


USED = Information(id="budget", label="Budget", use="used", type="money")
PRODUCED = Information(id="budget", label="Budget", type="money")
PHASES = (Phase(id="p", label="Parcours"),)


@given(drawn=maps())
@settings(max_examples=60, deadline=None)
def test_a_fix_takes_its_finding_away_and_keeps_every_step(drawn: Map) -> None:
    for finding in lint(drawn):
        fix = fixes.find_fix(drawn, finding)
        if fix is None:
            continue
        assert finding not in lint(fix.map)
        assert Map.model_validate_json(fix.map.model_dump_json(by_alias=True)) == fix.map
        assert {step.id for step in fix.map.steps} == {step.id for step in drawn.steps}


@given(drawn=maps())
@settings(max_examples=30, deadline=None)
def test_what_would_be_done_is_said_in_both_languages(drawn: Map) -> None:
    for offer in fixes.offered(drawn):
        assert offer.say("fr") != offer.say("en")


@given(drawn=maps())
@settings(max_examples=60, deadline=None)
def test_mending_what_can_be_mended_comes_to_an_end(drawn: Map) -> None:
    for _ in range(80):
        fix = next((fix for one in lint(drawn) if (fix := fixes.find_fix(drawn, one))), None)
        if fix is None:
            return
        drawn = fix.map
    pytest.fail("mending never ends")


@pytest.mark.parametrize(
    ("label", "verb"),
    [
        ("Envoi du devis", "Envoyer le devis"),
        ("Validation de la remise", "Valider la remise"),
        ("Préparation de l’offre", "Préparer l’offre"),
        ("Vérification des droits", "Vérifier les droits"),
        ("Approval of the quote", "Approve the quote"),
        ("Renewal of contracts", "Renew contracts"),
    ],
)
def test_a_label_that_begins_with_a_noun_is_given_its_verb(label: str, verb: str) -> None:
    assert labels.noun_of(label)
    assert labels.with_verb(label) == verb


@pytest.mark.parametrize(
    "label",
    [
        "Relancer le client",
        "Reçu",
        "Proposition envoyée ?",
        "",
        "42",
        "Send the quote",
        "Le client signe",
        "BANT",
    ],
)
def test_what_is_no_plain_noun_of_action_is_left_alone(label: str) -> None:
    drawn = Step(id="s", label=label, kind="interest", lane="a", phase="p")
    assert "maps.label_without_verb" not in {one.code for one in lint(one_step(drawn))}


def one_step(step: Step) -> Map:
    return Map(uid="m", title="M", subject="opportunity", phases=PHASES, steps=(step,))


def test_only_a_task_owes_a_verb_a_stage_says_what_is_true_there() -> None:
    named: dict[str, Any] = {"id": "s", "label": "Envoi du devis", "lane": "a", "phase": "p"}
    task, stage = (Step(kind=kind, **named) for kind in ("task", "evaluation"))
    assert "maps.label_without_verb" in {one.code for one in lint(one_step(task))}
    assert "maps.label_without_verb" not in {one.code for one in lint(one_step(stage))}


def test_a_role_that_the_product_tells_something_but_that_acts_nowhere_is_forgotten() -> None:
    drawn = starters.starter("vente")
    steps = tuple(
        step.model_copy(update={"actors": tuple(one for one in step.actors if one != "marketing")})
        for step in drawn.steps
    )
    rule = drawn.step("proposition_envoyee").automations[0].rule
    assert rule
    task = rule.actions[0].model_copy(update={"to": "marketing"})
    automations = (
        drawn.step("proposition_envoyee")
        .automations[0]
        .model_copy(update={"rule": rule.model_copy(update={"actions": (task,)})}),
    )
    steps = tuple(
        step.model_copy(update={"automations": automations}) if step.id == "proposition_envoyee" else step
        for step in steps
    )
    (found,) = lint(drawn.model_copy(update={"steps": steps}))
    assert (found.code, found.element, found.about) == (
        "maps.forgotten_actor",
        "proposition_envoyee",
        "marketing",
    )
    fix = fixes.find_fix(drawn.model_copy(update={"steps": steps}), found)
    assert fix
    assert "marketing" in fix.map.step("proposition_envoyee").actors


def test_fixes_are_sought_for_the_first_findings_only_and_for_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named: dict[str, Any] = {"label": "Envoi du devis", "kind": "task", "lane": "gone", "phase": "p"}
    many = tuple(Step(id=f"s{n}", **named) for n in range(150))
    drawn = one_step(many[0]).model_copy(update={"steps": many, "lanes": (Lane(id="a", label="Ventes"),)})
    assert len(lint(drawn)) > 2 * fixes.MOST_OFFERED
    sought: list[Finding] = []
    find = fixes.find_fix

    def seek(of: Map, one: Finding) -> fixes.Fix | None:
        sought.append(one)
        return find(of, one)

    monkeypatch.setattr(fixes, "find_fix", seek)
    assert fixes.offered(drawn)
    assert len(sought) == fixes.MOST_OFFERED


def test_what_is_no_longer_there_is_refused() -> None:
    with pytest.raises(fixes.NothingToFix):
        fixes.mended(starters.starter("vente"), "maps.no_way_back", "prospection", "")
