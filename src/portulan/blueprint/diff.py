"""What changes from one blueprint to another, matched by uid; each change says itself to a director."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from portulan.base import texts
from portulan.base.value import Value, Words
from portulan.blueprint.local import find
from portulan.blueprint.schema import (
    Approval,
    Blueprint,
    Board,
    Field,
    Figure,
    Object,
    Origin,
    Pipeline,
    Promise,
    Role,
    Rule,
    Setting,
    Stage,
    Transition,
)

Part = Object | Field | Pipeline | Stage | Transition | Role | Rule | Promise | Approval | Figure | Board
P = TypeVar("P", bound=Part)
N = TypeVar("N", Role, Rule, Promise, Approval, Figure, Board)
#: The parts that a part holds, its physical names, its colour, who else asks: no change of the part itself.
_APART = frozenset({"label", "colour", "fields", "stages", "transitions", "column", "table", "origins"})
Theme = Literal[
    "objects", "fields", "pipelines", "stages", "passages", "roles", "rules", "promises", "approvals",
    "measures", "boards", "local",
]  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One change: `path` are the uids from the object or pipeline down to the part."""

    action: Literal["add", "remove", "rename", "change"]
    theme: Theme
    path: tuple[str, ...]
    before: Part | Setting | None
    after: Part | Setting | None
    within: Words

    @property
    def origin(self) -> Origin | None:
        """The element of the map that asks for the change."""
        part = self.after or self.before
        if isinstance(part, Role) and isinstance(self.before, Role):
            held = {right.object: right for right in self.before.rights}
            changed = (right for right in part.rights if held.get(right.object) != right)
            return next((right.origin for right in changed if right.origin), part.origin)
        return part.origin if part else None

    @property
    def destructive(self) -> bool:
        """Whether people lose sight of something (it is archived, never dropped)."""
        return self.action == "remove" and self.theme != "local"

    @property
    def reversible(self) -> bool:
        """Whether undoing takes all of it back: what a rule or a promise will have done remains done."""
        return self.theme not in ("rules", "promises") or self.action == "remove"

    def say(self, lang: str) -> str:
        """Return the change as a sentence."""
        part = self.after or self.before
        facts = {"label": part.label.say(lang) if part else "", "within": self.within.say(lang)}
        if self.action == "rename" and self.before:
            facts["before"] = self.before.label.say(lang)
        unnamed = "_unnamed" if self.theme == "passages" and not facts["label"] else ""
        if isinstance(part, Setting):
            unnamed = "" if part.attribute == "label" else f"_{part.attribute}"
            unnamed += "" if facts["within"] else "_unplaced"
        return texts.say(f"blueprint.{self.action}_{self.theme}{unnamed}", lang, **facts)


def diff(old: Blueprint, new: Blueprint) -> tuple[Change, ...]:
    """Return the changes that lead from one blueprint to the other, objects first, then what they hold."""
    return (
        *_objects(old, new),
        *_pipelines(old, new),
        *_named("roles", old.roles, new.roles),
        *_named("rules", old.rules, new.rules),
        *_named("promises", old.promises, new.promises),
        *_named("approvals", old.approvals, new.approvals),
        *_named("measures", old.measures, new.measures),
        *_named("boards", old.boards, new.boards),
        *_local(old, new),
    )


def _objects(old: Blueprint, new: Blueprint) -> Iterator[Change]:
    for before, after in _pairs(old.objects, new.objects):
        one = after or before
        if one is not None:
            yield from _compare("objects", (one.uid,), before, after, one.label)
            yield from _within("fields", one, before.fields if before else (), after.fields if after else ())


def _pipelines(old: Blueprint, new: Blueprint) -> Iterator[Change]:
    for before, after in _pairs(old.pipelines, new.pipelines):
        one = after or before
        if one is not None:
            yield from _compare("pipelines", (one.uid,), before, after, one.label)
            yield from _within("stages", one, before.stages if before else (), after.stages if after else ())
            yield from _passages(one.uid, before, after)


def _passages(uid: str, old: Pipeline | None, new: Pipeline | None) -> Iterator[Change]:
    """Yield the changes of passages, between stages called by their newest labels, the gone ones included."""
    both = [pipeline for pipeline in (old, new) if pipeline]
    labels = {stage.uid: stage.label.fr for pipeline in both for stage in pipeline.stages}
    for before, after in _pairs(old.transitions if old else (), new.transitions if new else ()):
        way = after or before
        if way is not None:
            ends = Words(fr=" → ".join(labels.get(uid, uid) for uid in (way.source, way.target)))
            yield from _compare("passages", (uid, way.uid), before, after, ends)


def _named(theme: Theme, old: Sequence[N], new: Sequence[N]) -> Iterator[Change]:
    for before, after in _pairs(old, new):
        one = after or before
        if one is not None:
            yield from _compare(theme, (one.uid,), before, after, one.label)


def _local(old: Blueprint, new: Blueprint) -> Iterator[Change]:
    """Yield the settings kept, changed or given back, each within what the maps call it; "" without place."""
    before, after = ({one.place: one for one in side.local} for side in (old, new))
    for place in sorted(before.keys() | after.keys()):
        was, now = before.get(place), after.get(place)
        said = now or was
        if said is None or was == now:
            continue
        if was is None or now is None:
            within = _placed(new, said)
            yield Change("add" if was is None else "remove", "local", place, was, now, within)
        else:
            action: Literal["change", "rename"] = "change" if was.value == now.value else "rename"
            yield Change(action, "local", place, was, now, _placed(new, now))


def _placed(built: Blueprint, setting: Setting) -> Words:
    """Return what a setting is said of: what the maps say there, of a colour its part; "" without a place."""
    part = find(built, setting.theme, setting.path)
    if part is None:
        return Words(fr="")
    return setting.given if isinstance(setting.given, Words) else part.label


def _within(
    theme: Theme, one: Object | Pipeline, old: Sequence[Part], new: Sequence[Part]
) -> Iterator[Change]:
    for before, after in _pairs(old, new):
        part = after or before
        if part is not None:
            yield from _compare(theme, (one.uid, part.uid), before, after, one.label)


def _compare(
    theme: Theme, path: tuple[str, ...], before: Part | None, after: Part | None, within: Words
) -> Iterator[Change]:
    if before is None or after is None:
        action: Literal["add", "remove"] = "add" if before is None else "remove"
        yield Change(action, theme, path, before, after, within)
        return
    if before.label != after.label:
        yield Change("rename", theme, path, before, after, within)
    if _own(before) != _own(after):
        yield Change("change", theme, path, before, after, within)


def _own(part: Value) -> Mapping[str, object]:
    """Return what belongs to the part itself, without the parts that it holds nor its physical names.

    Which step first asks for a right changes nothing of the right.
    """
    if isinstance(part, Role):
        return {
            **dict(part),
            "rights": [one.model_copy(update={"origin": None}) for one in part.rights],
            "label": None,
            "origin": None,
        }
    if isinstance(part, Field):
        plain = [one.model_copy(update={"colour": None}) for one in part.choices]
        return {**dict(part), "choices": plain, "label": None, "column": None}
    return {name: value for name, value in part if name not in _APART}


def _pairs(old: Sequence[P], new: Sequence[P]) -> Iterator[tuple[P | None, P | None]]:
    """Yield parts of both sides by uid, archived ones counting as absent; the new order first."""
    there = {part.uid: part for part in old if not part.archived}
    here = {part.uid: part for part in new if not part.archived}
    for uid in [*here, *(uid for uid in there if uid not in here)]:
        yield there.get(uid), here.get(uid)
