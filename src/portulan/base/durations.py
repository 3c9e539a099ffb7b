"""Lengths of time as people state them: an amount and a unit, calendar or working.

Refuses negative amounts. Turning a duration into a moment is the business of
`base.calendar`, which knows opening hours.
"""

from typing import Literal

from pydantic import Field

from portulan.base.value import Value

Unit = Literal["minutes", "hours", "days", "weeks", "months", "working_hours", "working_days"]


class Duration(Value):
    """A length of time such as 5 working days or 90 days."""

    amount: int = Field(ge=0)
    unit: Unit = "days"
