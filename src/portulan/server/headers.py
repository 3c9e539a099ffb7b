"""The headers that every answer bears: what the browser may load, and from where."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portulan.api.session import live_url

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' {live}; worker-src 'self' blob:; frame-ancestors 'none'"
)


class HeadersMiddleware:
    """Adds the content security policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers next."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the policy."""
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY.format(live=live_url(request)))
        return response
