"""What is told of a log, as it travels: moments in UTC, durations in seconds, amounts as texts."""

from datetime import datetime
from typing import Any

from pydantic import Field

from portulan.base.value import Value


class LogAnswer(Value):
    """A log and where it stands: uploaded, importing, ready, failed or cancelled."""

    id: str
    name: str
    state: str
    events: int | None
    cases: int | None
    steps: int | None
    from_: datetime | None = Field(serialization_alias="from")
    to: datetime | None
    rejected: int
    set_aside: int
    sure_dates: bool
    ties: float
    source: str
    credit: str
    file_name: str
    bytes: int
    roles: dict[str, str]
    day_first: bool | None
    job: str | None
    progress: float | None
    error: str | None
    created_at: datetime
    may_delete: bool
    may_export: bool


class AnalysisAnswer(Value):
    """A saved way of looking at a log: `search` is what the address of its screen held."""

    id: str
    name: str
    search: dict[str, Any]
    shared: str
    role: str
    author: str
    mine: bool
    may_update: bool


class SearchAnswer(Value):
    """A long search: queued, running, done, failed or cancelled, how far it is, why it failed."""

    job: str
    state: str
    progress: float
    error: str | None
    may_stop: bool


class FlowStep(Value):
    """A step of the flow; times are those until the next event."""

    id: str
    label: str
    cases: int
    events: int
    median_seconds: float | None
    p90_seconds: float | None
    working_median_seconds: float | None
    working_p90_seconds: float | None
    starts: int
    ends: int


class FlowEdge(Value):
    """A passage that happened; ids are those of steps."""

    id: str
    source: str
    target: str
    count: int
    cases: int
    median_seconds: float | None
    p90_seconds: float | None
    working_median_seconds: float | None
    working_p90_seconds: float | None


class HiddenEdge(Value):
    """A passage that the picture leaves out, and its share of all transitions."""

    source: str
    target: str
    count: int
    share: float


class HiddenStep(Value):
    """A step that the picture leaves out."""

    id: str
    label: str
    events: int
    cases: int


class VariantAnswer(Value):
    """A way that cases took, self-loops folded; `won_share` is of those that ended."""

    steps: tuple[str, ...]
    cases: int
    share: float
    median_seconds: float | None
    won_share: float | None


class FlowAnswer(Value):
    """The flow as it is shown, and what the picture leaves out; `all_cases` counts those filtered out too.

    `rough` quantiles are those of logarithmic bins, within one part in sixteen.
    """

    cases: int
    all_cases: int
    rough: bool
    events: int
    from_: datetime | None = Field(serialization_alias="from")
    to: datetime | None
    steps: tuple[FlowStep, ...]
    edges: tuple[FlowEdge, ...]
    variants: tuple[VariantAnswer, ...]
    coverage: float
    hidden_edges: tuple[HiddenEdge, ...]
    hidden_steps: tuple[HiddenStep, ...]
    sentence: str | None


class WorthAnswer(Value):
    """What the picture of a flow is worth, of the share of cases that time allowed to check (`checked`).

    `sentence` says what the picture leaves out.
    """

    fitness: float | None
    precision: float | None
    checked: float
    sentence: str


class StepChoice(Value):
    """A step that cases pass through."""

    id: str
    label: str
    cases: int


class ValueChoice(Value):
    """A value of an attribute, and how many cases or events bear it."""

    value: str
    count: int


class AttributeChoice(Value):
    """An attribute to choose cases by: some values, or numbers within bounds."""

    name: str
    label: str
    values: tuple[ValueChoice, ...]
    low: float | None
    high: float | None


class ChoicesAnswer(Value):
    """What the cases of a log can be chosen by."""

    steps: tuple[StepChoice, ...]
    attributes: tuple[AttributeChoice, ...]
    from_: datetime | None = Field(serialization_alias="from")
    to: datetime | None
    shortest_seconds: float
    median_seconds: float
    p90_seconds: float
    longest_seconds: float


class BlockedStep(Value):
    """What is known of where cases block; shares are of visits (see `mining.blocked`)."""

    step: str
    label: str
    blocked_share: float | None
    low: float | None
    high: float | None
    lost_share: float
    horizon_seconds: float
    visits: int
    cases: int
    waiting_cases: int
    asleep_cases: int
    awake_share: float | None
    amount_waiting: str | None
    too_early: bool
    sentence: str


