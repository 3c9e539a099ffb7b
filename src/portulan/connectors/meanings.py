"""The resolvers of an import: for each column that names something else, what can be named.

Owns what is read from the database for that, once an import: titles and identifiers of the records that the
actor sees, people, choices, stages, and what was confirmed before.
"""

from collections.abc import Iterator
from typing import Any

from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field, Object
from portulan.connectors.choices import STAGE, Choices
from portulan.connectors.models import KnownAs, Same
from portulan.connectors.resolving import Resolver
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import alike, asked, pipeline, related, runtime, scope, sight, values

NAMING = ("choice", "choices", "link", "links", "person")
_KNOWN_BY = ("siren", "siret", "email")


def resolvers(actor: Actor, kind: Object, choices: Choices) -> dict[str, Resolver]:
    """Return the resolver of each target that names something else."""
    live = values.live(kind)
    found = {}
    for target in set(choices.columns.values()):
        if target == STAGE:
            found[target] = _of_stages(choices.pipeline)
        elif target in live and TYPES.get(live[target].type).kind in NAMING:
            found[target] = _of_field(actor, live[target], choices)
    for target, one in found.items():
        named = place_of(target, choices)
        held = Same.objects.filter(object=kind.uid, field=named)
        one.same = dict(held.values_list("said", "value"))
    return found


def place_of(target: str, choices: Choices) -> str:
    """Return the name under which meanings of a target are remembered."""
    return f"{target}:{choices.pipeline}" if target == STAGE else target


def _of_stages(pipeline_uid: str | None) -> Resolver:
    found = Resolver(STAGE)
    if pipeline_uid:
        for stage in pipeline.live_stages(runtime.current().pipeline(pipeline_uid)).values():
            usual = {
                "won": ("gagné", "gagnée", "won", "closed won"),
                "lost": ("perdu", "perdue", "lost", "closed lost"),
            }
            found.add(
                stage.uid,
                stage.label.fr,
                (stage.uid, stage.label.fr, stage.label.en, *usual.get(stage.kind, ())),
            )
    return found


def _of_field(actor: Actor, one: Field, choices: Choices) -> Resolver:
    found = Resolver(one.name)
    match TYPES.get(one.type).kind:
        case "choice" | "choices":
            for choice in one.choices:
                label = choice.label
                found.add(choice.id, label.say(actor.lang), (choice.id, label.fr, label.en))
        case "person":
            for person in people.directory(actor):
                found.add(person.id, person.name, (person.name, person.email))
        case _:
            target = related.target_of(one)
            found.organisations = "siren" in values.live(target)
            found.makes = one.name in choices.make
            _add_records(found, actor, target, choices)
    return found


def _add_records(found: Resolver, actor: Actor, target: Object, choices: Choices) -> None:
    for row_id, label, ways in _records(actor, target):
        found.add(row_id, label, ways)
    for key, row in _external(target, choices):
        if row in found.labels:
            found.add(row, found.labels[row], (key,))


def _records(actor: Actor, target: Object) -> Iterator[tuple[int, str, list[str]]]:
    """Yield the records that the actor sees, with what they are known by."""
    readable = {one.name: one for one in scope.readable(runtime.current().blueprint, actor, target)}
    title = sight.title(target)
    if title not in readable:
        return
    known = [
        one.name for one in readable.values() if one.type in _KNOWN_BY or (one.unique and one.name != title)
    ]
    given = ["first_name"] if "first_name" in readable else []
    sites = [one.name for one in readable.values() if "siren" in readable and one.type in ("email", "url")]
    columns = ("pk", title, *given, *sites, *known)
    rows: Any = asked.seen(actor, target.name).values_list(*columns)
    for pk, name, *rest in rows.iterator(chunk_size=5000):
        whole = " ".join(one for one in (*rest[: len(given)], name) if one)
        addresses, others = rest[len(given) : len(given) + len(sites)], rest[len(given) + len(sites) :]
        domains = {alike.domain_of(one) for one in addresses if one}
        yield pk, whole, [str(name or ""), whole, *domains, *(str(one) for one in others if one)]


def _external(target: Object, choices: Choices) -> Iterator[tuple[str, int]]:
    if choices.source:
        rows = KnownAs.objects.filter(source=choices.source, object=target.uid)
        yield from rows.values_list("key", "row").iterator(chunk_size=5000)
