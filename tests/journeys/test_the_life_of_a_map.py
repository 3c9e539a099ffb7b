"""A map lives: a reader comments and proposes, its owner adopts and reviews, a phone says what hurts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

import make
from asking import ask
from company import accessible
from running import Running

pytestmark = pytest.mark.browser
READER = "nadia.cherif@nordet.example"
STEP = "Proposition envoyée"


@pytest.fixture(scope="module")
def address(desk: Page) -> str:
    """The address of a map that the administrator answers for."""
    desk.goto("/cartes")
    asked = {"title": "", "subject": "opportunity", "starter": "vente"}
    made = ask(desk, "POST", "/api/maps", asked)["id"]
    return f"/cartes/{made}"


@pytest.fixture(scope="module")
def reader(product: Running, browser: Browser, desk: Page) -> Iterator[Page]:
    """A page signed in as somebody who may read maps and draw none."""
    product.command("user", "create", READER, "--name", "Nadia Cherif", "--password", make.PASSWORD)
    context = browser.new_context(
        base_url=product.url, viewport={"width": 1440, "height": 900}, locale="fr-FR"
    )
    context.set_default_timeout(45_000)
    page = context.new_page()
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(READER)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda where: "connexion" not in where)
    yield page
    context.close()


def follow_the_bell(page: Page, said: str) -> None:
    page.get_by_role("button", name=re.compile("nouvelles? notif")).click()
    page.get_by_role("button", name=re.compile(said)).first.click()


def test_a_reader_comments_and_draws_nothing_and_the_bell_opens_the_step(
    reader: Page, desk: Page, address: str
) -> None:
    reader.goto(f"{address}?element=proposition_envoyee")
    expect(reader.get_by_role("tab", name="Définition")).to_have_count(0)
    reader.get_by_role("tab", name="Discussions").click()
    box = reader.get_by_label("Votre message")
    box.press_sequentially("Ce délai est long @cla")
    expect(reader.get_by_role("option", name="Claire Lambert")).to_be_visible()
    box.press("Enter")
    box.press_sequentially("?")
    reader.get_by_role("button", name="Envoyer", exact=True).click()
    expect(reader.get_by_role("tab", name="Discussions 1")).to_be_visible()
    follow_the_bell(desk, "vous mentionne")
    expect(desk.get_by_role("heading", name=STEP)).to_be_visible()
    expect(desk.get_by_text("Ce délai est long")).to_be_visible()
    accessible(desk)


def test_a_reader_proposes_on_the_drawing_and_the_owner_adopts(
    reader: Page, desk: Page, address: str
) -> None:
    reader.goto(address)
    reader.get_by_role("button", name="Proposer un changement").click()
    reader.locator(".react-flow__node", has_text=STEP).first.click()
    reader.get_by_role("tab", name="Définition").click()
    reader.locator("#step-label").fill("Offre remise")
    reader.get_by_role("button", name="Envoyer la proposition").click()
    reader.get_by_label("Pourquoi ce changement").fill("C’est le mot des commerciaux.")
    reader.get_by_role("button", name="Proposer", exact=True).click()
    expect(reader.get_by_role("button", name="Proposer un changement")).to_be_visible()
    follow_the_bell(desk, "propose un changement")
    desk.get_by_role("button", name="Adopter", exact=True).click()
    expect(desk.get_by_role("heading", name="Offre remise")).to_be_visible()
    follow_the_bell(reader, "a adopté la proposition")
    reader.get_by_role("button", name=re.compile("^Discussions")).click()
    expect(reader.get_by_text("Vos propositions\u202f: 1 adoptée sur 1.")).to_be_visible()


def test_a_phone_says_what_hurts_by_the_link_of_a_workshop(
    product: Running, browser: Browser, desk: Page, address: str
) -> None:
    desk.goto(address)
    desk.get_by_role("button", name="Plus d’actions").click()
    desk.get_by_role("menuitem", name="Atelier").click()
    desk.get_by_role("button", name="Ouvrir l’atelier").click()
    link = desk.locator('a[href*="/atelier/"]').get_attribute("href") or ""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    phone = context.new_page()
    phone.goto(link)
    phone.get_by_label("Ce qui gêne").fill("<b>Deux saisies</b>")
    phone.get_by_label("Où").select_option(label="Négociation")
    phone.get_by_role("button", name="Ajouter").click()
    phone.get_by_role("button", name="Moi aussi").click()
    expect(phone.get_by_role("button", name="Moi aussi")).to_have_attribute("aria-pressed", "true")
    accessible(phone)
    expect(desk.get_by_role("button", name="<b>Deux saisies</b>")).to_be_visible()
    desk.get_by_role("button", name="Clore l’atelier").click()
    expect(desk.get_by_role("button", name="Ouvrir l’atelier")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Cet atelier est terminé", exact=True)).to_be_visible()
    context.close()
    desk.goto("/irritants")
    voice = desk.get_by_role("button", name=re.compile("Moi aussi.*validation des remises"))
    voice.click()
    expect(voice).to_have_attribute("aria-pressed", "true")
    expect(voice).to_have_text("1")
    accessible(desk)
    desk.get_by_role("row", name=re.compile("Deux saisies")).get_by_role("link", name="Négociation").click()
    expect(desk.get_by_role("heading", name="Négociation")).to_be_visible()


def test_still_valid_is_said_in_one_click(desk: Page, address: str) -> None:
    desk.goto(f"{address}?panneau=revue")
    expect(desk.get_by_text("Personne n’a encore confirmé")).to_be_visible()
    desk.get_by_role("button", name="Toujours valable").click()
    expect(desk.get_by_text(re.compile("Dite toujours valable le .* par Claire Lambert"))).to_be_visible()
    expect(desk.get_by_text("Rien n’a changé.")).to_be_visible()


def test_a_map_that_its_owner_left_waits_in_the_day_of_the_backup(
    product: Running, desk: Page, address: str
) -> None:
    leaving = "paul.vasseur@nordet.example"
    product.command("user", "create", leaving, "--name", "Paul Vasseur", "--password", make.PASSWORD)
    folk = {one["email"]: one["id"] for one in ask(desk, "GET", "/api/people")}
    care = {"owner": folk[leaving], "backup": folk["claire.lambert@nordet.example"], "months": 1}
    ask(desk, "PUT", f"/api/maps/{address.rpartition('/')[2]}/care", care)
    ask(desk, "PATCH", f"/api/people/{folk[leaving]}", {"is_active": False})
    desk.goto("/ma-journee")
    mine = desk.get_by_role("region", name="Vos revues à faire")
    expect(mine.get_by_text("En remplacement")).to_be_visible()
    accessible(desk)
    mine.get_by_role("button", name=re.compile("toujours valable")).click()
    expect(desk.get_by_text("la carte est toujours valable")).to_be_visible()
    mine.get_by_role("link").click()
    expect(desk.get_by_text("Rien n’a changé.")).to_be_visible()


def test_two_meanings_of_a_word_are_a_conflict_until_one_is_kept(reader: Page, desk: Page) -> None:
    for page, team, meaning in ((reader, "Ventes", "A demandé une démo"), (desk, "Marketing", "Score haut")):
        page.goto("/glossaire")
        page.get_by_role("button", name="Définir un mot").click()
        page.get_by_label(re.compile("^Mot")).fill("Lead chaud")
        page.get_by_role("combobox", name="Équipe").fill(team)
        page.get_by_label("Ce qu’il veut dire").fill(meaning)
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
    expect(desk.get_by_text("2 sens différents à trancher")).to_be_visible()
    accessible(desk)
    desk.locator("dd", has_text="A demandé une démo").get_by_role("button", name="Garder ce sens").click()
    expect(desk.get_by_text("Score haut")).to_have_count(0)
