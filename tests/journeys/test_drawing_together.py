"""Two people draw one map at once, through the screens: seen within moments, kept when a process dies."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import make
from asking import answered, ask
from running import Running, descendants, free_ports, until

pytestmark = pytest.mark.browser
OTHERS = {"paul.petit@nordet.example": "Paul Petit", "lea.roy@nordet.example": "Léa Roy"}
SOON = 5_000


@pytest.fixture(scope="module")
def map_id(desk: Page) -> str:
    return str(ask(desk, "POST", "/api/maps", {"title": "Vente", "state": "to_be", "starter": "vente"})["id"])


@pytest.fixture(scope="module")
def paul(product: Running, browser: Browser, map_id: str) -> Iterator[Page]:
    yield from signed_in(product, browser, "paul.petit@nordet.example", "--admin")


@pytest.fixture(scope="module")
def lea(product: Running, browser: Browser, map_id: str) -> Iterator[Page]:
    yield from signed_in(product, browser, "lea.roy@nordet.example")


def signed_in(product: Running, browser: Browser, email: str, *flags: str) -> Iterator[Page]:
    product.command("user", "create", email, "--name", OTHERS[email], "--password", make.PASSWORD, *flags)
    context = browser.new_context(
        base_url=product.url, viewport={"width": 1440, "height": 900}, locale="fr-FR"
    )
    page = context.new_page()
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(email)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: "connexion" not in address)
    yield page
    context.close()


def opened(page: Page, map_id: str) -> Page:
    page.goto(f"/cartes/{map_id}?forme=dessin")
    expect(page.get_by_text("En direct")).to_be_visible()
    expect(page.locator(".react-flow__node").first).to_be_visible()
    return page


def node(page: Page, label: str) -> Any:
    return page.locator(".react-flow__node").filter(has_text=label)


def rename(page: Page, old: str, new: str) -> None:
    node(page, old).click()
    page.locator("#step-label").fill(new)


def restart(product: Running) -> None:
    """Kill the live process with all its own; the supervisor starts another."""
    for pid, command in descendants(product.process.pid).items():
        if "portulan.server.asgi" in command:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_what_one_draws_the_other_sees_within_moments_with_who_points_where(
    desk: Page, paul: Page, map_id: str
) -> None:
    opened(desk, map_id)
    opened(paul, map_id)
    expect(desk.get_by_role("list", name="1 autre personne ici")).to_contain_text("Paul Petit")
    rename(desk, "Prospection", "Prospection ciblée")
    expect(node(paul, "Prospection ciblée")).to_be_visible(timeout=SOON)
    node(desk, "Négociation").hover()
    expect(paul.locator('[data-cursor="Claire Lambert"]')).to_be_attached(timeout=SOON)
    rename(paul, "Négociation", "Négociation serrée")
    expect(node(desk, "Négociation serrée")).to_be_visible(timeout=SOON)
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Annuler").click()
    expect(node(desk, "Négociation serrée")).to_be_visible()
    expect(node(paul, "Prospection ciblée")).to_have_count(0, timeout=SOON)
    expect(desk.get_by_text("Enregistré")).to_be_visible()


def test_nothing_is_lost_when_the_process_dies_and_a_line_is_cut(
    product: Running, desk: Page, paul: Page, map_id: str
) -> None:
    opened(desk, map_id)
    opened(paul, map_id)
    paul.context.set_offline(True)
    restart(product)
    expect(paul.get_by_text("Hors ligne", exact=False)).to_be_visible()
    rename(paul, "Premier contact", "Premier contact au téléphone")
    expect(paul.get_by_text("1 modification gardée sur cet appareil")).to_be_visible()
    rename(desk, "Prospection", "Prospection du matin")
    expect(desk.get_by_text("Enregistré")).to_be_visible()
    expect(desk.get_by_text("En direct")).to_be_visible()
    restart(product)
    paul.context.set_offline(False)
    for page in (desk, paul):
        expect(node(page, "Premier contact au téléphone")).to_be_visible()
        expect(node(page, "Prospection du matin")).to_be_visible()
        expect(page.get_by_text("Enregistré")).to_be_visible()
    stored = ask(desk, "GET", f"/api/maps/{map_id}")["map"]["steps"]
    assert {"Premier contact au téléphone", "Prospection du matin"} <= {step["label"] for step in stored}


def test_what_two_tabs_changed_without_a_line_is_sent_by_the_page_that_is_opened_again(
    product: Running, desk: Page, paul: Page, map_id: str
) -> None:
    opened(desk, map_id)
    opened(paul, map_id)
    tab = opened(paul.context.new_page(), map_id)
    paul.context.set_offline(True)
    restart(product)
    for page, old, new in (
        (paul, "Négociation serrée", "Négociation à trois"),
        (tab, "Proposition envoyée", "Proposition remise en main propre"),
    ):
        expect(page.get_by_text("Hors ligne", exact=False)).to_be_visible()
        rename(page, old, new)
        expect(page.get_by_text("1 modification gardée sur cet appareil")).to_be_visible()
    tab.close()
    paul.goto("about:blank")
    rename(desk, "Prospection du matin", "Prospection du soir")
    expect(desk.get_by_text("Enregistré")).to_be_visible()
    paul.context.set_offline(False)
    opened(paul, map_id)
    for page in (paul, desk):
        for label in ("Négociation à trois", "Proposition remise en main propre", "Prospection du soir"):
            expect(node(page, label)).to_be_visible()
    expect(paul.get_by_text("Enregistré")).to_be_visible()
    assert not paul.evaluate("Object.keys(localStorage).some((key) => key.includes('.map.'))")


def test_who_came_by_another_process_is_seen_with_what_they_hold_and_on_the_list(
    product: Running, browser: Browser, desk: Page, paul: Page, lea: Page, map_id: str
) -> None:
    paul.goto("/cartes")
    with another_live(product) as port:
        # The pages allow themselves one live channel, the one that they were told of.
        state = lea.context.storage_state()
        context = browser.new_context(
            base_url=product.url, bypass_csp=True, storage_state=state, locale="fr-FR"
        )
        far = context.new_page()
        far.route("**/api/session", lambda route: through(route, product.live_port, port))
        opened(far, map_id)
        opened(desk, map_id)
        expect(desk.get_by_role("list", name="1 autre personne ici")).to_contain_text("Léa Roy")
        expect(far.get_by_role("list", name="1 autre personne ici")).to_contain_text("Claire Lambert")
        node(desk, "Prospection").first.hover()
        expect(far.locator('[data-cursor="Claire Lambert"]')).to_be_attached()
        expect(paul.get_by_role("img", name=re.compile("Ici en ce moment.*Léa Roy"))).to_be_visible()
        context.close()
        expect(desk.get_by_role("list", name="1 autre personne ici")).to_have_count(0)


@contextmanager
def another_live(product: Running) -> Iterator[int]:
    """A second live process on the same database, on a port of its own."""
    (port,) = free_ports(1)
    served = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*served, "portulan.server.asgi:application"], env=product.environment, start_new_session=True
    )
    try:
        until(lambda: listens(port))
        yield port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def listens(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def through(route: Route, port: int, other: int) -> None:
    """Answer with the session, its live channel by the other process."""
    told = route.fetch()
    route.fulfill(response=told, body=told.text().replace(f":{port}", f":{other}"))


def test_eight_steps_are_drawn_with_the_keyboard_alone(desk: Page) -> None:
    made = ask(desk, "POST", "/api/maps", {"title": "Relance", "state": "to_be"})["id"]
    desk.goto(f"/cartes/{made}?forme=dessin")
    expect(desk.get_by_role("button", name="Étape", exact=True).last).to_be_focused()
    labels = [f"Relancer {n}" for n in range(1, 9)]
    for label in labels:
        desk.keyboard.press("Enter")
        expect(desk.locator("#step-label")).to_have_value("Nouvelle étape")
        expect(desk.locator("#step-label")).to_be_focused()
        desk.keyboard.type(label)
    expect(node(desk, "Relancer 8")).to_be_visible()
    expect(desk.get_by_text("Enregistré")).to_be_visible()
    drawn = ask(desk, "GET", f"/api/maps/{made}")["map"]
    assert [step["label"] for step in drawn["steps"]] == labels
    ids = [step["id"] for step in drawn["steps"]]
    assert {(one["source"], one["target"]) for one in drawn["passages"]} == set(pairwise(ids))


def test_a_list_is_pasted_found_selected_aligned_and_all_of_it_undone(desk: Page) -> None:
    pasted(desk, "- Trier\n- Répondre\n  - Escalader\n- Clore")
    bar = desk.get_by_role("toolbar", name="4 sélectionnées")
    expect(bar).to_be_visible()
    bar.get_by_role("button", name="Aligner en colonne").click()
    expect(desk.get_by_role("button", name="Remettre en ordre")).to_be_visible()
    desk.keyboard.press("/")
    desk.get_by_label("Chercher une étape").fill("repon")
    expect(desk.get_by_role("search").get_by_role("option")).to_have_text(["Répondre"])
    desk.keyboard.press("Enter")
    expect(desk.locator("#step-label")).to_have_value("Répondre")
    undo = desk.get_by_role("button", name="Annuler", exact=True).first
    undo.click()
    expect(desk.get_by_role("button", name="Remettre en ordre")).to_have_count(0)
    undo.click()
    expect(node(desk, "Escalader")).to_have_count(0)
    expect(node(desk, "Relancer 8")).to_have_count(1)


def pasted(page: Page, text: str) -> None:
    page.locator(".react-flow__pane").click(position={"x": 300, "y": 500})
    page.evaluate(
        """(text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', text);
            document.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
        }""",
        text,
    )


def test_a_reader_sees_what_is_drawn_and_has_nothing_to_draw_with(desk: Page, lea: Page, map_id: str) -> None:
    opened(desk, map_id)
    opened(lea, map_id)
    rename(desk, "Démo réalisée", "Démo faite à deux")
    expect(node(lea, "Démo faite à deux")).to_be_visible(timeout=SOON)
    expect(lea.get_by_role("button", name="Étape", exact=True)).to_have_count(0)
    _, refused = answered(lea, "POST", f"/api/maps/{map_id}/publish")
    assert refused["code"] == "base.not_allowed"
