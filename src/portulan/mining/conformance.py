"""How a log keeps to a map, as it travels: durations in seconds, shares from 0 to 1."""

from datetime import date, datetime

from portulan.base.value import Value


class CauseAnswer(Value):
    """A value that deviating cases bear more often: an association, with its shares and its cases."""

    attribute: str
    value: str
    share: float
    other_share: float
    cases: int


class DecisionAnswer(Value):
    """What people decided about a deviation: accepted, given to somebody, proposed to the target map."""

    motive: str
    accepted_at: datetime | None
    accepted_by: str
    owner: int | None
    owner_name: str
    due_on: date | None
    proposal: str | None
    proposal_state: str
    proposal_map: str | None


class DeviationAnswer(Value):
    """What cases do that the map does not foresee; `extra_seconds` compares with cases that conform.

    `key` stays from one reading to the next; `stack` is the filter that chooses these cases, where one does.
    """

    key: str
    kind: str
    source: str
    target: str
    source_label: str
    target_label: str
    count: int
    cases: int
    share: float
    extra_seconds: float | None
    extra_low: float | None
    extra_high: float | None
    sentence: str
    cost: str
    causes: tuple[CauseAnswer, ...]
    examples: tuple[str, ...]
    stack: str | None
    decision: DecisionAnswer | None = None
    may_adopt: bool = False


class ConformMonth(Value):
    """How many cases began in a month, and which share of them conforms."""

    month: str
    cases: int
    share: float


class CorrectionAnswer(Value):
    """A step that cases skip, have too much of, or that is not on the map; `share` is of the cases checked.

    `key` names it; `stack` is the filter that chooses these cases, where one does.
    """

    key: str
    kind: str
    step: str
    label: str
    count: int
    cases: int
    share: float
    sentence: str
    stack: str | None


class AlignmentAnswer(Value):
    """What would make cases follow a map, from those of them that were checked within the time allowed."""

    cases: int
    checked: float
    checked_variants: int
    variants: int
    conforming: float
    fitness: float | None
    precision: float | None
    sentence: str
    corrections: tuple[CorrectionAnswer, ...]


class ConformanceAnswer(Value):
    """How a log keeps to a map, by kind of deviation and by month; what is `accepted` counts no more."""

    cases: int
    share: float
    sentence: str
    deviations: tuple[DeviationAnswer, ...]
    accepted: tuple[DeviationAnswer, ...] = ()
    months: tuple[ConformMonth, ...]
    unmapped: tuple[str, ...]
    may_decide: bool = False
