"""A lead becomes an account, a contact and a deal at once; what was there is linked; it is taken back."""

from typing import Any

import pytest

import make
from portulan.base.refusals import NotAllowed, NotThere
from portulan.people.actor import Actor
from portulan.records import conversion, enter, operations, proposal, queries, replay, runtime, timeline
from portulan.records.conversion import Part, Wanted
from portulan.records.operations import GateClosed, Move
from sale import SYSTEM, record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sold(transactional_db: None) -> Any:
    """Build the CRM of the starters of marketing and of sales, pinned."""
    with runtime.pinned(make.crm("marketing", "vente")) as one:
        yield one
    make.no_crm()


def lead(actor: Actor, **given: Any) -> int:
    known = {"name": "Camille Roux", "company": "Lumen SAS", "email": "camille@lumen.example"}
    need: dict[str, Any] = {"segment": "pme", "besoin_lead": "Un pilote", "source": "fair"}
    need |= {"score": 70, "job_title": "Directrice technique"}
    return record("lead", actor, **{**known, **need, **given})


def row(name: str, row_id: int) -> Any:
    return runtime.current().model(name).objects.get(pk=row_id)


def wanted(actor: Actor, row_id: int, **more: Any) -> Wanted:
    said = proposal.proposal(actor, row_id=row_id)
    parts = {uid: Part(values=said[uid]["values"]) for uid in ("account", "contact", "opportunity")}
    return Wanted(said["version"], **{**parts, **more})


def convert(actor: Actor, row_id: int, **more: Any) -> dict[str, Any]:
    conversion.convert(actor, row_id=row_id, wanted=wanted(actor, row_id, **more), at=make.AT)
    found = conversion.find_conversion(actor, row_id=row_id)
    assert found is not None
    return found


def test_a_lead_becomes_an_account_a_contact_and_a_deal_that_remember_it(sold: Any) -> None:
    claire = make.actor()
    row_id = lead(claire)
    call = record("activity", claire, kind="call", lead=row_id, done_at=make.AT.isoformat(), name="Appel")
    made = convert(claire, row_id)
    deal, contact = row("opportunity", made["deal"]["id"]), row("contact", made["contact"]["id"])
    assert (deal.name, deal.source, deal.segment, deal.lead_id) == ("Lumen SAS", "fair", "pme", row_id)
    assert (contact.first_name, contact.name, contact.email) == ("Camille", "Roux", "camille@lumen.example")
    assert deal.account_id == contact.account_id == made["account"]["id"]
    assert (row("lead", row_id).stage, deal.stage) == ("converti", "prospection")
    told = timeline.timeline(claire, object_name="opportunity", row_id=deal.pk)["rows"]
    assert {one["say"] for one in told} >= {"Appel", "a créé cette affaire à partir d’un lead"}
    assert row("activity", call).account_id == made["account"]["id"]
    mine = timeline.timeline(claire, object_name="lead", row_id=row_id)["rows"]
    assert "a converti ce lead en affaire" in [one["say"] for one in mine]
    assert not list(replay.unlike(SYSTEM))


def test_who_is_there_already_is_offered_and_linked_instead_of_created(sold: Any) -> None:
    claire = make.actor()
    there = record("account", SYSTEM, name="Lumen", website="https://lumen.example")
    person = record("contact", SYSTEM, name="Roux", first_name="Camille", email="camille@lumen.example")
    row_id = lead(claire)
    said = proposal.proposal(claire, row_id=row_id)
    assert [one["id"] for one in said["account"]["found"]] == [there]
    assert [(one["id"], one["sure"]) for one in said["contact"]["found"]] == [(person, True)]
    with pytest.raises(enter.AlreadyThere):
        convert(claire, row_id, account=Part(id=there))
    made = convert(claire, row_id, account=Part(id=there), contact=Part(id=person))
    assert row("opportunity", made["deal"]["id"]).contact_id == person
    conversion.undo(claire, conversion_id=made["id"], at=make.AT)
    assert row("account", there).deleted_at is row("contact", person).deleted_at is None


def test_taking_it_back_leaves_the_lead_as_it_was_and_nothing_of_what_was_created(sold: Any) -> None:
    claire = make.actor()
    row_id = lead(claire)
    call = record("activity", claire, kind="call", lead=row_id, done_at=make.AT.isoformat())
    made = convert(claire, row_id)
    record("contact", SYSTEM, name="Autre", account=made["account"]["id"])
    conversion.undo(claire, conversion_id=made["id"], at=make.AT)
    assert row("lead", row_id).stage == "capte"
    gone = [row(made[one]["object"], made[one]["id"]).deleted_at for one in ("deal", "contact", "account")]
    assert [one is None for one in gone] == [False, False, True], "the account has another contact by now"
    held = row("activity", call)
    assert (held.opportunity_id, held.account_id, held.lead_id) == (None, None, row_id)
    with pytest.raises(conversion.NotConverted):
        conversion.undo(claire, conversion_id=made["id"], at=make.AT)
    assert convert(claire, row_id)["id"] != made["id"]
    assert not list(replay.unlike(SYSTEM))


def test_a_deal_that_moved_on_keeps_its_conversion(sold: Any) -> None:
    claire = make.actor()
    row_id = lead(claire)
    made = convert(claire, row_id)
    deal = row("opportunity", made["deal"]["id"])
    move = Move(to="premier_contact", version=deal.version)
    operations.move(claire, object_name="opportunity", row_id=deal.pk, move=move, at=make.AT)
    with pytest.raises(conversion.DealMovedOn):
        conversion.undo(claire, conversion_id=made["id"], at=make.AT)
    with pytest.raises(conversion.AlreadyConverted):
        convert(claire, row_id)


def test_what_the_map_of_leads_still_asks_is_said_and_nothing_is_created(sold: Any) -> None:
    claire = make.actor()
    row_id = lead(claire, segment=None, besoin_lead=None)
    with pytest.raises(GateClosed) as closed:
        convert(claire, row_id)
    assert {"segment", "besoin_lead"} & {one["field"] for one in closed.value.details["missing"]}
    assert not runtime.current().model("opportunity").objects.exists()
    asked = {"segment": "pme", "besoin_lead": "Un pilote"}
    assert convert(claire, row_id, values=asked)["deal"]


def test_only_who_may_change_the_lead_converts_it_and_only_into_what_they_see(sold: Any) -> None:
    claire, bruno = make.actor(), make.actor("bruno.martin@nordet.example")
    row_id = lead(claire)
    asked = wanted(claire, row_id)
    with pytest.raises(NotAllowed):
        conversion.convert(bruno, row_id=row_id, wanted=asked, at=make.AT)
    with pytest.raises(NotThere):
        convert(claire, row_id, account=Part(id=999_999))
    nobody = make.actor("personne@nordet.example", role="")
    with pytest.raises(NotThere):
        proposal.proposal(nobody, row_id=row_id)
    assert queries.get_record(claire, object_name="lead", row_id=row_id)["values"]["stage"] == "capte"
