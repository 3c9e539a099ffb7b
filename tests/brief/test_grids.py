"""Vendors are compared on what the maps ask, by proof; Portulan's column is what its own scenarios proved."""

from io import BytesIO
from uuid import UUID

import openpyxl
import pytest
from django.core.cache import cache

import make
from portulan.base.refusals import NotAllowed, NotThere
from portulan.blueprint import base_model
from portulan.blueprint import operations as blueprints
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.trials import Tried, key_of
from portulan.brief import comparison, exporting, grids, invitations, proofs, scoring, totals
from portulan.brief.comparison import OURS, Column, Comparison
from portulan.brief.criteria import Asking
from portulan.brief.invitations import AnswerSettled, InvitationOver
from portulan.brief.models import Vendor
from portulan.brief.proofs import ProofNotValid, ProofTooLarge, Sent
from portulan.brief.scoring import Given, ScoreNotValid
from portulan.maps import queries as maps
from portulan.people.actor import Actor
from portulan.people.guests import TooFast

HERE = "10.0.0.1"
PROVEN = Given(3, "Montré le 12 mai")


@pytest.fixture(autouse=True)
def fresh(owner: Actor) -> None:
    assert owner
    cache.clear()


@pytest.fixture
def grid(owner: Actor) -> UUID:
    return grids.draw(owner, title="CRM 2027", at=make.AT)


@pytest.fixture
def vendor(owner: Actor, grid: UUID) -> UUID:
    return grids.add_vendor(owner, grid=grid, name="Boussole SA", at=make.AT)


def seen(owner: Actor, grid: UUID) -> Comparison:
    return comparison.comparison(owner, grid=grid, at=make.AT)


def criterion(owner: Actor, grid: UUID, key: str) -> UUID:
    return next(one.id for one in seen(owner, grid).criteria if one.key == key)


def column(found: Comparison, vendor: UUID | str) -> Column:
    return next(one for one in found.vendors if one.id == str(vendor))


def test_a_grid_asks_every_step_automation_system_and_use_case_of_the_maps(owner: Actor, grid: UUID) -> None:
    found = seen(owner, grid)
    (sales,) = maps.published(owner)
    keys = {one.key for one in found.criteria}
    assert {f"vente.{one.id}" for one in sales.steps if one.kind != "gateway"} <= keys
    assert {f"vente.{one.id}" for one in sales.scenarios if one.kind == "use_case"} <= keys
    assert {"complex_sale", "distributors", "public_tender"} <= keys
    assert {one.theme for one in found.criteria} == {
        "processes",
        "automations",
        "integrations",
        "use_cases",
        "configuration",
    }


def test_scores_are_weighed_and_what_is_not_answered_counts_nothing(
    owner: Actor, grid: UUID, vendor: UUID
) -> None:
    first, second = (criterion(owner, grid, key) for key in ("complex_sale", "own_rules"))
    scoring.score(owner, criterion=first, vendor=vendor, given=PROVEN, at=make.AT)
    scoring.score(owner, criterion=second, vendor=vendor, given=Given(0), at=make.AT)
    grids.weigh(owner, grid=grid, criterion=first, weight=5, at=make.AT)
    found = seen(owner, grid)
    total = column(found, vendor).total
    assert (total.points, total.answered) == (15, 2)
    assert total.most == 3 * sum(one.weight for one in found.criteria)
    assert column(found, vendor).themes["configuration"].points == 0
    assert totals.total({"a": 0}, {"a": None}).percent == 0


def test_a_score_above_zero_needs_a_proof_and_a_link_leads_to_the_web(
    owner: Actor, grid: UUID, vendor: UUID
) -> None:
    one = criterion(owner, grid, "complex_sale")
    for given in (
        Given(2),
        Given(4, "Vu"),
        Given(-1),
        Given(2, " \0"),
        Given(2, "Vu", "javascript:alert(1)"),
        Given(2, "", "https://"),
        Given(2, "x" * 2001),
    ):
        with pytest.raises(ScoreNotValid):
            scoring.score(owner, criterion=one, vendor=vendor, given=given, at=make.AT)
    scoring.score(owner, criterion=one, vendor=vendor, given=Given(2, "", "https://a.example/x"), at=make.AT)


