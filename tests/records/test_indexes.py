"""Boards read by indexes, which old databases get too."""

import pytest
from django.db import connection

from portulan.records import indexes, runtime

pytestmark = pytest.mark.usefixtures("crm")


def known(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, table))


def test_an_index_that_lacks_is_built_once() -> None:
    blueprint = runtime.current().blueprint
    assert indexes.build_missing(blueprint) == []
    (due,) = (name for name in known("crm_opportunity") if name.endswith("_due"))
    assert len(due) <= 30
    with connection.cursor() as cursor:
        cursor.execute(f'DROP INDEX "{due}"')
    assert indexes.build_missing(blueprint) == [due]
    assert due in known("crm_opportunity")
    assert indexes.build_missing(blueprint) == []
