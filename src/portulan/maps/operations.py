"""Writes about maps: create, save the draft, publish, duplicate, delete, restore.

A save names the version it started from and is refused, with both versions, when somebody saved meanwhile.
What was published never changes.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portulan.base import texts
from portulan.base.refusals import NotNow, NotThere, NotValid, Problem
from portulan.events import log
from portulan.maps import codec, files, happenings, naming, progress, rows, starters
from portulan.maps.diff import diff
from portulan.maps.files import Given
from portulan.maps.gather import gather as gathered
from portulan.maps.layout import Layout
from portulan.maps.lint import lint
from portulan.maps.model import Map, MapKind, MapState
from portulan.maps.models import MapRow, MapVersion
from portulan.maps.rows import Origin
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor


class MapChangedMeanwhile(NotNow):
    """Somebody saved the map since the version that was worked on."""

    code = "maps.changed_meanwhile"


class MapNotPublishable(NotValid):
    """The linter finds errors on the map."""

    code = "maps.not_publishable"


class NothingNew(NotNow):
    """The draft is what was published last."""

    code = "maps.nothing_new"


def create(
    actor: Actor,
    *,
    title: str,
    state: MapState,
    subject: str | None,
    starter: str | None = None,
    at: datetime,
) -> UUID:
    """Create a map, empty or from a starter, and return its id.

    A starter whose process already has a map gives a new process, its steps under ids of their own.

    :raises MapNotReadable: when the title, the state or the subject does not fit.
    :raises NotThere: when there is no such starter.
    """
    rights.require(actor, "create", "map")
    with transaction.atomic():
        if starter is None:
            raw = {**_blank(actor, title), "state": state, "subject": subject}
        else:
            found = starters.named(starter)
            if rows.is_live(found.uid):
                found = naming.free(found, rows.uids())
            raw = {**codec.dump(found), "title": title.strip() or found.title, "state": state}
        drawn = codec.read(raw)
        row = rows.insert(actor, drawn, Layout(), None, at)
        what = happenings.MapCreated(drawn.uid, drawn.state, drawn.title, starter or "")
        log.append(what, actor=actor, subject=rows.subject(row.pk), at=at)
    return row.pk


def sketch(actor: Actor, *, title: str, kind: MapKind, state: MapState, at: datetime) -> UUID:
    """Create an empty map that compiles to nothing (journey, decision, mind map…) and return its id.

    :raises MapNotReadable: when the title does not fit.
    """
    drawn = codec.read({**_blank(actor, title), "kind": kind, "state": state})
    return add(actor, drawn=drawn, at=at)


def vary(actor: Actor, *, id: UUID, title: str, segments: tuple[str, ...], at: datetime) -> UUID:  # noqa: A002
    """Make the variant of a process for some segments and return its id: a process of its own.

    The variant of a variant is one of the same process.

    :raises NotThere: when there is no such map.
    """
    rights.require(actor, "create", "map")
    with transaction.atomic():
        row = rows.drawn(rows.live(actor, "read", id), at)
        known = codec.read(row.draft)
        scope = known.scope.model_copy(update={"segments": segments})
        more = {"variant_of": known.variant_of or known.uid, "scope": codec.dump(scope), "answers": []}
        named = {"title": title.strip() or known.title}
        drawn = codec.read({**codec.dump(naming.free(known, rows.uids())), **named, **more})
        return add(actor, drawn=drawn, at=at)


def become_process(actor: Actor, *, id: UUID, subject: str | None, at: datetime) -> UUID:  # noqa: A002
    """Make a process of a map that builds nothing and return its id; the map stays as it is.

    :raises NotThere: when there is no such map.
    """
    rights.require(actor, "create", "map")
    with transaction.atomic():
        row = rows.drawn(rows.live(actor, "read", id), at)
        uid = naming.free_uid(row.uid, rows.uids())
        drawn = naming.as_process(codec.read(row.draft), uid=uid, subject=subject)
        return add(actor, drawn=drawn, at=at)


def gather(actor: Actor, *, id: UUID, drawn: Map, phase: str, at: datetime) -> tuple[UUID, Map]:  # noqa: A002
    """Make a map of a phase; return its id, and the map as it would be with one step that opens it.

    `drawn` is the map as it is on screen: who draws takes the answer as an edit, or undoes it.

    :raises NotThere: when the actor may not change such a map.
    :raises PhaseNotGathered: when the steps of the phase do not hold together or are too few.
    """
    with transaction.atomic():
        rows.live(actor, "update", id)
        uid = naming.free_uid(naming.uid_from(f"{drawn.uid} {phase}"), rows.uids())
        step_id = naming.free_uid(uid, rows.step_ids())
        outer, detail = gathered(drawn, phase, uid=uid, step_id=step_id, lang=actor.lang)
        return add(actor, drawn=detail, at=at), outer


def add(
    actor: Actor, *, drawn: Map, layout: Layout | None = None, origin: Origin | None = None, at: datetime
) -> UUID:
    """Store a map drawn elsewhere (found in a log, read from a file) and return its id.

    :raises PlaceTaken: when its process already has a live map in that state.
    """
    rights.require(actor, "create", "map")
    with transaction.atomic():
        row = rows.insert(actor, drawn, layout or Layout(), origin, at)
        what = happenings.MapCreated(drawn.uid, drawn.state, drawn.title, log=row.origin_log)
        log.append(what, actor=actor, subject=rows.subject(row.pk), at=at)
    return row.pk


def import_file(
    actor: Actor, *, raw: bytes, name: str, state: MapState, subject: str | None = None, at: datetime
) -> tuple[UUID, tuple[str, ...]]:
    """Make a map of a file and return its id, and what of the file has no place on a map, in sentences.

    `name` says the format (BPMN, our JSON, an outline in OPML) and is the title of a drawing that has none.
    A file that we wrote gives its map back; when its process has that map already, another process.

    :raises NotValid: when the bytes hold no map.
    """
    rights.require(actor, "create", "map")
    with transaction.atomic():
        found = files.read(Given(raw, name, state, actor.lang, rows.step_ids()))
        drawn, layout = found.map, found.layout
        if not found.ours:
            uid = naming.free_uid(drawn.uid, rows.uids())
            drawn = drawn.model_copy(update={"uid": uid, "subject": subject})
        elif rows.is_live(drawn.uid, drawn.state):
            drawn, layout = naming.free(drawn, rows.uids()), Layout()
        return add(actor, drawn=drawn, layout=layout, at=at), found.left_out


def save(
    actor: Actor,
    *,
    id: UUID,  # noqa: A002 - the noun of the row
    version: int,
    drawn: Map,
    layout: Layout,
    at: datetime,
) -> int:
    """Save the draft of a map and return its new version.

    :raises MapChangedMeanwhile: when somebody saved since `version`, with both versions in its details.
    :raises NotValid: when the map is given another process or another state.
    """
    with transaction.atomic():
        row = rows.live(actor, "update", id)
        if row.version != version:
            raise _conflict(actor, row, version, drawn, layout)
        if (drawn.uid, drawn.state) != (row.uid, row.state):
            raise NotValid(Problem("map/uid", "maps.uid_fixed"))
        return rows.redraw(actor, row, codec.dump(drawn), codec.dump(layout), at)


def publish(actor: Actor, *, id: UUID, at: datetime) -> int:  # noqa: A002 - the noun of the row
    """Freeze the draft as the next published version and return its number.

    :raises MapNotPublishable: when the linter finds errors, with each of them.
    :raises NothingNew: when the draft is what was published last.
    """
    with transaction.atomic():
        row = rows.drawn(rows.live(actor, "publish", id), at)
        drawn = codec.read(row.draft)
        errors = [finding.as_problem() for finding in lint(drawn) if finding.severity == "error"]
        if errors:
            raise MapNotPublishable(*errors)
        says = _says(row, drawn)
        n = (row.published_n or 0) + 1
        frozen = {"drawn": row.draft, "layout": row.layout, "says": says}
        MapVersion.objects.create(map=row, n=n, at=at, by_id=actor.id, **frozen)
        MapRow.objects.filter(pk=row.pk).update(published_n=n)
        what = happenings.MapPublished(row.uid, row.state, row.title, n, says)
        log.append(what, actor=actor, subject=rows.subject(row.pk), at=at)
        if row.state == "to_be":
            progress.published(actor, row, drawn, at)
    return n


def duplicate(
    actor: Actor,
    *,
    id: UUID,  # noqa: A002 - the noun of the row
    state: MapState,
    title: str,
    subject: str | None = None,
    at: datetime,
) -> UUID:
    """Make a map from another one and return its id.

    The other state of a process keeps every id, so that the two can be compared and measured alike; a copy
    in the same state is another process, its steps under ids of their own.

    :raises PlaceTaken: when the process already has a live map in that state.
    """
    rights.require(actor, "create", "map")
    with transaction.atomic():
        row = rows.drawn(rows.live(actor, "read", id), at)
        drawn = codec.read(row.draft)
        layout = codec.read_layout(row.layout)
        if row.state == state:
            drawn, layout = naming.free(drawn, rows.uids()), Layout()
        changes = {"state": state, "title": title.strip() or drawn.title, "subject": subject or drawn.subject}
        drawn = codec.read({**codec.dump(drawn), **changes})
        origin = Origin(row.origin_log, row.mappings.get(row.origin_log, {})) if row.origin_log else None
        made = rows.insert(actor, drawn, layout, origin, at)
        what = happenings.MapDuplicated(made.uid, made.state, made.title, source=str(row.pk))
        log.append(what, actor=actor, subject=rows.subject(made.pk), at=at)
    return made.pk


def delete(actor: Actor, *, id: UUID, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Put a map into the bin; its versions stay.

    :raises NotThere: when there is no such live map.
    """
    with transaction.atomic():
        row = rows.live(actor, "delete", id)
        MapRow.objects.filter(pk=row.pk).update(archived_at=at, archived_by_id=actor.id)
        log.append(happenings.MapDeleted(row.title), actor=actor, subject=rows.subject(row.pk), at=at)


