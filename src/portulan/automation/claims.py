"""How workers share what waits: each takes the first row that no other holds."""

from typing import TypeVar

from django.db import models, transaction

M = TypeVar("M", bound=models.Model)


def unheld(waiting: models.QuerySet[M]) -> models.QuerySet[M]:
    """Return the rows that no worker holds, to be held until the end of the transaction.

    Where the database cannot lock rows, one transaction writes at a time and all of them are returned.
    """
    if transaction.get_connection().features.has_select_for_update_skip_locked:
        return waiting.select_for_update(skip_locked=True, of=("self",))
    return waiting
