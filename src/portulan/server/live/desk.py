"""What the live channel reads from the database: who listens, what is new, what each of them may see.

Every message is asked of the policies anew, so that a right taken away is silent at once.
"""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.db import close_old_connections
from django.db.models import Q
from django.http import HttpRequest

from portulan.automation import notices
from portulan.automation import queries as automation
from portulan.base import clock, ids
from portulan.base.refusals import NotThere
from portulan.events import queries as events
from portulan.events.queries import Added
from portulan.maps import queries as maps
from portulan.pages.targets import Where, place_of
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import runtime
from portulan.server.live.log_reader import MOST, LogReader
from portulan.server.live.message import RESYNC, Message

_ENDED_LATELY = timedelta(seconds=20)
_LOOK_BACK = timedelta(seconds=10)
_Told = dict[str, list[Message] | None]


class Desk:
    """Reads for every client of this process; used by one thread at a time."""

    def __init__(self) -> None:
        """Start from now; `flooded` says that too much happened to be told one by one."""
        self.flooded = False
        self._log = LogReader(at=clock.now())
        self._jobs = _jobs(clock.now())
        self._notices = _notices(clock.now())

    def news(self, sessions: Iterable[str]) -> _Told:
        """Return the messages for each session, None for one that ended."""
        close_old_connections()
        at = clock.now()
        added, jobs = self._log.read(at=at), _jobs(at)
        changed = [pk for pk, told in jobs.items() if self._jobs.get(pk) != told]
        noticed = _notices(at)
        people = {person for pk, person in noticed.items() if pk not in self._notices}
        self._jobs, self._notices = jobs, noticed
        self.flooded = added is None
        if added is not None and not (added or changed or people):
            return {}
        return {key: _told(key, added, changed, people) for key in sessions}


def listener(session_key: str) -> Actor | None:
    """Return who is signed in under a session, None when nobody is."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    return None if isinstance(user, AnonymousUser) or not user.is_active else people.actor_of(user)


def resume(session_key: str, last: UUID) -> list[Message]:
    """Return what a client missed since the last event that it saw."""
    close_old_connections()
    missed = events.since(last, limit=MOST + 1)
    return _told(session_key, None if len(missed) > MOST else missed, (), ()) or []


def _told(
    session_key: str, added: Sequence[Added] | None, jobs: Sequence[UUID], people: Container[int]
) -> list[Message] | None:
    actor = listener(session_key)
    if actor is None:
        return None
    if added is None:
        return list(RESYNC)
    with runtime.pinned(runtime.newest()):
        return [
            *_of_records(actor, added),
            *_of_maps(actor, added),
            *_of_threads(actor, added),
            *_of_schema(added),
            *_of_jobs(actor, jobs),
            *([Message("notice.changed", {})] if actor.id in people else []),
        ]


def _of_records(actor: Actor, added: Sequence[Added]) -> list[Message]:
    last: dict[str, dict[int, str]] = {}
    for event in added:
        kind, _, number = event.subject.partition(":")
        if event.kind.startswith("record.") and number.isdigit():
            last.setdefault(kind, {})[int(number)] = str(event.id)
    return [one for uid, rows in last.items() for one in _of_object(actor, uid, rows)]


def _of_object(actor: Actor, uid: str, rows: dict[int, str]) -> list[Message]:
    snapshot = runtime.current()
    kind = next((one for one in snapshot.blueprint.objects if one.uid == uid and not one.archived), None)
    if kind is None:
        return []
    model = snapshot.model(kind.name)
    has_stage = any(field.name == "stage" and not field.archived for field in kind.fields)
    columns = ("id", "version", *(("stage",) if has_stage else ()))
    seen = rights.visible(actor, "read", "record", model.objects.filter(pk__in=rows)).values(*columns)
    return [
        Message("record.changed", {"object": kind.name, "stage": None, **row}, rows[row["id"]])
        for row in seen
    ]


def _of_maps(actor: Actor, added: Sequence[Added]) -> list[Message]:
    last = {event.subject.partition(":")[2]: event for event in added if event.kind.startswith("map.")}
    found = []
    for map_id, event in last.items():
        try:
            version: int | None = maps.get_map(actor, id=UUID(map_id)).version
        except NotThere:
            version = None
        if rights.allows(actor, "read", "map"):
            found.append(Message("map.changed", {"id": map_id, "version": version}, str(event.id)))
    return found


def _of_threads(actor: Actor, added: Sequence[Added]) -> list[Message]:
    """Return where something was said, to who may read it there."""
    last = {event.data["on"]: event for event in added if event.kind.startswith("thread.")}
    found = []
    for on, event in last.items():
        target, _, number = on.partition(":")
        try:
            place_of(actor, Where(target, UUID(number)))
        except NotThere:
            continue
        found.append(Message("thread.changed", {"target": target, "id": number}, str(event.id)))
    return found


def _of_schema(added: Sequence[Added]) -> list[Message]:
    applied = [event for event in added if event.kind == "blueprint.applied"]
    return [Message("schema.changed", {"version": one.data["version"]}, str(one.id)) for one in applied[-1:]]


def _of_jobs(actor: Actor, changed: Sequence[UUID]) -> list[Message]:
    if not changed:
        return []
    rows = automation.jobs(actor).filter(pk__in=changed).values("id", "kind", "state", "progress", "message")
    return [Message("job.changed", row) for row in rows]


def _notices(at: datetime) -> dict[UUID, int]:
    return notices.since(ids.first_at(at - _LOOK_BACK))


def _jobs(at: datetime) -> dict[UUID, Any]:
    lately = Q(ended_at__isnull=True) | Q(ended_at__gt=at - _ENDED_LATELY)
    rows = automation.jobs(actors.system()).filter(lately)[:MOST]
    return {pk: told for pk, *told in rows.values_list("id", "state", "progress", "message")}
