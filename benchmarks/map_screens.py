"""What the screen of a map of 500 steps costs: opening it, panning, how soon another person sees a change.

`bin/run python benchmarks/map_screens.py`, with Chromium, once `bin/front` built the screens. Opening is
told twice, by the clock and by the CPU of the page's own thread, which depends less on what else the
machine does. A map of fifteen steps is the baseline: what the product itself costs.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from asking import ask
from running import free_ports, running, until

SIZES = (15, 500)
ROUNDS = 5
EMAIL, PASSWORD = "elodie.renard@nordet.example", "boussole-et-sextant"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
#: When a node comes to say these words, by the clock that both pages share.
SEEN = """(words) => new Promise((told) => {
    const look = () => {
        if (!document.querySelector('.react-flow__nodes').textContent.includes(words)) return;
        watch.disconnect();
        told(Date.now());
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
})"""
FRAMES = """() => {
    window.seen = [];
    const tick = (at) => { window.seen.push(at); requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
}"""
#: A step in the middle of the screen.
IN_SIGHT = """() => [...document.querySelectorAll('.react-flow__node-step')].find((node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return left > 300 && right < 1000 && top > 200 && bottom < 700;
}).dataset.id"""
Json = dict[str, Any]


def drawn(whole: Json, steps: int) -> Json:
    """A map of so many steps over six lanes and ten phases, with gateways, ways back and labels."""
    phases = [{"id": f"f{n}", "label": f"Phase {n}"} for n in range(10)]
    lanes = [{"id": f"l{n}", "label": f"Équipe {n}", "hue": n * 40} for n in range(6)]
    listed = [
        {
            "id": f"s{n}",
            "label": f"Préparer le dossier {n}",
            "kind": "gateway" if n % 9 == 4 else "task",
            "lane": f"l{n // 3 % 6}",
            "phase": f"f{n * 10 // steps}",
            "begins": n == 0,
        }
        for n in range(steps)
    ]
    pairs = [(n, n + 1) for n in range(steps - 1)]
    pairs += [(n, n + 4) for n in range(4, steps - 5, 9)] + [(n, n - 6) for n in range(20, steps, 25)]
    ways = [{"id": f"p{a}_{b}", "source": f"s{a}", "target": f"s{b}", "label": "Accord"} for a, b in pairs]
    return {**whole, "phases": phases, "lanes": lanes, "steps": listed, "passages": ways}


def made(page: Page, steps: int) -> str:
    map_id = ask(page, "POST", "/api/maps", {"title": f"Carte de {steps}", "state": "to_be"})["id"]
    whole = ask(page, "GET", f"/api/maps/{map_id}")
    facts = {"version": whole["version"], "map": drawn(whole["map"], steps), "layout": {"positions": {}}}
    ask(page, "PUT", f"/api/maps/{map_id}", facts)
    return str(map_id)


def signed_in(browser: Browser, url: str) -> Page:
    context: BrowserContext = browser.new_context(base_url=url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto("/connexion")
    page.fill("input[name=email]", EMAIL)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda address: "connexion" not in address)
    return page


def show(page: Page, map_id: str) -> None:
    page.goto(f"/cartes/{map_id}?forme=dessin", wait_until="commit")
    page.locator(".react-flow__node").first.wait_for()


def opening(page: Page, map_id: str) -> tuple[float, float]:
    """Milliseconds until the first step is drawn: by the clock, of the page's thread; the best of each."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        told = session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in told if one["name"] == "TaskDuration")) * 1000

    found = []
    for _ in range(ROUNDS + 1):
        page.goto("about:blank")
        before = spent()
        show(page, map_id)
        found.append((float(page.evaluate("performance.now()")), spent() - before))
    return min(one for one, _ in found[1:]), min(one for _, one in found[1:])


def panning(page: Page, map_id: str) -> float:
    """Frames a second while the map is dragged."""
    show(page, map_id)
    page.evaluate(FRAMES)
    page.mouse.move(900, 700)
    page.mouse.down()
    page.evaluate("() => { window.seen.length = 0; }")
    for n in range(60):
        page.mouse.move(900 - n * 10, 700 - n * 2)
    page.mouse.up()
    first, *_, last = times = page.evaluate("window.seen")
    return 1000 * (len(times) - 1) / float(last - first)


def seen_after(one: Page, other: Page, map_id: str) -> float:
    """Milliseconds from a name typed to the same name on the screen of somebody else; the median."""
    for page in (one, other):
        show(page, map_id)
        page.get_by_text("En direct").wait_for()
    one.locator(f'.react-flow__node[data-id="{one.evaluate(IN_SIGHT)}"]').click()
    found = []
    for n in range(ROUNDS):
        words = f"Dossier {n} relu"
        typed = one.evaluate("Date.now()")
        one.locator("#step-label").fill(words)
        found.append(other.evaluate(SEEN, words) - typed)
    return median(found)


def rows(one: Page, other: Page) -> Iterator[tuple[str, list[float]]]:
    """Each figure, for a map of each size."""
    maps = [made(one, size) for size in SIZES]
    opened = [opening(one, each) for each in maps]
    yield "first step drawn, clock (ms)", [clock for clock, _ in opened]
    yield "first step drawn, CPU of the page (ms)", [cpu for _, cpu in opened]
    yield "panning (frames/s)", [panning(one, each) for each in maps]
    yield "a change seen by another person (ms)", [seen_after(one, other, each) for each in maps]


def main() -> None:
    table = Table("", *(f"{size} steps" for size in SIZES), "ratio")
    port, live_port = free_ports(2)
    first = {"PORTULAN_ADMIN_EMAIL": EMAIL, "PORTULAN_ADMIN_PASSWORD": PASSWORD}
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), port=port, live_port=live_port, **first) as product,
        sync_playwright() as playwright,
    ):
        until(lambda: product.status("/") == 200, seconds=180)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=FLAGS
        )
        one, other = signed_in(browser, product.url), signed_in(browser, product.url)
        for name, figures in rows(one, other):
            table.add_row(name, *(f"{figure:.0f}" for figure in figures), f"{figures[-1] / figures[0]:.1f}")
        browser.close()
    Console().print(table)


if __name__ == "__main__":
    main()
