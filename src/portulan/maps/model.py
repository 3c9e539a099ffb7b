"""The map of a customer process, as a frozen value: what is drawn, whatever its layout.

Owns the meaning of a map: phases (columns), lanes (actors), steps, passages. One id
from the drawing to the measure: a step's id is the stage's id in the pipeline and the
value in the event. Refuses nothing by itself beyond shapes: `maps.lint` says what is wrong.
"""

from typing import Literal

from pydantic import Field, JsonValue

from portulan.base.conditions.model import Condition
from portulan.base.durations import Duration
from portulan.base.value import ElementId, Value
from portulan.maps.measures import MOST_MEASURES, DrawnMeasure
from portulan.maps.rules import DrawnApproval, DrawnPromise, DrawnRule
from portulan.maps.scenarios import MOST_SCENARIOS, Scenario

MapKind = Literal["process", "journey", "decision", "stakeholder", "mind"]
MapState = Literal["as_is", "to_be"]
StepKind = Literal[
    "task",
    "interest",
    "evaluation",
    "decision",
    "wait",
    "won",
    "lost",
    "closed",
    "gateway",
    "contact",
    "deal",
    "risk",
    "need",
    "milestone",
]
PersonRole = Literal["decider", "signatory", "influencer", "user", "prescriber", "sponsor", "opponent"]
Priority = Literal["indispensable", "important", "optional"]

#: Characters that a title may have.
LONGEST_TITLE = 200
#: Elements of a map; the largest that anybody reads has a tenth of them.
MOST_STEPS, MOST_PASSAGES = 2_000, 8_000
#: Kinds of step where a case ends.
FINAL: frozenset[StepKind] = frozenset({"won", "lost", "closed"})


class Phase(Value):
    """A column of the map: a part of the journey."""

    id: ElementId
    label: str


class Lane(Value):
    """A row of the map: who acts. `role` is the profession that the lane compiles to."""

    id: ElementId
    label: str
    role: str | None = None
    hue: int = Field(default=220, ge=0, le=360)


class Criterion(Value):
    """A sentence that must hold; with a condition, a gate checks it."""

    id: ElementId
    label: str
    condition: Condition | None = None


class Information(Value):
    """An information that a step uses or produces; with a type, it compiles to a field of the subject.

    `field` names an existing field of the subject; without it the id is the new field's uid.
    """

    id: ElementId
    label: str
    use: Literal["used", "produced"] = "produced"
    field: str | None = None
    type: str | None = None
    options: dict[str, JsonValue] = Field(default_factory=dict)
    required: bool = False
    born: str = ""
    circulates: str = ""
    stored: str = ""
    breaks: str = ""


class Note(Value):
    """A named thing attached to a step: a document, a system, a content, a risk, a signal."""

    id: ElementId
    label: str
    detail: str = ""


class Automatic(Note):
    """What happens by itself, in words; with a rule, the product does it."""

    rule: DrawnRule | None = None


class Watch(Value):
    """Which records show that something happened: those of an object that meet a condition."""

    object: ElementId
    condition: Condition | None = None


class Signal(Note):
    """A weak signal; with a watch, it is counted."""

    watch: Watch | None = None


class Touchpoint(Value):
    """A contact with the client, and the channel that carries it; with a watch, it is counted."""

    id: ElementId
    label: str
    channel: str = ""
    watch: Watch | None = None


class Emotion(Value):
    """How the client feels at a step, from -2 (very bad) to 2 (very good), and in their words."""

    value: int = Field(ge=-2, le=2)
    words: str = ""


class Person(Value):
    """Who somebody is at an account: what they play there, how much they weigh, whether they are for us."""

    roles: tuple[PersonRole, ...] = ()
    power: int | None = Field(default=None, ge=0, le=3)
    support: int | None = Field(default=None, ge=-2, le=2)


