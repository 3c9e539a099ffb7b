"""Every request of the API works on one version of the blueprint, from its start to its end.

When another process changes the tables under a request, its transaction has left no trace: the request is
answered once more on the version now in force.
"""

from collections.abc import Callable
from typing import Any

from django.db import OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse

from portulan.records import runtime

View = Callable[..., HttpResponse]


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
        pinned = runtime.newest()
        with runtime.pinned(pinned):
            try:
                return view(request, *args, **kwargs)
            except (ProgrammingError, OperationalError):
                if runtime.newest().version == pinned.version:
                    raise
        with runtime.pinned(runtime.newest()):
            return view(request, *args, **kwargs)
