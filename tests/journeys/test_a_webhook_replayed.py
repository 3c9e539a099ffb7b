"""A webhook that was given up is found on a telephone and played again; its key is shown once."""

import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from asking import ask
from company import grave
from running import Running, until

pytestmark = pytest.mark.browser
HOST = "compta.invalid"
#: The last of the six attempts is made now, and fails as the others would have in the next hours.
HURRY = """
import django; django.setup()
from portulan.automation.models import Delivery
from portulan.base import clock
Delivery.objects.filter(state="waiting").update(attempts=5, due_at=clock.now(), lease_until=None)
"""


def in_force(page: Page) -> None:
    page.goto("/cartes")
    map_id = str(ask(page, "POST", "/api/maps", {"title": "", "state": "to_be", "starter": "vente"})["id"])
    known = ask(page, "GET", f"/api/maps/{map_id}")
    drawn: dict[str, Any] = known["map"] | {"scenarios": []}
    telling = {"do": "call_webhook", "url": f"https://{HOST}/portulan", "fields": ["name"]}
    rule = {"trigger": {"on": "created"}, "actions": [telling]}
    drawn["steps"][0]["automations"] = [{"id": "dire", "label": "Dire à la comptabilité", "rule": rule}]
    body = {"version": known["version"], "map": drawn, "layout": known["layout"]}
    ask(page, "PUT", f"/api/maps/{map_id}", body)
    ask(page, "POST", f"/api/maps/{map_id}/publish")
    plan = ask(page, "GET", "/api/plan")
    ask(page, "POST", "/api/plan/apply", {name: plan[name] for name in ("hash", "base_version")})
    until(lambda: ask(page, "GET", "/api/plan/applying")["state"] == "done", seconds=60)


def hurry(product: Running) -> None:
    environment = product.environment | {"DJANGO_SETTINGS_MODULE": "portulan.server.settings"}
    subprocess.run([sys.executable, "-c", HURRY], env=environment, check=True)  # noqa: S603 - our own


def state_of(page: Page) -> str:
    found = ask(page, "GET", "/api/deliveries")
    return str(found[0]["state"]) if found else ""


def test_a_given_up_webhook_is_played_again_on_a_telephone(product: Running, desk: Page) -> None:
    in_force(desk)
    ask(desk, "POST", "/api/records/opportunity", {"values": {"name": "Presse de Kerlann"}})
    until(lambda: state_of(desk), seconds=60)
    hurry(product)
    until(lambda: state_of(desk) == "dead", seconds=90)
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto("/echanges")
    again = desk.get_by_role("button", name="Rejouer")
    expect(again).to_be_in_viewport()
    assert grave(desk) == []
    again.click()
    expect(desk.get_by_text(f"Appel de {HOST} remis en file.")).to_be_visible()
    expect(again).to_have_count(0)
    desk.get_by_role("button", name="Montrer une fois").click()
    shown = desk.get_by_role("dialog", name=f"Clé de « {HOST} »")
    assert len(shown.get_by_label("Clé", exact=True).input_value()) == 64
    shown.get_by_role("button", name="Fermer").last.click()
    expect(desk.get_by_role("button", name=f"Renouveler – {HOST}")).to_be_visible()
