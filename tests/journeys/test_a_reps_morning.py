"""A rep’s morning: the day says what to do, a call is logged in two taps, the next step is asked."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from company import GUIDE, grave, signed_in
from running import Running

pytestmark = pytest.mark.browser
SELLER, ADMINISTRATOR = "claire.lambert@nordet.example", "alix.morel@nordet.example"
PHONE, DESK = ("light", 390, 844), ("light", 1440, 900)


@pytest.fixture
def phone(company: Running, browser: Browser) -> Iterator[Page]:
    page = signed_in(company, browser, SELLER, PHONE)
    yield page
    page.context.close()


@pytest.fixture
def desk(company: Running, browser: Browser) -> Iterator[Page]:
    page = signed_in(company, browser, SELLER, DESK)
    yield page
    page.context.close()


def test_a_call_is_logged_in_two_taps_on_a_phone_then_the_next_step_is_asked(
    phone: Page, tmp_path: Path
) -> None:
    expect(phone).to_have_url(re.compile("/ma-journee"))
    assert grave(phone) == []
    phone.get_by_role("region", name="En retard").get_by_role("link").first.click()
    phone.get_by_role("toolbar", name="Consigner une activité").get_by_role("button", name="Appel").click()
    form = phone.get_by_role("dialog")
    expect(form.get_by_role("button", name="Joint")).to_be_in_viewport(ratio=1)
    phone.wait_for_load_state("networkidle")
    phone.screenshot(path=(GUIDE or tmp_path) / "appel.png", animations="disabled")
    form.get_by_role("button", name="Joint").click()
    expect(phone.get_by_text("« Appel » consigné", exact=False)).to_be_visible()
    waiting = phone.get_by_role("region", name="À faire")
    waiting.get_by_role("button", name=re.compile("comme fait")).first.click()
    phone.get_by_label("Prochaine action").fill("Envoyer le devis")
    phone.get_by_role("button", name="Planifier").click()
    expect(waiting.get_by_text("Envoyer le devis")).to_be_visible()
    assert grave(phone) == []


def test_the_day_is_worked_through_from_the_keyboard(desk: Page, tmp_path: Path) -> None:
    late = desk.get_by_role("region", name="En retard")
    lines = late.get_by_role("listitem")
    expect(lines.first).to_be_visible()
    assert grave(desk) == []
    desk.screenshot(path=(GUIDE or tmp_path) / "ma-journee.png", animations="disabled")
    before, first = lines.count(), late.locator("b").first.inner_text()
    lines.first.focus()
    desk.keyboard.press("r")
    desk.get_by_role("menuitem", name="Dans un mois").click()
    expect(desk.get_by_text(f"« {first} » reporté", exact=False)).to_be_visible()
    expect(lines).to_have_count(before - 1)
    desk.get_by_role("button", name="Annuler").click()
    expect(lines).to_have_count(before)


def test_a_narrowed_pipeline_is_kept_as_a_view_and_tells_what_changed(desk: Page) -> None:
    desk.goto("/pipeline/vente")
    desk.get_by_role("button", name="À clôturer sous 15 jours").click()
    desk.get_by_role("button", name="Segment").click()
    desk.get_by_role("menuitemcheckbox", name="PME").click()
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Vues").click()
    desk.get_by_role("menuitem", name="Enregistrer cette vue").click()
    desk.get_by_label("Nom de la vue").fill("PME à signer")
    desk.get_by_label("Pour qui").select_option("team")
    desk.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(desk.get_by_role("button", name="PME à signer")).to_be_visible()
    shared = desk.url
    desk.goto("/pipeline/vente")
    desk.goto(shared)
    expect(desk.get_by_role("button", name="PME à signer")).to_be_visible()
    expect(desk.get_by_role("button", name="Segment")).to_have_attribute("aria-pressed", "true")
    desk.get_by_role("button", name="Depuis lundi").click()
    expect(desk.get_by_text("Ouvert alors")).to_be_visible()
    assert grave(desk) == []


def test_an_administrator_sees_as_a_seller_and_comes_back(company: Running, browser: Browser) -> None:
    page = signed_in(company, browser, ADMINISTRATOR, DESK)
    page.goto("/personnes")
    page.get_by_role("button", name="Actions sur Claire Lambert").click()
    page.get_by_role("menuitem", name="Droits effectifs").click()
    expect(page.get_by_role("dialog").get_by_text("son équipe").first).to_be_visible()
    assert grave(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Voir comme Claire Lambert").click()
    expect(page.get_by_text("Vous voyez comme Claire Lambert", exact=False)).to_be_visible()
    expect(page.get_by_role("link", name="Personnes")).to_have_count(0)
    page.get_by_role("button", name="Revenir à moi").click()
    expect(page.get_by_role("link", name="Personnes")).to_be_visible()
    page.context.close()
