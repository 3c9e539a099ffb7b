"""Reads of maps: the list, one map with what is wrong with it, its versions, what is published, gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from portulan.base import calendar
from portulan.base.refusals import NotThere
from portulan.maps import codec, drawings, files, fixes, starters
from portulan.maps.changes import Change
from portulan.maps.diff import diff
from portulan.maps.drawings import Paper
from portulan.maps.files import File, Format
from portulan.maps.findings import Finding
from portulan.maps.layout import Layout
from portulan.maps.lint import lint
from portulan.maps.model import Map, MapKind, MapState, Scope
from portulan.maps.models import MapRow, MapVersion
from portulan.maps.sight import Sight
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.queries import Person
from portulan.people.rights import Verb

_VERBS: tuple[Verb, ...] = ("update", "publish")


@dataclass(frozen=True)
class Link:
    """A way from a map to another process, by its uid: what it is called on the map."""

    label: str
    to: str


@dataclass(frozen=True)
class MapSummary:
    """A map in the list: what it covers, how much is wrong with it, which processes it leads to and opens."""

    id: UUID
    uid: str
    title: str
    kind: MapKind
    state: str
    subject: str | None
    scope: Scope
    variant_of: str | None
    continues: tuple[Link, ...]
    opens: tuple[Link, ...]
    published_n: int | None
    updated_at: datetime
    steps: int
    errors: int
    warnings: int


@dataclass(frozen=True)
class MapView:
    """A map as one works on it: its draft, its layout, what is wrong, and the other state of its process."""

    id: UUID
    map: Map
    layout: Layout
    version: int
    published_n: int | None
    origin_log: str
    findings: tuple[Finding, ...]
    pair: Mapping[str, UUID | None]
    may: Mapping[str, bool]


@dataclass(frozen=True)
class VersionView:
    """A published version: when, by whom, what changed in words."""

    n: int
    at: datetime
    author: Person | None
    says: tuple[str, ...]


def maps(actor: Actor, *, archived: bool = False) -> list[MapSummary]:
    """Return the live maps (or those of the bin), the last touched first."""
    rows = _rows(actor).filter(archived_at__isnull=not archived)
    return [_summary(row) for row in rows.order_by("-updated_at", "id")]


def get_map(actor: Actor, *, id: UUID) -> MapView:  # noqa: A002 - the noun of the row
    """Return a live map with its draft.

    :raises NotThere: when there is none.
    """
    row = _get(actor, id)
    drawn = codec.read(row.draft)
    live = MapRow.objects.filter(uid=row.uid, archived_at__isnull=True)
    pair = dict(live.values_list("state", "id"))
    return MapView(
        id=row.pk,
        map=drawn,
        layout=codec.read_layout(row.layout),
        version=row.version,
        published_n=row.published_n,
        origin_log=row.origin_log,
        findings=tuple(lint(drawn)),
        pair={"as_is": pair.get("as_is"), "to_be": pair.get("to_be")},
        may={verb: rights.allows(actor, verb, "map", row) for verb in _VERBS},
    )


def fixes_of(actor: Actor, *, id: UUID) -> list[fixes.Offer]:  # noqa: A002 - the noun of the row
    """Return what mends the first findings of a map's draft, for those that one move mends.

    :raises NotThere: when there is no such map.
    """
    return fixes.offered(codec.read(_get(actor, id).draft))


def find_map_of(actor: Actor, *, uid: str, state: MapState) -> UUID | None:
    """Return the id of the live map of a process in one state."""
    found = _rows(actor).filter(uid=uid, state=state, archived_at__isnull=True)
    return found.values_list("id", flat=True).first()


def published(actor: Actor) -> tuple[Map, ...]:
    """Return the last published version of every live to-be map, by uid: what the blueprint is made of."""
    live = _rows(actor).filter(archived_at__isnull=True, state="to_be")
    last = MapVersion.objects.filter(map__in=live, n=F("map__published_n")).order_by("map__uid")
    return tuple(codec.read(drawn) for drawn in last.values_list("drawn", flat=True))


def published_versions(actor: Actor) -> dict[str, int]:
    """Return the number of the last published version of every live to-be map that has one, by id."""
    live = _rows(actor).filter(archived_at__isnull=True, state="to_be")
    return {str(pk): n for pk, n in live.values_list("pk", "published_n") if n}


def published_then(actor: Actor, *, versions: Mapping[str, int]) -> tuple[Map, ...]:
    """Return published versions of maps, said by id, as they were; by uid."""
    wanted = Q(pk__in=[])
    for map_id, n in versions.items():
        wanted |= Q(map=map_id, n=n)
    found = MapVersion.objects.filter(wanted, map__in=_rows(actor)).order_by("map__uid")
    return tuple(codec.read(drawn) for drawn in found.values_list("drawn", flat=True))


def titles(actor: Actor) -> dict[str, tuple[str, str]]:
    """Return the id and the title of every live to-be map, by uid."""
    live = _rows(actor).filter(archived_at__isnull=True, state="to_be")
    return {uid: (str(pk), title) for uid, pk, title in live.values_list("uid", "id", "title")}


def versions(actor: Actor, *, id: UUID) -> list[VersionView]:  # noqa: A002 - the noun of the row
    """Return the published versions of a map, the newest first.

    :raises NotThere: when there is no such map.
    """
    row = _get(actor, id)
    kept = list(row.versions.order_by("-n").defer("drawn", "layout"))
    authors = people.named(actor, ids={one.by_id for one in kept if one.by_id is not None})
    return [_version(one, authors, actor.lang) for one in kept]


def gap(actor: Actor, *, as_is: UUID, to_be: UUID) -> tuple[Change, ...]:
    """Return what leads from one map to the other, draft to draft.

    :raises NotThere: when one of them is not there.
    """
    before, after = (codec.read(_get(actor, one).draft) for one in (as_is, to_be))
    return diff(before, after)


def file(actor: Actor, *, id: UUID, form: Format) -> File:  # noqa: A002 - the noun of the row
    """Return the draft of a map as a file.

    :raises NotThere: when there is no such map.
    :raises MapNotExportable: when the map's references do not hold.
    """
    row = _get(actor, id)
    return files.write(codec.read(row.draft), codec.read_layout(row.layout), form=form, lang=actor.lang)


def drawing(
    actor: Actor,
    *,
    id: UUID,  # noqa: A002 - the noun of the row
    sight: Sight,
    paper: Paper,
    at: datetime,
) -> File:
    """Return a map as a picture, as the canvas shows it.

    :raises NotThere: when there is no such map.
    :raises PdfNotHere: when a PDF is asked for and the machine cannot lay one out.
    """
    drawn = codec.read(_get(actor, id).draft)
    on = at.astimezone(calendar.DEFAULT.tz).date()
    return drawings.drawing(drawn, sight, paper=paper, lang=actor.lang, on=on)


def mapping(actor: Actor, *, id: UUID, log_id: str) -> dict[str, str | None] | None:  # noqa: A002 - the noun of the row
    """Return the step that each label of a log stands for, None when nobody said so yet.

    :raises NotThere: when there is no such map.
    """
    saved: dict[str, str | None] | None = _get(actor, id).mappings.get(log_id)
    return saved


def starter_titles(lang: str = "fr") -> dict[str, str]:
    """Return the maps that the product comes with: their titles by name."""
    return {name: starters.starter(name, lang=lang).title for name in starters.NAMES}


def _rows(actor: Actor) -> QuerySet[MapRow]:
    return rights.visible(actor, "read", "map", MapRow.objects.all())


def _get(actor: Actor, map_id: UUID) -> MapRow:
    row = _rows(actor).filter(pk=map_id, archived_at__isnull=True).first()
    if row is None:
        raise NotThere
    return row


def _summary(row: MapRow) -> MapSummary:
    drawn = codec.read(row.draft)
    found = [finding.severity for finding in lint(drawn)]
    return MapSummary(
        id=row.pk,
        uid=row.uid,
        title=row.title,
        kind=drawn.kind,
        state=row.state,
        subject=row.subject or None,
        scope=drawn.scope,
        variant_of=drawn.variant_of,
        continues=tuple(Link(step.label, step.continues) for step in drawn.steps if step.continues),
        opens=tuple(Link(sub.label, sub.map) for step in drawn.steps for sub in step.submaps if sub.map),
        published_n=row.published_n,
        updated_at=row.updated_at,
        steps=sum(step.kind != "gateway" for step in drawn.steps),
        errors=found.count("error"),
        warnings=found.count("warning"),
    )


def _version(one: MapVersion, authors: Mapping[int, Person], lang: str) -> VersionView:
    author = authors.get(one.by_id) if one.by_id is not None else None
    return VersionView(one.n, one.at, author, tuple(one.says.get(lang, ())))