def test_a_file_proves_a_score_and_only_documents_are_kept(
    owner: Actor, grid: UUID, vendor: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = criterion(owner, grid, "complex_sale")
    sent = Sent("../../preuve.pdf", [b"%PDF", b"..."])
    assert scoring.attach(owner, criterion=one, vendor=vendor, file=sent, at=make.AT) == "preuve.pdf"
    scoring.score(owner, criterion=one, vendor=vendor, given=Given(1), at=make.AT)
    assert scoring.proof_of(owner, criterion=one, vendor=vendor) == ("preuve.pdf", b"%PDF...")
    for name in ("page.html", "image.svg", "outil.exe", "sans"):
        with pytest.raises(ProofNotValid):
            scoring.attach(owner, criterion=one, vendor=vendor, file=Sent(name, [b""]), at=make.AT)
    monkeypatch.setattr(proofs, "MOST_BYTES", 4)
    with pytest.raises(ProofTooLarge):
        scoring.attach(owner, criterion=one, vendor=vendor, file=Sent("a.pdf", [b"12345"]), at=make.AT)
    assert scoring.proof_of(owner, criterion=one, vendor=vendor)[1] == b"%PDF..."


def test_our_column_is_what_our_scenarios_proved_and_nobody_writes_it(owner: Actor, grid: UUID) -> None:
    assert column(seen(owner, grid), OURS).cells == ()
    (sales,) = maps.published(owner)
    moments = [{"step": "premier_contact", "checks": [{"green": True}]}]
    red = {"reason": {"fr": "La relance manque.", "en": ""}, "moments": []}
    outcomes = [
        {"scenario": "sc_demande_demo", "green": True, "reason": None, "moments": moments},
        {"scenario": "sc_salon", "green": False, **red},
    ]
    key = key_of(compile_maps([sales], base_model.load()), sales)
    blueprints.keep_trial(owner, tried=Tried(key, "vente", green=False, outcomes=outcomes, at=make.AT))
    found = seen(owner, grid)
    asked = {one.id: one.key for one in found.criteria}
    cells = {asked[one.criterion]: one for one in column(found, OURS).cells}
    assert {key: one.score for key, one in cells.items()} == {
        "vente.sc_demande_demo": 3,
        "vente.sc_salon": 0,
        "vente.premier_contact": 3,
    }
    assert "La relance manque." in cells["vente.sc_salon"].proof


def test_a_vendor_fills_its_own_column_by_its_link_and_sees_nothing_else(
    owner: Actor, grid: UUID, vendor: UUID
) -> None:
    other = grids.add_vendor(owner, grid=grid, name="Sextant Inc", at=make.AT)
    one, two = (criterion(owner, grid, key) for key in ("complex_sale", "own_rules"))
    scoring.score(owner, criterion=one, vendor=other, given=Given(1, "Faible"), at=make.AT)
    scoring.score(owner, criterion=two, vendor=vendor, given=Given(1, "Ils exagèrent"), at=make.AT)
    token = invitations.invite(owner, vendor=vendor, days=21, at=make.AT)
    invitations.answer(token, address=HERE, criterion=one, given=PROVEN, at=make.AT)
    with pytest.raises(AnswerSettled):
        invitations.answer(token, address=HERE, criterion=two, given=PROVEN, at=make.AT)
    sheet = invitations.sheet(token, address=HERE, at=make.AT)
    assert sheet.vendor == "Boussole SA"
    for hidden in ("Sextant", "Faible", "exagèrent", "weight", "percent"):
        assert hidden not in str(sheet)
    answers = {each.id: (each.score, each.settled) for each in sheet.questions}
    assert (answers[one], answers[two]) == ((3, False), (None, True))
    cell = next(each for each in column(seen(owner, grid), vendor).cells if each.criterion == one)
    assert (cell.score, cell.by) == (3, "")
    assert [each.score for each in column(seen(owner, grid), other).cells] == [1]
    said = [(each.by, each.vendor, each.after) for each in scoring.history(owner, grid=grid)]
    assert said[0] == ("", "Boussole SA", 3)
    assert len(said) == 3


def test_a_link_is_kept_as_a_hash_ends_is_taken_back_and_reaches_no_other_grid(
    owner: Actor, grid: UUID, vendor: UUID
) -> None:
    first = invitations.invite(owner, vendor=vendor, days=1, at=make.AT)
    token = invitations.invite(owner, vendor=vendor, days=1, at=make.AT)
    row = Vendor.objects.get(pk=vendor).invitations.last()
    assert row is not None
    assert token not in str(vars(row))
    elsewhere = grids.draw(owner, title="Autre", at=make.AT)
    foreign = criterion(owner, elsewhere, "complex_sale")
    with pytest.raises(NotThere):
        invitations.answer(token, address=HERE, criterion=foreign, given=PROVEN, at=make.AT)
    for wrong in (first, "", "x" * 90, row.token_hash):
        with pytest.raises(InvitationOver):
            invitations.sheet(wrong, address=HERE, at=make.AT)
    with pytest.raises(InvitationOver):
        invitations.sheet(token, address=HERE, at=row.ends_at)
    invitations.revoke(owner, vendor=vendor, at=make.AT)
    with pytest.raises(InvitationOver):
        invitations.sheet(token, address=HERE, at=make.AT)
    again = invitations.invite(owner, vendor=vendor, days=1, at=make.AT)
    grids.remove_vendor(owner, grid=grid, vendor=vendor, at=make.AT)
    grids.restore_vendor(owner, grid=grid, vendor=vendor, at=make.AT)
    with pytest.raises(InvitationOver):
        invitations.sheet(again, address=HERE, at=make.AT)


def test_whoever_guesses_links_is_slowed_down(owner: Actor) -> None:
    assert owner
    for _ in range(invitations.AN_ADDRESS):
        with pytest.raises(InvitationOver):
            invitations.sheet("guess", address=HERE, at=make.AT)
    with pytest.raises(TooFast):
        invitations.sheet("guess", address=HERE, at=make.AT)


def test_only_those_who_draw_the_maps_see_a_grid(owner: Actor, grid: UUID, vendor: UUID) -> None:
    seller = make.actor(role="sales")
    one = criterion(owner, grid, "complex_sale")
    with pytest.raises(NotAllowed):
        comparison.grids(seller)
    with pytest.raises(NotThere):
        comparison.comparison(seller, grid=grid, at=make.AT)
    with pytest.raises(NotAllowed):
        scoring.score(seller, criterion=one, vendor=vendor, given=PROVEN, at=make.AT)
    with pytest.raises(NotAllowed):
        invitations.invite(seller, vendor=vendor, days=1, at=make.AT)
    with pytest.raises(NotAllowed):
        exporting.export(seller, grid=grid, at=make.AT)


def test_the_maps_change_and_the_grid_takes_it_in(owner: Actor, grid: UUID) -> None:
    own = Asking("", "configuration", "Hébergé en Europe", "", 4)
    grids.ask(owner, grid=grid, asking=own, at=make.AT)
    (sales,) = maps.published(owner)
    map_id = UUID(maps.titles(owner)["vente"][0])
    maps_count = len(seen(owner, grid).criteria)
    from_the_map = next(one for one in seen(owner, grid).criteria if one.map_id)
    assert from_the_map.map_id == str(map_id)
    assert grids.redraw(owner, grid=grid, at=make.AT) == (0, 0)
    assert len(seen(owner, grid).criteria) == maps_count
    assert sales.steps


def test_a_workbook_runs_nothing_that_people_wrote(owner: Actor, grid: UUID, vendor: UUID) -> None:
    one = criterion(owner, grid, "complex_sale")
    hostile = '=HYPERLINK("https://evil.example","x")'
    scoring.score(owner, criterion=one, vendor=vendor, given=Given(2, hostile), at=make.AT)
    grids.add_vendor(owner, grid=grid, name="@SUM(A1)", at=make.AT)
    book = openpyxl.load_workbook(BytesIO(exporting.export(owner, grid=grid, at=make.AT)))
    formulas = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert len(formulas) == 3
    assert all(str(each).startswith("=SUMPRODUCT(") for each in formulas)
    assert "'" + hostile in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
