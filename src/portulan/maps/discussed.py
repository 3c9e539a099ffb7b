"""What the room of pages may know of maps to hold discussions on them: which ones, and what is called how."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portulan.base.refusals import NotThere
from portulan.maps import codec
from portulan.maps.model import Map
from portulan.maps.models import MapRow
from portulan.pages import reviews
from portulan.pages.targets import Place, Where
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb


class MapTarget:
    """Live maps, with their steps, passages, lanes and phases."""

    def rows(self, actor: Actor, verb: Verb) -> QuerySet[Any]:
        """Return the live maps on which the actor may do this."""
        return rights.visible(actor, verb, "map", MapRow.objects.filter(archived_at__isnull=True))

    def place(self, actor: Actor, id: UUID, element: str) -> Place:  # noqa: A002 - the noun of the row
        """Return what a map and an element of it are called.

        :raises NotThere: when there is no such map that the actor may read.
        """
        row = self.rows(actor, "read").filter(pk=id).first()
        if row is None:
            raise NotThere
        label = label_of(codec.read(row.draft), element)
        return Place(row.title, label, reviews.keepers(Where("map", id)))

    def elements(self, actor: Actor, id: UUID) -> dict[str, str]:  # noqa: A002 - the noun of the row
        """Return the steps of a map, by id.

        :raises NotThere: when there is no such map that the actor may read.
        """
        row = self.rows(actor, "read").filter(pk=id).first()
        if row is None:
            raise NotThere
        return {one.id: one.label for one in codec.read(row.draft).steps if one.kind != "gateway"}


def label_of(drawn: Map, element: str) -> str | None:
    """Return what an element is called, nothing for the map itself, None when it is not on the map."""
    if not element:
        return ""
    steps = {one.id: one.label for one in drawn.steps}
    bands = {one.id: one.label for one in drawn.lanes} | {one.id: one.label for one in drawn.phases}
    ways = {
        one.id: one.label or f"{steps.get(one.source, '?')} → {steps.get(one.target, '?')}"
        for one in drawn.passages
    }
    return (steps | bands | ways).get(element)
