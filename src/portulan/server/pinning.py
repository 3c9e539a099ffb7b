"""Every request of the API works on one version of the blueprint, from its start to its end.

In a sandbox it works in the database of the sandbox. When another process changes the tables under a request,
its transaction has left no trace: the request is answered once more on the version now in force.
"""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.db import OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse

from portulan.api.actors import sandbox_of
from portulan.records import elsewhere, runtime

View = Callable[..., HttpResponse]
#: What goes in and out of a sandbox stays outside.
_DOOR = "/api/sandbox"


class PinningMiddleware:
    """Pins the newest version for the views of the API; stands last, so that every guard has passed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers next."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer the request of the API on a pinned version; leave the others alone."""
        if not request.path.startswith("/api/"):
            return None
        sandbox = None if request.path.startswith(_DOOR) else sandbox_of(request)
        with elsewhere.at(sandbox) if sandbox else nullcontext():
            return _answer(request, view, args, kwargs)


def _answer(request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponse:
    pinned = runtime.newest()
    with runtime.pinned(pinned):
        try:
            return view(request, *args, **kwargs)
        except (ProgrammingError, OperationalError):
            if runtime.newest().version == pinned.version:
                raise
    with runtime.pinned(runtime.newest()):
        return view(request, *args, **kwargs)
