"""A quote by the API, as its page asks: made, read, refused with reasons, sent, answered, made anew."""

from typing import Any

import pytest
from django.test import Client

import make
from portulan.people.models import User
from sale import deal, record

pytestmark = pytest.mark.usefixtures("crm")


def post(client: Client, place: str, **body: Any) -> tuple[int, Any]:
    answer = client.post(f"/api{place}", body, content_type="application/json")
    return answer.status_code, answer.json() if answer.content else None


def test_a_quote_goes_from_a_deal_to_its_second_version() -> None:
    claire = make.actor()
    seller = Client()
    seller.force_login(User.objects.get(pk=claire.id or 0))
    pump = record("product", name="Pompe", price="1000")
    sold = deal(claire, product=pump, name="Atelier")
    status, made = post(seller, f"/opportunities/{sold}/quotes")
    assert status == 201
    here = f"/quotes/{made['id']}"
    said = seller.get(f"/api{here}").json()
    assert (said["quote"]["title"], said["quote"]["values"]["total"]) == ("D-2026-0001", "1200.00")
    (line,) = said["lines"]["rows"]
    assert (line["title"], said["lines"]["linked"]["product"]) == ("Pompe", {str(pump): "Pompe"})
    assert said["taxed"] == [{"rate": "20.00", "base": "1000.00", "vat": "200.00"}]
    assert (said["may"]["edit"], said["may"]["send"], said["may"]["accept"]) == (True, True, False)
    status, refused = post(seller, f"{here}/send", version=1)
    assert (status, [one["where"] for one in refused["problems"]]) == (422, ["account"])
    client = record("account", name="Aubert", owner=claire.id)
    change = {"version": 1, "values": {"account": client}}
    assert (
        seller.patch(f"/api/records{here.replace('quotes', 'quote')}", change, "application/json").status_code
        == 200
    )
    assert post(seller, f"{here}/send", version=2) == (204, None)
    change = {"version": 3, "values": {"discount": "5"}}
    frozen = seller.patch(f"/api/records{here.replace('quotes', 'quote')}", change, "application/json")
    assert (frozen.status_code, frozen.json()["code"]) == (409, "records.quote_frozen")
    assert post(seller, f"{here}/refuse", version=3, reason="Trop cher")[0] == 204
    assert post(seller, f"{here}/reopen", version=4)[0] == 204
    assert post(seller, f"{here}/accept", version=5)[0] == 204
    said = seller.get(f"/api{here}").json()
    assert (said["deal"]["title"], said["deal"]["amount"], said["may"]["revise"]) == ("Atelier", None, False)
    assert post(seller, f"{here}/reopen", version=6)[0] == 204
    status, again = post(seller, f"{here}/versions", version=7)
    assert status == 201
    said = seller.get(f"/api/quotes/{again['id']}").json()
    names = [(one["name"], one["status"]) for one in said["versions"]]
    assert names == [("D-2026-0001 v2", "draft"), ("D-2026-0001", "replaced")]
