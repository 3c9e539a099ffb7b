"""The page that carries the front: one HTML file for every address that is not the API."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie

_FRONT = Path(__file__).parent / "front" / "index.html"
_ABSENT = "<!doctype html><title>Portulan</title><p>L’interface n’est pas construite.</p>"


@never_cache
@ensure_csrf_cookie
def front(_request: HttpRequest, path: str = "") -> HttpResponse:  # noqa: ARG001 - the front routes itself
    """Return the page of the front; its own router reads the address."""
    return HttpResponse(_page() if not settings.DEBUG else _read())


@cache
def _page() -> str:
    return _read()


def _read() -> str:
    return _FRONT.read_text(encoding="utf-8") if _FRONT.exists() else _ABSENT
