"""The words of the glossary that saved views use by name, and what they mean from now on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from portulan.base import texts
from portulan.base.conditions.named import reworded, words_in
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records.models import View


class ViewWords:
    """The saved views, for the glossary; the name of a view is told to those who may open it."""

    def uses(self, actor: Actor) -> Mapping[str, Sequence[str]]:
        """Return the views that use each term."""
        seen = set(rights.visible(actor, "read", "view", View.objects.all()).values_list("pk", flat=True))
        found: dict[str, list[str]] = {}
        for row in View.objects.only("name", "search"):
            what = ("view_used", row.name) if row.pk in seen else ("hidden_view_used", "")
            for term in sorted(set(words_in(row.search))):
                found.setdefault(term, []).append(texts.say(f"records.{what[0]}", actor.lang, name=what[1]))
        return found

    def reword(self, actor: Actor, term: str, meaning: dict[str, Any], at: datetime) -> None:  # noqa: ARG002 - a view follows whoever changes the word, and is not theirs
        """Let every view mean by a term what is given."""
        for row in View.objects.select_for_update():
            if term in set(words_in(row.search)):
                View.objects.filter(pk=row.pk).update(search=reworded(row.search, term, meaning))
