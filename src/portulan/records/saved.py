"""Saved views: what a list or a pipeline was narrowed, sorted and grouped by, under a name.

A view is its author's alone, their team's, or a role's; it holds no record, so that who opens it sees what
their own rights give. Refuses what is no view of a screen, and sharing with a role one does not hold.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction

from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.events import log
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.people.sharing import Wanted
from portulan.records import happenings, runtime
from portulan.records.models import View
from portulan.records.users import Gone, Use

_LONGEST_NAME, _LONGEST = 80, 8000


class ViewNotValid(NotValid):
    """The view cannot be kept so."""

    code = "records.view_not_valid"


def views(actor: Actor, *, object_name: str, pipeline: str = "") -> list[dict[str, Any]]:
    """Return the views of a list, or of a pipeline, that the actor may open: their own first, by name."""
    kind = runtime.current().object(object_name)
    rows = rights.visible(actor, "read", "view", View.objects.filter(object=kind.uid, pipeline=pipeline))
    told = rows.select_related("author").order_by("name", "pk")
    return sorted((_told(actor, one) for one in told), key=lambda one: not one["mine"])


def using(gone: Gone) -> Iterator[Use]:
    """Yield the views, whosever, that name a part which goes."""
    names = {kind.uid: kind.name for kind in runtime.newest().blueprint.objects}
    for row in View.objects.select_related("author").order_by("name", "pk"):
        parts = gone.in_json(names.get(row.object, ""), row.search) | (gone.pipelines & {row.pipeline})
        for part in sorted(parts):
            yield Use(part, "view", row.name, row.author.name)


def save(actor: Actor, *, object_name: str, pipeline: str = "", wanted: Wanted, at: datetime) -> int:
    """Keep a view and return its id.

    :raises ViewNotValid: when its name, its size or whom it is for does not fit.
    """
    rights.require(actor, "create", "view")
    rights.require(actor, "read", "record", object_name)
    _require_valid(actor, wanted)
    kind = runtime.current().object(object_name)
    with transaction.atomic():
        row = View.objects.create(
            object=kind.uid, pipeline=pipeline, author_id=actor.id or 0, at=at, **_columns(wanted)
        )
        what = happenings.ViewSaved(row.name, kind.uid, row.shared, row.role)
        log.append(what, actor=actor, subject=f"view:{row.pk}", at=at)
    return row.pk


def change(actor: Actor, *, id: int, wanted: Wanted, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Replace a view.

    :raises NotThere: when there is none that the actor may read.
    """
    _require_valid(actor, wanted)
    with transaction.atomic():
        row = _locked(actor, "update", id)
        View.objects.filter(pk=id).update(**_columns(wanted), at=at)
        what = happenings.ViewSaved(wanted.name, row.object, wanted.shared, wanted.role)
        log.append(what, actor=actor, subject=f"view:{id}", at=at)


def delete(actor: Actor, *, id: int, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Drop a view; no record changes.

    :raises NotThere: when there is none that the actor may read.
    """
    with transaction.atomic():
        row = _locked(actor, "delete", id)
        log.append(happenings.ViewDeleted(row.name), actor=actor, subject=f"view:{id}", at=at)
        View.objects.filter(pk=id).delete()


def _locked(actor: Actor, verb: Verb, id: int) -> View:  # noqa: A002 - the noun of the row
    row = rights.visible(actor, "read", "view", View.objects.filter(pk=id)).first()
    if row is None:
        raise NotThere
    rights.require(actor, verb, "view", row)
    return row


def _columns(wanted: Wanted) -> dict[str, Any]:
    return {
        "name": wanted.name.strip(),
        "search": dict(wanted.search),
        "shared": wanted.shared,
        "role": wanted.role,
    }


def _require_valid(actor: Actor, wanted: Wanted) -> None:
    problems = []
    if not 0 < len(wanted.name.strip()) <= _LONGEST_NAME:
        problems.append(Problem("name", "records.view_name", {"most": str(_LONGEST_NAME)}))
    if len(orjson.dumps(dict(wanted.search))) > _LONGEST:
        problems.append(Problem("search", "records.view_too_large"))
    if wanted.shared == "role" and not (actor.is_admin or wanted.role in actor.roles):
        problems.append(Problem("role", "records.view_role"))
    if problems:
        raise ViewNotValid(*problems)


def _told(actor: Actor, row: View) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "search": row.search,
        "shared": row.shared,
        "role": row.role,
        "author": row.author.name,
        "mine": row.author_id == actor.id,
        "may_update": actor.is_admin or row.author_id == actor.id,
    }
