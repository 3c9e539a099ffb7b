"""The one place that reads the system's clock.

Everything below the front desk, the worker and the commands receives its time
as a keyword argument `at`, in UTC.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the current moment, aware, in UTC."""
    return datetime.now(UTC)