def restore(actor: Actor, *, id: UUID, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Take a map out of the bin.

    :raises PlaceTaken: when the process has another live map in that state by now.
    """
    with transaction.atomic():
        row = rows.one(actor, "delete", id, archived=True)
        rows.require_place(row.uid, row.state)
        MapRow.objects.filter(pk=row.pk).update(archived_at=None, archived_by_id=None)
        log.append(happenings.MapRestored(row.title), actor=actor, subject=rows.subject(row.pk), at=at)


def restore_version(actor: Actor, *, id: UUID, n: int, at: datetime) -> int:  # noqa: A002 - the noun of the row
    """Make a published version the draft again and return the draft's new version.

    :raises NotThere: when there is no such map or version.
    """
    with transaction.atomic():
        row = rows.live(actor, "update", id)
        kept = row.versions.filter(n=n).first()
        if kept is None:
            raise NotThere
        log.append(happenings.MapVersionRestored(n), actor=actor, subject=rows.subject(row.pk), at=at)
        return rows.redraw(actor, row, kept.drawn, kept.layout, at)


def set_mapping(
    actor: Actor,
    *,
    id: UUID,  # noqa: A002 - the noun of the row
    log_id: str,
    mapping: dict[str, str | None],
) -> None:
    """Keep which step each label of a log stands for; None says that it stands for none.

    :raises NotValid: when a step is not on the map, with each of them.
    """
    with transaction.atomic():
        row = rows.live(actor, "update", id)
        steps = {step.id for step in codec.read(row.draft).steps}
        unknown = [label for label, step in mapping.items() if step is not None and step not in steps]
        if unknown:
            raise NotValid(*(Problem(label, "maps.step_unknown", {"label": label}) for label in unknown))
        MapRow.objects.filter(pk=row.pk).update(mappings={**row.mappings, log_id: mapping})


def _blank(actor: Actor, title: str) -> dict[str, Any]:
    """Return a new process with a lane and a phase to stand on, in the language of who draws."""
    uid = naming.free_uid(naming.uid_from(title), rows.uids())
    lane, phase = (texts.say(f"maps.bpmn_{one}", actor.lang) for one in ("lane", "phase"))
    ground = {"lanes": [{"id": "equipe", "label": lane}], "phases": [{"id": "parcours", "label": phase}]}
    return {"uid": uid, "title": title.strip(), **ground}


def _says(row: MapRow, drawn: Map) -> dict[str, list[str]]:
    """Return what a publication changes, by language.

    :raises NothingNew: when it changes nothing.
    """
    last = row.versions.filter(n=row.published_n or 0).first()
    if last is None:
        facts = {"n": sum(step.kind != "gateway" for step in drawn.steps)}
        return {lang: [texts.say("maps.first_version", lang, **facts)] for lang in texts.LANGUAGES}
    if (last.drawn, last.layout) == (row.draft, row.layout):
        raise NothingNew(n=last.n)
    changes = diff(codec.read(last.drawn), drawn)
    only = {lang: [texts.say("maps.layout_only", lang)] for lang in texts.LANGUAGES}
    return {lang: [change.say(lang) for change in changes] for lang in texts.LANGUAGES} if changes else only


def _conflict(actor: Actor, row: MapRow, version: int, drawn: Map, layout: Layout) -> MapChangedMeanwhile:
    known = people.named(actor, ids=[row.updated_by_id] if row.updated_by_id else [])
    by = next((person.name for person in known.values()), texts.say("maps.somebody", actor.lang))
    mine = {"version": version, "map": codec.dump(drawn), "layout": codec.dump(layout)}
    theirs = {"version": row.version, "map": row.draft, "layout": row.layout, "at": row.updated_at, "by": by}
    details = {"version": row.version, "mine": mine, "theirs": theirs}
    return MapChangedMeanwhile(details=details, by=by)
