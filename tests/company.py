"""The demo company in a browser: signing in as one of its people, what axe holds against a page."""

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import make
from asking import ask
from running import Running

_DOCS = Path(__file__).parents[1] / "docs"
#: With PORTULAN_GUIDE set, the pictures of the read-me and of the guide are taken anew.
PICTURES = _DOCS / "images" if os.environ.get("PORTULAN_GUIDE") else None
GUIDE = _DOCS / "guide" / "images" if os.environ.get("PORTULAN_GUIDE") else None
GRAVE = ("serious", "critical")
#: Nothing moves that will come to an end.
AT_REST = """() => document.getAnimations().every(
    (one) => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity
)"""


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


def discounted(page: Page) -> int:
    """Give a big discount on a deal that is ready to be signed, and return it."""
    me = ask(page, "GET", "/api/session")["user"]["id"]
    stages = ask(page, "GET", "/api/board/vente?cards=50")["stages"]
    cards = next(one["cards"] for one in stages if one["uid"] == "negociation")
    card = next(one for one in cards if one["owner"] and one["owner"]["id"] == me)
    values = {"remise": "22", "conditions_validees": True}
    address = f"/api/records/opportunity/{card['id']}"
    ask(page, "PATCH", address, {"version": card["version"], "values": values})
    return int(card["id"])


def accessible(page: Page) -> None:
    """Hold axe against a page, once nothing fades in or out: colours half-way are nobody's choice."""
    found = held_against(page)
    assert not found, found


def grave(page: Page) -> list[str]:
    """Return what axe holds against a page that has come to rest."""
    page.wait_for_load_state("networkidle")
    found = held_against(page)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in GRAVE]


def held_against(page: Page) -> list[dict[str, Any]]:
    page.wait_for_function(AT_REST)
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return found
