"""Asking the API from a page, with the session of who is signed in there."""

from typing import Any

from playwright.sync_api import Page

_ASK = """async ([method, address, body]) => {
    const token = document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? '';
    const answer = await fetch(address, {
        method,
        headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
        body: body === null ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
}"""


def ask(page: Page, method: str, address: str, body: Any = None) -> Any:
    """Return the answer of the API, as JSON."""
    return page.evaluate(_ASK, [method, address, body])
