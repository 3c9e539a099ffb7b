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
    return [answer.status, text ? JSON.parse(text) : null];
}"""


def answered(page: Page, method: str, address: str, body: Any = None) -> tuple[int, Any]:
    """Return the status and the JSON that the API answers, a refusal too."""
    status, said = page.evaluate(_ASK, [method, address, body])
    return status, said


def ask(page: Page, method: str, address: str, body: Any = None) -> Any:
    """Return the JSON that the API answers, which is no refusal."""
    status, said = answered(page, method, address, body)
    assert status < 400, f"{method} {address}: {status} {said}"
    return said
