"""On the screens: a drawing from elsewhere is imported, seen five ways, read on a phone, taken away."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from company import accessible
from portulan.maps import starters
from portulan.maps.bpmn.files import to_bpmn
from portulan.maps.bpmn.read import read
from portulan.maps.layout import Layout
from portulan.maps.model import Emotion, Information, Map

pytestmark = pytest.mark.browser
GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "images"


def picture(page: Page, name: str) -> None:
    if os.environ.get("PORTULAN_GUIDE"):
        page.screenshot(path=GUIDE / f"{name}.png")


def drawn() -> Map:
    """The sales cycle, felt by the client, its amount typed again at the last step."""
    vente = starters.starter("vente")
    again = Information(id="montant_facture", label="Montant", field="amount", stored="ERP")
    felt = {"emotion": Emotion(value=-2, words="On tourne en rond"), "decides": ("manager",)}
    steps = tuple(
        step.model_copy(update={**felt, "information": (*step.information, again)})
        if step.id == "negociation"
        else step
        for step in vente.steps
    )
    return vente.model_copy(update={"steps": steps})


def imported(page: Page, name: str, raw: bytes) -> str:
    page.goto("/cartes")
    page.get_by_role("button", name="Importer une carte").first.click()
    dialog = page.get_by_role("dialog", name="Importer une carte")
    dialog.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/xml", "buffer": raw}
    )
    dialog.get_by_role("button", name="Importer", exact=True).click()
    page.wait_for_url("**/cartes/*-*")
    return page.url.split("?")[0]


def taken_away(page: Page, item: str) -> bytes:
    page.get_by_role("button", name="Plus d’actions").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=item, exact=True).click()
    return Path(download.value.path()).read_bytes()


def show(page: Page, view: str) -> None:
    page.get_by_role("combobox", name="Vue", exact=True).select_option(view)
    expect(page.get_by_role("heading", name=view)).to_be_visible()


def test_a_drawing_comes_in_is_seen_five_ways_and_leaves_the_same(desk: Page) -> None:
    vente = drawn()
    address = imported(desk, "vente.bpmn", to_bpmn(vente, Layout()))
    show(desk, "Parcours client")
    expect(desk.get_by_text("On tourne en rond")).to_be_visible()
    accessible(desk)
    picture(desk, "parcours-client")
    show(desk, "Flux de données")
    expect(desk.get_by_text("1 est ressaisie")).to_be_visible()
    accessible(desk)
    picture(desk, "flux-de-donnees")
    show(desk, "Qui fait quoi")
    expect(desk.get_by_role("row", name="Négociation").get_by_text("manager", exact=False)).to_be_visible()
    desk.reload()
    expect(desk.get_by_role("heading", name="Qui fait quoi")).to_be_visible()
    desk.goto(address)
    assert taken_away(desk, "PDF, A3").startswith(b"%PDF-")
    assert "Négociation" in taken_away(desk, "Dessin (SVG)").decode()
    assert taken_away(desk, "Image (PNG)").startswith(b"\x89PNG")
    back = read(taken_away(desk, "BPMN 2.0"), state="to_be", lang="fr").map
    assert (back.steps, back.passages) == (vente.steps, vente.passages)


def test_on_a_phone_a_map_is_read_as_an_outline_first(desk: Page, browser: Browser) -> None:
    address = imported(desk, "persona.opml", b'<opml><body><outline text="DSI"/></body></opml>')
    state = desk.context.storage_state()
    phone = browser.new_context(storage_state=state, viewport={"width": 390, "height": 844}, locale="fr-FR")
    page = phone.new_page()
    page.goto(address)
    expect(page.get_by_role("combobox", name="Vue", exact=True)).to_have_value("liste")
    expect(page.get_by_role("button", name="DSI")).to_be_visible()
    accessible(page)
    phone.close()
    desk.goto("/cartes?vue=ensemble")
    expect(desk.get_by_text("persona", exact=True)).to_be_visible()
