"""Registries: how an upper room gives a lower one something by name.

A registry is filled once, at start, by `server.wiring`. Refuses a second entry
under the same name and the look-up of a name that nobody registered.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things of one kind, each registered once."""

    def __init__(self, kind: str) -> None:
        """Name the kind of thing, for the messages."""
        self._kind = kind
        self._things: dict[str, T] = {}

    def register(self, name: str, thing: T) -> T:
        """Add a thing under a name.

        :raises ValueError: when the name is taken by another thing.
        """
        if self._things.get(name, thing) is not thing:
            raise ValueError(f"{self._kind} {name!r} is registered twice")
        self._things[name] = thing
        return thing

    def get(self, name: str) -> T:
        """Return the thing of that name.

        :raises LookupError: when nobody registered it.
        """
        if name not in self._things:
            raise LookupError(f"no {self._kind} is registered as {name!r}")
        return self._things[name]

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)
