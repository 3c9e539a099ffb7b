"""The asynchronous door: the live channel, `GET /events`, and maps drawn together, on `/maps/<id>`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portulan.server.settings")
django.setup()

from portulan.server.live.hub import Hub
from portulan.server.live.rooms import Rooms
from portulan.server.live.socket import draw
from portulan.server.live.stream import Receive, Scope, Send, events, refuse

HUB = Hub()
ROOMS = Rooms()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one connection."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http" and (scope["method"], scope["path"]) == ("GET", "/events"):
        await events(scope, receive, send, hub=HUB)
    elif scope["type"] == "websocket":
        await draw(scope, receive, send, rooms=ROOMS)
    elif scope["type"] == "http":
        await refuse(send, 404)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        step = (await receive())["type"]
        if step == "lifespan.startup":
            await ROOMS.catch_up()
        else:
            HUB.close()
            await ROOMS.stop()
        await send({"type": f"{step}.complete"})
        if step == "lifespan.shutdown":
            return
