"""The maps that the product comes with: data, read as values."""

from functools import cache
from importlib.resources import files

from portulan.base.refusals import NotThere
from portulan.maps.model import Map

NAMES = ("vente", "support")


@cache
def starter(name: str) -> Map:
    """Return the starter map of that name.

    :raises NotThere: when there is none.
    """
    if name not in NAMES:
        raise NotThere
    return Map.model_validate_json((files(__package__) / f"{name}.json").read_bytes())
