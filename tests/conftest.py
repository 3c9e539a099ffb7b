"""Fixtures that several rooms share."""

from collections.abc import Iterator
from typing import cast

import pytest

import make
from portulan.records import runtime
from portulan.records.snapshot import Snapshot

# What tells that what happens depends on the database; "product" is the whole product, running.
FIXTURES = {"db", "transactional_db", "product"}
MARKERS = ("django_db", "on_a_database")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--on-a-database", action="store_true", help="leave out what says the same whatever the database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pure laws hold or not once: the second database runs what depends on it."""
    if not config.getoption("--on-a-database"):
        return
    config.hook.pytest_deselected(items=[item for item in items if not _on_a_database(item)])
    items[:] = [item for item in items if _on_a_database(item)]


def _on_a_database(item: pytest.Item) -> bool:
    asked = cast("pytest.Function", item).fixturenames
    return not FIXTURES.isdisjoint(asked) or any(item.get_closest_marker(name) for name in MARKERS)


@pytest.fixture
def vente(transactional_db: None) -> Iterator[Snapshot]:
    """The CRM of the sales starter, in force and pinned."""
    with runtime.pinned(make.crm("vente")) as snapshot:
        yield snapshot
    make.no_crm()
