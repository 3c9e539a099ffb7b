"""How Nordet sells before the CRM: its sales map as it is, with what is typed again and what hurts."""

import json
from datetime import datetime
from importlib.resources import files

from portulan.maps import codec, operations, starters
from portulan.maps.model import Map
from portulan.maps.starters.overlay import lay
from portulan.people import actor as actors
from portulan.people import queries as directory
from portulan.server.demo import company


def observe(at: datetime) -> None:
    """Draw the sales map as it is, under the ids of the one to be."""
    actor = directory.actor_named(actors.system(), email=company.OWNER)
    operations.add(actor, drawn=observed(), at=at)


def observed() -> Map:
    """Return the sales map as it is: what the company does otherwise laid over the starter."""
    over = json.loads((files(__package__) / "observed.json").read_text(encoding="utf-8"))
    return codec.read(lay(codec.dump(starters.starter("vente")), over))
