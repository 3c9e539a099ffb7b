"""The demo company opens as the guide shows it: each screen holds its data, axe finds nothing serious."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from company import PICTURES, grave, signed_in
from running import Running

pytestmark = pytest.mark.browser
DIRECTOR = "elodie.renard@nordet.example"
SELLER = "claire.lambert@nordet.example"
LOOKS = [("light", 1440, 900), ("dark", 390, 844)]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def test_every_screen_of_the_company_holds_its_data_and_nothing_grave(
    company: Running, browser: Browser, look: tuple[str, int, int]
) -> None:
    page = signed_in(company, browser, DIRECTOR, look)
    held = {
        "/ma-journee": "En retard",
        "/cartes": "Cycle de vente",
        "/journaux": "Helpdesk",
        "/plan": "Plan",
        "/regles": "Relancer",
        "/pipeline/vente": "Proposition",
        "/fiches/account": "Compte",
        "/fiches/opportunity": "Affaire",
        "/fiches/opportunity/50": "Où en est-elle sur la carte",
        "/pipeline/support": "En attente du client",
    }
    faults = {}
    for path, text in held.items():
        page.goto(path)
        expect(page.get_by_text(re.compile(text)).first).to_be_attached()
        faults[path] = grave(page)
    page.goto("/cartes")
    for title in ("Cycle de vente", "Assistance constatée (Helpdesk)"):
        page.goto("/cartes")
        page.get_by_role("link", name=re.compile(re.escape(title))).first.click()
        expect(page.get_by_text(re.compile("bloqu")).first).to_be_attached()
        faults[title] = grave(page)
    assert {path: found for path, found in faults.items() if found} == {}
    page.context.close()


def test_a_seller_lands_on_their_day_and_their_pipeline_is_as_the_read_me_shows_it(
    company: Running, browser: Browser, tmp_path: Path
) -> None:
    page = signed_in(company, browser, SELLER, LOOKS[0])
    expect(page).to_have_url(re.compile("/ma-journee"))
    page.get_by_role("navigation", name="Navigation principale").get_by_role(
        "link", name="Cycle de vente"
    ).click()
    expect(page).to_have_url(re.compile("/pipeline/vente"))
    expect(page.get_by_text("Pipe ouvert")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=(PICTURES or tmp_path) / "pipeline.png", animations="disabled")
    page.get_by_role("link", name="Voir la carte").click()
    expect(page.get_by_text(re.compile("des affaires restent bloquées")).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=(PICTURES or tmp_path) / "map.png", animations="disabled")
    page.context.close()
