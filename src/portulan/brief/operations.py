"""Writes of the requirements document: a version that is kept."""

from datetime import datetime

from django.db import transaction

from portulan.base.refusals import NotNow
from portulan.brief import happenings, queries
from portulan.brief.models import BriefVersion
from portulan.events import log
from portulan.maps import queries as maps
from portulan.people import rights
from portulan.people.actor import Actor

_LONGEST_NOTE = 200


class NothingNew(NotNow):
    """No map was published since the last version was kept, or none ever was."""

    code = "brief.nothing_new"


def keep(actor: Actor, *, note: str, at: datetime) -> int:
    """Keep the requirements as they are now, give the new ones their numbers, and return the version.

    :raises NothingNew: when no map was published since the last version.
    """
    rights.require(actor, "create", "brief")
    with transaction.atomic():
        last = BriefVersion.objects.select_for_update().order_by("-n").first()
        made_of = maps.published_versions(actor)
        if made_of == (last.maps if last else {}):
            raise NothingNew
        n = last.n + 1 if last else 1
        required = queries.required(actor)
        numbers = (last.numbers if last else {}) | {one.key: one.number for one in required}
        said = " ".join(note.replace("\0", "").split())[:_LONGEST_NOTE]
        BriefVersion.objects.create(n=n, maps=made_of, numbers=numbers, note=said, at=at, by_id=actor.id)
        what = happenings.BriefKept(n, made_of, len(required), said)
        log.append(what, actor=actor, subject="brief:document", at=at)
    return n
