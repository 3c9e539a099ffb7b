"""A merge through the screens: found by a pass, compared, made one, reached by the old address, undone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from asking import ask

pytestmark = pytest.mark.browser


def create(page: Page, kind: str, values: dict[str, Any]) -> int:
    return int(ask(page, "POST", f"/api/records/{kind}", {"values": values, "motive": "Reprise"})["id"])


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_two_accounts_become_one_and_two_again(desk: Page) -> None:
    desk.goto("/fiches/account")
    kept = create(desk, "account", {"name": "Voilerie du Golfe", "city": "Vannes"})
    gone = create(desk, "account", {"name": "VOILERIE DU GOLFE SARL", "city": "Auray"})
    create(desk, "contact", {"name": "Le Goff", "account": gone})
    desk.goto("/doublons?objet=account")
    button(desk, "Chercher maintenant").click()
    button(desk, "Comparer").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("radio", name="Voilerie du Golfe", exact=True).check()
    dialog.get_by_role("radio", name=re.compile("Ville – VOILERIE")).check()
    button(dialog, "Fusionner").click()
    expect(desk.get_by_text("Aucun doublon à revoir")).to_be_visible()
    desk.goto(f"/fiches/account/{gone}")
    desk.wait_for_url(re.compile(f"/fiches/account/{kept}$"))
    expect(desk.get_by_text("Auray").first).to_be_visible()
    expect(desk.get_by_role("link", name="Le Goff").first).to_be_visible()
    expect(desk.get_by_text(re.compile("a fusionné")).first).to_be_visible()
    button(desk, "Défaire la fusion").click()
    expect(button(desk, "Défaire la fusion")).to_be_hidden()
    expect(desk.get_by_text("Vannes").first).to_be_visible()
    desk.goto(f"/fiches/account/{gone}")
    expect(desk.get_by_role("heading", name="VOILERIE DU GOLFE SARL").first).to_be_visible()
    expect(desk.get_by_role("link", name="Le Goff").first).to_be_visible()
