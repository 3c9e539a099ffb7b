"""One thing told on the live channel, and how it travels as a server-sent event (WHATWG HTML, 9.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(frozen=True)
class Message:
    """What changed; the id, when it has one, is where a client that comes back resumes."""

    event: str
    data: Mapping[str, Any]
    id: str = ""

    def raw(self) -> bytes:
        """Return the message as it goes over the wire."""
        mark = f"id: {self.id}\n" if self.id else ""
        return f"{mark}event: {self.event}\ndata: ".encode() + orjson.dumps(self.data) + b"\n\n"


#: Too much happened to be told one by one: everything a screen shows may be stale.
RESYNC = tuple(Message(f"{name}.changed", {}) for name in ("record", "map", "thread", "notice", "schema"))
