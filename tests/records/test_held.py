"""A record that others work with is not deleted from under them: they are named, and asked."""

import pytest

import make
from portulan.automation import notices
from portulan.records import held, operations
from portulan.records.held import HeldByOthers, NothingHolds
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


def test_who_may_change_what_holds_a_record_may_delete_it() -> None:
    contact = record("contact", name="Anne")
    deal(name="Atelier", contact=contact)
    operations.delete(SYSTEM, object_name="contact", row_id=contact, at=make.AT)
