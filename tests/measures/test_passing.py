"""What share of the cases went on from a step is what replaying each of them says, on both databases."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from portulan.blueprint.schema import Figure
from portulan.measures import passing
from portulan.measures.periods import Days
from portulan.records import asked as asks
from portulan.records import operations
from portulan.records.operations import Move
from sale import SYSTEM, deal

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
TODAY = make.AT.date()


def figure(within: int | None = None) -> Figure:
    return Figure.model_validate(
        {
            "uid": "suite", "label": {"fr": "Suite"}, "object": "opportunity", "pipeline": "vente",
            "how": "conversion", "stages": ["demo"], "part_stages": ["won"],
            "within": within and {"amount": within, "unit": "days"},
        }
    )  # fmt: skip


def lived(path: list[tuple[str, int]]) -> None:
    """Have a deal go through stages, so many days after the one before."""
    row, at = deal(name="Pilote"), make.AT
    for n, (stage, later) in enumerate(path, start=1):
        at += later * DAY
        move = Move(to=stage, version=n, motive="essai", override=True)
        operations.move(SYSTEM, object_name="opportunity", row_id=row, move=move, at=at)


def passed(one: Figure, days: Days | None = None) -> tuple[int, int]:
    return passing.passed(one, asks.seen(SYSTEM, "opportunity"), days)


@pytest.mark.usefixtures("crm")
def test_a_case_counts_by_when_it_came_and_went_on_wherever_it_is_now() -> None:
    lived([("demo", 1), ("won", 3)])
    lived([("demo", 1), ("contact", 1), ("demo", 1), ("won", 4)])
    lived([("won", 1), ("demo", 1)])
    lived([("demo", 40)])
    lived([])
    with CaptureQueriesContext(connection) as captured:
        assert passed(figure()) == (4, 2)
    assert len(captured) == 1
    assert passed(figure(3)) == (4, 1)
    assert passed(figure(), Days(TODAY, TODAY + 10 * DAY)) == (3, 2)
    assert passed(figure(), Days(TODAY + 20 * DAY, TODAY + 60 * DAY)) == (1, 0)


@pytest.mark.usefixtures("crm")
@settings(
    max_examples=8, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    paths=st.lists(
        st.lists(st.tuples(st.sampled_from(["contact", "demo", "won"]), st.integers(1, 9)), max_size=4),
        min_size=1,
        max_size=3,
    ),
    within=st.none() | st.integers(1, 9),
)
def test_the_share_is_that_of_the_cases_replayed_one_by_one(
    paths: list[list[tuple[str, int]]], within: int | None
) -> None:
    came, went = passed(figure(within))
    for path in paths:
        stayed = [one for n, one in enumerate(path) if one[0] != [("contact", 0), *path][n][0]]
        lived(stayed)
        told = replayed(stayed, within)
        came, went = came + (told is not None), went + bool(told)
    assert passed(figure(within)) == (came, went)


def replayed(stayed: list[tuple[str, int]], within: int | None) -> bool | None:
    """Return whether a deal went on, None when it never came."""
    days = [sum(later for _, later in stayed[: n + 1]) for n in range(len(stayed))]
    first = next((n for n, (stage, _) in enumerate(stayed) if stage == "demo"), None)
    if first is None:
        return None
    after = [days[n] - days[first] for n, (stage, _) in enumerate(stayed) if n > first and stage == "won"]
    return bool(after) and (within is None or after[0] <= within)
