"""Vendors compared on screen: one fills its own column by a link and sees nothing else; totals follow."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Browser, Page, expect

from asking import answered, ask
from company import grave
from running import Running

SHEET = "Vente complexe"


def drawn(desk: Page) -> None:
    made = ask(
        desk, "POST", "/api/maps", {"title": "", "state": "to_be", "subject": None, "starter": "vente"}
    )
    ask(desk, "POST", f"/api/maps/{made['id']}/publish")


def with_vendors(desk: Page, *names: str) -> None:
    desk.goto("/grille")
    desk.get_by_label("Nom de la grille").fill("CRM 2027")
    desk.get_by_role("button", name="Créer la grille").click()
    for name in names:
        desk.get_by_label("Nom d’un éditeur").fill(name)
        desk.get_by_role("button", name="Ajouter l’éditeur").click()
        expect(desk.get_by_role("button", name=f"Actions sur {name}")).to_be_visible()


def link_for(desk: Page, name: str) -> str:
    desk.get_by_role("button", name=f"Actions sur {name}").click()
    desk.get_by_role("menuitem", name="Inviter l’éditeur").click()
    desk.get_by_role("button", name="Créer le lien").click()
    address = desk.get_by_label("Adresse à envoyer").input_value()
    desk.keyboard.press("Escape")
    return address


def score(page: Page, points: str, proof: str) -> None:
    page.get_by_text(points, exact=True).click()
    page.get_by_label("Preuve").fill(proof)
    page.get_by_role("button", name="Enregistrer").click()


_FETCH = """async ([address, token]) => {
    const answer = await fetch(address, { headers: { 'X-Evaluation': token } });
    return [answer.status, await answer.text()];
}"""


def fetched_as(page: Page, token: str, address: str) -> Any:
    return page.evaluate(_FETCH, [address, token])


def test_a_vendor_fills_its_column_by_a_link_sees_nothing_else_and_the_grid_totals(
    desk: Page, browser: Browser, product: Running, tmp_path: Path
) -> None:
    drawn(desk)
    with_vendors(desk, "Boussole SA", "Sextant Inc")
    desk.get_by_role("button", name=f"Sextant Inc, {SHEET}").click()
    score(desk, "1 – partiel", "Démo du 3 mai, un seul décideur")
    expect(desk.get_by_role("status").filter(has_text="Enregistré.")).to_be_visible()
    desk.keyboard.press("Escape")
    address = link_for(desk, "Boussole SA")

    guest = browser.new_context(locale="fr-FR", viewport={"width": 390, "height": 844}).new_page()
    guest.goto(address)
    expect(guest.get_by_role("heading", name="Boussole SA – CRM 2027")).to_be_visible()
    assert "Sextant" not in guest.content()
    asked = guest.locator("details").filter(has_text=SHEET)
    asked.locator("summary").click()
    asked.get_by_text("3 – complet", exact=True).click()
    asked.get_by_role("button", name="Enregistrer").click()
    expect(asked.get_by_role("status")).to_contain_text("demande une preuve")
    asked.get_by_label("Preuve").fill("Montré le 12 mai, version 9.2")
    asked.get_by_role("button", name="Enregistrer").click()
    expect(asked.locator("summary")).to_contain_text("3 – complet")
    assert grave(guest) == []

    token = address.partition("#")[2]
    status, sheet = fetched_as(guest, token, "/api/evaluation")
    assert status == 200
    assert not [hidden for hidden in ("Sextant", "weight", 'décideur",') if hidden in sheet]
    (grid,) = ask(desk, "GET", "/api/grids")
    for closed in ("/api/grids", f"/api/grids/{grid['id']}", "/api/brief", "/api/maps"):
        assert fetched_as(guest, token, closed)[0] == 401

    desk.reload()
    expect(desk.get_by_role("button", name=f"Boussole SA, {SHEET}")).to_have_text("3")
    expect(desk.get_by_role("button", name=f"Portulan, {SHEET}")).to_have_text("non prouvé")
    totals = {
        one["name"]: one["total"]["points"] for one in ask(desk, "GET", f"/api/grids/{grid['id']}")["vendors"]
    }
    assert totals == {"Portulan": 0, "Boussole SA": 9, "Sextant Inc": 3}
    assert grave(desk) == []
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="Excel").click()
    taken.value.save_as(tmp_path / "grille.xlsx")
    book = openpyxl.load_workbook(BytesIO((tmp_path / "grille.xlsx").read_bytes()))
    assert "Boussole SA" in [cell.value for cell in book.worksheets[0][1]]

    desk.get_by_role("button", name="Actions sur Boussole SA").click()
    desk.get_by_role("menuitem", name="Fermer le lien").click()
    expect(desk.get_by_text("ne mène plus nulle part")).to_be_visible()
    assert fetched_as(guest, token, "/api/evaluation")[0] == 404
    guest.reload()
    expect(guest.get_by_role("heading", name="Ce lien est fermé")).to_be_visible()
    assert answered(desk, "GET", "/api/grids")[0] == 200
    guest.context.close()
    assert product.url
