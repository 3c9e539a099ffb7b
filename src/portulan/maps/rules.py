"""What happens by itself, as drawn on a step or a passage: when, on what condition, after how long, what.

Shapes only. A rule drawn on a step happens when a record enters it, one drawn on a passage when a record
takes it, unless the rule states another trigger.
"""

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from portulan.base.conditions.model import Condition
from portulan.base.durations import Duration
from portulan.base.value import ElementId, Value


class Created(Value):
    """A record is created."""

    on: Literal["created"]


class Updated(Value):
    """Values of a record change, whichever they are."""

    on: Literal["updated"]


class Changed(Value):
    """The value of one field changes."""

    on: Literal["changed"]
    field: ElementId


class Entered(Value):
    """A record enters a stage; none named: the step that the rule is drawn on."""

    on: Literal["entered"]
    stage: ElementId | None = None


class Left(Value):
    """A record leaves a stage; none named: the step that the rule is drawn on."""

    on: Literal["left"]
    stage: ElementId | None = None


class Taken(Value):
    """A record takes a passage; none named: the passage that the rule is drawn on."""

    on: Literal["taken"]
    passage: ElementId | None = None


class ActivityDone(Value):
    """An activity of the record is done, of one kind or of any."""

    on: Literal["activity_done"]
    kind: str | None = None


class Answered(Value):
    """The client answers: an inbound activity of the record appears, on any channel."""

    on: Literal["answered"]


class MailReceived(Value):
    """A mail from the client is received about the record."""

    on: Literal["mail_received"]


class FormReceived(Value):
    """The record was made by a form, one of that name or any."""

    on: Literal["form_received"]
    label: str | None = None


class SignalRaised(Value):
    """A signal is marked on the record, one of that name or any."""

    on: Literal["signal_raised"]
    label: str | None = None


class Decided(Value):
    """Somebody decided what the record had to be agreed on, one way or either."""

    on: Literal["decided"]
    granted: bool | None = None


class DateReached(Value):
    """The day or moment in a field comes, or is a certain time ahead (`early`) or past."""

    on: Literal["date_reached"]
    field: ElementId
    offset: Duration | None = None
    early: bool = False


class Inactive(Value):
    """Nothing happens to a record for some time."""

    on: Literal["inactive"]
    span: Duration


Trigger = Annotated[
    Created
    | Updated
    | Changed
    | Entered
    | Left
    | Taken
    | ActivityDone
    | Answered
    | MailReceived
    | FormReceived
    | SignalRaised
    | Decided
    | DateReached
    | Inactive,
    Field(discriminator="on"),
]


class CreateTask(Value):
    """Give the record's owner, or somebody of a role, something to do."""

    do: Literal["create_task"]
    label: str = Field(min_length=1)
    kind: str = "task"
    due: Duration | None = None
    to: str = "owner"


class CreateRecord(Value):
    """Create a record, with given values, values copied from the record, and a link back to it."""

    do: Literal["create_record"]
    object: ElementId
    values: dict[ElementId, JsonValue] = {}
    copied: dict[ElementId, ElementId] = {}
    link: ElementId | None = None


class UpdateRecord(Value):
    """Set values of the record."""

    do: Literal["update_record"]
    values: dict[ElementId, JsonValue] = Field(min_length=1)


class Pool(Value):
    """The people of a role, for records that meet the condition.

    `matches` names fields of the record whose value must be among the person’s skills, or be their territory.
    """

    role: str
    condition: Condition | None = None
    matches: tuple[ElementId, ...] = ()


class Assign(Value):
    """Give the record to somebody of the first pool that fits and has someone, else of the role; fairly.

    Its owner keeps it when they may, then the owner of its account comes first. Whoever received it and does
    nothing about it `within` a time loses it to the next; after everybody of the pools, to the role, then on
    to those who lead.
    """

    do: Literal["assign"]
    role: str
    pools: tuple[Pool, ...] = ()
    within: Duration | None = None


