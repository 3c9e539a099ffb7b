"""On the screens: a sector's map is taken, mended in one click; a scenario is walked; a rule is set up."""

import pytest
from playwright.sync_api import Page, expect

from asking import ask
from company import accessible

pytestmark = pytest.mark.browser
STORY = "Un essai est demandé"


def take(page: Page) -> str:
    page.goto("/cartes")
    page.get_by_role("button", name="Nouvelle carte").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Partir de").click()
    page.get_by_role("option", name="Cycle de vente").click()
    dialog.get_by_label("Secteur").select_option("saas")
    expect(dialog.get_by_text("Essai en cours")).to_be_visible()
    accessible(page)
    dialog.get_by_role("button", name="Créer la carte").click()
    page.wait_for_url("**/cartes/*-*")
    return page.url.rsplit("/", maxsplit=1)[-1].split("?", maxsplit=1)[0]


def without_way_out(page: Page, map_id: str) -> None:
    known = ask(page, "GET", f"/api/maps/{map_id}")
    ways = known["map"]["passages"]
    known["map"]["passages"] = [way for way in ways if way["source"] != "premier_contact"]
    ask(page, "PUT", f"/api/maps/{map_id}", {name: known[name] for name in ("version", "map", "layout")})
    page.goto(f"/cartes/{map_id}?forme=liste")


def scenarios(page: Page) -> None:
    page.get_by_role("button", name="Scénarios", exact=True).click()


def test_a_sectors_map_is_looked_at_taken_and_mended_in_one_click_that_can_be_undone(desk: Page) -> None:
    map_id = take(desk)
    without_way_out(desk, map_id)
    desk.get_by_role("button", name="Contrôles").click()
    panel = desk.get_by_role("complementary", name="Contrôles")
    lost = panel.get_by_text("ne mène à aucune fin").first
    expect(lost).to_be_visible()
    panel.get_by_role("button", name="Relier «").first.click()
    expect(lost).to_be_hidden()
    desk.get_by_role("button", name="Annuler").first.click()
    expect(lost).to_be_visible()


def test_a_scenario_is_written_then_walked_on_the_map(desk: Page) -> None:
    map_id = ask(
        desk, "POST", "/api/maps", {"title": "", "state": "to_be", "subject": None, "starter": "support"}
    )["id"]
    desk.goto(f"/cartes/{map_id}")
    scenarios(desk)
    desk.get_by_role("button", name="Nouveau scénario").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Titre du scénario").fill(STORY)
    keep = dialog.get_by_role("button", name="Garder le scénario")
    expect(keep).to_be_enabled()
    keep.click()
    story = desk.get_by_role("group").filter(has_text=STORY).last
    story.get_by_text(STORY).click()
    story.get_by_role("button", name="Présenter").click()
    scene = desk.get_by_role("region", name=STORY)
    expect(scene).to_contain_text("1 sur 1")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Escape")
    expect(scene).to_be_hidden()


def test_a_rule_is_set_up_on_a_step_and_read_back_then_the_map_is_published(desk: Page) -> None:
    asked = {"title": "", "state": "to_be", "subject": None, "starter": "marketing/services"}
    map_id = ask(desk, "POST", "/api/maps", asked)["id"]
    desk.goto(f"/cartes/{map_id}?element=mql")
    desk.get_by_role("tab", name="Définition").click()
    added = desk.get_by_label("Ajouter – Ce qui se fait tout seul")
    added.fill("Prévenir le marketing")
    added.press("Enter")
    desk.get_by_role("button", name="En faire une règle – Prévenir le marketing").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Action 1").click()
    desk.get_by_role("option", name="Prévenir").click()
    dialog.get_by_label("Message").fill("Un lead est qualifié")
    expect(dialog.get_by_role("status")).to_contain_text("Quand un lead entre à")
    dialog.get_by_role("button", name="Garder la règle").click()
    expect(desk.get_by_text("Un lead est qualifié").first).to_be_visible()
    expect(desk.get_by_text("Enregistré", exact=True)).to_be_visible()
    desk.get_by_role("button", name="Publier", exact=True).click()
    expect(desk.get_by_text("Carte publiée, version 1.")).to_be_visible()
