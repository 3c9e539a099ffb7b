"""A scenario under way: its clock, its people, the records known by their alias.

Reads records as the system does; acts are the business of `automation.play`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from portulan.base import calendar as calendars
from portulan.base.refusals import Refusal
from portulan.blueprint import references
from portulan.blueprint.schema import Object
from portulan.people.actor import Actor
from portulan.records import runtime, values

ACTIVITY = "activity"
#: When every scenario begins: a Tuesday without a public holiday near, at ten in Paris.
BEGINS = datetime(2026, 3, 3, 9, tzinfo=UTC)


@dataclass
class Scene:
    """Where a scenario stands; `refusal` is what its last act was answered, `lit` the last step seen."""

    people: Mapping[str, Actor]
    at: datetime = BEGINS
    records: dict[str, tuple[str, int]] = field(default_factory=dict)
    refusal: Refusal | None = None
    lit: str | None = None

    def kind(self, alias: str) -> Object:
        """Return the object of a record."""
        return runtime.current().object(self.records[alias][0])

    def row(self, alias: str) -> Any:
        """Return the row of a record."""
        name, row_id = self.records[alias]
        return runtime.current().model(name).objects.get(pk=row_id)

    def step(self, alias: str | None) -> str | None:
        """Return the step of the map where a record stands, or None when it does not travel."""
        if alias not in self.records:
            return None
        return getattr(self.row(alias), "stage", None) or None

    def ids(self) -> dict[str, int]:
        """Return what the aliases stand for in conditions."""
        people = {alias: one.id for alias, one in self.people.items() if one.id is not None}
        return people | {alias: row_id for alias, (_, row_id) in self.records.items()}

    def resolve(self, object_name: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return values as a screen would send them: aliases as ids, moments as text."""
        fields = values.live(runtime.current().object(object_name))
        return {name: self._value(fields[name].type, value) for name, value in given.items()}

    def addresses(self, alias: str) -> set[str]:
        """Return the mail addresses that a record holds."""
        row, fields = self.row(alias), values.live(self.kind(alias))
        held = (getattr(row, name) for name, field in fields.items() if field.type == "email")
        return {str(one) for one in held if one}

    def tasks(self, alias: str) -> Any:
        """Return the tasks of a record, first due first."""
        kind = runtime.current().object(ACTIVITY)
        rows = runtime.current().model(kind.name).objects
        link = {f"{self.link(alias)}_id": self.records[alias][1]}
        return rows.filter(deleted_at__isnull=True, due_at__isnull=False, **link).order_by("due_at", "id")

    def link(self, alias: str) -> str:
        """Return the name of the field by which an activity points to a record."""
        uid = self.kind(alias).uid
        fields = values.live(runtime.current().object(ACTIVITY)).values()
        return next(one.name for one in fields if one.to == uid)

    def _value(self, type_name: str, value: Any) -> Any:
        word = references.token(value)
        if word in references.ALIASES:
            return self.ids()[value[word]]
        if word in references.MOMENTS:
            moment = references.moment(value, self.at)
            if type_name == "date":
                return moment.astimezone(calendars.DEFAULT.tz).date().isoformat()
            return moment.isoformat()
        return value
