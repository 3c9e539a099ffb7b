"""A list is seen in time and taken out: a date changes by hand, by key or by touch, and comes back."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from asking import ask
from company import GUIDE, grave, signed_in
from running import Running

pytestmark = pytest.mark.browser
REVOPS = "elodie.renard@nordet.example"
PHONE, DESK = ("dark", 390, 844), ("light", 1440, 900)
NAME = "Essai du calendrier"


def day_of_month(rank: int) -> str:
    return date.today().replace(day=rank).isoformat()  # noqa: DTZ011 - as the browser has it


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def screen(request: Any, company: Running, browser: Browser) -> Iterator[Page]:
    page = signed_in(company, browser, REVOPS, request.param)
    yield page
    page.context.close()


def put(page: Page) -> int:
    page.wait_for_load_state("networkidle")
    values = {"name": f"{NAME} {page.viewport_size}", "close_on": day_of_month(15)}
    made: int = ask(page, "POST", "/api/records/opportunity", {"values": values, "motive": "Essai"})["id"]
    return made


def closing(page: Page, deal: int) -> str:
    told: str = ask(page, "GET", f"/api/records/opportunity/{deal}")["values"]["close_on"]
    return told


def cell(page: Page, rank: int) -> Locator:
    return page.locator(f"td:has(> time[datetime='{day_of_month(rank)}'])")


def test_a_deal_goes_to_another_day_and_comes_back(screen: Page, tmp_path: Path) -> None:
    deal = put(screen)
    screen.goto(f"/fiches/opportunity?mots={NAME}")
    screen.get_by_text("Calendrier", exact=True).click()
    expect(screen).to_have_url(re.compile("vue=calendrier"))
    item = screen.locator(f"[data-item='{deal}']")
    expect(item).to_be_visible()
    assert grave(screen) == []
    if screen.viewport_size == {"width": 390, "height": 844}:
        by_touch(screen, deal)
        return
    screen.screenshot(path=(GUIDE or tmp_path) / "calendrier.png", animations="disabled")
    item.drag_to(cell(screen, 17))
    expect(cell(screen, 17).locator(f"[data-item='{deal}']")).to_be_visible()
    assert closing(screen, deal) == day_of_month(17)
    screen.get_by_role("button", name="Annuler").first.click()
    expect(cell(screen, 15).locator(f"[data-item='{deal}']")).to_be_visible()
    item.focus()
    screen.keyboard.press("Shift+ArrowRight")
    expect(cell(screen, 16).locator(f"[data-item='{deal}']")).to_be_focused()
    screen.keyboard.press("Control+z")
    expect(cell(screen, 15).locator(f"[data-item='{deal}']")).to_be_visible()
    assert closing(screen, deal) == day_of_month(15)


def by_touch(screen: Page, deal: int) -> None:
    line = screen.locator(f"section div:has(> [data-item='{deal}'])")
    line.get_by_role("button", name="Changer la date").click()
    screen.get_by_label("Nouveau jour").fill(day_of_month(17))
    screen.keyboard.press("Enter")
    section = screen.locator(f"section:has([data-item='{deal}'])")
    expect(section).to_have_attribute("aria-label", re.compile(" 17 "))
    assert closing(screen, deal) == day_of_month(17)


def test_a_timeline_shows_how_long_and_a_saved_view_opens_it_again(screen: Page) -> None:
    deal = put(screen)
    screen.goto(f"/fiches/opportunity?mots={NAME}")
    screen.get_by_text("Chronologie", exact=True).click()
    line = screen.get_by_role("row").filter(has=screen.locator(f"a[href='/fiches/opportunity/{deal}']"))
    expect(line.get_by_role("img")).to_be_visible()
    screen.get_by_text("Trimestre", exact=True).click()
    expect(screen).to_have_url(re.compile("pas=trimestre"))
    assert grave(screen) == []
    screen.get_by_role("button", name="Vues").click()
    screen.get_by_role("menuitem", name="Enregistrer").first.click()
    name = f"En frise {screen.viewport_size}"
    screen.get_by_role("dialog").get_by_label("Nom de la vue").fill(name)
    screen.get_by_role("dialog").get_by_role("button", name="Enregistrer").click()
    expect(screen).to_have_url(re.compile("enregistree="))
    screen.goto("/fiches/opportunity")
    screen.get_by_role("button", name="Vues").click()
    screen.get_by_role("menuitem", name=name).click()
    expect(line.get_by_role("img")).to_be_visible()
    expect(screen).to_have_url(re.compile("pas=trimestre.*vue=chronologie|vue=chronologie.*pas=trimestre"))


def test_a_list_leaves_as_a_workbook_that_holds_what_it_shows(screen: Page, tmp_path: Path) -> None:
    put(screen)
    screen.goto(f"/fiches/opportunity?mots={NAME}&colonnes=[%22close_on%22]")
    screen.get_by_role("button", name="Exporter la liste").click()
    screen.get_by_role("button", name="Excel").click()
    with screen.expect_download() as sent:
        screen.get_by_role("link", name="Télécharger").click()
    path = tmp_path / "list.xlsx"
    sent.value.save_as(path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    header, first, *_ = sheet.iter_rows(values_only=True)
    assert header == ("id", "Nom", "Clôture prévue")
    assert str(first[1]).startswith(NAME)
    assert sent.value.suggested_filename.startswith("Affaires ")
    assert grave(screen) == []
