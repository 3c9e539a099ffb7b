"""Whether values fit with the rest: links that are there, people who are known, what is held once."""

from collections.abc import Mapping
from typing import Any

from portulan.base.refusals import Problem
from portulan.blueprint.schema import Object
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import lines, runtime, values


def require_fit(actor: Actor, kind: Object, read: Mapping[str, Any], row_id: int | None = None) -> None:
    """Do nothing when values that were read fit with the records and people there are.

    :raises ValuesNotValid: with every link that the actor does not see, or every value that another holds.
    """
    _require_links(actor, kind, read)
    _require_free(kind, read, row_id)
    lines.require_fit(actor, kind, read, row_id)


def _require_links(actor: Actor, kind: Object, read: Mapping[str, Any]) -> None:
    snapshot = runtime.current()
    names = {one.uid: one.name for one in snapshot.blueprint.objects}
    problems = _strangers(actor, kind, read)
    for name, value in read.items():
        to = values.live(kind)[name].to
        if to is None or value is None:
            continue
        wanted = set(value) if isinstance(value, list) else {value}
        live = snapshot.model(names[to]).objects.filter(pk__in=wanted, deleted_at__isnull=True)
        if rights.visible(actor, "read", "record", live).count() != len(wanted):
            problems.append(Problem(name, "records.link_not_there"))
    if problems:
        raise values.ValuesNotValid(*problems)


def _strangers(actor: Actor, kind: Object, read: Mapping[str, Any]) -> list[Problem]:
    asked = {
        name: value for name, value in read.items() if value and values.live(kind)[name].type == "person"
    }
    known = people.named(actor, ids=asked.values()) if set(asked.values()) - {actor.id} else {actor.id}
    return [Problem(name, "records.person_not_there") for name, value in asked.items() if value not in known]


def _require_free(kind: Object, read: Mapping[str, Any], row_id: int | None = None) -> None:
    """Refuse values that another record holds already in a field where each is held once."""
    model, problems = runtime.current().model(kind.name), []
    for name, value in read.items():
        one = values.live(kind)[name]
        others = model.objects.exclude(pk=row_id)
        if one.unique and value is not None and others.filter(**{values.attribute(one): value}).exists():
            problems.append(Problem(name, "records.value_taken", {"field": one.label.fr}))
    if problems:
        raise values.ValuesNotValid(*problems)
