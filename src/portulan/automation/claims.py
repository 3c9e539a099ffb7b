"""How workers share what waits: each takes the first row that no other holds; what failed comes later."""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models, transaction

M = TypeVar("M", bound=models.Model)
_LATEST = timedelta(hours=1)


def unheld(waiting: models.QuerySet[M]) -> models.QuerySet[M]:
    """Return the rows that no worker holds, to be held until the end of the transaction.

    Where the database cannot lock rows, one transaction writes at a time and all of them are returned.
    """
    if transaction.get_connection().features.has_select_for_update_skip_locked:
        return waiting.select_for_update(skip_locked=True, of=("self",))
    return waiting


def take(waiting: models.QuerySet[M], **sets: Any) -> M | None:
    """Take the first row that waits, alone, count one attempt more and set what says that it is taken."""
    with transaction.atomic():
        one: Any = unheld(waiting).first()
        if one is None:
            return None
        mine = waiting.filter(pk=one.pk, attempts=one.attempts)
        taken = mine.update(attempts=one.attempts + 1, **sets)
    one.attempts += 1
    return one if taken else None


def again(at: datetime, *, first: timedelta, attempts: int) -> datetime:
    """Return when to look again at what failed so many times: four times later each time, within the hour."""
    later: datetime = at + min(first * 4**attempts, _LATEST)
    return later
