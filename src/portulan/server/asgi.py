"""The asynchronous door: the live channel, `GET /events`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portulan.server.settings")
django.setup()

from portulan.server.live.hub import Hub
from portulan.server.live.stream import Receive, Scope, Send, events, refuse

HUB = Hub()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one connection."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http" and (scope["method"], scope["path"]) == ("GET", "/events"):
        await events(scope, receive, send, hub=HUB)
    elif scope["type"] == "http":
        await refuse(send, 404)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        step = (await receive())["type"]
        if step == "lifespan.shutdown":
            HUB.close()
        await send({"type": f"{step}.complete"})
        if step == "lifespan.shutdown":
            return
