"""A quote on screen: lines put in order, a discount agreed to, a new version, its PDF, the deal’s amount."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from asking import ask
from company import grave, signed_in
from running import Running

pytestmark = pytest.mark.browser
SELLER, MANAGER = "claire.lambert@nordet.example", "marc.besson@nordet.example"
DESK = ("light", 1440, 900)


def deal_of(page: Page) -> int:
    """Return a deal of theirs that is being proposed and has a client."""
    me = ask(page, "GET", "/api/session")["user"]["id"]
    stages = ask(page, "GET", "/api/board/vente?cards=50")["stages"]
    cards = next(one["cards"] for one in stages if one["uid"] == "proposition_envoyee")
    card = next(one for one in cards if one["owner"] and one["owner"]["id"] == me and one["account"])
    return int(card["id"])


def shown(page: Page) -> int:
    """Return the quote that is on screen."""
    return int(page.url.rpartition("/")[2])


def discounted(page: Page, percent: str) -> None:
    """Give a discount on the whole of the quote that is on screen."""
    said = ask(page, "GET", f"/api/quotes/{shown(page)}")["quote"]
    body = {"version": said["version"], "values": {"discount": percent}}
    ask(page, "PATCH", f"/api/records/quote/{shown(page)}", body)
    page.reload()


def put_in_order(page: Page) -> None:
    """Move a line with the arrows, then back with the mouse; the order lasts."""
    lines = page.get_by_role("region", name="Lignes")
    first = lines.locator("tr[data-row] td:first-child")
    expect(first.last).to_have_text("Mise en service")
    before = first.all_inner_texts()
    grip = lines.get_by_role("button", name=re.compile("Déplacer Mise en service"))
    grip.focus()
    grip.press("ArrowUp")
    expect(first).to_have_text([*before[:-2], before[-1], before[-2]])
    expect(grip).to_be_focused()
    grip.hover()
    page.mouse.down()
    last = lines.locator("tr[data-row]").last.bounding_box()
    assert last
    page.mouse.move(last["x"] + 5, last["y"] + last["height"] - 3, steps=5)
    with page.expect_response(re.compile("/order$")):
        page.mouse.up()
    expect(first).to_have_text(before)
    page.reload()
    expect(first).to_have_text(before)


def agree(page: Page, word: str) -> None:
    """Agree, as the manager, to what was asked with a word."""
    page.goto("/ma-journee")
    mine = page.get_by_role("region", name="À approuver").get_by_role("listitem").filter(has_text=word)
    mine.get_by_role("button", name="Donner mon accord").click()
    expect(page.get_by_text(re.compile("Accord donné"))).to_be_visible()
    page.context.close()


def test_a_quote_goes_from_its_deal_to_the_amount_of_the_deal(company: Running, browser: Browser) -> None:
    desk = signed_in(company, browser, SELLER, DESK)
    deal = deal_of(desk)
    desk.goto(f"/fiches/opportunity/{deal}")
    desk.get_by_role("button", name="Nouveau devis").click()
    desk.wait_for_url(re.compile("/fiches/quote/"))
    quote = shown(desk)
    for name, price in (("Pose", "700"), ("Mise en service", "300")):
        values = {"quote": quote, "name": name, "unit_price": price}
        ask(desk, "POST", "/api/records/quote_line", {"values": values})
    desk.reload()
    put_in_order(desk)
    assert grave(desk) == []

    discounted(desk, "20")
    desk.get_by_label("Un mot pour qui décide").fill("Client historique.")
    expect(desk.get_by_role("button", name="Marquer comme envoyé")).to_have_count(0)
    desk.get_by_role("button", name="Demander l’accord").click()
    expect(desk.get_by_role("region", name="En attente d’un accord")).to_be_visible()
    agree(signed_in(company, browser, MANAGER, DESK), "Client historique.")

    desk.reload()
    desk.get_by_role("button", name="Envoyer par e-mail").click()
    letter = desk.get_by_role("dialog")
    expect(letter.get_by_role("note")).to_contain_text("Aucun serveur d’e-mail")
    expect(letter.get_by_role("button", name="Envoyer", exact=True)).to_be_disabled()
    assert grave(desk) == []
    letter.get_by_text("Annuler").click()
    desk.get_by_role("button", name="Marquer comme envoyé").click()
    desk.get_by_role("button", name="Nouvelle version").click()
    desk.wait_for_url(lambda address: not address.endswith(f"/{quote}"))
    expect(desk.get_by_role("heading", level=2).get_by_text(re.compile("v2"))).to_be_visible()
    expect(desk.get_by_label("Un mot pour qui décide")).to_be_visible()
    discounted(desk, "10")
    desk.get_by_role("button", name="Marquer comme envoyé").click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename.endswith("v2.pdf")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")

    desk.get_by_role("button", name="Accepté par le client").click()
    desk.get_by_role("button", name="Reprendre ce montant").click()
    expect(desk.get_by_text(re.compile("Le montant de l’affaire est maintenant"))).to_be_visible()
    net = ask(desk, "GET", f"/api/records/quote/{shown(desk)}")["values"]["net"]
    amount = ask(desk, "GET", f"/api/records/opportunity/{deal}")["values"]["amount"]
    assert float(amount) == float(net) > 0
    desk.context.close()
