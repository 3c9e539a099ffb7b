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
    admit_a_deviation(desk)
    replay_a_case(desk)


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


def admit_a_deviation(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Retirer le filtre")).click()
    found = page.get_by_role("list", name="Écarts")
    found.get_by_role("button", name="Admettre", exact=True).first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("Pourquoi est-il admis").fill("Convenu avec le support")
    form.get_by_role("button", name="Admettre", exact=True).click()
    expect(page.get_by_text("1 écart admis est mis à part")).to_be_visible()
    page.get_by_text("1 écart admis", exact=True).click()
    expect(page.get_by_text(re.compile("Admis par .*Convenu avec le support"))).to_be_visible()
    page.get_by_role("button", name="Ne plus admettre").click()
    expect(page.get_by_text("1 écart admis est mis à part")).to_have_count(0)


def replay_a_case(page: Page) -> None:
    page.get_by_text("Points", exact=True).click()
    expect(page.get_by_text(re.compile(r"événements montrés sur 21\s348"))).to_be_visible()
    dots = page.get_by_role("img", name=re.compile("Nuage des événements"))
    dots.focus()
    dots.press("ArrowRight")
    dots.press("ArrowRight")
    expect(page.get_by_text(re.compile("· Case .* après le début"))).to_be_visible()
    dots.press("Enter")
    bar = page.get_by_role("region", name=re.compile("Rejouer le dossier Case"))
    expect(bar).to_contain_text(re.compile("Événement 1 sur .* le dossier commence à"))
    bar.press("ArrowRight")
    expect(bar).to_contain_text(re.compile("Événement 2 sur .* après"))
    bar.press("Escape")
    expect(bar).to_have_count(0)
