"""On the screens: what is used stays, a stage says why it exists, a plan is tried, then applied."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from asking import ask
from running import until

pytestmark = pytest.mark.browser
VIEW = "Besoin connu"


def test_a_plan_is_stopped_understood_tried_then_applied(desk: Page) -> None:
    map_id = in_force(desk)
    view = keep_a_view(desk)
    draw(desk, map_id, without_the_need)
    desk.goto("/plan")
    stopped = desk.get_by_role("alert").get_by_text(re.compile(f"Besoin exprimé.*vue enregistrée.*{VIEW}"))
    expect(stopped).to_be_visible()
    expect(desk.get_by_role("button", name="Appliquer", exact=True)).to_be_disabled()
    ask(desk, "DELETE", f"/api/views/{view}")
    a_stage_opens_its_step(desk, map_id)
    draw(desk, map_id, with_another_name)
    try_it(desk)
    apply_it(desk)


def in_force(page: Page) -> str:
    page.goto("/cartes")
    map_id = str(ask(page, "POST", "/api/maps", {"title": "", "state": "to_be", "starter": "vente"})["id"])
    draw(page, map_id, lambda drawn: drawn | {"scenarios": []})
    plan = ask(page, "GET", "/api/plan")
    ask(page, "POST", "/api/plan/apply", {name: plan[name] for name in ("hash", "base_version")})
    until(lambda: ask(page, "GET", "/api/plan/applying")["state"] == "done", seconds=60)
    deal = {"values": {"name": "Presse de Kerlann", "amount": "18000"}}
    ask(page, "POST", "/api/records/opportunity", deal)
    return map_id


def keep_a_view(page: Page) -> int:
    search = {"si": {"field": "besoin_exprime", "test": "not_empty"}}
    body = {"name": VIEW, "search": search, "shared": "me", "role": ""}
    ask(page, "POST", "/api/views", body | {"object_name": "opportunity", "pipeline": "vente"})
    (view,) = ask(page, "GET", "/api/views?object_name=opportunity&pipeline=vente")
    return int(view["id"])


def draw(page: Page, map_id: str, change: Any) -> None:
    known = ask(page, "GET", f"/api/maps/{map_id}")
    body = {"version": known["version"], "map": change(known["map"]), "layout": known["layout"]}
    ask(page, "PUT", f"/api/maps/{map_id}", body)
    ask(page, "POST", f"/api/maps/{map_id}/publish")


def without_the_need(drawn: dict[str, Any]) -> dict[str, Any]:
    for step in drawn["steps"]:
        if step["id"] == "premier_contact":
            step["information"] = [one for one in step["information"] if one["id"] != "besoin_exprime"]
            step["exit"] = []
    return drawn


def with_another_name(drawn: dict[str, Any]) -> dict[str, Any]:
    for step in drawn["steps"]:
        if step["id"] == "prospection":
            step["label"] = "Premiers signes"
    return drawn


def a_stage_opens_its_step(page: Page, map_id: str) -> None:
    page.goto("/pipeline/vente")
    page.get_by_role("button", name=re.compile("Pourquoi ceci existe.*Négociation")).click()
    page.get_by_role("dialog").get_by_role("link", name="Négociation").click()
    expect(page).to_have_url(re.compile(f"/cartes/{map_id}.*element=negociation"))


def stage(page: Page, label: str) -> Locator:
    return page.get_by_role("region", name=re.compile(label))


def try_it(page: Page) -> None:
    page.goto("/plan")
    page.get_by_role("button", name="Essayer dans un bac à sable").click()
    expect(page.get_by_text("Bac à sable", exact=True)).to_be_visible()
    page.goto("/pipeline/vente")
    expect(stage(page, "Premiers signes")).to_contain_text(re.compile("Affaire \\d"))
    page.get_by_role("button", name="Quitter et jeter").click()
    expect(page.get_by_role("heading", name="Essayer avant d’appliquer")).to_be_visible()


def apply_it(page: Page) -> None:
    page.goto("/pipeline/vente")
    expect(stage(page, "Prospection")).to_contain_text("Presse de Kerlann")
    page.goto("/plan")
    page.get_by_role("button", name="Appliquer", exact=True).click()
    page.get_by_role("button", name="Appliquer le plan").click()
    expect(page.get_by_text("Rien à appliquer")).to_be_visible()
    page.goto("/pipeline/vente")
    expect(stage(page, "Premiers signes")).to_contain_text("Presse de Kerlann")
