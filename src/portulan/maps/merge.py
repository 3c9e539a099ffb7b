"""Three-way merge of maps, by id: what a proposal changed goes into a draft that went on meanwhile.

Owns where both sides changed the same thing: those places are told and chosen one by one, never overwritten
unasked. Whatever is chosen, no passage lacks an end and no step a lane or a phase.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Side = Literal["draft", "proposal"]
_DRAWN = frozenset({"phases", "lanes", "steps", "passages"})
_GONE = object()


@dataclass(frozen=True)
class Clash:
    """A thing that both sides changed: its path such as `steps/qualification/label`, and both values."""

    path: str
    draft: Any
    proposal: Any

    @property
    def element(self) -> str:
        """The element it lies in, empty for the map itself."""
        kind, _, rest = self.path.partition("/")
        return rest.partition("/")[0] if kind in _DRAWN else ""

    @property
    def part(self) -> str:
        """What of the element clashes; empty for all of it, when one side removed it."""
        parts = self.path.split("/")
        return "".join(parts[2:3]) if self.element else parts[0]


@dataclass
class Merge:
    """A merge under way: what was chosen, and every clash that was met."""

    choices: Mapping[str, Side]
    clashes: list[Clash] = field(default_factory=list)

    def of(self, base: Any, draft: Any, proposal: Any, path: str = "") -> Any:
        """Return the value that both sides lead to."""
        if proposal in (base, draft):
            return draft
        if draft == base:
            return proposal
        if isinstance(draft, dict) and isinstance(proposal, dict):
            return self._dicts(base if isinstance(base, dict) else {}, draft, proposal, path)
        if _are_named(draft) and _are_named(proposal) and _are_named(base):
            return self._lists(base, draft, proposal, path)
        return self._clash(draft, proposal, path)

    def _dicts(self, base: dict[str, Any], draft: dict[str, Any], proposal: dict[str, Any], path: str) -> Any:
        keys = [*draft, *(key for key in proposal if key not in draft)]
        return {
            key: self.of(base.get(key), draft.get(key), proposal.get(key), _under(path, key)) for key in keys
        }

    def _lists(self, base: list[Any], draft: list[Any], proposal: list[Any], path: str) -> list[Any]:
        was, ours, theirs = ({one["id"]: one for one in side} for side in (base, draft, proposal))
        found = []
        for uid in _order(list(was), list(ours), list(theirs)):
            before, mine, other = (side.get(uid, _GONE) for side in (was, ours, theirs))
            kept = self._item(before, mine, other, _under(path, uid))
            if kept is not _GONE:
                found.append(kept)
        return found

    def _item(self, base: Any, draft: Any, proposal: Any, path: str) -> Any:
        """Return what becomes of one of a list, `_GONE` when it goes; no change is lost unasked."""
        if _GONE not in (draft, proposal):
            return self.of(None if base is _GONE else base, draft, proposal, path)
        left = draft if proposal is _GONE else proposal
        if base is _GONE:
            return left
        return _GONE if left in (base, _GONE) else self._clash(draft, proposal, path)

    def _clash(self, draft: Any, proposal: Any, path: str) -> Any:
        shown = (None if one is _GONE else one for one in (draft, proposal))
        self.clashes.append(Clash(path, *shown))
        return proposal if self.choices.get(path) == "proposal" else draft


def merge(
    base: dict[str, Any], draft: dict[str, Any], proposal: dict[str, Any], choices: Mapping[str, Side]
) -> tuple[dict[str, Any], tuple[Clash, ...]]:
    """Return the JSON of the map that both sides lead to, and where they clash.

    A clash without a choice stays as the draft has it.
    """
    work = Merge(choices)
    merged = work.of(base, draft, proposal)
    return _whole(merged, proposal, base), tuple(work.clashes)


def _whole(merged: dict[str, Any], *others: dict[str, Any]) -> dict[str, Any]:
    """Return the map with the lanes and phases its steps stand in, and without passages that lack an end."""
    for kind, name in (("lanes", "lane"), ("phases", "phase")):
        known = {one["id"] for one in merged[kind]}
        lacking = dict.fromkeys(step[name] for step in merged["steps"] if step[name] not in known)
        there = {one["id"]: one for other in reversed(others) for one in other[kind]}
        merged = {**merged, kind: [*merged[kind], *(there[uid] for uid in lacking if uid in there)]}
    steps = {one["id"] for one in merged["steps"]}
    ways = [one for one in merged["passages"] if one["source"] in steps and one["target"] in steps]
    return {**merged, "passages": ways}


def _order(was: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return every id in the order of the side that moved them; what is added follows its neighbour."""
    moved = [uid for uid in theirs if uid in was] != [uid for uid in was if uid in theirs]
    settled = [uid for uid in ours if uid in was] == [uid for uid in was if uid in ours]
    lead, other = (theirs, ours) if moved and settled else (ours, theirs)
    found = list(lead)
    for place, uid in enumerate(other):
        if uid not in found:
            before = next((one for one in reversed(other[:place]) if one in found), None)
            found.insert(found.index(before) + 1 if before is not None else 0, uid)
    return found


def _are_named(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and "id" in one for one in value)


def _under(path: str, key: str) -> str:
    return f"{path}/{key}" if path else key
