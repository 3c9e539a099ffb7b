"""Changes proposed to a map by those who read it, kept apart from the draft until its owner takes them in.

Refuses a proposal that changes nothing, and to overwrite unasked what the draft changed meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portulan.base import texts
from portulan.base.refusals import NotNow, NotThere, NotValid, Problem
from portulan.events import log
from portulan.maps import codec, happenings, rows
from portulan.maps.changes import Change
from portulan.maps.diff import diff
from portulan.maps.discussed import label_of
from portulan.maps.layout import Layout
from portulan.maps.merge import Clash, Side, merge
from portulan.maps.model import Map
from portulan.maps.models import MapProposal, MapRow
from portulan.pages import operations as pages
from portulan.pages.operations import Said
from portulan.pages.targets import Where
from portulan.people.actor import Actor


class NothingProposed(NotValid):
    """The proposal is what it started from."""

    code = "maps.nothing_proposed"


class ProposalClashes(NotNow):
    """The draft changed meanwhile what the proposal changes; each place wants a choice."""

    code = "maps.proposal_clashes"


@dataclass(frozen=True)
class Sketch:
    """What a proposal started from, what was made of it, and where the new elements stand."""

    base: Map
    drawn: Map
    layout: Layout


@dataclass(frozen=True)
class ClashView:
    """A place that both sides changed, said in words, with both values where a sentence can hold them."""

    path: str
    element: str
    say: str
    draft: str | None
    proposal: str | None


@dataclass(frozen=True)
class ProposalView:
    """What a proposal changes, in words, and where the draft changed the same meanwhile."""

    changes: tuple[Change, ...]
    clashes: tuple[ClashView, ...]


def propose(
    actor: Actor,
    *,
    id: UUID,  # noqa: A002 - the noun of the row
    sketch: Sketch,
    why: str,
    at: datetime,
) -> UUID:
    """Propose a change set to a map that the actor may read; return the thread it is discussed in.

    :raises NothingProposed: when nothing changes.
    :raises NotValid: when it is a proposal to another process.
    """
    with transaction.atomic():
        row = rows.readable(actor, id)
        if any((one.uid, one.state) != (row.uid, row.state) for one in (sketch.base, sketch.drawn)):
            raise NotValid(Problem("map/uid", "maps.uid_fixed"))
        changes = diff(sketch.base, sketch.drawn)
        if not changes:
            raise NothingProposed
        said = Said("proposal", why, carries_change=True)
        where = Where("map", row.pk, _one_element(changes, row))
        thread = pages.open_thread(actor, where=where, said=said, at=at)
        parts = {name: codec.dump(getattr(sketch, name)) for name in ("base", "drawn", "layout")}
        MapProposal.objects.create(thread=thread, map=row, **parts)
    return thread


def proposal(actor: Actor, *, id: UUID) -> ProposalView:  # noqa: A002 - the noun of the row
    """Return what the proposal of a thread changes, and where it clashes with the draft of now.

    :raises NotThere: when there is no such proposal on a map that the actor may read.
    """
    kept = _kept(id)
    row = rows.readable(actor, kept.map_id)
    _, clashes = merge(kept.base, row.draft, kept.drawn, {})
    drawn = codec.read(kept.drawn)
    views = tuple(_view(one, (codec.read(row.draft), drawn), actor.lang) for one in clashes)
    return ProposalView(diff(codec.read(kept.base), drawn), views)


def accept(
    actor: Actor,
    *,
    id: UUID,  # noqa: A002 - the noun of the row
    choices: Mapping[str, Side],
    reason: str = "",
    at: datetime,
) -> None:
    """Take a proposal into the draft of its map; where both changed the same, as it was chosen.

    :raises ProposalClashes: when a place that both changed has no choice.
    """
    with transaction.atomic():
        kept = _kept(id)
        row = rows.drawn(rows.live(actor, "update", kept.map_id), at)
        merged, clashes = merge(kept.base, row.draft, kept.drawn, choices)
        open_ = [one.path for one in clashes if one.path not in choices]
        if open_:
            raise ProposalClashes(details={"paths": open_}, n=len(open_))
        pages.accept_change(actor, id=id, reason=reason, at=at)
        draft = codec.dump(codec.read(merged))
        rows.redraw(actor, row, draft, _placed(row.layout, kept.layout, draft), at)
        log.append(happenings.MapProposalAccepted(str(id)), actor=actor, subject=rows.subject(row.pk), at=at)


def _kept(thread: UUID) -> MapProposal:
    kept = MapProposal.objects.filter(pk=thread).first()
    if kept is None:
        raise NotThere
    return kept


def _one_element(changes: tuple[Change, ...], row: MapRow) -> str:
    """Return the element that every change lies on, when it is one that is on the map already."""
    elements = {one.element for one in changes}
    (element,) = elements if len(elements) == 1 else ("",)
    return element if label_of(codec.read(row.draft), element) else ""


def _placed(layout: dict[str, Any], proposed: dict[str, Any], draft: dict[str, Any]) -> dict[str, Any]:
    """Return the layout of the draft with the places that the proposal gave to what it adds."""
    steps = {one["id"] for one in draft["steps"]}
    known = layout.get("positions", {})
    more = {uid: at for uid, at in proposed.get("positions", {}).items() if uid in steps and uid not in known}
    return {**layout, "positions": {**known, **more}}


def _view(one: Clash, sides: tuple[Map, Map], lang: str) -> ClashView:
    label = next((found for side in sides if (found := label_of(side, one.element))), one.element)
    sentence = ("clash_part" if one.part else "clash_gone") if one.element else "clash_map"
    said = texts.say(f"maps.{sentence}", lang, label=label, property=_property(one.part, lang))
    return ClashView(one.path, one.element, said, _short(one.draft), _short(one.proposal))


def _property(part: str, lang: str) -> str:
    known = texts.catalogue("maps", lang)
    name = next(
        (f"{kind}_{part}" for kind in ("property", "noun") if f"{kind}_{part}" in known), "property_other"
    )
    return texts.say(f"maps.{name}", lang)


def _short(value: Any) -> str | None:
    return value if isinstance(value, str) else str(value) if type(value) is int else None
