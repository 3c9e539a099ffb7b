"""The blueprint: what will be built, as a frozen value that travels as JSON.

Every part has an immutable uid, an origin (the element of the map it comes from) and
a tombstone (`archived`) when dropped. Identity is the uid, never the name.
"""

from typing import Literal

from pydantic import Field as Told
from pydantic import JsonValue

from portulan.base import texts
from portulan.base.conditions.model import Condition
from portulan.base.durations import Duration
from portulan.base.value import ElementId, Value, Words
from portulan.maps.measures import Better, Counting, Period
from portulan.maps.model import Criterion, StepKind
from portulan.maps.rules import HIERARCHY, Action, Measure, Trigger

RowScope = Literal["none", "own", "team", "territory", "all"]
FieldAccess = Literal["hidden", "read", "write"]
LocalTheme = Literal["objects", "fields", "choices", "pipelines", "stages"]
#: What may be said locally of a part: what it is and does belongs to the maps.
Attribute = Literal["label", "plural", "colour"]
#: The colours that people give to stages and choices, by their names in the palette of the screens.
Colour = Literal["blue", "teal", "green", "amber", "red", "violet"]


#: How long a record may rest in a stage that states no usual delay.
RESTS = Duration(amount=14)


#: The last phase of a rollout: everything that the maps draw.
LAST_PHASE = 3


class Origin(Value):
    """The map element that a part comes from; no origin: the base model."""

    map: ElementId
    element: ElementId


class Choice(Value):
    """One option of a choice field; `id` is what the row stores. Its colour is a local setting."""

    id: ElementId
    label: Words
    colour: Colour | None = None


class Field(Value):
    """A field of an object: a real column, or a link table for several links.

    `name` is the API name, `uid` the identity, `column` the physical name frozen at creation.
    `required` means always required (kept in the database); what a stage requires is in its gate.
    """

    uid: ElementId
    name: ElementId
    label: Words
    type: str
    column: str
    group: str = ""
    help: Words = Words(fr="")
    required: bool = False
    unique: bool = False
    system: bool = False
    default: JsonValue = None
    choices: tuple[Choice, ...] = ()
    currency: str = "EUR"
    decimals: int = 2
    to: ElementId | None = None
    on_delete: Literal["protect", "set_null"] = "set_null"
    archived: bool = False
    origin: Origin | None = None


class Object(Value):
    """A kind of record: a real table. `title` is the uid of the field that names a record."""

    uid: ElementId
    name: ElementId
    label: Words
    plural: Words
    table: str
    title: ElementId
    icon: str = "square"
    fields: tuple[Field, ...] = ()
    archived: bool = False
    origin: Origin | None = None


class Stage(Value):
    """A stage; its uid is the step's id. `required` names the fields that leaving it needs filled.

    `origins` are the criteria, of this stage or of one before, that require what the step itself does not.
    Its colour is a local setting.
    """

    uid: ElementId
    label: Words
    kind: StepKind
    probability: int | None = None
    begins: bool = False
    entry: tuple[Criterion, ...] = ()
    exit: tuple[Criterion, ...] = ()
    required: tuple[ElementId, ...] = ()
    origins: dict[ElementId, Origin] = {}
    delay: Duration | None = None
    colour: Colour | None = None
    archived: bool = False
    origin: Origin | None = None

    @property
    def idle(self) -> Duration:
        """How long a record may rest here without anybody doing anything: the usual delay, else ours."""
        return self.delay or RESTS


class Transition(Value):
    """An allowed move; its uid is the passage's id (joined by `_via_` through gateways)."""

    uid: ElementId
    source: ElementId
    target: ElementId
    label: Words = Words(fr="")
    roles: tuple[str, ...] = ()
    condition: Condition | None = None
    required: tuple[ElementId, ...] = ()
    after: tuple[str, ...] = ()
    fires_after: Duration | None = None
    archived: bool = False
    origin: Origin | None = None


class Pipeline(Value):
    """The stages that the records of one object go through; its uid is the map's."""

    uid: ElementId
    object: ElementId
    label: Words
    stages: tuple[Stage, ...] = ()
    transitions: tuple[Transition, ...] = ()
    archived: bool = False
    origin: Origin | None = None


class Right(Value):
    """What a role may do on the records of one object, row scope by verb.

    `fields` lists the fields that are reached otherwise than the `others`; `origin` is the first step
    that asks for the right, where a map does.
    """

    object: ElementId
    create: bool = False
    read: RowScope = "none"
    update: RowScope = "none"
    delete: RowScope = "none"
    export: RowScope = "none"
    override: bool = False
    fields: dict[ElementId, FieldAccess] = {}
    others: FieldAccess = "write"
    origin: Origin | None = None


