"""The loop through the screens: a log, its map, a target, its plan, a gated pipeline, the map again."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

import make
from running import Running

pytestmark = pytest.mark.browser
EMAIL = "claire.lambert@nordet.example"
ROOT = Path(__file__).parents[2]
LOG = ROOT / "examples" / "helpdesk.xes.gz"
#: With PORTULAN_GUIDE set, the pictures of the guide are taken anew.
PICTURES = ROOT / "docs" / "guide" / "images" if os.environ.get("PORTULAN_GUIDE") else None
STEP = "Take in charge ticket"
NAMED = "Prise en charge"
CAUSE = "Cause première"

Shot = Callable[[str], None]


@pytest.fixture
def shot(desk: Page, tmp_path: Path) -> Shot:
    """Take a picture of the screen once it rests."""

    def take(name: str) -> None:
        desk.wait_for_load_state("networkidle")
        desk.screenshot(path=(PICTURES or tmp_path) / f"{name}.png", animations="disabled")

    return take


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_the_loop_from_a_log_to_a_gated_pipeline_and_back_to_the_map(desk: Page, shot: Shot) -> None:
    import_the_log(desk, shot)
    discover(desk, shot)
    promote(desk)
    edit(desk, shot)
    publish_and_apply(desk, shot)
    ticket = create_a_ticket(desk)
    refused_then_moved(desk, ticket, shot)
    seen_on_the_map(desk, shot)


def test_a_slow_sign_in_page_is_asked_for_once_and_leads_back(product: Running, browser: Browser) -> None:
    def late(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    page = browser.new_page(base_url=product.url, locale="fr-FR")
    page.route("**/assets/SignIn-*.js", late)
    page.goto("/journaux")
    page.get_by_label("Adresse e-mail").fill(EMAIL)
    assert page.url.endswith("/connexion?suite=%2Fjournaux")
    page.locator("input[name=password]").fill(make.PASSWORD)
    button(page, "Se connecter").click()
    page.wait_for_url("**/journaux")
    page.context.close()


def import_the_log(page: Page, shot: Shot) -> None:
    page.goto("/journaux")
    page.locator("input[type=file]").set_input_files(LOG)
    button(page, "Importer").click()
    button(page, "Créer la carte constatée").wait_for(timeout=60_000)
    expect(page.get_by_role("button", name=re.compile("bloquent"))).to_be_visible()
    expect(page.get_by_text("4 580")).to_be_visible()
    shot("journal")


def discover(page: Page, shot: Shot) -> None:
    button(page, "Créer la carte constatée").click()
    page.wait_for_url(re.compile("/cartes/"))
    button(page, "Proposer une cible").wait_for()
    worst = page.get_by_role("button", name=re.compile("bloquent"))
    worst.click()
    panel = page.get_by_role("complementary", name=STEP)
    expect(panel.get_by_role("heading", name=STEP)).to_be_visible()
    expect(panel.get_by_role("img", name=re.compile("Distribution de l’attente"))).to_be_visible()
    shot("carte-constatee")


def promote(page: Page) -> None:
    button(page, "Proposer une cible").click()
    page.get_by_role("combobox", name="Ce qui voyage").click()
    page.get_by_role("option", name="Ticket").click()
    button(page, "Créer la cible").click()
    expect(button(page, "Publier")).to_be_visible()


def edit(page: Page, shot: Shot) -> None:
    page.locator(".react-flow__node", has_text=STEP).click()
    panel = page.get_by_role("complementary")
    definition = panel.get_by_role("tab", name="Définition")
    definition.click()
    panel.get_by_label("Intitulé").fill(NAMED)
    added = panel.get_by_label("Ajouter – Informations")
    added.fill(CAUSE)
    added.press("Enter")
    information = panel.get_by_role("region", name="Informations")
    information.get_by_role("combobox", name="Type de champ").last.click()
    page.get_by_role("option", name="Texte", exact=True).click()
    information.get_by_label("Obligatoire").last.check()
    criterion = panel.get_by_label("Ajouter – Critères de sortie")
    criterion.fill("La cause est connue")
    criterion.press("Enter")
    button(panel.get_by_role("group", name="La cause est connue"), "Test").click()
    expect(panel.get_by_text(f"{CAUSE} est rempli")).to_be_visible()
    shot("cible")
    expect(page.get_by_text("Enregistré", exact=True)).to_be_visible()


def publish_and_apply(page: Page, shot: Shot) -> None:
    button(page, "Publier").click()
    expect(page.get_by_text("Carte publiée, version 1.")).to_be_visible()
    page.get_by_role("link", name="Voir le plan").click()
    expect(page.get_by_text(f"Ajouter le champ « {CAUSE} » à « Ticket »")).to_be_visible()
    shot("plan")
    button(page, "Appliquer").click()
    button(page, "Appliquer le plan").click()
    expect(page.get_by_text("Rien à appliquer")).to_be_visible()
    expect(page.get_by_text(re.compile("Plan appliqué, version"))).to_be_visible()


def create_a_ticket(page: Page) -> str:
    page.goto("/fiches/ticket")
    page.get_by_role("main").get_by_role("button", name=re.compile("^(Créer|Nouveau|Ticket)")).first.click()
    name = "Imprimante en panne"
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill(name)
    button(dialog, "Créer").click()
    page.wait_for_url(re.compile("/fiches/ticket/"))
    return name


def refused_then_moved(page: Page, ticket: str, shot: Shot) -> None:
    page.get_by_role("link", name=re.compile("helpdesk")).first.click()
    expect(page.get_by_text(ticket).first).to_be_visible()
    move(page, ticket, NAMED)
    expect(page.get_by_text(f"{ticket} : déplacée vers {NAMED}.")).to_be_visible()
    move(page, ticket, "Resolve ticket")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label(CAUSE)).to_be_visible()
    expect(dialog.get_by_text("La cause est connue")).to_have_count(0)
    shot("passage-refuse")
    dialog.get_by_label(CAUSE).fill("Câble débranché")
    button(dialog, "Enregistrer et avancer").click()
    expect(page.get_by_text(f"{ticket} : déplacée vers Resolve ticket.")).to_be_visible()
    shot("pipeline")


def move(page: Page, ticket: str, stage: str) -> None:
    page.get_by_role("button", name=f"Actions sur {ticket}").click()
    page.get_by_role("menuitem", name=stage).click()


def seen_on_the_map(page: Page, shot: Shot) -> None:
    page.goto("/cartes")
    page.get_by_role("link", name=re.compile("Cible")).click()
    expect(page.get_by_label("Journal mesuré")).to_have_value("own")
    page.locator(".react-flow__node", has_text=NAMED).click()
    panel = page.get_by_role("complementary", name=NAMED)
    panel.get_by_role("tab", name="Constaté").click()
    expect(panel.get_by_text("Attente médiane")).to_be_visible()
    shot("carte-mesuree")
