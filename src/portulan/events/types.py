"""What a happening is: a frozen dataclass in the past tense whose fields become the event's data.

Owns the registry of kinds; each room declares its own in `happenings.py`.
"""

from dataclasses import fields
from typing import Any, ClassVar, Protocol, TypeVar

from portulan.base.registry import Registry


class Happening(Protocol):
    """A thing that happened: `kind` is `subject.past`, such as `record.moved`."""

    kind: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


H = TypeVar("H", bound=type[Happening])
KINDS: Registry[type[Happening]] = Registry("happening")


def happening(declared: H) -> H:
    """Register a happening under its kind; used as a decorator."""
    KINDS.register(declared.kind, declared)
    return declared


def data_of(what: Happening) -> dict[str, Any]:
    """Return the data that the event keeps; `from_` is kept as `from`, a word that Python reserves."""
    return {one.name.rstrip("_"): getattr(what, one.name) for one in fields(what)}
