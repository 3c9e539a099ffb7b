"""Records that the lines of a file name, that nobody knows, and that the import makes beside its own.

Each is made once an import, in the transaction of the first line that names it, and is given back with the
import unless somebody worked on it or something else needs it by then. Refuses to make what has more to it
than a name, and what the actor could not make on a screen.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from portulan.blueprint.schema import Field, Object
from portulan.connectors.choices import Choices
from portulan.connectors.cleaning.clean import clean
from portulan.connectors.models import Import, ImportedBeside
from portulan.connectors.resolving import Resolver, key_of
from portulan.connectors.sorting import Outcome
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import amend, consent, links, load, merge, related, runtime, scope, sight, values
from portulan.records.load import Past

_GIVEN = "first_name"
_WRITTEN = ("create", "update")
Key = tuple[str, ...]


def makeable(actor: Actor, kind: Object) -> list[str]:
    """Return the links of an object whose records the actor may make by their name alone."""
    found = values.live(kind).values()
    return [
        one.name
        for one in found
        if one.type == "link" and one.to and _made_by_name(actor, related.target_of(one))
    ]


class Namer:
    """Tells apart what lines name beside their own records."""

    def __init__(self, kind: Object, choices: Choices, resolvers: Mapping[str, Resolver]) -> None:
        """Take what is imported, how, and what is known."""
        self._kind, self._resolvers = kind, resolvers
        #: Targets whose records are made, those that others link to first.
        self.targets = _in_order(kind, choices)
        self._fields = {name: one for name, one in values.live(kind).items() if one.type == "link" and one.to}
        #: Targets that name a record.
        self.links = [name for name in resolvers if name in self._fields]

    def key(self, one: Outcome, target: str) -> Key:
        """Return what tells apart the record that a line names: its name, and what it hangs from."""
        name = key_of(one.beside[target])
        if self._resolvers[target].organisations:
            return (target, name)
        return (target, name, *(self._around(one, each) for each in self.along(target).values()))

    def along(self, target: str) -> dict[str, str]:
        """Return the links of what is named that another link of the line fills, by name."""
        made = related.target_of(self._fields[target])
        mine = _single({name: one for name, one in self._fields.items() if name != target})
        theirs = _single({n: f for n, f in values.live(made).items() if f.type == "link" and f.to})
        return {name: mine[to] for to, name in theirs.items() if to in mine and to != made.uid}

    def _around(self, one: Outcome, name: str) -> str:
        said = one.beside.get(name)
        return f"+{key_of(said)}" if said else str(one.values.get(name) or "")


class Beside:
    """Makes what the lines of one import name and nobody knows."""

    def __init__(self, actor: Actor, kind: Object, choices: Choices, batch: Import, at: datetime) -> None:
        """Take who imports, what, how, and when."""
        self._actor, self._kind, self._choices, self._batch, self._at = actor, kind, choices, batch, at
        self._made: dict[Key, int] = {}

    def make(self, outcomes: Sequence[Outcome], namer: Namer) -> tuple[list[Outcome], int]:
        """Make what a batch names; return its lines with their links, and how many records were made."""
        found, made = list(outcomes), 0
        for target in namer.targets:
            wanted = self._wanted(found, namer, target)
            made += len(wanted)
            self._store(related.target_of(values.live(self._kind)[target]), wanted)
            found = [self._linked(one, namer, target) for one in found]
        return found, made

    def _wanted(self, outcomes: Sequence[Outcome], namer: Namer, target: str) -> dict[Key, dict[str, Any]]:
        wanted: dict[Key, dict[str, Any]] = {}
        kind = related.target_of(values.live(self._kind)[target])
        along = namer.along(target)
        for one in outcomes:
            if _names(one, target) and (key := namer.key(one, target)) not in self._made:
                around = {name: one.values[mine] for name, mine in along.items() if one.values.get(mine)}
                wanted.setdefault(key, {**self._named(kind, one.beside[target]), **around})
        return wanted

    def _named(self, kind: Object, said: str) -> dict[str, str]:
        """Return the fields by which a record has a name; that of a person is parted at its first space."""
        title = sight.title(kind)
        given, _, family = said.strip().partition(" ")
        parts = {_GIVEN: given, title: family} if _GIVEN in values.live(kind) and family else {title: said}
        live = values.live(kind)
        return {
            name: clean(kind, live[name], part, {}) if self._choices.clean else part
            for name, part in parts.items()
        }

    def _store(self, kind: Object, wanted: Mapping[Key, dict[str, Any]]) -> None:
        pasts = [Past(self._at, each, self._actor.id) for each in wanted.values()]
        ids = load.load(self._actor, object_name=kind.name, pasts=pasts, told=self._choices.live)
        self._made |= dict(zip(wanted, ids, strict=True))
        ImportedBeside.objects.bulk_create(
            [ImportedBeside(batch=self._batch, object=kind.uid, row=row) for row in ids], batch_size=2000
        )

    def _linked(self, one: Outcome, namer: Namer, target: str) -> Outcome:
        if not _names(one, target):
            return one
        row = self._made[namer.key(one, target)]
        one.read.given[target] = row
        left = {name: said for name, said in one.beside.items() if name != target}
        return replace(one, values={**one.values, target: row}, beside=left)


def give_back(actor: Actor, batch: Import, *, at: datetime) -> dict[str, int]:
    """Bin what an import made beside its own records, unless somebody changed it or something needs it.

    What links to others goes first, so that nothing is held by what goes with it.
    """
    counts = {"binned": 0, "kept": 0}
    by_object: dict[str, list[ImportedBeside]] = defaultdict(list)
    for each in ImportedBeside.objects.filter(batch=batch):
        by_object[each.object].append(each)
    kinds = {one.uid: one for one in runtime.current().blueprint.objects}
    for uid in sorted(by_object, key=lambda each: -len(_linked_to(kinds[each]) & by_object.keys())):
        for name, n in _bin(actor, kinds[uid], by_object[uid], at).items():
            counts[name] += n
    return counts


def _bin(actor: Actor, kind: Object, some: list[ImportedBeside], at: datetime) -> dict[str, int]:
    live = runtime.current().model(kind.name).objects.filter(deleted_at__isnull=True)
    held = dict(live.filter(pk__in=[one.row for one in some]).values_list("pk", "version"))
    kept = dict.fromkeys(_needed(kind, held.keys()), "needed")
    kept |= {one.row: "changed" for one in some if held.get(one.row, one.version) != one.version}
    wanted = {row: {"deleted_at": at, "deleted_by": actor.id} for row in held if row not in kept}
    among = rights.visible(actor, "delete", "record", live)
    free = consent.free(kind, wanted)
    binned = amend.amend(actor, kind=kind, among=among, wanted=free, at=at, told=False)
    kept |= dict.fromkeys(wanted.keys() - binned.keys(), "right")
    return {"binned": len(binned), "kept": ImportedBeside.objects.keep(some, kept)}


def _needed(kind: Object, ids: Any) -> set[int]:
    """Return those of some records to which a live record points."""
    found: set[int] = set()
    for source, one, _ in merge.places(kind):
        model = runtime.current().model(source.name)
        if one.type == "links":
            pairs = links.pairs_of(model, one.name).objects.filter(b_id__in=ids, a__deleted_at__isnull=True)
            found |= set(pairs.values_list("b_id", flat=True))
        else:
            path = values.attribute(one)
            rows = model.objects.filter(**{f"{path}__in": ids}, deleted_at__isnull=True)
            found |= set(rows.values_list(path, flat=True))
    return found


def _names(one: Outcome, target: str) -> bool:
    return one.fate in _WRITTEN and target in one.beside


def _made_by_name(actor: Actor, kind: Object) -> bool:
    title = sight.title(kind)
    others = (
        one
        for one in values.live(kind).values()
        if one.required and not one.system and one.default is None and one.name != title
    )
    writable = scope.writable(runtime.current().blueprint, actor, kind)
    return title in writable and not any(others) and rights.allows(actor, "create", "record", kind.name)


def _in_order(kind: Object, choices: Choices) -> list[str]:
    live = values.live(kind)
    made = [name for name in choices.make if name in live and name in choices.columns.values()]
    uids = {live[name].to for name in made}
    return sorted(made, key=lambda name: len(_linked_to(related.target_of(live[name])) & uids))


def _linked_to(kind: Object) -> set[str]:
    return {one.to for one in values.live(kind).values() if one.to and one.to != kind.uid}


def _single(found: Mapping[str, Field]) -> dict[str, str]:
    """Return the names of links by what they link to, where there is one of them alone."""
    return dict(_alone(found))


def _alone(found: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    by_target: dict[str, list[str]] = defaultdict(list)
    for name, one in found.items():
        by_target[one.to or ""].append(name)
    yield from ((to, names[0]) for to, names in by_target.items() if len(names) == 1)
