"""The whole configuration as one file: the published maps and the blueprint that they built, canonical JSON.

Exported, imported on another instance and exported again, it is the same bytes.
"""

from dataclasses import replace
from datetime import datetime

import orjson
from pydantic import ValidationError

from portulan.base.refusals import NotValid, Problem
from portulan.base.value import Value
from portulan.blueprint import carry, queries
from portulan.blueprint.schema import Blueprint
from portulan.maps import operations as maps
from portulan.maps import queries as drawn
from portulan.maps.layout import Layout
from portulan.maps.model import Map
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import apply, fates, plan, runtime
from portulan.records.plan import Plan


class Configuration(Value):
    """What a file holds; its maps are those that were published."""

    format: int = 1
    maps: tuple[Map, ...] = ()
    blueprint: Blueprint


class ConfigurationNotReadable(NotValid):
    """The file is no configuration; the problems say where it does not fit."""

    code = "records.configuration_not_readable"


def export(actor: Actor) -> bytes:
    """Return the configuration in force as canonical JSON, without tombstones."""
    rights.require(actor, "export", "blueprint")
    held = Configuration(maps=drawn.published(actor), blueprint=carry.live(runtime.newest().blueprint))
    return orjson.dumps(held.model_dump(mode="json", by_alias=True), option=orjson.OPT_SORT_KEYS)


def read(raw: bytes) -> Configuration:
    """Return the configuration that a file holds.

    :raises ConfigurationNotReadable: with every place that does not fit.
    """
    try:
        return Configuration.model_validate_json(raw)
    except ValidationError as error:
        places = ("/".join(map(str, one["loc"])) or "/" for one in error.errors())
        raise ConfigurationNotReadable(
            *(Problem(place, "blueprint.misfit", {"place": place}) for place in places)
        ) from error


def planned(actor: Actor, *, raw: bytes) -> Plan:
    """Return the plan of a file, with how the scenarios of its maps stand on what it would build.

    :raises ConfigurationNotReadable: when the file does not fit.
    """
    held = read(raw)
    found = plan.plan(actor, runtime.newest(), held.blueprint)
    if found.empty:
        return found
    return replace(found, standings=queries.standings(actor, wanted=held.blueprint, maps=held.maps))


def take(actor: Actor, *, raw: bytes, motive: str = "", at: datetime) -> int:
    """Publish the maps of a file, apply its blueprint, and return the version in force.

    :raises ConfigurationNotReadable: when the file does not fit.
    :raises PlanNotValid: when its blueprint cannot be built.
    :raises FatesMissing: when records would have no stage: apply its maps through the plan instead.
    :raises ScenariosRed: when the scenarios of its maps are not green, and no motive is given.
    """
    rights.require(actor, "apply", "blueprint")
    held = read(raw)
    found = planned(actor, raw=raw)
    fates.settle(found.fates, {})
    apply.require_proven(actor, found, motive)
    for one in held.maps:
        _publish(actor, one, at)
    return found.base if found.empty else apply.apply(actor, planned=found, motive=motive, at=at)


def _publish(actor: Actor, one: Map, at: datetime) -> None:
    found = drawn.find_map_of(actor, uid=one.uid, state=one.state)
    if found is None:
        maps.publish(actor, id=maps.add(actor, drawn=one, layout=Layout(), at=at), at=at)
        return
    known = drawn.get_map(actor, id=found)
    if known.map != one:
        maps.save(actor, id=found, version=known.version, drawn=one, layout=known.layout, at=at)
        maps.publish(actor, id=found, at=at)