class BlockedAnswer(Value):
    """The steps, the worst first, and the sentence to read first."""

    steps: tuple[BlockedStep, ...]
    sentence: str | None


class Bin(Value):
    """Waits from a length up to another, in seconds; the last bin holds the longer ones too."""

    from_: float = Field(serialization_alias="from")
    to: float
    count: int


class WaitsAnswer(Value):
    """How long cases stay at a step, those who left it."""

    bins: tuple[Bin, ...]
    median: float | None
    p90: float | None
    working_median: float | None
    working_p90: float | None
    sla: float | None


class RecordRef(Value):
    """The record behind a case of our own log."""

    object: str
    id: int
    title: str


class CaseRow(Value):
    """A case; `ended` is empty while it is open."""

    case: str
    started: datetime
    ended: datetime | None
    steps: int
    waiting_seconds: float | None
    amount: str | None
    record: RecordRef | None = None


class CasesPage(Value):
    """Some cases, and where the next page begins."""

    rows: tuple[CaseRow, ...]
    next: str | None


class StepMeasure(Value):
    """What really happens at a step of a map."""

    cases: int
    visits: int
    median_seconds: float | None
    p90_seconds: float | None
    working_median_seconds: float | None
    blocked_share: float | None
    waiting_cases: int | None
    amount_waiting: str | None
    horizon_seconds: float | None
    sentence: str | None


class PassageMeasure(Value):
    """What really happens on a passage of a map."""

    count: int
    cases: int
    median_seconds: float | None
    p90_seconds: float | None


class ExtraArc(Value):
    """A way that cases take although the map does not draw it."""

    source: str
    target: str
    count: int
    cases: int
    median_seconds: float | None


class Totals(Value):
    """The whole of what was projected; `conformance` is the share of cases whose every move is drawn."""

    cases: int
    won_share: float | None
    median_cycle_seconds: float | None
    conformance: float | None


class OverlayAnswer(Value):
    """A log projected on a map."""

    source: str
    steps: dict[str, StepMeasure]
    passages: dict[str, PassageMeasure]
    extra: tuple[ExtraArc, ...]
    worst: str | None
    worst_sentence: str | None
    totals: Totals
    unmapped: tuple[str, ...]


class StageMeasure(Value):
    """What our own events say of a stage."""

    median_seconds: float | None = None
    working_median_seconds: float | None = None
    p90_seconds: float | None = None
    blocked_share: float | None = None
    waiting_cases: int
    amount_waiting: str | None = None


class DotsAnswer(Value):
    """Events in columns: those of case i lie from `offsets[i]` to `offsets[i + 1]`, in time.

    `step` holds places in `steps`, `at` seconds since `from`; `sentence` says how much of the log it is.
    """

    from_: datetime = Field(serialization_alias="from")
    steps: tuple[StepChoice, ...]
    cases: tuple[str, ...]
    offsets: tuple[int, ...]
    step: tuple[int, ...]
    at: tuple[int, ...]
    sentence: str


class ReplayEvent(Value):
    """An event of a case, the seconds since the one before, and both in words."""

    step: str
    label: str
    at: datetime
    wait_seconds: float | None
    sentence: str


class ReplayAnswer(Value):
    """A case event by event; `all_events` is how many it has when not all are told."""

    case: str
    events: tuple[ReplayEvent, ...]
    all_events: int
    seconds: float
    sentence: str


class ChangeAnswer(Value):
    """A moment when the process changed, and what shifted most."""

    at: datetime
    sentence: str
    shifts: tuple[str, ...]


class DriftAnswer(Value):
    """When the process of a log changed, over the period of the log."""

    sentence: str
    from_: datetime | None = Field(serialization_alias="from")
    to: datetime | None
    changes: tuple[ChangeAnswer, ...]


class DifferenceAnswer(Value):
    """A figure on two sides (seconds, or a share); `chance`, corrected, is absent when too early."""

    what: str
    steps: tuple[str, ...]
    before: float | None
    after: float | None
    before_cases: int
    after_cases: int
    chance: float | None
    established: bool
    sentence: str


class ComparisonAnswer(Value):
    """How some cases differ from others, and the sentence to read first."""

    before_cases: int
    after_cases: int
    sentence: str
    differences: tuple[DifferenceAnswer, ...]
