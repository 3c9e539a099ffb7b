"""Boards read by indexes, which old databases get too."""

import pytest
from django.db import connection
from django.db.models import Count, F, Max, Sum

from portulan.records import indexes, runtime

pytestmark = pytest.mark.usefixtures("crm")


def known(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, table))


def test_an_index_that_lacks_is_built_once() -> None:
    blueprint = runtime.current().blueprint
    assert indexes.build_missing(blueprint) == []
    (board,) = (name for name in known("crm_opportunity") if name.endswith("_board"))
    assert len(board) <= 30
    with connection.cursor() as cursor:
        cursor.execute(f'DROP INDEX "{board}"')
    assert indexes.build_missing(blueprint) == [board]
    assert board in known("crm_opportunity")
    assert indexes.build_missing(blueprint) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sums the rows as fast")
def test_a_board_is_summed_from_its_index_alone() -> None:
    """SQLite reads rows, which are wide, five times slower than the index that holds the sums."""
    rows = runtime.current().model("opportunity").objects.filter(deleted_at=None, pipeline="vente")
    summed = (
        rows.order_by()
        .values("stage")
        .annotate(
            count=Count("pk"),
            sum=Sum("amount"),
            own=Sum(F("amount") * F("probability")),
            last=Max("stage_since"),
        )
    )
    assert "COVERING INDEX" in summed.explain()
