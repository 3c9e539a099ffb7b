"""A log explored on screen: cases are filtered as a slider moves, then held against their map."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
LOG = Path(__file__).parents[2] / "examples" / "helpdesk.xes.gz"
ALL = re.compile(r"sur 4\s580")


def test_cases_are_filtered_while_a_slider_moves_and_held_against_their_map(desk: Page) -> None:
    import_the_log(desk)
    filter_by_length(desk)
    keep_the_analysis(desk)
    look_again(desk)
    open_the_analysis(desk)
    hold_against_its_map(desk)


def import_the_log(page: Page) -> None:
    page.goto("/journaux")
    page.locator("input[type=file]").set_input_files(LOG)
    page.get_by_role("button", name="Importer", exact=True).click()
    page.get_by_role("button", name="Filtrer", exact=True).wait_for(timeout=60_000)


def filter_by_length(page: Page) -> None:
    page.get_by_role("button", name="Filtrer", exact=True).click()
    page.get_by_label("Filtrer par").first.click()
    page.get_by_role("option", name="Durée").click()
    least = page.get_by_role("slider", name="Durée du dossier", exact=False).first
    kept = page.get_by_role("region", name="Filtres").get_by_role("status")
    least.focus()
    for _ in range(92):
        least.press("ArrowRight")
    expect(kept).to_contain_text(ALL)
    page.get_by_role("button", name="Ajouter le filtre").click()
    expect(page).to_have_url(re.compile("filtres="))


def keep_the_analysis(page: Page) -> None:
    page.get_by_role("button", name="Analyses", exact=True).click()
    page.get_by_role("menuitem", name="Enregistrer cette analyse").click()
    page.get_by_role("textbox", name="Nom").fill("Les plus longs")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page).to_have_url(re.compile("analyse="))
    page.get_by_role("button", name="Exporter", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("menuitem", name="Variantes (CSV)").click()
    assert "→" in taken.value.path().read_text("utf-8-sig")


def open_the_analysis(page: Page) -> None:
    page.get_by_role("button", name="Les plus longs").click()
    page.get_by_role("menuitem", name="Les plus longs", exact=True).click()
    status = page.get_by_role("region", name="Filtres").get_by_role("status")
    expect(status).to_contain_text(ALL)
    page.get_by_role("button", name="Les plus longs").click()
    page.get_by_role("menuitem", name=re.compile("Supprimer")).click()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("button", name="Les plus longs")).to_be_visible()
    page.get_by_role("button", name=re.compile("Retirer le filtre")).click()


def look_again(page: Page) -> None:
    page.reload()
    status = page.get_by_role("region", name="Filtres").get_by_role("status")
    expect(status).to_contain_text(ALL)
    page.get_by_role("button", name=re.compile("Retirer le filtre")).click()
    expect(status).to_have_count(0)


def hold_against_its_map(page: Page) -> None:
    log = page.url.split("?")[0]
    page.get_by_role("button", name="Créer la carte constatée").click()
    page.wait_for_url("**/cartes/**")
    drawn = page.url.split("/cartes/")[1].split("?")[0]
    page.goto(f"{log}?carte={drawn}")
    expect(page.get_by_text(re.compile("dossiers suivent la carte"))).to_be_visible()
    found = page.get_by_role("list", name="Écarts")
    expect(found.get_by_role("listitem").first).to_contain_text("dossiers")
    found.get_by_role("button", name="Seulement ces dossiers").first.click()
    expect(page).to_have_url(re.compile("filtres="))
    expect(page.get_by_role("region", name="Filtres").get_by_role("status")).to_contain_text(ALL)