class SubMap(Value):
    """Another process, by its uid, that a step opens: the step in detail, or a special case of it."""

    id: ElementId
    label: str
    use: Literal["detail", "special"] = "detail"
    map: ElementId | None = None


class Friction(Value):
    """An irritant: what hurts, whom, how much (1 light, 3 heavy)."""

    id: ElementId
    label: str
    who: str = ""
    severity: int = Field(default=2, ge=1, le=3)


class Delays(Value):
    """How long a step takes: aimed at, usual, at most."""

    target: Duration | None = None
    usual: Duration | None = None
    maximum: Duration | None = None


class Step(Value):
    """A step of the journey, or a gateway where it branches; on a map of stakeholders, a person.

    `decides` and `informed` are roles, as `actors`; `continues` is the process that takes over at an ending.
    """

    id: ElementId
    label: str
    kind: StepKind = "task"
    lane: ElementId
    phase: ElementId
    begins: bool = False
    description: str = ""
    probability: int | None = Field(default=None, ge=0, le=100)
    actors: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    emotion: Emotion | None = None
    person: Person | None = None
    information: tuple[Information, ...] = ()
    documents: tuple[Note, ...] = ()
    systems: tuple[Note, ...] = ()
    delays: Delays = Delays()
    touchpoints: tuple[Touchpoint, ...] = ()
    frictions: tuple[Friction, ...] = ()
    risks: tuple[Note, ...] = ()
    signals: tuple[Signal, ...] = ()
    entry: tuple[Criterion, ...] = ()
    exit: tuple[Criterion, ...] = ()
    contents: tuple[Note, ...] = ()
    compliance: tuple[Note, ...] = ()
    automations: tuple[Automatic, ...] = ()
    approvals: tuple[DrawnApproval, ...] = ()
    priority: Priority = "important"
    rollout: int = Field(default=1, ge=1, le=3)
    submaps: tuple[SubMap, ...] = ()
    continues: ElementId | None = None


class Before(Value):
    """Who may take the passage, on which records. No role: every role that may move the record."""

    roles: tuple[str, ...] = ()
    condition: Condition | None = None


class Passage(Value):
    """A way from one step to another: before (who may), during (what to fill), after (what happens)."""

    id: ElementId
    source: ElementId
    target: ElementId
    label: str = ""
    before: Before = Before()
    during: tuple[str, ...] = ()
    after: tuple[Automatic, ...] = ()
    fires_after: Duration | None = None


class Scope(Value):
    """What the map covers: part of the life cycle, segments, countries, entities."""

    cycle: str = ""
    segments: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()


class Answered(Value):
    """An element of a to-be map changes because of an irritant of the as-is map."""

    element: ElementId
    friction: ElementId


class Map(Value):
    """A map: a typed graph of steps and passages on phases and lanes.

    `uid` is immutable and shared by the as-is and the to-be of one process; `subject` is the uid
    of the object that travels (opportunity, lead, ticket...); `variant_of` is the process that this one is a
    variant of, for some segment.
    """

    uid: ElementId
    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    kind: MapKind = "process"
    state: MapState = "to_be"
    subject: ElementId | None = None
    scope: Scope = Scope()
    variant_of: ElementId | None = None
    answers: tuple[Answered, ...] = ()
    phases: tuple[Phase, ...] = ()
    lanes: tuple[Lane, ...] = ()
    steps: tuple[Step, ...] = Field(default=(), max_length=MOST_STEPS)
    passages: tuple[Passage, ...] = Field(default=(), max_length=MOST_PASSAGES)
    scenarios: tuple[Scenario, ...] = Field(default=(), max_length=MOST_SCENARIOS)
    promises: tuple[DrawnPromise, ...] = Field(default=(), max_length=50)
    measures: tuple[DrawnMeasure, ...] = Field(default=(), max_length=MOST_MEASURES)

    def step(self, step_id: str) -> Step:
        """Return the step of that id.

        :raises KeyError: when the map has no such step.
        """
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)
