"""What a job is to the function that does it: a payload, a way to tell progress and to learn of a cancel.

Owns the registry of job functions, filled by `server.wiring`. Refuses nothing: a function
raises what it must, the worker decides what becomes of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from portulan.base.registry import Registry


class Telling(Protocol):
    """Keep the progress of a running job and say whether it should go on."""

    def __call__(self, share: float, message: str, /) -> bool:
        """Store progress (0 to 1) and return False when a person asked to cancel."""


class Cancelled(Exception):  # noqa: N818 - an answer, not an error
    """A person asked the job to stop."""


class NotYet(Exception):  # noqa: N818 - an answer, not an error
    """The work cannot begin now: it goes back to the queue for a while."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


@dataclass(frozen=True)
class JobContext:
    """What a job function receives."""

    id: UUID
    payload: dict[str, Any]
    created_by: int | None
    tell: Telling

    def progress(self, share: float, message: str = "") -> None:
        """Tell how far the work is, from 0 to 1.

        :raises Cancelled: when a person asked to stop.
        """
        if not self.tell(share, message):
            raise Cancelled

    def cancelled(self) -> bool:
        """Return whether a person asked to stop, without telling progress."""
        return not self.tell(-1.0, "")


#: Job functions by kind; each returns what the screen shows as the result, as JSON.
JOBS: Registry[Callable[[JobContext], Any]] = Registry("job")
