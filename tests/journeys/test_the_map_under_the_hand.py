"""A map under the hand: its keys, what it covers and promises, the map inside a step, its variants."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from asking import ask

pytestmark = pytest.mark.browser
#: Whether the place that is kept for a map is the one it is seen from: nothing moves any more.
AT_REST = """(map) => {
    const { zoom } = JSON.parse(sessionStorage.getItem(`portulan.place.${map}`)).seen;
    const { transform } = document.querySelector('.react-flow__viewport').style;
    const [, shown] = transform.match(/scale\\((.+)\\)/);
    return Math.abs(zoom - Number(shown)) < 1e-4;
}"""


@pytest.fixture(scope="module")
def vente(desk: Page) -> str:
    return str(ask(desk, "POST", "/api/maps", {"title": "Vente", "state": "to_be", "starter": "vente"})["id"])


def node(page: Page, label: str) -> Locator:
    return page.locator(".react-flow__node").filter(has_text=label)


def opened(page: Page, map_id: str) -> None:
    page.goto(f"/cartes/{map_id}?forme=dessin")
    expect(page.get_by_text("En direct")).to_be_visible()


def drawn(page: Page, map_id: str) -> Any:
    expect(page.get_by_text("Enregistré")).to_be_visible()
    return ask(page, "GET", f"/api/maps/{map_id}")["map"]


def seen_from(page: Page) -> str:
    return str(page.locator(".react-flow__viewport").get_attribute("style"))


def test_a_mind_map_is_drawn_folded_and_tied_by_keys_alone(desk: Page) -> None:
    facts = {"title": "Compte Arkéa", "state": "to_be", "kind": "mind"}
    made = str(ask(desk, "POST", "/api/maps/sketches", facts)["id"])
    opened(desk, made)
    desk.keyboard.press("Enter")
    for key, name in (("Enter", "Compte"), ("Tab", "DAF"), ("Tab", "Renouvellement")):
        if key == "Tab":
            desk.keyboard.press("Escape")
            expect(desk.locator(".react-flow__node:focus")).to_be_visible()
            desk.keyboard.press("Tab")
            desk.keyboard.press("c" if name == "DAF" else "d")
        expect(desk.locator("#step-label")).to_be_focused()
        desk.keyboard.type(name)
    desk.keyboard.press("Escape")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#step-label")).to_have_value("Nouvelle étape")
    desk.keyboard.type("Direction")
    desk.keyboard.press("Escape")
    desk.keyboard.press("l")
    desk.keyboard.type("daf")
    desk.keyboard.press("Enter")
    told = drawn(desk, made)
    kinds = {step["label"]: step["kind"] for step in told["steps"]}
    assert kinds == {"Compte": "task", "DAF": "contact", "Direction": "task", "Renouvellement": "deal"}
    labels = {step["id"]: step["label"] for step in told["steps"]}
    ties = {(labels[one["source"]], labels[one["target"]]) for one in told["passages"]}
    assert ties == {
        ("Compte", "DAF"),
        ("DAF", "Direction"),
        ("Direction", "Renouvellement"),
        ("Direction", "DAF"),
    }


def test_a_branch_folds_with_its_count_is_seen_alone_and_found_again(desk: Page, vente: str) -> None:
    opened(desk, vente)
    node(desk, "Négociation").click()
    every = desk.locator(".react-flow__node").count()
    desk.keyboard.press("Space")
    folded = node(desk, "Négociation").get_by_title("repliée")
    expect(folded).to_be_visible()
    hidden = int(folded.inner_text().strip("+"))
    expect(desk.locator(".react-flow__node")).to_have_count(every - hidden)
    desk.keyboard.press("/")
    desk.get_by_label("Chercher une étape").fill("signature")
    expect(node(desk, "Négociation").locator("[data-aside]")).to_be_attached()
    desk.keyboard.press("Escape")
    node(desk, "Négociation").click()
    desk.keyboard.press("Space")
    expect(desk.locator(".react-flow__node")).to_have_count(every)
    desk.keyboard.press("f")
    expect(desk.get_by_text("Branche « Négociation » seule")).to_be_visible()
    desk.get_by_role("button", name="Tout montrer").click()
    expect(desk.locator(".react-flow__node")).to_have_count(every)
    desk.keyboard.press("?")
    keys = desk.get_by_role("dialog", name="Raccourcis clavier")
    expect(keys).to_contain_text("Insérer une étape avant")
    desk.keyboard.press("Escape")


def test_a_step_opens_its_map_and_one_comes_back_to_the_same_place(desk: Page, vente: str) -> None:
    opened(desk, vente)
    node(desk, "Négociation").click()
    panel = desk.get_by_role("complementary", name="Négociation")
    panel.get_by_role("tab", name="Définition").click()
    part = panel.get_by_role("region", name="Sous-cartes")
    part.get_by_role("textbox").last.fill("Remise au-delà de 20 %")
    desk.keyboard.press("Enter")
    part.get_by_role("button", name="Dessiner cette sous-carte").click()
    expect(part.get_by_role("link", name="Ouvrir « Remise")).to_be_visible()
    before = seen_from(desk)
    desk.get_by_role("button", name="Agrandir").click()
    expect(desk.locator(".react-flow__viewport")).not_to_have_attribute("style", before)
    desk.wait_for_function(AT_REST, arg=vente)
    place = seen_from(desk)
    part.get_by_role("link", name="Ouvrir « Remise").click()
    expect(desk.get_by_role("button", name="Étape", exact=True).last).to_be_visible()
    desk.get_by_role("link", name="← Vente").click()
    expect(node(desk, "Négociation")).to_be_visible()
    expect(desk.locator(".react-flow__viewport")).to_have_attribute("style", place)


def test_what_a_map_covers_and_promises_is_said_and_its_variants_stand_side_by_side(
    desk: Page, vente: str
) -> None:
    opened(desk, vente)
    desk.get_by_role("button", name="Périmètre").click()
    card = desk.get_by_role("dialog", name="Périmètre")
    card.get_by_label("Segments").fill("Associations")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Escape")
    first = next(step for step in drawn(desk, vente)["steps"] if step["begins"])
    desk.goto(f"/cartes/{vente}?forme=dessin&element={first['id']}")
    desk.get_by_role("tab", name="Définition").click()
    promises = desk.get_by_role("region", name="Engagements de délai")
    promises.get_by_role("textbox").last.fill("Rappel sous un jour")
    desk.keyboard.press("Enter")
    expect(promises.get_by_label("Engagements de délai – Rappel sous un jour")).to_be_visible()
    told = drawn(desk, vente)
    assert "Associations" in told["scope"]["segments"]
    assert "Rappel sous un jour" in [one["label"] for one in told["promises"]]
    desk.get_by_role("button", name="Plus").last.click()
    desk.get_by_role("menuitem", name="Créer une variante").click()
    form = desk.get_by_role("dialog")
    form.get_by_label("Segments").fill("ETI")
    desk.keyboard.press("Enter")
    form.get_by_role("button", name="Créer une variante").click()
    expect(desk).not_to_have_url(re.compile(vente))
    desk.goto(f"/cartes?vue=variantes&de={told['uid']}")
    table = desk.get_by_role("region", name="Variantes")
    expect(table.get_by_role("columnheader", name="Vente – ETI")).to_be_visible()
    expect(table.get_by_role("rowheader", name="Négociation")).to_be_visible()


def test_a_signal_says_how_often_it_came_as_soon_as_it_is_watched(desk: Page, vente: str) -> None:
    opened(desk, vente)
    node(desk, "Prospection").click()
    panel = desk.get_by_role("complementary", name="Prospection")
    panel.get_by_role("tab", name="Définition").click()
    signals = panel.get_by_role("region", name="Signaux faibles")
    signals.get_by_text("pas de donnée").first.click()
    signals.get_by_role("combobox", name="Compter les fiches").first.click()
    desk.get_by_role("option", name="Comptes").click()
    expect(signals.get_by_text("0 × en 30 j")).to_be_visible()
