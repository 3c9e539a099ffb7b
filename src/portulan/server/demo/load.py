"""Stories become records: links and people get their ids, each object is loaded after what it links to."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from portulan.blueprint.fields.types import TYPES
from portulan.people.actor import Actor
from portulan.records import load as records
from portulan.records import runtime
from portulan.records.load import Past, Step
from portulan.server.demo.story import Story, Turn

ORDER = ("product", "account", "contact", "lead", "opportunity", "contract", "ticket", "activity")
_BATCHES = 2000


def load(actor: Actor, batches: Iterator[list[Story]], people: Mapping[str, int]) -> Iterator[int]:
    """Load stories, many batches at a time, and yield how many records there are so far.

    `people` gives the id of each person by e-mail. What a batch links to is in it, or in the first one.
    """
    first = next(batches)
    known = _Loader(actor, people, {})
    known.take(first)
    done = len(first)
    yield done
    while some := list(chain.from_iterable(islice(batches, _BATCHES))):
        _Loader(actor, people, dict(known.ids)).take(some)
        done += len(some)
        yield done


class _Loader:
    """Loads one group of stories and remembers the ids of their keys."""

    def __init__(self, actor: Actor, people: Mapping[str, int], ids: dict[str, int]) -> None:
        self._actor, self._people, self.ids = actor, people, ids

    def take(self, stories: Sequence[Story]) -> None:
        for name in ORDER:
            mine = [one for one in stories if one.object == name]
            if mine:
                links = _links(name)
                pasts = (self._past(one, links) for one in mine)
                made = records.load(self._actor, object_name=name, pasts=pasts)
                self.ids |= {one.key: row_id for one, row_id in zip(mine, made, strict=True)}

    def _past(self, story: Story, links: Mapping[str, str]) -> Past:
        birth, *later = story.turns
        return Past(
            at=birth.at,
            values=self._values(birth, links),
            actor_id=self._people[birth.by],
            stage=birth.to,
            steps=[self._step(turn, links) for turn in later],
        )

    def _step(self, turn: Turn, links: Mapping[str, str]) -> Step:
        return Step(
            turn.at, self._values(turn, links), turn.to or "", self._people[turn.by], motive=turn.motive
        )

    def _values(self, turn: Turn, links: Mapping[str, str]) -> dict[str, Any]:
        places = {"link": self.ids, "person": self._people}
        return {
            name: places[links[name]][value] if name in links and value is not None else value
            for name, value in turn.values.items()
        }


def _links(object_name: str) -> dict[str, str]:
    kinds = {field.name: TYPES.get(field.type).kind for field in runtime.current().object(object_name).fields}
    return {name: kind for name, kind in kinds.items() if kind in ("link", "person")}
