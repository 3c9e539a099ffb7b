"""Working time between two columns is that of the calendar, row by row, on both databases."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portulan.base import calendar as calendars
from portulan.measures import working
from portulan.people.models import User

pytestmark = pytest.mark.django_db
BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 400 * 86_400).map(lambda seconds: BEGINS + timedelta(seconds=seconds))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(st.tuples(MOMENTS, MOMENTS), max_size=6))
def test_the_mean_is_that_of_the_calendar(spans: list[tuple[datetime, datetime]]) -> None:
    User.objects.all().delete()
    User.objects.bulk_create(
        User(email=f"p{n}@nordet.example", created_at=since, deactivated_at=until)
        for n, (since, until) in enumerate(spans)
    )
    found = working.mean(User.objects.all(), "created_at", "deactivated_at", whole_days=False)
    if not spans:
        assert found is None
        return
    worked = sum((calendars.DEFAULT.between(*span) for span in spans), timedelta())
    wanted = Decimal(worked / calendars.DEFAULT.day_length) / len(spans)
    assert found is not None
    assert abs(found - wanted) < Decimal("0.0001")
