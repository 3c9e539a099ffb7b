"""The manager goes away and names who decides; the delegate agrees to a discount; the manager is back."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from asking import ask
from company import accessible, discounted, grave, signed_in
from portulan.base.fold import fold
from running import Running

pytestmark = pytest.mark.browser
MANAGER, DELEGATE = "marc.besson@nordet.example", "elodie.renard@nordet.example"
DESK = ("light", 1440, 900)


def away(page: Page) -> None:
    page.get_by_role("button", name="Mon compte").click()
    page.get_by_role("menuitem", name="Mon absence").click()


def other_seller(page: Page) -> str:
    """Return the address of somebody who sells, has a deal ready to be signed, and is in no other story."""
    stages = ask(page, "GET", "/api/board/vente?cards=50")["stages"]
    cards = next(one["cards"] for one in stages if one["uid"] == "negociation")
    names = sorted(one["owner"]["name"] for one in cards if one["owner"])
    name = next(one for one in names if one not in ("Claire Lambert", "Marc Besson"))
    return fold(name).replace(" ", ".") + "@nordet.example"


def test_a_delegate_decides_while_the_manager_is_away(company: Running, browser: Browser) -> None:
    boss = signed_in(company, browser, MANAGER, DESK)
    away(boss)
    said = boss.get_by_role("dialog", name="Mon absence")
    said.get_by_label("Retour le").fill((date.today() + timedelta(days=7)).isoformat())  # noqa: DTZ011 - a day
    said.get_by_label("Décide à ma place").click()
    boss.get_by_role("option", name="Élodie Renard").click()
    accessible(boss)
    said.get_by_role("button", name="Enregistrer").click()
    expect(boss.get_by_text(re.compile("Absence enregistrée"))).to_be_visible()

    desk = signed_in(company, browser, other_seller(boss), DESK)
    deal = discounted(desk)
    desk.goto(f"/fiches/opportunity/{deal}")
    desk.get_by_role("button", name="Gagné", exact=True).click()
    gate = desk.get_by_role("dialog")
    gate.get_by_label("Votre message").fill("Le client signe cette semaine.")
    gate.get_by_role("button", name="Demander l’accord").click()
    expect(desk.get_by_role("region", name="En attente d’un accord")).to_be_visible()

    other = signed_in(company, browser, DELEGATE, DESK)
    other.goto("/ma-journee")
    mine = other.get_by_role("region", name="À approuver")
    expect(mine.get_by_text("Le client signe cette semaine.")).to_be_visible()
    assert grave(other) == []
    mine.get_by_role("button", name="Donner mon accord").click()
    expect(other.get_by_text(re.compile("Accord donné"))).to_be_visible()
    assert ask(desk, "GET", f"/api/records/opportunity/{deal}")["values"]["stage"] == "gagne"

    away(boss)
    boss.get_by_role("dialog", name="Mon absence").get_by_role("button", name="Je suis là").click()
    expect(boss.get_by_text("Vous êtes de nouveau là")).to_be_visible()
    for page in (boss, desk, other):
        page.context.close()
