"""A map that people talk about."""

from uuid import UUID

import pytest

import make
from portulan.maps import operations as maps
from portulan.pages.targets import Where
from portulan.people.actor import Actor


@pytest.fixture
def elodie(db: None) -> Actor:
    """Who answers for the map."""
    return make.actor("elodie.renard@nordet.example", role="revops")


@pytest.fixture
def claire(db: None) -> Actor:
    """A seller: reads maps, changes none."""
    return make.actor("claire.lambert@nordet.example", role="sales")


@pytest.fixture
def map_id(elodie: Actor) -> UUID:
    """The map of sales, as a draft."""
    return maps.create(
        elodie, title="Cycle de vente", state="to_be", subject="opportunity", starter="vente", at=make.AT
    )


@pytest.fixture
def step(map_id: UUID) -> Where:
    """A step of it."""
    return Where("map", map_id, "proposition_envoyee")
