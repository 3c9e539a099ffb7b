"""Tests here stand on the sales map, published."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest

import make
from portulan.maps import operations as maps
from portulan.maps import queries as drawn_maps
from portulan.maps.model import Criterion
from portulan.people.actor import Actor
from portulan.records import runtime


@pytest.fixture
def owner(db: None) -> Iterator[Actor]:
    """Somebody who draws maps, with the sales map published."""
    assert db is None
    who = make.actor("elodie.renard@nordet.example", role="revops")
    made = maps.create(who, title="Vente", state="to_be", subject="opportunity", starter="vente", at=make.AT)
    maps.publish(who, id=made, at=make.AT)
    with runtime.pinned(runtime.newest()):
        yield who


@pytest.fixture
def ask_more(owner: Actor) -> Callable[[], None]:
    """Add a criterion to the first step of the sales map, and publish it."""

    def ask() -> None:
        map_id = UUID(drawn_maps.titles(owner)["vente"][0])
        view = drawn_maps.get_map(owner, id=map_id)
        first, *others = view.map.steps
        asked = Criterion(id="cr_secteur", label="Le secteur est connu")
        first = first.model_copy(update={"exit": (*first.exit, asked)})
        drawn = view.map.model_copy(update={"steps": (first, *others)})
        maps.save(owner, id=map_id, version=view.version, drawn=drawn, layout=view.layout, at=make.AT)
        maps.publish(owner, id=map_id, at=make.AT)

    return ask
