"""The standard objects and roles that every instance starts from: data, read as a blueprint."""

from functools import cache
from importlib.resources import files

from portulan.blueprint.schema import Blueprint


@cache
def load() -> Blueprint:
    """Return the base model: standard objects and roles."""
    return Blueprint.model_validate_json((files("portulan.blueprint") / "base_model.json").read_bytes())
