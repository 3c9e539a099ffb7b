"""What was computed and is kept in memory while there is room: the least recently used leaves first."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar


class Weighing(Protocol):
    """A thing that knows about how many bytes it holds."""

    @property
    def bytes(self) -> int:
        """About how many bytes it holds."""


W = TypeVar("W", bound=Weighing)


class Shelf(Generic[W]):
    """Things by key, up to a number of bytes; one that alone exceeds it is not kept."""

    def __init__(self, most_bytes: int) -> None:
        """Start empty."""
        self._most = most_bytes
        self._things: OrderedDict[Hashable, W] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], W]) -> W:
        """Return the thing of a key, making it when it is not there."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
        made = make()
        with self._lock:
            self._things[key] = made
            while self._things and sum(thing.bytes for thing in self._things.values()) > self._most:
                self._things.popitem(last=False)
        return made

    def __len__(self) -> int:
        return len(self._things)
