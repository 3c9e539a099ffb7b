"""On the screens: a map's scenarios are played green; without its follow-up rule one holds the plan back."""

import re

import pytest
from playwright.sync_api import Page, expect

from asking import ask
from company import accessible

pytestmark = pytest.mark.browser
QUOTE = "Un client demande un devis pour étendre son contrat"


def create(page: Page, starter: str) -> str:
    page.goto("/cartes")
    asked = {"title": "", "state": "to_be", "subject": None, "starter": starter}
    return str(ask(page, "POST", "/api/maps", asked)["id"])


def break_follow_up(page: Page, map_id: str) -> None:
    known = ask(page, "GET", f"/api/maps/{map_id}")
    proposal = next(step for step in known["map"]["steps"] if step["id"] == "proposition_envoyee")
    proposal["automations"] = []
    ask(page, "PUT", f"/api/maps/{map_id}", {name: known[name] for name in ("version", "map", "layout")})


def play(page: Page, map_id: str) -> None:
    page.goto(f"/cartes/{map_id}")
    page.get_by_role("button", name="Scénarios", exact=True).click()
    page.get_by_role("button", name="Jouer les scénarios").click()
    expect(page.get_by_text(re.compile("Joués le"))).to_be_visible(timeout=120_000)


def test_the_scenarios_are_played_walked_through_then_hold_the_plan_back(desk: Page) -> None:
    map_id = create(desk, "vente")
    play(desk, map_id)
    expect(desk.get_by_text(re.compile("6 sur 6 au vert"))).to_be_visible()
    story = desk.get_by_role("group").filter(has_text=QUOTE).first
    story.get_by_text(QUOTE).click()
    story.get_by_role("button", name="Parcourir").click()
    expect(story.locator("li[aria-current=step]")).to_contain_text("Proposition envoyée")
    accessible(desk)
    break_follow_up(desk, map_id)
    play(desk, map_id)
    expect(desk.get_by_role("alert").filter(has_text="Tâches trouvées").first).to_be_visible()
    desk.get_by_role("button", name="Publier", exact=True).click()
    expect(desk.get_by_text("Carte publiée, version 1.")).to_be_visible()
    desk.goto("/plan")
    expect(desk.get_by_text("Au rouge")).to_be_visible()
    desk.get_by_role("button", name="Appliquer", exact=True).click()
    expect(desk.get_by_role("button", name="Appliquer le plan")).to_be_disabled()
    desk.get_by_label("Pourquoi passer outre").fill("Le salon ouvre demain")
    expect(desk.get_by_role("button", name="Appliquer le plan")).to_be_enabled()
