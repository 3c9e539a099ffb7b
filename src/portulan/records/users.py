"""Who uses a part of the CRM: what stops working when it goes. Upper rooms register what they keep.

A plan that takes away a part still in use names its users and stops: they are changed first. What maps draw
(rules, gates, promises) is not asked here: `blueprint.check` finds what it names and no longer exists.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from portulan.base.refusals import Problem
from portulan.base.registry import Registry
from portulan.blueprint.diff import Change
from portulan.blueprint.schema import Blueprint

Kind = Literal["view", "term", "template", "board", "integration"]


@dataclass(frozen=True)
class Gone:
    """What a plan takes away, by API names and ids: fields by object, stages, pipelines, whole objects."""

    objects: frozenset[str]
    fields: Mapping[str, frozenset[str]]
    stages: frozenset[str]
    pipelines: frozenset[str]

    def in_json(self, object_name: str, told: Any) -> frozenset[str]:
        """Return which of these parts are named in conditions, columns, sorts and groups kept as JSON."""
        words = frozenset(_words(told))
        fields = self.fields.get(object_name, frozenset()) & words
        here = self.objects & {object_name}
        return fields | here | (self.stages & words)


@dataclass(frozen=True)
class Use:
    """Something that names a part which goes: its kind, what it is called, whose it is."""

    part: str
    kind: Kind
    name: str
    owner: str = ""


#: Each returns the uses of what goes; whoever asks, all of them count.
USERS: Registry[Callable[[Gone], Iterable[Use]]] = Registry("users of parts")


def problems(old: Blueprint, changes: Sequence[Change]) -> list[Problem]:
    """Return why parts cannot go: one problem for each thing that still uses one."""
    gone, labels = _gone(old, changes)
    if not labels:
        return []
    uses = (use for name in USERS for use in USERS.get(name)(gone))
    return [
        Problem(
            f"uses/{use.kind}/{use.name}",
            f"records.used_by_{use.kind}",
            {"part": labels.get(use.part, use.part), "name": use.name, "owner": use.owner},
        )
        for use in dict.fromkeys(uses)
    ]


def _gone(old: Blueprint, changes: Sequence[Change]) -> tuple[Gone, dict[str, str]]:
    """Return what goes, and the labels of its parts by the names under which they are used."""
    names = {one.uid: one.name for one in old.objects}
    fields: dict[str, set[str]] = {}
    found: dict[str, dict[str, str]] = {"objects": {}, "stages": {}, "pipelines": {}, "fields": {}}
    for change in (one for one in changes if one.action == "remove" and one.theme in found):
        part: Any = change.before
        key = {"objects": "name", "fields": "name"}.get(change.theme, "uid")
        found[change.theme][getattr(part, key)] = part.label.fr
        if change.theme == "fields":
            fields.setdefault(names[change.path[0]], set()).add(part.name)
    gone = Gone(
        objects=frozenset(found["objects"]),
        fields={name: frozenset(listed) for name, listed in fields.items()},
        stages=frozenset(found["stages"]),
        pipelines=frozenset(found["pipelines"]),
    )
    return gone, {name: label for labels in found.values() for name, label in labels.items()}


def _words(told: Any) -> Iterator[str]:
    """Yield every key and text of a JSON value, and of each text the first step of its path."""
    if isinstance(told, Mapping):
        for key, value in told.items():
            yield key
            yield from _words(value)
    elif isinstance(told, str):
        yield told
        yield told.lstrip("-").partition(".")[0]
    elif isinstance(told, Sequence):
        for one in told:
            yield from _words(one)
