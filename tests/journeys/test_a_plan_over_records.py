"""On the screens: a stage that vanishes asks where its records go; the version undone brings them home."""

import re

import pytest
from playwright.sync_api import Page, expect

from asking import ask

pytestmark = pytest.mark.browser
GONE, TARGET = "Démo réalisée", "Premier contact"
DEALS = ("Presse à injection", "Contrat d’entretien", "Ligne de tri")


def test_records_without_a_stage_are_given_one_then_come_home(desk: Page) -> None:
    map_id = in_force(desk)
    deals = [at_the_demo(desk, name) for name in DEALS]
    remove_the_stage(desk, map_id)
    apply_with_a_target(desk)
    assert {stage_of(desk, deal) for deal in deals} == {"premier_contact"}
    take_back(desk)
    assert {stage_of(desk, deal) for deal in deals} == {"demo_realisee"}
    desk.goto("/pipeline/vente")
    expect(desk.get_by_role("region", name=re.compile(GONE))).to_contain_text(DEALS[0])


def in_force(page: Page) -> str:
    page.goto("/cartes")
    asked = {"title": "", "state": "to_be", "subject": None, "starter": "vente"}
    map_id = str(ask(page, "POST", "/api/maps", asked)["id"])
    page.goto(f"/cartes/{map_id}")
    publish(page)
    apply(page, motive="Les scénarios seront joués demain.")
    return map_id


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_text(re.compile("Carte publiée, version"))).to_be_visible()
    page.get_by_role("link", name="Voir le plan").click()
    expect(page.get_by_role("heading", name="Ce qui a été appliqué")).to_be_visible()


def at_the_demo(page: Page, name: str) -> int:
    known = ask(page, "POST", "/api/records/opportunity", {"values": {"name": name, "amount": "18000"}})
    move = {"to": "demo_realisee", "version": known["version"], "override": True, "motive": "Reprise"}
    ask(page, "POST", f"/api/records/opportunity/{known['id']}/move", move)
    return int(known["id"])


def stage_of(page: Page, deal: int) -> str:
    return str(ask(page, "GET", f"/api/records/opportunity/{deal}")["values"]["stage"])


def remove_the_stage(page: Page, map_id: str) -> None:
    """Draw the demo as a part of the first contact: ways out start there, what counted at the demo goes."""
    known = ask(page, "GET", f"/api/maps/{map_id}")
    drawn = known["map"]
    drawn["steps"] = [step for step in drawn["steps"] if step["id"] != "demo_realisee"]
    ways = {(one["source"], one["target"]) for one in drawn["passages"]}
    for one in drawn["passages"]:
        if one["source"] == "demo_realisee" and ("premier_contact", one["target"]) not in ways:
            one["source"] = "premier_contact"
    ends = {step["id"] for step in drawn["steps"]}
    drawn["passages"] = [one for one in drawn["passages"] if {one["source"], one["target"]} <= ends]
    drawn["scenarios"] = []
    drawn["measures"] = [one for one in drawn["measures"] if "demo_realisee" not in str(one)]
    ask(page, "PUT", f"/api/maps/{map_id}", {name: known[name] for name in ("version", "map", "layout")})
    page.goto(f"/cartes/{map_id}")
    publish(page)


def apply_with_a_target(page: Page) -> None:
    expect(page.get_by_text("3 n’ont plus d’étape")).to_be_visible()
    where = page.get_by_label(f"Nouvelle étape – {GONE}")
    where.select_option("")
    expect(page.get_by_role("button", name="Appliquer", exact=True)).to_be_disabled()
    where.select_option(label=TARGET)
    apply(page)


def apply(page: Page, *, motive: str = "") -> None:
    """Apply the plan; where its scenarios were not played, for a reason."""
    page.get_by_role("button", name="Appliquer", exact=True).click()
    if motive:
        page.get_by_label("Pourquoi passer outre ?").fill(motive)
    page.get_by_role("button", name="Appliquer le plan").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Rien à appliquer")).to_be_visible()


def take_back(page: Page) -> None:
    page.get_by_role("button", name="Annuler cette version").first.click()
    page.get_by_label("Pourquoi revenir à cette version ?").fill("Retour à la démonstration.")
    page.get_by_role("button", name="Annuler la version", exact=True).click()
    expect(page.get_by_text(re.compile("Version annulée ; la version"))).to_be_visible()
