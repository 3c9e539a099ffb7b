"""The demo company opens as the guide shows it: each screen holds its data, axe finds nothing serious."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import make
from running import Running, free_ports, running, until

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
#: With PORTULAN_GUIDE set, the pictures of the read-me are taken anew.
PICTURES = ROOT / "docs" / "images" if os.environ.get("PORTULAN_GUIDE") else None
DIRECTOR = "elodie.renard@nordet.example"
SELLER = "claire.lambert@nordet.example"
LOOKS = [("light", 1440, 900), ("dark", 390, 844)]
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The product with its demo company."""
    port, live_port = free_ports(2)
    with running(tmp_path_factory.mktemp("company"), port=port, live_port=live_port) as started:
        until(lambda: started.status("/") == 200, seconds=180)
        started.command("demo")
        yield started
        started.command("replay")


def signed_in(company: Running, browser: Browser, email: str, look: tuple[str, int, int]) -> Page:
    scheme, width, height = look
    context = browser.new_context(
        base_url=company.url,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="fr-FR",
    )
    context.set_default_timeout(45_000)
    expect.set_options(timeout=45_000)
    page = context.new_page()
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(email)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: "connexion" not in address)
    return page


def grave(page: Page) -> list[str]:
    """Return what axe holds against a page that has come to rest."""
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in GRAVE]


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
