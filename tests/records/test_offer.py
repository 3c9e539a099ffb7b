"""A quote on paper: who sells to whom, until when, each line, the VAT of each rate; texts are escaped."""

import re

import pytest

import make
from portulan.base.refusals import NotAllowed
from portulan.records import offer, operations, quoted, quotes, runtime
from portulan.records.offer import Seller
from portulan.records.snapshot import Snapshot
from sale import SYSTEM, deal, record

pytestmark = pytest.mark.django_db(transaction=True)
NORDET = Seller("Nordet Industrie", "SAS au capital de 50 000 €, SIREN 552 100 554")


def drafted() -> int:
    client = record("account", name="Aubert & Fils", siren="552100554", street="2 quai Sud", city="Lille")
    made = quotes.begin(SYSTEM, deal_id=deal(account=client, name="Atelier <neuf>"), at=make.AT)
    record("quote_line", quote=made, name="Pompe P2", quantity="2.5", unit_price="1200", discount="10")
    record("quote_line", quote=made, name="Guide", unit_price="10", vat_rate="5.5")
    given = {"discount": "5", "terms": "30 jours fin de mois"}
    operations.update(SYSTEM, object_name="quote", row_id=made, version=1, given=given, at=make.AT)
    return made


def test_everything_the_client_needs_is_written(crm: Snapshot) -> None:
    sheet = quoted.sheet(SYSTEM, row_id=drafted())
    client = {"siren": "552100554", "street": "2 quai Sud", "city": "Lille", "country": "FR"}
    html = offer.html_of(sheet, client, NORDET, make.AT)
    said = re.sub(r"\s", " ", re.sub(r"<style>.*?</style>|<[^>]+>", "\n", html, flags=re.DOTALL))
    for one in (
        "Nordet Industrie", "SAS au capital de 50 000 €, SIREN 552 100 554", "Devis D-2026-0001", "Brouillon",
        "Aubert &amp; Fils", "2 quai Sud Lille SIREN 552 100 554", "Atelier &lt;neuf&gt;", "6 juin 2026",
        "2,5", "1 200,00 €", "10 %", "2 700,00 €", "Remise 5 %", "-135,50 €", "2 574,50 €",
        "TVA 20 % sur 2 565,00 €", "513,00 €", "TVA 5,5 % sur 9,50 €", "0,52 €", "3 088,02 €",
        "30 jours fin de mois", "Bon pour accord",
    ):  # fmt: skip
        assert one in said, one


def test_it_is_a_pdf_under_its_number_for_those_who_see_its_amounts(crm: Snapshot) -> None:
    made = drafted()
    name, raw = offer.offer(SYSTEM, row_id=made, seller=NORDET, at=make.AT)
    assert (name, raw[:5]) == ("D-2026-0001.pdf", b"%PDF-")
    runtime.current().model("quote").objects.filter(pk=made).update(net=None)
    with pytest.raises(NotAllowed):
        offer.offer(SYSTEM, row_id=made, seller=NORDET, at=make.AT)
