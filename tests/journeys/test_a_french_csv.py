"""On the screens: a French CSV is read, corrected, imported; bad rows are told, a variant is promoted."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
WAYS = (
    ("Demande reçue", "Devis envoyé", "Commande"),
    ("Demande reçue", "Devis envoyé", "Relance", "Abandon"),
)
CASES, BAD = 60, 2


def rows() -> Iterator[str]:
    yield "N° dossier;Étape;Quand;Vendeur;Montant estimé"
    for case in range(CASES):
        born = datetime(2026, 1, 5, 9) + timedelta(days=case)
        for rank, step in enumerate(WAYS[case % 3 == 0]):
            at = born + timedelta(days=3 * rank, hours=case % 7)
            seller = "Nadia" if case % 2 else "Yves"
            yield f"D-{case:04};{step};{at:%d/%m/%Y %H:%M};{seller};{case + 1} 250,50"
    yield "D-9001;Devis envoyé;un mardi;Nadia;100,00"
    yield "D-9002;;13/02/2026 10:00;Yves;200,00"


def test_a_french_csv_becomes_a_log_and_its_main_variant_a_map(desk: Page, tmp_path: Path) -> None:
    path = tmp_path / "devis 2026.csv"
    path.write_bytes("\r\n".join(rows()).encode("cp1252"))
    columns_are_understood(desk, path)
    log_is_read(desk)
    variant_is_promoted(desk)


def role_of(page: Page, column: str) -> str:
    return page.get_by_role("combobox", name=f"Rôle – {column}").input_value()


def columns_are_understood(page: Page, path: Path) -> None:
    page.goto("/journaux")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_role("heading", name="Vérifiez les colonnes")).to_be_visible()
    read = [role_of(page, name) for name in ("N° dossier", "Étape", "Quand", "Vendeur")]
    assert read == ["Identifiant du dossier", "Étape", "Date", "Attribut du dossier"]
    correct(page, "Étape", "Ignorer")
    expect(page.get_by_role("alert").filter(has_text="étape")).to_be_visible()
    expect(page.get_by_role("button", name="Importer", exact=True)).to_be_disabled()
    correct(page, "Étape", "Étape")
    correct(page, "Vendeur", "Qui")
    page.get_by_role("button", name="Importer", exact=True).click()


def correct(page: Page, column: str, role: str) -> None:
    page.get_by_role("combobox", name=f"Rôle – {column}").click()
    page.get_by_role("option", name=role, exact=True).click()


def log_is_read(page: Page) -> None:
    rejected = page.get_by_role("link", name=re.compile(f"{BAD} lignes"))
    expect(rejected).to_be_visible()
    with page.expect_download() as given:
        rejected.click()
    written = Path(given.value.path()).read_text(encoding="utf-8-sig")
    assert "D-9001" in written
    assert "D-9002" in written
    expect(page.get_by_text("Dossiers").first).to_be_visible()


def variant_is_promoted(page: Page) -> None:
    page.get_by_role("tab", name="Variantes").click()
    page.get_by_role("button", name="En faire une cible").first.click()
    page.wait_for_url(re.compile("/cartes/"))
    for step in WAYS[0]:
        expect(page.locator(".react-flow__node", has_text=step)).to_be_visible()
    expect(page.locator(".react-flow__node", has_text="Relance")).to_have_count(0)
    page.locator(".react-flow__node", has_text="Commande").click()
    page.get_by_role("tab", name="Définition").click()
    expect(page.get_by_label("Intitulé")).to_be_editable()
