"""A rule at work on a record, and what it did: what every action is given, and gives back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portulan.base.refusals import NotNow
from portulan.blueprint.schema import Object, Rule
from portulan.people.actor import Actor

#: What was done, as the ledger keeps it: the name of the action and what it concerns.
Did = dict[str, Any]


class NobodyThere(NotNow):
    """Nobody holds the role that the rule speaks to."""

    code = "automation.nobody_there"


@dataclass(frozen=True)
class Acting:
    """A rule at work on a record; `due_at` is when it should have acted, `at` when it does."""

    actor: Actor
    rule: Rule
    kind: Object
    row: Any
    due_at: datetime
    at: datetime

    @property
    def subject(self) -> str:
        """The name that events know the record by."""
        return f"{self.kind.uid}:{self.row.pk}"
