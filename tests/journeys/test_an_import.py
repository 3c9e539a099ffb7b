"""An import through the screens: real sales data with dirty keys, reconciled, seen, imported, undone."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

SALES = Path(__file__).parents[3] / "shared" / "data" / "sales"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not SALES.exists(), reason="the sales of Maven Analytics are not in ../shared/data"),
]
#: With PORTULAN_GUIDE set, the pictures of the guide are taken anew.
GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "images" if os.environ.get("PORTULAN_GUIDE") else None

Shot = Callable[[str], None]


@pytest.fixture
def shot(desk: Page, tmp_path: Path) -> Shot:
    """Take a picture of the screen once it rests."""

    def take(name: str) -> None:
        desk.wait_for_load_state("networkidle")
        desk.screenshot(path=(GUIDE or tmp_path) / f"{name}.png", animations="disabled")

    return take


def button(page: Page | Locator, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_real_sales_are_reconciled_seen_imported_and_undone(desk: Page, shot: Shot) -> None:
    products(desk)
    accounts(desk)
    deals(desk, shot)
    undo(desk, shot)


def drop(page: Page, object_name: str, file: str) -> None:
    page.goto(f"/fiches/{object_name}")
    button(page, "Importer").click()
    page.wait_for_url(re.compile("/imports"))
    page.locator("input[type=file]").set_input_files(SALES / file)
    expect(page.get_by_role("heading", name="Ce que contient chaque colonne")).to_be_visible()


def look(page: Page) -> None:
    button(page, "Regarder le résultat").click()


def imported(page: Page, count: str) -> None:
    button(page, re.compile(f"^Importer {count} lignes")).click()
    expect(page.get_by_role("heading", name="Import terminé")).to_be_visible()


def products(page: Page) -> None:
    drop(page, "product", "products.csv")
    look(page)
    imported(page, "7")


def accounts(page: Page) -> None:
    drop(page, "account", "accounts.csv")
    look(page)
    sector = page.get_by_role("region", name="Secteur")
    expect(sector.get_by_role("combobox", name=re.compile("technolgy"))).to_have_value("Technologie")
    expect(sector.get_by_text("une faute de frappe")).to_be_visible()
    button(sector, "Confirmer 1 rapprochement").click()
    imported(page, "85")


def deals(page: Page, shot: Shot) -> None:
    drop(page, "opportunity", "sales_pipeline.csv")
    expect(page.get_by_role("combobox", name="Devient – opportunity_id")).to_have_value("Identifiant externe")
    shot("import-colonnes")
    look(page)
    product = page.get_by_role("region", name="Produit")
    expect(product.get_by_role("combobox", name=re.compile("GTXPro"))).to_have_value("GTX Pro")
    expect(product.get_by_text("mêmes lettres")).to_be_visible()
    shot("import-rapprochements")
    button(product, re.compile("Confirmer 1 rapprochement")).click()
    owner = page.get_by_role("region", name="Responsable")
    expect(product).to_be_hidden()
    button(owner, "Confirmer et laisser le reste vide").click()
    expect(page.get_by_role("heading", name="Ce que l’import fera")).to_be_visible()
    shot("import-apercu")
    imported(page, "8.800")
    shot("import-bilan")


def undo(page: Page, shot: Shot) -> None:
    button(page, "Annuler l’import").click()
    button(page.get_by_role("dialog"), "Annuler l’import").click()
    expect(page.get_by_role("heading", name="Import annulé")).to_be_visible()
    expect(page.get_by_text(re.compile("8.?800 à la corbeille"))).to_be_visible()
    shot("import-annule")
    page.goto("/fiches/opportunity")
    expect(page.get_by_role("heading", name="Aucune fiche")).to_be_visible()
