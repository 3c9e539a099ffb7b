"""What a map says is counted: the figures that people watch, each with what it means and for whom it is.

Shapes only. A measure counts records of the map's subject; what is to come is said in its condition
(`within_next`), its period counts what happened.
"""

from typing import Literal

from pydantic import Field

from portulan.base.conditions.model import Condition
from portulan.base.durations import Duration
from portulan.base.value import ElementId, Value

#: How the figure is made: how many, what a field adds up to, a share, the time between two dates, the share
#: of those that came to a step and went on to another.
Counting = Literal["count", "sum", "mean", "median", "rate", "time", "conversion"]
#: Over what time: since the first of the month, of the quarter or of the year; or the last thirty days.
Period = Literal["month", "days30", "quarter", "year"]
Better = Literal["higher", "lower"]
#: Measures of one map; a board of more is read by nobody.
MOST_MEASURES = 50
#: A goal lies within what a number of JSON holds exactly.
FURTHEST = 2**53


class DrawnMeasure(Value):
    """A figure that people watch, drawn on the map or on one of its steps or passages (`element`).

    It counts the records that are in one of `stages` (any, when none is named) and meet the condition.
    `field` is what is added up, or the date that a time begins at, up to `until`; a rate is the share of
    those records that are in `part_stages` and meet `part` too. A period counts by the date in `dated`.
    A `working` time is of the calendar of work, not of days as they pass. A conversion is of the records that
    came to one of `stages` in the period, wherever they are now: the share that went on to one of
    `part_stages`, `within` a time where one is said.
    `owner` is the role that answers for the figure, `roles` are those that watch it; with a `goal`, `better`
    says on which side of it one wants to be.
    """

    id: ElementId
    label: str
    element: ElementId | None = None
    how: Counting = "count"
    field: ElementId | None = None
    until: ElementId | None = None
    working: bool = False
    within: Duration | None = None
    stages: tuple[ElementId, ...] = ()
    condition: Condition | None = None
    part: Condition | None = None
    part_stages: tuple[ElementId, ...] = ()
    period: Period | None = None
    dated: ElementId | None = None
    definition: str = ""
    owner: str | None = None
    goal: float | None = Field(default=None, ge=-FURTHEST, le=FURTHEST)
    better: Better = "higher"
    roles: tuple[str, ...] = ()
