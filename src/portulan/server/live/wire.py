"""The messages of shared documents, as y-protocols writes them: steps of synchronisation, and presence.

Refuses bytes that are no such message.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from pycrdt import Decoder, Encoder, write_message

_SYNC, _PRESENCE = 0, 1
_STATE, _MISSING, _UPDATE = 0, 1, 2
#: Bytes that the presence of somebody may take.
_LONGEST_PRESENCE = 2_000


class NotAMessage(Exception):  # noqa: N818 - says what was received, as refusals do
    """What was received is no message of the protocol."""


@dataclass(frozen=True)
class State:
    """What the other side has; it waits for what it lacks."""

    state: bytes


@dataclass(frozen=True)
class Update:
    """What the other side changed."""

    update: bytes


@dataclass(frozen=True)
class Presence:
    """Where somebody is on the map; None when they are gone."""

    client: int
    clock: int
    state: dict[str, Any] | None


def read(raw: bytes) -> State | Update | Presence:
    """Return the message that bytes hold.

    :raises NotAMessage: when they hold none.
    """
    try:
        given = Decoder(raw)
        if given.read_var_uint() == _SYNC:
            step, held = given.read_var_uint(), given.read_message() or b""
            return State(held) if step == _STATE else Update(held)
        return _presence(Decoder(given.read_message() or b""))
    except (IndexError, RuntimeError, UnicodeDecodeError, orjson.JSONDecodeError) as error:
        raise NotAMessage from error


def state(held: bytes) -> bytes:
    """Return the message that says what we have."""
    return bytes([_SYNC, _STATE]) + write_message(held)


def missing(update: bytes) -> bytes:
    """Return the message that gives what the other side lacks."""
    return bytes([_SYNC, _MISSING]) + write_message(update)


def update(change: bytes) -> bytes:
    """Return the message that tells a change."""
    return bytes([_SYNC, _UPDATE]) + write_message(change)


def presence(*people: Presence) -> bytes:
    """Return the message that says where people are."""
    told = Encoder()
    told.write_var_uint(len(people))
    for one in people:
        told.write_var_uint(one.client)
        told.write_var_uint(one.clock)
        told.stream.append(write_message(orjson.dumps(one.state)))
    return bytes([_PRESENCE]) + write_message(told.to_bytes())


def _presence(given: Decoder) -> Presence:
    if given.read_var_uint() != 1:
        raise NotAMessage
    client, clock, held = given.read_var_uint(), given.read_var_uint(), given.read_message() or b""
    found = orjson.loads(held) if len(held) <= _LONGEST_PRESENCE else 0
    if found is not None and not isinstance(found, dict):
        raise NotAMessage
    return Presence(client, clock, None if found is None else dict(_shown(found)))


def _shown(state: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what of a presence is told to others: a place and a selection, never who it is."""
    at, selected = state.get("at"), state.get("selected")
    if isinstance(at, dict) and all(isinstance(at.get(axis), int | float) for axis in ("x", "y")):
        yield "at", {"x": at["x"], "y": at["y"]}
    if isinstance(selected, list) and all(isinstance(one, str) for one in selected):
        yield "selected", selected[:50]
