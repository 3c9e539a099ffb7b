"""A record that others work with is not deleted from under them: they are named, and asked."""

import pytest

import make
from portulan.automation import notices
from portulan.records import bulk, held, operations, queries
from portulan.records.held import AlreadyAsked, HeldByOthers, NothingHolds, NotYours
from sale import SYSTEM, deal, force, record

pytestmark = pytest.mark.usefixtures("crm")


def test_a_contact_in_somebody_elses_open_deal_stays_and_the_owner_is_asked() -> None:
    claire = make.acting(make.person("claire@nordet.example", role="sales", team="Ventes"))
    marie = make.acting(make.person("marie@nordet.example", role="marketing", team="Marketing"))
    contact = record("contact", marie, name="Anne")
    where = {"object_name": "contact", "row_id": contact, "at": make.AT}
    one = deal(claire, name="Atelier", contact=contact)
    with pytest.raises(HeldByOthers) as refused:
        operations.delete(marie, **where)  # type: ignore[arg-type]
    (problem,) = refused.value.problems
    assert problem.say("fr") == f"« Atelier », suivie par {claire.name}, est encore ouverte."
    assert held.ask(marie, motive="Doublon", **where) == 1  # type: ignore[arg-type]
    (told,) = notices.notices(claire)
    assert "Doublon" in told["say"]
    assert told["subject"] == f"contact:{contact}"
    force(one, "lost", values={"loss_reason": "price"})
    with pytest.raises(NothingHolds):
        held.ask(marie, motive="", **where)  # type: ignore[arg-type]
    operations.delete(marie, **where)  # type: ignore[arg-type]


def test_a_contact_of_another_team_stays_with_the_reason_the_deal_and_whom_to_ask() -> None:
    claire = make.acting(make.person("claire@nordet.example", role="sales", team="Ventes"))
    marie = make.acting(make.person("marie@nordet.example", role="marketing", team="Marketing"))
    contact = record("contact", claire, name="Anne")
    deal(claire, name="Atelier", contact=contact)
    where = {"object_name": "contact", "row_id": contact, "at": make.AT}
    assert queries.get_record(marie, object_name="contact", row_id=contact)["may"]["ask_deletion"]
    with pytest.raises(NotYours) as refused:
        operations.delete(marie, **where)  # type: ignore[arg-type]
    said = [
        "Vous ne supprimez que les fiches que vous suivez.",
        f"Celle-ci est suivie par {claire.name}.",
        f"« Atelier », suivie par {claire.name}, est encore ouverte.",
    ]
    assert [one.say("fr") for one in refused.value.problems] == said
    assert (refused.value.details["ask"], refused.value.details["asked"]) == ([claire.name], [])
    many = bulk.bulk(marie, object_name="contact", ids=[contact], change=bulk.Change(delete=True), at=make.AT)
    (one,) = many["refused"]
    assert [each["detail"] for each in one["problems"]] == [
        problem.say(marie.lang) for problem in refused.value.problems
    ]


def test_a_deletion_is_asked_for_once_until_who_was_asked_did_something_to_the_record() -> None:
    claire = make.acting(make.person("claire@nordet.example", role="sales", team="Ventes"))
    marie = make.acting(make.person("marie@nordet.example", role="marketing", team="Marketing"))
    ines = make.acting(make.person("ines@nordet.example", role="marketing", team="Marketing"))
    contact = record("contact", claire, name="Anne")
    where = {"object_name": "contact", "row_id": contact, "at": make.AT}
    assert held.ask(marie, motive="Doublon", **where) == 1  # type: ignore[arg-type]
    with pytest.raises(AlreadyAsked):
        held.ask(marie, motive="Doublon", **where)  # type: ignore[arg-type]
    with pytest.raises(NotYours) as refused:
        operations.delete(marie, **where)  # type: ignore[arg-type]
    assert (refused.value.details["ask"], refused.value.details["asked"]) == ([], [claire.name])
    assert held.ask(ines, motive="", **where) == 1  # type: ignore[arg-type]
    assert len(notices.notices(claire)) == 2
    assert {one["subject"] for one in notices.notices(claire)} == {f"contact:{contact}"}
    operations.update(claire, **where, version=1, given={"name": "Anne M."})  # type: ignore[arg-type]
    assert held.ask(marie, motive="Encore", **where) == 1  # type: ignore[arg-type]


def test_a_deal_that_one_may_not_read_is_not_named() -> None:
    claire = make.acting(make.person("claire@nordet.example", role="sales", team="Ventes"))
    paul = make.acting(make.person("paul@nordet.example", role="sales", team="Nord"))
    contact = record("contact", paul, name="Anne")
    deal(claire, name="Atelier", contact=contact)
    with pytest.raises(NotYours) as refused:
        operations.delete(paul, object_name="contact", row_id=contact, at=make.AT)
    said = [one.say("fr") for one in refused.value.problems]
    assert said[-1] == f"Une affaire en cours, suivie par {claire.name}, en dépend."
    assert "Atelier" not in str(refused.value.details)


def test_who_may_change_what_holds_a_record_may_delete_it() -> None:
    contact = record("contact", name="Anne")
    deal(name="Atelier", contact=contact)
    operations.delete(SYSTEM, object_name="contact", row_id=contact, at=make.AT)
