"""The front desk of maps: list, read, save, publish, duplicate, delete, versions, gaps."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, UploadedFile

from portulan.api.actors import actor_of
from portulan.api.answers import as_file
from portulan.base import clock, texts
from portulan.maps import codec, lint, operations, queries
from portulan.maps.bpmn.source import LARGEST
from portulan.maps.drawings import Paper
from portulan.maps.files import Format
from portulan.maps.findings import Finding
from portulan.maps.layout import Layout
from portulan.maps.model import Map, MapKind, MapState, Scope
from portulan.maps.sight import Sight
from portulan.maps.starters import SECTORS, starter
from portulan.maps.starters.preview import preview

router = Router(tags=["maps"], by_alias=True)


class MapLinkOut(Schema):
    """A way from a map to another process: what it is called on the map, and its uid."""

    label: str
    to: str


class MapSummaryOut(Schema):
    """A map in the list: what it covers, how much is wrong with it, which processes it leads to and opens."""

    id: UUID
    uid: str
    title: str
    kind: MapKind
    state: MapState
    subject: str | None
    scope: Scope
    variant_of: str | None
    continues: list[MapLinkOut]
    opens: list[MapLinkOut]
    published_n: int | None
    updated_at: datetime
    steps: int
    errors: int
    warnings: int


class SectorOut(Schema):
    """A sector that the starters know."""

    id: str
    label: str


class StarterOut(Schema):
    """A map that the product comes with, and the sectors that it is made for."""

    name: str
    title: str
    sectors: list[SectorOut]


class PreviewOut(Schema):
    """What a starter brings, before one takes it."""

    title: str
    cycle: str
    stages: list[str]
    fields: list[str]
    criteria: list[str]
    rules: list[str]
    frictions: list[str]
    documents: list[str]
    scenarios: list[str]


class FindingOut(Schema):
    """What is wrong with a map, on which element, about what of it."""

    severity: Literal["error", "warning"]
    code: str
    element: str | None
    about: str
    say: str


class PairOut(Schema):
    """The maps of a process, by state."""

    as_is: UUID | None
    to_be: UUID | None


class MayOut(Schema):
    """What the person may do with a map."""

    update: bool
    publish: bool


class MapOut(Schema):
    """A map as one works on it."""

    id: UUID
    map: Map
    layout: Layout
    version: int
    published_n: int | None
    origin_log: str | None
    findings: list[FindingOut]
    pair: PairOut
    may: MayOut


class AuthorOut(Schema):
    """Who published."""

    id: int
    name: str
    initials: str
    hue: int


class MapVersionOut(Schema):
    """A published version, and what it changed."""

    n: int
    at: datetime
    author: AuthorOut | None
    says: list[str]


class GapOut(Schema):
    """One change between two maps, on the element that bears it."""

    kind: Literal["added", "removed", "moved", "renamed", "changed"]
    what: str
    element: str
    part: str
    say: str


class MadeOut(Schema):
    """A map that was made."""

    id: UUID


class ImportedOut(MadeOut):
    """A map that was made of a file, and what of the file has no place on it, in sentences."""

    left_out: list[str]


class NumberOut(Schema):
    """The number of a version that was published."""

    n: int


class DraftOut(Schema):
    """The version of the draft."""

    version: int


class SavedOut(DraftOut):
    """The version of a draft that was saved, and what is wrong with it."""

    findings: list[FindingOut]


class NewMapIn(Schema):
    """The map to create, empty or from a starter."""

    title: str
    state: MapState = "to_be"
    subject: str | None = None
    starter: str | None = None


class SketchIn(Schema):
    """The map to create, of a kind that compiles to nothing."""

    title: str
    kind: MapKind
    state: MapState = "to_be"


class VariantIn(Schema):
    """The variant to make, and for whom."""

    title: str = ""
    segments: list[str]


class SaveIn(Schema):
    """A map, its layout, and the version that they started from."""

    version: int
    map: dict[str, Any]
    layout: dict[str, Any]


class DuplicateIn(Schema):
    """What the duplicate is to be."""

    state: MapState
    title: str = ""
    subject: str | None = None


@router.get("/maps", response=list[MapSummaryOut])
def maps(request: HttpRequest, bin: bool = False) -> Any:  # noqa: A002, FBT001, FBT002 - the word of the address
    """Return the maps, or those of the bin, the last touched first."""
    return queries.maps(actor_of(request), archived=bin)


@router.get("/starters", response=list[StarterOut])
def starters(request: HttpRequest) -> Any:
    """Return the maps that the product comes with."""
    lang = actor_of(request).lang
    sectors = [{"id": one, "label": texts.say(f"maps.sector_{one}", lang)} for one in SECTORS]
    titles = queries.starter_titles(lang)
    return [{"name": name, "title": title, "sectors": sectors} for name, title in titles.items()]


@router.get("/starters/{name}", response=PreviewOut)
def starter_preview(request: HttpRequest, name: str, sector: str = "", lang: str = "fr") -> Any:  # noqa: ARG001 - the same for everybody
    """Return what a starter brings, as a sector knows it."""
    return preview(starter(name, sector, lang))


@router.post("/maps", response=MadeOut)
def create_map(request: HttpRequest, new: NewMapIn) -> Any:
    """Create a map, empty or from a starter."""
    return {"id": operations.create(actor_of(request), **new.dict(), at=clock.now())}


@router.post("/maps/sketches", response=MadeOut)
def create_sketch(request: HttpRequest, new: SketchIn) -> Any:
    """Create an empty map that compiles to nothing: a journey, a decision, stakeholders, a mind map."""
    return {"id": operations.sketch(actor_of(request), **new.dict(), at=clock.now())}


@router.post("/maps/{uuid:map_id}/variants", response=MadeOut)
def create_variant(request: HttpRequest, map_id: UUID, new: VariantIn) -> Any:
    """Make the variant of a process for some segments."""
    actor = actor_of(request)
    made = operations.vary(actor, id=map_id, title=new.title, segments=tuple(new.segments), at=clock.now())
    return {"id": made}


@router.post("/maps/import", response=ImportedOut)
def import_map(
    request: HttpRequest, file: File[UploadedFile], state: Form[MapState] = "as_is", subject: Form[str] = ""
) -> Any:
    """Make a map of a file: BPMN 2.0, JSON or OPML."""
    actor, raw, name = actor_of(request), file.read(LARGEST + 1), file.name or ""
    made, left_out = operations.import_file(
        actor, raw=raw, name=name, state=state, subject=subject or None, at=clock.now()
    )
    return {"id": made, "left_out": left_out}


@router.get("/maps/{uuid:map_id}/files/{form}")
def export_map(request: HttpRequest, map_id: UUID, form: Format) -> HttpResponse:
    """Return the draft of a map as a file: BPMN 2.0, JSON, Markdown or OPML."""
    made = queries.file(actor_of(request), id=map_id, form=form)
    return as_file(made.raw, made.name, made.media)


@router.post("/maps/{uuid:map_id}/drawing/{paper}")
def draw_map(request: HttpRequest, map_id: UUID, paper: Paper, sight: Sight) -> HttpResponse:
    """Return the draft of a map as a picture (SVG, or PDF on A4 or A3), as the canvas shows it."""
    actor = actor_of(request)
    made = queries.drawing(actor, id=map_id, sight=sight, paper=paper, at=clock.now())
    return as_file(made.raw, made.name, made.media)


@router.get("/maps/{uuid:map_id}", response=MapOut)
def get_map(request: HttpRequest, map_id: UUID) -> Any:
    """Return a map with its draft, its layout and what is wrong with it."""
    actor = actor_of(request)
    view = queries.get_map(actor, id=map_id)
    return {
        **vars(view),
        "origin_log": view.origin_log or None,
        "findings": said(view.findings, actor.lang),
    }


@router.put("/maps/{uuid:map_id}", response=SavedOut)
def save_map(request: HttpRequest, map_id: UUID, draft: SaveIn) -> Any:
    """Save the draft of a map, refused when somebody saved meanwhile."""
    actor = actor_of(request)
    drawn, layout = codec.read(draft.map), codec.read_layout(draft.layout)
    saved = operations.save(
        actor, id=map_id, version=draft.version, drawn=drawn, layout=layout, at=clock.now()
    )
    return {"version": saved, "findings": said(lint.lint(drawn), actor.lang)}


@router.delete("/maps/{uuid:map_id}", response={204: None})
def delete_map(request: HttpRequest, map_id: UUID) -> None:
    """Put a map into the bin."""
    operations.delete(actor_of(request), id=map_id, at=clock.now())


@router.post("/maps/{uuid:map_id}/restore", response={204: None})
def restore_map(request: HttpRequest, map_id: UUID) -> None:
    """Take a map out of the bin."""
    operations.restore(actor_of(request), id=map_id, at=clock.now())


@router.post("/maps/{uuid:map_id}/publish", response=NumberOut)
def publish_map(request: HttpRequest, map_id: UUID) -> Any:
    """Publish the draft of a map, refused when it has errors."""
    return {"n": operations.publish(actor_of(request), id=map_id, at=clock.now())}


@router.post("/maps/{uuid:map_id}/duplicate", response=MadeOut)
def duplicate_map(request: HttpRequest, map_id: UUID, wanted: DuplicateIn) -> Any:
    """Make the other state of a process, or another process, from a map."""
    return {"id": operations.duplicate(actor_of(request), id=map_id, **wanted.dict(), at=clock.now())}


@router.get("/maps/{uuid:map_id}/versions", response=list[MapVersionOut])
def map_versions(request: HttpRequest, map_id: UUID) -> Any:
    """Return the published versions of a map, the newest first."""
    return queries.versions(actor_of(request), id=map_id)


@router.post("/maps/{uuid:map_id}/versions/{n}/restore", response=DraftOut)
def restore_map_version(request: HttpRequest, map_id: UUID, n: int) -> Any:
    """Make a published version the draft again."""
    return {"version": operations.restore_version(actor_of(request), id=map_id, n=n, at=clock.now())}


@router.get("/maps/{uuid:as_is}/gap/{uuid:to_be}", response=list[GapOut])
def gap(request: HttpRequest, as_is: UUID, to_be: UUID) -> Any:
    """Return what leads from one map to the other, in words."""
    actor = actor_of(request)
    changes = queries.gap(actor, as_is=as_is, to_be=to_be)
    return [{**vars(change), "say": change.say(actor.lang)} for change in changes]


def said(findings: Sequence[Finding], lang: str) -> list[dict[str, Any]]:
    """Return findings as they are told to a person."""
    return [{**vars(one), "element": one.element or None, "say": one.say(lang)} for one in findings]
