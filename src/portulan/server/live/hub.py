"""The clients of one process: one reader for all of them, a bounded queue for each.

Owns who is connected. A client too slow to read is dropped: it comes back and resumes, or asks again.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar
from uuid import UUID

from portulan.server.live import desk
from portulan.server.live.desk import Desk
from portulan.server.live.message import Message

QUEUE = 100
#: While too much happens, clients are told that many times more rarely.
_FLOOD = 10
T = TypeVar("T")


class Client:
    """Somebody who listens: the session they are signed in under, and what waits to be sent."""

    def __init__(self, session_key: str) -> None:
        """Begin with nothing to send."""
        self.session_key = session_key
        self.waiting: asyncio.Queue[Message | None] = asyncio.Queue(QUEUE)

    def give(self, messages: list[Message] | None) -> bool:
        """Queue messages, None for the end; return False when the client cannot follow."""
        for message in [None] if messages is None else messages:
            if self.waiting.full():
                self.end()
                return False
            self.waiting.put_nowait(message)
        return messages is not None

    def end(self) -> None:
        """Forget what waits and have the stream closed."""
        while not self.waiting.empty():
            self.waiting.get_nowait()
        self.waiting.put_nowait(None)


class Hub:
    """Reads while somebody listens, and shares the news out."""

    def __init__(self, *, poll_seconds: float = 0.5) -> None:
        """Begin without clients."""
        self._poll_seconds = poll_seconds
        self._clients: set[Client] = set()
        self._watch: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")

    async def join(self, session_key: str, last: UUID | None) -> Client | None:
        """Return a client that will hear what happens from now on, or from `last`; None for nobody."""
        if await self._ask(lambda: desk.listener(session_key)) is None:
            return None
        client = Client(session_key)
        self._clients.add(client)
        if self._watch is None or self._watch.done():
            reader = await self._ask(Desk)
            self._watch = asyncio.create_task(self._share(reader))
        if last is not None:
            client.give(await self._ask(lambda: desk.resume(session_key, last)))
        return client

    def leave(self, client: Client) -> None:
        """Forget a client; without any the reading stops."""
        self._clients.discard(client)

    def close(self) -> None:
        """End every client: the process is about to stop."""
        for client in self._clients:
            client.end()
        self._clients.clear()

    async def _share(self, reader: Desk) -> None:
        try:
            while self._clients:
                told = await self._ask(partial(reader.news, {one.session_key for one in self._clients}))
                for client in list(self._clients):
                    if not client.give(told.get(client.session_key, [])):
                        self.leave(client)
                await asyncio.sleep(self._poll_seconds * (_FLOOD if reader.flooded else 1))
        finally:
            self.close()  # a reading that failed is a bug: clients come back to a fresh one

    async def _ask(self, question: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)
