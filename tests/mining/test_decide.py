"""What is decided about a deviation stays: accepted, given to somebody, proposed to the target."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import make
from portulan.automation import notices, worker
from portulan.base.refusals import NotAllowed, NotThere
from portulan.maps import operations as drawing
from portulan.maps import proposals
from portulan.maps import queries as maps
from portulan.mining import adopt, decide, operations, overlays
from portulan.mining.conformance import ConformanceAnswer, DeviationAnswer
from portulan.mining.decide import About
from portulan.mining.operations import MapWanted
from portulan.people.actor import Actor
from portulan.people.models import User
from portulan.records import load
from portulan.records.load import Past, Step
from sale import SYSTEM

pytestmark = pytest.mark.django_db
STRAIGHT = ("Appel", "Devis", "Relance", "Gagné")
SKIP, SKIPPED = ("Appel", "Relance", "Gagné"), "skipped:appel>relance"
BACK, GONE_BACK = ("Appel", "Devis", "Appel", "Devis", "Relance", "Gagné"), "back:devis>appel"
ODD, UNKNOWN = ("Appel", "Devis", "Visite", "Relance", "Gagné"), "unknown:visite>"
LATER = make.AT + timedelta(days=1)


@pytest.fixture
def revops() -> Actor:
    return make.actor("elodie.renard@nordet.example", role="revops")


@pytest.fixture
def seller() -> Actor:
    return make.actor("claire.lambert@nordet.example", role="sales")


@pytest.fixture
def about(tmp_path: Path, settings: Any, revops: Actor) -> About:
    """A map of the straight cases of a log, and a deviation that others show: they skip the quote."""
    settings.DATA_DIR = tmp_path
    cases = [STRAIGHT] * 20 + [SKIP] * 8 + [BACK] * 6 + [ODD] * 5
    lines = [
        f"D{n};{step};{1 + place:02}/03/2026"
        for n, case in enumerate(cases)
        for place, step in enumerate(case)
    ]
    path = tmp_path / "affaires.csv"
    path.write_text("\n".join(["dossier;étape;date", *lines]), encoding="utf-8")
    roles = {"dossier": "case", "étape": "step", "date": "time"}
    log = str(operations.import_file(revops, path=path, roles=roles, at=make.AT))
    wanted = MapWanted(title="Vente", subject="opportunity", variant=0)
    return About(operations.discover(revops, log=log, wanted=wanted, at=make.AT), SKIPPED, log)


def told(actor: Actor, about: About) -> ConformanceAnswer:
    return overlays.conformance(actor, map_id=about.map_id, log=about.log, at=make.AT)


def one(actor: Actor, about: About) -> DeviationAnswer:
    found = told(actor, about)
    return next(each for each in (*found.deviations, *found.accepted) if each.key == about.key)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_an_accepted_deviation_leaves_the_count_until_it_is_withdrawn(revops: Actor, about: About) -> None:
    before = told(revops, about)
    assert {each.key for each in before.deviations} == {SKIPPED, GONE_BACK, UNKNOWN}
    decide.accept(revops, about=about, motive="  Devis   oral pour les  petits montants ", at=make.AT)
    after = told(revops, about)
    assert {each.key for each in after.deviations} == {GONE_BACK, UNKNOWN}
    (kept,) = after.accepted
    assert kept.decision is not None
    assert (kept.key, kept.decision.motive) == (SKIPPED, "Devis oral pour les petits montants")
    assert (kept.decision.accepted_at, kept.decision.accepted_by) == (make.AT, revops.name)
    assert round((after.share - before.share) * after.cases) == 8
    assert "1 écart admis est mis à part" in plain(after.sentence)
    shown = overlays.overlay(revops, map_id=about.map_id, log=about.log, at=make.AT)
    assert shown.totals.conformance == pytest.approx(after.share)
    aligned = overlays.alignment(revops, map_id=about.map_id, log=about.log, at=make.AT)
    assert [each.key for each in aligned.corrections] == ["extra:appel", "extra:devis", "unknown:visite"]
    decide.withdraw(revops, map_id=about.map_id, key=about.key, at=LATER)
    assert told(revops, about).model_dump() == before.model_dump()
    with pytest.raises(NotThere):
        decide.withdraw(revops, map_id=about.map_id, key=about.key, at=LATER)


def test_an_acceptance_says_why_and_is_of_a_deviation_that_is_seen(revops: Actor, about: About) -> None:
    for motive in ("", "   ", "x" * 301):
        with pytest.raises(decide.DecisionNotValid):
            decide.accept(revops, about=about, motive=motive, at=make.AT)
    with pytest.raises(NotThere):
        decide.accept(revops, about=replace(about, key="back:gagne>appel"), motive="Bien", at=make.AT)


def test_who_does_not_draw_the_map_decides_nothing(seller: Actor, revops: Actor, about: About) -> None:
    with pytest.raises(NotAllowed):
        decide.accept(seller, about=about, motive="Non", at=make.AT)
    with pytest.raises(NotAllowed):
        decide.assign(seller, about=about, person=seller.id, due_on=None, at=make.AT)
    with pytest.raises(NotAllowed):
        decide.adopt(seller, about=about, at=make.AT)
    found = told(seller, about)
    assert (found.may_decide, {each.may_adopt for each in found.deviations}) == (False, {False})
    assert told(revops, about).may_decide


def test_whom_a_deviation_is_given_to_is_told_then_and_on_its_day(
    seller: Actor, revops: Actor, about: About
) -> None:
    due = (make.AT + timedelta(days=3)).date()
    decide.assign(revops, about=about, person=seller.id, due_on=due, at=make.AT)
    kept = one(revops, about).decision
    assert kept is not None
    assert (kept.owner, kept.owner_name, kept.due_on) == (seller.id, seller.name, due)
    (notice,) = notices.notices(seller)
    said = plain(notice["say"])
    assert said.startswith(f"{revops.name} vous confie un écart sur « Vente », pour le")
    assert "étape sautée de « Appel » à « Relance »" in said
    assert notice["subject"] == f"map:{about.map_id}#appel"
    while worker.run_once(at=make.AT + timedelta(days=4)):
        pass
    assert ["à traiter aujourd" in each["say"] for each in notices.notices(seller)] == [True, False]


def test_what_was_settled_or_given_to_somebody_else_is_not_recalled(
    seller: Actor, revops: Actor, about: About
) -> None:
    due = (make.AT + timedelta(days=3)).date()
    decide.assign(revops, about=about, person=seller.id, due_on=due, at=make.AT)
    decide.assign(revops, about=about, person=None, due_on=due, at=make.AT)
    while worker.run_once(at=make.AT + timedelta(days=4)):
        pass
    assert len(notices.notices(seller)) == 1
    assert one(revops, about).decision is None


def test_a_deviation_is_given_to_people_who_work_here_for_a_day_to_come(revops: Actor, about: About) -> None:
    with pytest.raises(decide.DecisionNotValid) as refused:
        decide.assign(
            revops, about=about, person=999_999, due_on=make.AT.date() - timedelta(days=2), at=make.AT
        )
    assert [each.where for each in refused.value.problems] == ["person", "due_on"]


def test_practice_is_proposed_to_the_target_and_taken_in_there(revops: Actor, about: About) -> None:
    with pytest.raises(decide.NoTarget):
        decide.adopt(revops, about=about, at=make.AT)
    target = drawing.duplicate(
        revops, id=about.map_id, state="to_be", title="Vente", subject="opportunity", at=make.AT
    )
    assert one(revops, about).may_adopt
    made = decide.adopt(revops, about=about, at=make.AT)
    assert made.map_id == target
    (change,) = proposals.proposal(revops, id=made.thread).changes
    assert "« Appel → Relance »" in plain(change.say("fr"))
    kept = one(revops, about)
    assert kept.decision is not None
    assert (kept.decision.proposal, kept.decision.proposal_state) == (str(made.thread), "open")
    assert not kept.may_adopt
    proposals.accept(revops, id=made.thread, choices={}, at=LATER)
    drawn = maps.get_map(revops, id=target).map
    assert ("appel", "relance") in {(way.source, way.target) for way in drawn.passages}
    assert SKIPPED not in {each.key for each in told(revops, replace(about, map_id=target)).deviations}


def test_what_was_proposed_can_be_taken_back_and_proposed_again(revops: Actor, about: About) -> None:
    drawing.duplicate(revops, id=about.map_id, state="to_be", title="", subject="opportunity", at=make.AT)
    first = decide.adopt(revops, about=about, at=make.AT)
    decide.take_back(revops, map_id=about.map_id, key=about.key, at=LATER)
    kept = one(revops, about)
    assert (kept.decision, kept.may_adopt) == (None, True)
    assert decide.adopt(revops, about=about, at=LATER).thread != first.thread


def test_a_step_that_the_map_lacks_is_proposed_between_those_that_practice_puts_it_between(
    revops: Actor, about: About
) -> None:
    unknown = replace(about, key=UNKNOWN)
    target = drawing.duplicate(
        revops, id=about.map_id, state="to_be", title="", subject="opportunity", at=make.AT
    )
    made = decide.adopt(revops, about=unknown, at=make.AT)
    proposals.accept(revops, id=made.thread, choices={}, at=LATER)
    drawn = maps.get_map(revops, id=target).map
    step = next(each for each in drawn.steps if each.label == "Visite")
    ways = {(way.source, way.target) for way in drawn.passages}
    assert {("devis", step.id), (step.id, "relance")} <= ways
    with pytest.raises(adopt.DrawnAlready):
        decide.adopt(revops, about=unknown, at=LATER)


def test_decisions_are_made_through_the_api(revops: Actor, about: About) -> None:
    client = Client()
    client.force_login(User.objects.get(email=revops.email))
    body = {"key": about.key, "log": about.log}
    base = f"/api/maps/{about.map_id}"

    def post(what: str, **more: Any) -> int:
        return client.post(
            f"{base}/deviations/{what}", body | more, content_type="application/json"
        ).status_code

    assert post("accept", motive="Admis") == 204
    answer = client.get(f"{base}/conformance", {"log": about.log}).json()
    assert [each["key"] for each in answer["accepted"]] == [SKIPPED]
    assert post("withdraw") == 204
    assert post("withdraw") == 404
    assert post("assign", person=revops.id, due_on=None) == 204
    assert post("adopt") == 409
    assert post("take-back") == 404


@pytest.mark.usefixtures("vente")
def test_deviations_of_our_own_records_are_decided_like_those_of_a_file(revops: Actor) -> None:
    map_id = drawing.create(
        revops, title="", state="to_be", subject="opportunity", starter="vente", at=make.AT
    )
    before = make.AT - timedelta(days=30)
    steps = (Step(before, to="demo_realisee"), Step(before + timedelta(days=3), to="prospection"))
    pasts = [Past(before - timedelta(days=1), {"name": f"Affaire {n}"}, steps=steps) for n in range(4)]
    load.load(SYSTEM, object_name="opportunity", pasts=pasts)
    own = About(map_id, "", "own")
    found = told(revops, own)
    back = next(each for each in found.deviations if each.kind == "back")
    about = replace(own, key=back.key)
    decide.accept(revops, about=about, motive="Reprise de contact", at=make.AT)
    assert [each.key for each in told(revops, own).accepted] == [back.key]
    decide.withdraw(revops, map_id=map_id, key=back.key, at=LATER)
    made = decide.adopt(revops, about=about, at=LATER)
    assert made.map_id == map_id
