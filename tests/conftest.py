"""Fixtures that several rooms share."""

from collections.abc import Iterator

import pytest

import make
from portulan.records import runtime
from portulan.records.snapshot import Snapshot


@pytest.fixture
def vente(transactional_db: None) -> Iterator[Snapshot]:
    """The CRM of the sales starter, in force and pinned."""
    with runtime.pinned(make.crm("vente")) as snapshot:
        yield snapshot
    make.no_crm()
