"""Records kept clean on screen: cells edited, rows grouped, a document dropped, a person forgotten."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from asking import answered, ask

pytestmark = pytest.mark.browser
DROP = """(zone) => {
    const held = new DataTransfer();
    held.items.add(new File(['%PDF-1.7 devis'], 'devis.pdf'));
    zone.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: held }));
}"""


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_cells_are_edited_rows_grouped_and_a_person_forgotten(desk: Page) -> None:
    desk.goto("/fiches/contact")
    for name, city in (("Voilerie", "Vannes"), ("Corderie", "Brest"), ("Chantier", "Brest")):
        ask(
            desk,
            "POST",
            "/api/records/account",
            {"values": {"name": name, "city": city, "status": "prospect"}},
        )
    person = {"name": "Trévaunance", "first_name": "Maëlig", "email": "maelig@example.com"}
    made = ask(desk, "POST", "/api/records/contact", {"values": person})["id"]
    a_cell_is_edited_and_taken_back(desk)
    rows_are_grouped_and_measured(desk)
    related_records_are_changed_where_they_stand(desk)
    a_document_is_dropped(desk, made)
    a_person_is_exported_then_forgotten(desk, made)


def cell(desk: Page, title: str, place: int) -> Locator:
    return desk.get_by_role("row", name=re.compile(title)).locator("td").nth(place)


def a_cell_is_edited_and_taken_back(desk: Page) -> None:
    desk.goto("/fiches/account?colonnes=" + '["city","siren","status"]')
    city = cell(desk, "Voilerie", 1)
    city.focus()
    desk.keyboard.press("Enter")
    city.get_by_role("textbox").fill("Lorient")
    desk.keyboard.press("Tab")
    expect(city).to_have_text("Lorient")
    siren = cell(desk, "Voilerie", 2)
    siren.get_by_role("textbox").fill("12")
    desk.keyboard.press("Enter")
    expect(siren.get_by_text(re.compile("SIREN"))).to_be_visible()
    desk.keyboard.press("Escape")
    expect(siren).to_have_text("–")
    desk.keyboard.press("Control+z")
    expect(city).to_have_text("Vannes")


def related_records_are_changed_where_they_stand(desk: Page) -> None:
    desk.goto("/fiches/account")
    desk.get_by_role("link", name="Corderie").click()
    button(desk, "Ajouter").click()
    desk.get_by_role("menuitem", name="Contact", exact=True).click()
    desk.get_by_role("dialog").get_by_label("Nom", exact=False).first.fill("Le Gall")
    button(desk.get_by_role("dialog"), "Créer").click()
    title = cell(desk, "Le Gall", 2)
    title.focus()
    desk.keyboard.press("Enter")
    title.get_by_role("textbox").fill("Maître voilier")
    desk.keyboard.press("Enter")
    expect(title).to_have_text("Maître voilier")
    desk.keyboard.press("Control+z")
    expect(title).to_have_text("–")
    button(desk, "Détacher Le Gall").click()
    expect(desk.get_by_role("row", name=re.compile("Le Gall"))).to_have_count(0)
    button(desk, "Annuler").last.click()
    expect(desk.get_by_role("row", name=re.compile("Le Gall"))).to_be_visible()


def rows_are_grouped_and_measured(desk: Page) -> None:
    button(desk, "Grouper").click()
    desk.get_by_role("menuitem", name="Statut", exact=True).click()
    expect(desk.get_by_role("button", name=re.compile("Prospect 3"))).to_be_visible()
    button(desk, "Calculer sur Ville").click()
    desk.get_by_role("menuitem", name="Remplis").click()
    expect(desk.get_by_role("button", name=re.compile("Remplis 3"))).to_be_visible()
    expect(desk.get_by_role("link", name="Corderie")).to_be_visible()


def a_document_is_dropped(desk: Page, person: int) -> None:
    desk.goto(f"/fiches/contact/{person}")
    desk.get_by_text("Déposez un fichier ici").locator("..").evaluate(DROP)
    button(desk, "devis.pdf").click()
    expect(desk.get_by_title("devis.pdf")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_text("a déposé un document").first).to_be_visible()


def a_person_is_exported_then_forgotten(desk: Page, person: int) -> None:
    with desk.expect_download() as given:
        desk.get_by_role("link", name="Exporter la personne en JSON").click()
    assert "Trévaunance" in given.value.path().read_text("utf-8")
    button(desk, "Anonymiser").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Motif").fill("Demande de Maëlig Trévaunance")
    dialog.get_by_label("J’ai compris que c’est définitif").check()
    button(dialog, "Anonymiser").click()
    expect(dialog).to_be_hidden()
    expect(desk.get_by_role("heading", name="Anonymisé").first).to_be_visible()
    expect(button(desk, "devis.pdf")).to_be_hidden()
    for address in (f"/api/records/contact/{person}/timeline", "/api/search?words=trevaunance"):
        _, said = answered(desk, "GET", address)
        assert "Trévaunance" not in str(said), address
