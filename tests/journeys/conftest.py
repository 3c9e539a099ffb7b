"""One real server, one browser and one sign-in for the stories told through the screens."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import make
from running import Running, free_ports, running, until

EMAIL = "claire.lambert@nordet.example"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The distribution's Chromium, not one that is downloaded."""
    found = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    assert found, "Chromium is needed: apt-get install chromium"
    return {"executable_path": found, "args": FLAGS}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The whole product on an empty database, with its first administrator."""
    folder = tmp_path_factory.mktemp("product")
    port, live_port = free_ports(2)
    first = {"PORTULAN_ADMIN_EMAIL": EMAIL, "PORTULAN_ADMIN_PASSWORD": make.PASSWORD}
    with running(folder, port=port, live_port=live_port, **first) as started:
        until(lambda: started.status("/") == 200, seconds=180)
        yield started
        started.command("replay")


@pytest.fixture(scope="module")
def desk(product: Running, browser: Browser) -> Iterator[Page]:
    """A page signed in as the administrator."""
    context = browser.new_context(
        base_url=product.url, viewport={"width": 1440, "height": 900}, locale="fr-FR"
    )
    context.set_default_timeout(45_000)
    expect.set_options(timeout=45_000)
    page = context.new_page()
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(EMAIL)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: "connexion" not in address)
    yield page
    context.close()


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The product with its demo company."""
    port, live_port = free_ports(2)
    with running(tmp_path_factory.mktemp("company"), port=port, live_port=live_port) as started:
        until(lambda: started.status("/") == 200, seconds=180)
        started.command("demo")
        yield started
        started.command("replay")
