"""A merge through the screens: found by a pass, compared, made one, reached by the old address, undone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

CREATE = """async ([object, values]) => {
  const token = document.cookie.split('; ').find((one) => one.startsWith('csrftoken=')).split('=')[1];
  const answer = await fetch(`/api/records/${object}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
    body: JSON.stringify({ values, motive: 'Reprise' }),
  });
  return (await answer.json()).id;
}"""


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_two_accounts_become_one_and_two_again(desk: Page) -> None:
    desk.goto("/fiches/account")
    kept = desk.evaluate(CREATE, ["account", {"name": "Voilerie du Golfe", "city": "Vannes"}])
    gone = desk.evaluate(CREATE, ["account", {"name": "VOILERIE DU GOLFE SARL", "city": "Auray"}])
    desk.evaluate(CREATE, ["contact", {"name": "Le Goff", "account": gone}])
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
