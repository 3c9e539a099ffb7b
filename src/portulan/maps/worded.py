"""The words of the glossary that maps use as conditions, by name: on which maps, and what they mean now.

A draft follows its words at once; what is in force follows by a plan, as for any other change of the map.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from portulan.base import texts
from portulan.base.conditions.named import reworded, words_in
from portulan.maps import rows
from portulan.maps.models import MapRow
from portulan.people.actor import Actor


class MapWords:
    """The maps, for the glossary; everybody signed in reads them."""

    def uses(self, actor: Actor) -> Mapping[str, Sequence[str]]:
        """Return the maps that use each term."""
        found: dict[str, list[str]] = {}
        for row in MapRow.objects.filter(archived_at=None).only("title", "draft"):
            for term in sorted(set(words_in(row.draft))):
                found.setdefault(term, []).append(texts.say("maps.word_used", actor.lang, title=row.title))
        return found

    def reword(self, actor: Actor, term: str, meaning: dict[str, Any], at: datetime) -> None:
        """Let every draft mean by a term what is given."""
        for held in MapRow.objects.select_for_update().filter(archived_at=None):
            row = rows.drawn(held, at)
            if term in set(words_in(row.draft)):
                rows.redraw(actor, row, reworded(row.draft, term, meaning), row.layout, at)
