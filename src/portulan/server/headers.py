"""The headers that every answer bears: what the browser may load, and from where."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portulan.api.session import live_url

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' {live} {socket}; worker-src 'self' blob:; "
    "frame-ancestors 'none'"
)


class HeadersMiddleware:
    """Adds the content security policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers next."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the policy."""
        response = self._get_response(request)
        live = live_url(request)
        policy = _POLICY.format(live=live, socket=live.replace("http", "ws", 1))
        response.headers.setdefault("Content-Security-Policy", policy)
        return response