class Notify(Value):
    """Tell the record's owner, or everybody of a role."""

    do: Literal["notify"]
    to: str = "owner"
    text: str = Field(min_length=1)


class MoveTo(Value):
    """Take the record to a stage, through the gates."""

    do: Literal["move"]
    stage: ElementId
    motive: str = ""


class SendMail(Value):
    """Write a mail to the address in a field of the record, or of what it links to (`contact.email`).

    Title and body may hold `{{field}}` words, replaced by the values of the record.
    """

    do: Literal["send_mail"]
    address: str = "contact.email"
    title: str = Field(min_length=1)
    body: str = Field(min_length=1, max_length=20_000)


class CallWebhook(Value):
    """Tell another server, signed, with the values of some fields."""

    do: Literal["call_webhook"]
    url: str = Field(min_length=1, max_length=500)
    fields: tuple[ElementId, ...] = ()


class Escalate(Value):
    """Tell those who lead the team of the record's owner."""

    do: Literal["escalate"]
    text: str = Field(min_length=1)


class MarkSignal(Value):
    """Mark a signal on the record."""

    do: Literal["mark_signal"]
    label: str = Field(min_length=1, max_length=200)


class SequenceStep(Value):
    """A mail or a task, some working time after the step before."""

    wait: Duration
    action: Annotated[CreateTask | SendMail, Field(discriminator="do")]


class StartSequence(Value):
    """Mails and tasks one after the other, until the client answers or the record leaves its stage."""

    do: Literal["start_sequence"]
    name: str = Field(min_length=1, max_length=100)
    steps: tuple[SequenceStep, ...] = Field(min_length=1, max_length=20)


class StopSequence(Value):
    """Take the record out of a sequence."""

    do: Literal["stop_sequence"]
    name: str = Field(min_length=1, max_length=100)


class AskApproval(Value):
    """Ask somebody of a role, or whoever leads the owner, to agree; the record stays as it is until then."""

    do: Literal["ask_approval"]
    role: str
    text: str = Field(min_length=1)
    remind_after: Duration | None = None


Action = Annotated[
    CreateTask
    | CreateRecord
    | UpdateRecord
    | Assign
    | Notify
    | MoveTo
    | AskApproval
    | SendMail
    | CallWebhook
    | Escalate
    | MarkSignal
    | StartSequence
    | StopSequence,
    Field(discriminator="do"),
]


class DrawnRule(Value):
    """When, if, after how long, unless what happens meanwhile: the actions, in order.

    A rule that waits gives up when the record leaves the stage whose entry began it, when its condition
    no longer holds at the end, or when one of `unless` happens first.
    """

    trigger: Trigger | None = None
    condition: Condition | None = None
    wait: Duration | None = None
    unless: tuple[Trigger, ...] = ()
    actions: tuple[Action, ...] = Field(min_length=1)


#: Who approves when no role is named: those who lead the team of the record’s owner, or a team above.
HIERARCHY = "hierarchy"


class DrawnApproval(Value):
    """Who has to agree before a record that meets the condition goes on from the step.

    `approvers` are roles, or `HIERARCHY`; one of these people decides. They are reminded after a time.
    """

    id: ElementId
    label: str
    condition: Condition | None = None
    approvers: tuple[str, ...] = (HIERARCHY,)
    remind_after: Duration = Duration(amount=2, unit="working_days")


Measure = Literal["pick_up", "first_response", "next_response", "resolution"]


class DrawnPromise(Value):
    """How fast the company engages to be on the records of a map; the first one that fits counts.

    `warn_at` is the share of the time, in percent, after which the owner is warned; `escalate` names the
    roles told when the time is over, then again each half of it later.
    """

    id: ElementId
    label: str
    measure: Measure
    target: Duration
    condition: Condition | None = None
    warn_at: int = Field(default=80, ge=1, le=99)
    escalate: tuple[str, ...] = ()
