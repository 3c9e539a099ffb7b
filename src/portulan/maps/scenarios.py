"""Executable scenarios: what is given, what people do in turn, what must then be true.

Shapes only: objects, fields, stages and roles by the names that screens and conditions use, records and
people by an alias that the scenario gives them. In values, `{"record": alias}`, `{"person": alias}`,
`{"in": duration}` and `{"ago": duration}` stand for a record, a person, and a moment around now.
"""

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from portulan.base.conditions.model import Condition
from portulan.base.durations import Duration
from portulan.base.value import ElementId, Value
from portulan.maps.rules import Measure

#: Scenarios of a map, acts of a scenario, and what is expected after an act.
MOST_SCENARIOS, MOST_ACTS, MOST_EXPECTED = 60, 60, 20
#: Records given, people given.
MOST_GIVEN = 40

Values = dict[ElementId, JsonValue]
ActivityKind = Literal["call", "email", "meeting", "task", "note"]
#: How a promised time stands.
Standing = Literal["running", "paused", "kept", "broken"]
Verb = Literal["create", "read", "update", "delete", "export", "override"]


class Person(Value):
    """Somebody of a role who plays in the scenario; people of one team see each other's records."""

    id: ElementId
    role: str
    name: str = Field(min_length=1)
    team: str = ""


class Given(Value):
    """A record that is there at the beginning, at a stage when it travels, held by one of the people."""

    id: ElementId
    object: ElementId
    values: Values = {}
    stage: ElementId | None = None
    owner: ElementId | None = None


class Create(Value):
    """Create a record."""

    do: Literal["create"]
    by: ElementId
    record: ElementId
    object: ElementId
    values: Values = {}


class Update(Value):
    """Change values of a record."""

    do: Literal["update"]
    by: ElementId
    record: ElementId
    values: Values = Field(min_length=1)


class Move(Value):
    """Take a record to a stage."""

    do: Literal["move"]
    by: ElementId
    record: ElementId
    to: ElementId
    values: Values = {}
    motive: str = ""
    override: bool = False


class LogActivity(Value):
    """Note something done with the client about a record: a call, a meeting."""

    do: Literal["log"]
    by: ElementId
    record: ElementId
    kind: ActivityKind = "call"
    label: str = Field(min_length=1)


class Answer(Value):
    """The client answers about a record, which somebody notes."""

    do: Literal["answer"]
    by: ElementId
    record: ElementId
    kind: ActivityKind = "email"
    label: str = Field(min_length=1)


class Finish(Value):
    """Do the first open task of a record whose name holds the label."""

    do: Literal["finish"]
    by: ElementId
    record: ElementId
    label: str = ""


class Wait(Value):
    """Time goes by; what happens by itself happens at its moment."""

    do: Literal["wait"]
    span: Duration


Act = Annotated[
    Create | Update | Move | LogActivity | Answer | Finish | Wait,
    Field(discriminator="do"),
]


class Holds(Value):
    """A condition holds on a record."""

    expect: Literal["holds"]
    record: ElementId
    condition: Condition


class AtStage(Value):
    """A record stands at a stage."""

    expect: Literal["stage"]
    record: ElementId
    stage: ElementId


class OwnedBy(Value):
    """A record is held by a person, or by somebody of a role."""

    expect: Literal["owner"]
    record: ElementId
    person: ElementId | None = None
    role: str | None = None


class Refused(Value):
    """The act was refused; among the reasons are these fields that lack, these criteria that do not hold."""

    expect: Literal["refused"]
    missing: tuple[ElementId, ...] = ()
    unmet: tuple[ElementId, ...] = ()


class Task(Value):
    """A record has so many tasks whose name holds the label, still open or whatever became of them."""

    expect: Literal["task"]
    record: ElementId
    label: str = ""
    count: int = Field(default=1, ge=0)
    open: bool = True


class Exists(Value):
    """So many records of an object meet a condition."""

    expect: Literal["exists"]
    object: ElementId
    condition: Condition | None = None
    count: int = Field(default=1, ge=0)


class May(Value):
    """A person may, or may not, do something to a record, or to records of an object in general."""

    expect: Literal["may"]
    person: ElementId
    verb: Verb
    record: ElementId | None = None
    object: ElementId | None = None
    allowed: bool = True


class Told(Value):
    """A person was told something by the product, whose text holds the words."""

    expect: Literal["told"]
    person: ElementId
    text: str = Field(min_length=1)


class Promised(Value):
    """The time promised on a record runs, rests, was kept, or is over."""

    expect: Literal["promised"]
    record: ElementId
    measure: Measure
    standing: Standing


class Mailed(Value):
    """So many mails about a record are ready whose title holds the words, for another record if it is named.

    They are ready and no more: nothing leaves a scenario.
    """

    expect: Literal["mailed"]
    record: ElementId
    label: str = ""
    to: ElementId | None = None
    count: int = Field(default=1, ge=0)


Expectation = Annotated[
    Holds | AtStage | OwnedBy | Refused | Task | Exists | May | Told | Promised | Mailed,
    Field(discriminator="expect"),
]


class Moment(Value):
    """One act, and what must be true right after it."""

    act: Act
    then: tuple[Expectation, ...] = Field(default=(), max_length=MOST_EXPECTED)


class Scenario(Value):
    """A story that the CRM must live; `today` and `tomorrow` say the process as it is and as it will be.

    The people of a training play `role`, which a person in training takes.
    """

    id: ElementId
    title: str = Field(min_length=1)
    kind: Literal["use_case", "training"] = "use_case"
    today: str = ""
    tomorrow: str = ""
    people: tuple[Person, ...] = Field(min_length=1, max_length=MOST_GIVEN)
    given: tuple[Given, ...] = Field(default=(), max_length=MOST_GIVEN)
    moments: tuple[Moment, ...] = Field(min_length=1, max_length=MOST_ACTS)
