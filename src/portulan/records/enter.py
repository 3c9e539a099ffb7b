"""A record entered by a person: refused when it is very likely there already, unless they say why.

What enters by itself (imports, rules, scenarios) goes through `operations.create`, each with its own check.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portulan.base.refusals import NotNow, Problem
from portulan.people.actor import Actor
from portulan.records import duplicates, operations


class AlreadyThere(NotNow):
    """One very likely the same is there; the details say which, with the evidence."""

    code = "records.already_there"


def enter(
    actor: Actor,
    *,
    object_name: str,
    given: Mapping[str, Any],
    pipeline_uid: str | None = None,
    motive: str = "",
    at: datetime,
) -> int:
    """Create a record and return its id.

    :raises AlreadyThere: when one very likely the same is there and no motive is given.
    """
    if not motive.strip():
        found = duplicates.duplicates(actor, object_name=object_name, given=given)
        sure = [one for one in found if one["sure"]]
        if sure:
            facts = {"title": sure[0]["title"], "points": sure[0]["points"]}
            raise AlreadyThere(Problem("motive", "records.already_there_as", facts), details={"found": sure})
    return operations.create(
        actor, object_name=object_name, given=given, pipeline_uid=pipeline_uid, motive=motive, at=at
    )
