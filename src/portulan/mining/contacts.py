"""What was done about our own records with the other side: calls, mails and meetings, from activities.

Owns the reading of them as contacts of a log, of the activities that the actor may read. Tasks and notes are
no contact: nobody else was there.
"""

from datetime import UTC, datetime
from typing import Any

import polars as pl

from portulan.base.refusals import NotAllowed
from portulan.blueprint.schema import Object
from portulan.mining.touches import Channels
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import activities, asked, runtime, scope, values

_ALONE = frozenset({"task", "note"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SCHEMA = {"case": pl.String, "channel": pl.String, "at": pl.Int64}


def are_kept(kind: Object) -> bool:
    """Return whether activities can be about a kind of record."""
    about = runtime.find_object(activities.UID)
    return about is not None and kind.uid in activities.links_of(about)


def seen_by(actor: Actor, kind: Object) -> tuple[object, ...]:
    """Return what the contacts that an actor sees depend on: their rows, the fields that they may read."""
    if not are_kept(kind):
        return ()
    blueprint, about = runtime.current().blueprint, _about()
    fields = frozenset(one.uid for one in scope.readable(blueprint, actor, about))
    reach = scope.scope_of(blueprint, actor, about, "read")
    return (None if reach in ("all", "none") else actor.id, reach, _asked(kind) <= fields)


def contacts(actor: Actor, kind: Object) -> tuple[pl.DataFrame, Channels]:
    """Return rows of `case` (a record of a kind), `channel` and `at` (UTC microseconds), and the channels.

    :raises NotAllowed: when the actor may not read activities, or what they are about, or when.
    """
    about = _about()
    rights.require(actor, "read", "record", about.name)
    link, named = activities.links_of(about)[kind.uid], activities.named(about)
    readable = scope.readable(runtime.current().blueprint, actor, about)
    if not _asked(kind) <= {one.uid for one in readable}:
        raise NotAllowed(details={"verb": "read", "kind": about.name})
    sort = values.live(about)[named["kind"]]
    choices = [one for one in sort.choices if one.id not in _ALONE]
    case, channel, at = values.attribute(link), named["kind"], named["done_at"]
    done: dict[str, Any] = {f"{case}__isnull": False, f"{at}__isnull": False}
    done[f"{channel}__in"] = [one.id for one in choices]
    rows = asked.seen(actor, about.name).filter(**done).order_by(at, "pk").values_list(case, channel, at)
    told = [(str(row), by, _micros(moment)) for row, by, moment in rows.iterator(chunk_size=5_000)]
    frame = pl.DataFrame(told, schema=_SCHEMA, orient="row")
    labels = tuple(one.label.say(actor.lang) for one in choices)
    return frame, Channels(tuple(one.id for one in choices), labels)


def _about() -> Object:
    every = runtime.current().blueprint.objects
    return next(one for one in every if one.uid == activities.UID)


def _asked(kind: Object) -> set[str]:
    """Return the fields of activities that are read about a kind of record."""
    return {activities.links_of(_about())[kind.uid].uid, "kind", "done_at"}


def _micros(moment: datetime) -> int:
    return int((moment - _EPOCH).total_seconds() * 1_000_000)
