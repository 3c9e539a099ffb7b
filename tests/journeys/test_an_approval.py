"""A big discount: the seller asks, the record is locked, the manager agrees on a phone, the deal moves."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from asking import answered, ask
from company import GUIDE, discounted, grave, signed_in
from running import Running

pytestmark = pytest.mark.browser
SELLER, MANAGER = "claire.lambert@nordet.example", "marc.besson@nordet.example"
PHONE, DESK = ("light", 390, 844), ("light", 1440, 900)


def test_a_big_discount_is_agreed_to_on_a_phone_before_the_deal_is_won(
    company: Running, browser: Browser, tmp_path: Path
) -> None:
    desk = signed_in(company, browser, SELLER, DESK)
    deal = discounted(desk)
    desk.goto(f"/fiches/opportunity/{deal}")
    desk.get_by_role("button", name="Gagné", exact=True).click()
    gate = desk.get_by_role("dialog")
    expect(gate.get_by_text("Remise au-delà de 15")).to_be_visible()
    gate.get_by_label("Votre message").fill("Client historique, engagement de trois ans.")
    assert grave(desk) == []
    gate.get_by_role("button", name="Demander l’accord").click()
    waits = desk.get_by_role("region", name="En attente d’un accord")
    expect(waits.get_by_text("Marc Besson")).to_be_visible()
    assert grave(desk) == []
    address = f"/api/records/opportunity/{deal}"
    version = ask(desk, "GET", address)["version"]
    status, said = answered(desk, "PATCH", address, {"version": version, "values": {"remise": "10"}})
    assert (status, said["code"]) == (409, "records.held")
    assert "Marc Besson" in said["problems"][0]["detail"]

    phone = signed_in(company, browser, MANAGER, PHONE)
    phone.goto("/ma-journee")
    mine = phone.get_by_role("region", name="À approuver")
    expect(mine.get_by_text("engagement de trois ans")).to_be_visible()
    assert grave(phone) == []
    phone.screenshot(path=(GUIDE or tmp_path) / "a-approuver.png", animations="disabled")
    mine.get_by_role("button", name="Donner mon accord").click()
    expect(phone.get_by_text(re.compile("Accord donné"))).to_be_visible()
    expect(mine).to_have_count(0)
    phone.context.close()

    desk.reload()
    expect(desk.get_by_role("heading", level=2).get_by_text("Gagné")).to_be_visible()
    expect(desk.get_by_text("Accords demandés")).to_be_visible()
    desk.context.close()
