"""A blueprint as canonical JSON: the same blueprint is the same bytes."""

import orjson
from pydantic import ValidationError

from portulan.base.refusals import NotValid, Problem
from portulan.blueprint.schema import Blueprint


class BlueprintNotReadable(NotValid):
    """The bytes are no blueprint."""

    code = "blueprint.not_readable"


def dump(blueprint: Blueprint) -> bytes:
    """Return the blueprint as JSON with sorted keys."""
    return orjson.dumps(blueprint.model_dump(mode="json", by_alias=True), option=orjson.OPT_SORT_KEYS)


def read(raw: bytes) -> Blueprint:
    """Return the blueprint that the bytes hold.

    :raises BlueprintNotReadable: with every place that does not fit.
    """
    try:
        return Blueprint.model_validate_json(raw)
    except ValueError as error:
        found = error.errors() if isinstance(error, ValidationError) else []
        places = ["/".join(map(str, one["loc"])) or "/" for one in found] or ["/"]
        raise BlueprintNotReadable(*(Problem(p, "blueprint.misfit", {"place": p}) for p in places)) from error