class Role(Value):
    """A profession and its rights, one per object."""

    uid: ElementId
    label: Words
    rights: tuple[Right, ...] = ()
    archived: bool = False
    origin: Origin | None = None


class Rule(Value):
    """What happens by itself to the records of an object; rules run in the order of the blueprint."""

    uid: ElementId
    label: Words
    object: ElementId
    trigger: Trigger
    condition: Condition | None = None
    wait: Duration | None = None
    unless: tuple[Trigger, ...] = ()
    actions: tuple[Action, ...]
    archived: bool = False
    origin: Origin | None = None


class Promise(Value):
    """How fast the company engages to be: the first promise of an object and measure that fits counts.

    The clock of `pick_up` and `first_response` stops when a person answers or the record leaves `starts`,
    that of `resolution` when it reaches one of `stops`; it rests in `pauses`. That of `next_response` begins
    with each message of the client after the first answer, and stops when a person answers.
    """

    uid: ElementId
    label: Words
    object: ElementId
    pipeline: ElementId
    measure: Measure
    target: Duration
    condition: Condition | None = None
    starts: ElementId
    pauses: tuple[ElementId, ...] = ()
    stops: tuple[ElementId, ...] = ()
    warn_at: int = 80
    escalate: tuple[str, ...] = ()
    archived: bool = False
    origin: Origin | None = None


class Approval(Value):
    """Who has to agree before records that meet the condition go on from a stage; one of them decides.

    `approvers` are roles, or `HIERARCHY`. What was agreed holds while the values that it was about do.
    """

    uid: ElementId
    label: Words
    object: ElementId
    pipeline: ElementId
    stage: ElementId
    condition: Condition | None = None
    approvers: tuple[str, ...] = (HIERARCHY,)
    remind_after: Duration = Duration(amount=2, unit="working_days")
    archived: bool = False
    origin: Origin | None = None


class Figure(Value):
    """A figure that people watch, counted on the records of one pipeline; as `maps.measures` draws it."""

    uid: ElementId
    label: Words
    object: ElementId
    pipeline: ElementId
    how: Counting
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
    goal: float | None = None
    better: Better = "higher"
    roles: tuple[str, ...] = ()
    archived: bool = False
    origin: Origin | None = None


class Board(Value):
    """The figures of one map that a role watches, by uid, in the order of the drawing."""

    uid: ElementId
    label: Words
    role: str
    object: ElementId
    pipeline: ElementId
    measures: tuple[ElementId, ...] = ()
    archived: bool = False
    origin: Origin | None = None


class Setting(Value):
    """What a part is called or coloured here, whatever the maps say; `given` is what they say.

    `path` are the uids from the object or pipeline down to the part.
    """

    theme: LocalTheme
    path: tuple[str, ...]
    attribute: Attribute = "label"
    value: Words | Colour
    given: Words | Colour | None

    @property
    def place(self) -> tuple[str, ...]:
        """What the setting is about: there is one a place."""
        return (self.theme, *self.path, self.attribute)

    @property
    def label(self) -> Words:
        """What the part is called here, or what its colour is called."""
        if isinstance(self.value, Words):
            return self.value
        fr, en = (texts.say(f"blueprint.colour_{self.value}", lang) for lang in texts.LANGUAGES)
        return Words(fr=fr, en=en)

    @property
    def archived(self) -> bool:
        """A setting that is given back leaves no tombstone."""
        return False

    @property
    def origin(self) -> Origin | None:
        """No map asks for it."""
        return None


class Blueprint(Value):
    """Everything that is built, as far as the phase `rollout`: same maps, same blueprint, byte for byte.

    `local` are the settings that no map owns; the parts that they are about already bear them.
    """

    format: Literal[1] = Told(default=1)
    rollout: int = Told(default=LAST_PHASE, ge=1, le=LAST_PHASE)
    objects: tuple[Object, ...] = ()
    pipelines: tuple[Pipeline, ...] = ()
    roles: tuple[Role, ...] = ()
    rules: tuple[Rule, ...] = ()
    promises: tuple[Promise, ...] = ()
    approvals: tuple[Approval, ...] = ()
    measures: tuple[Figure, ...] = ()
    boards: tuple[Board, ...] = ()
    local: tuple[Setting, ...] = ()
