"""A card of a board: what a record shows in its column, and how far it is with what its stage asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from portulan.base import calendar as calendars
from portulan.base.conditions.meet import Circumstances
from portulan.blueprint.schema import Field, Object, Pipeline, Stage
from portulan.maps.model import FINAL
from portulan.people import queries as people
from portulan.records import pipeline, related, sight, values
from portulan.records.pipeline import Standing

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Reader:
    """Reads cards: the columns they need, their standing in their stages, and their JSON."""

    kind: Object
    travelled: Pipeline
    seen: sight.Sight
    needs: related.Needs
    limits: Mapping[str, datetime]
    at: datetime

    @property
    def columns(self) -> set[str]:
        """The columns that cards are read from: a few that show, and those that criteria look at."""
        shown = {values.attribute(one) for one in self._fields.values()}
        titles = {sight.title_key(one) for one in self._fields.values() if values.is_link(one)}
        hue = {f"{self._fields['owner'].name}__hue"} if "owner" in self._fields else set()
        asked = set(related.columns(self._looks))
        return {"id", "version", "stage", "stage_since", *shown, *titles, *hue, *asked}

    def standing(self, rows: Sequence[Raw]) -> dict[int, Standing]:
        """Return, by id, where records stand in their stages, by the one gate engine."""
        seen = {row["id"]: related.nested(self._looks, row) for row in rows}
        if seen:
            related.attach(self.kind, seen, self.needs)
        now, stages = Circumstances(self.at), self._stages
        return {
            row["id"]: pipeline.standing(stages[row["stage"]], self.kind, seen[row["id"]], now=now)
            for row in rows
        }

    def card(self, row: Raw, standing: Standing) -> dict[str, Any]:
        """Return the JSON of a card."""
        return {
            "id": row["id"],
            "version": row["version"],
            "title": row.get(sight.title(self.kind)) or "",
            "account": self._link(row, "account"),
            "amount": self._value(row, "amount"),
            "currency": self._fields["amount"].currency if "amount" in self._fields else None,
            "probability": self._value(row, "probability"),
            "close_on": self._value(row, "close_on"),
            "owner": self._owner(row),
            "criteria": {"done": standing.done, "total": standing.total},
            "stale_days": self._stale_days(row),
            "late_days": self._late_days(row),
            "next_step": self._next_step(row),
            "since": values.dump(row["stage_since"]),
        }

    @cached_property
    def _fields(self) -> dict[str, Field]:
        return {one.uid: one for one in self.seen.fields if one.uid in _SHOWN or one.uid == self.kind.title}

    @cached_property
    def _looks(self) -> tuple[related.Look, ...]:
        return related.looks(self.kind, self.needs.tree)

    @cached_property
    def _stages(self) -> dict[str, Stage]:
        return pipeline.live_stages(self.travelled)

    def _value(self, row: Raw, uid: str) -> Any:
        field = self._fields.get(uid)
        return values.dump(row[values.attribute(field)]) if field else None

    def _link(self, row: Raw, uid: str) -> dict[str, Any] | None:
        field = self._fields.get(uid)
        if field is None or row[values.attribute(field)] is None:
            return None
        return {"id": row[values.attribute(field)], "title": row[sight.title_key(field)]}

    def _owner(self, row: Raw) -> dict[str, Any] | None:
        owner = self._link(row, "owner")
        if owner is None:
            return None
        name, hue = owner["title"], row[f"{self._fields['owner'].name}__hue"]
        return {"id": owner["id"], "name": name, "initials": people.initials(name), "hue": hue}

    def _next_step(self, row: Raw) -> dict[str, Any] | None:
        label, on = self._value(row, "next_step"), self._value(row, "next_step_on")
        return {"label": label or "", "on": on} if label or on else None

    def _stale_days(self, row: Raw) -> int | None:
        limit, since = self.limits.get(row["stage"]), row["stage_since"]
        last = self._fields.get("last_activity_at")
        touched = max(filter(None, (since, row[last.name] if last else None)), default=None)
        return (self.at - touched).days if limit and touched and touched < limit else None

    def _late_days(self, row: Raw) -> int | None:
        field = self._fields.get("close_on")
        due = row[field.name] if field else None
        is_open = self._stages[row["stage"]].kind not in FINAL
        return (today(self.at) - due).days if is_open and due and due < today(self.at) else None


def reader(
    kind: Object, travelled: Pipeline, seen: sight.Sight, *, limits: Mapping[str, datetime], at: datetime
) -> Reader:
    """Return the reader of the cards of a pipeline."""
    stages = pipeline.live_stages(travelled).values()
    conditions = [one.condition for stage in stages for one in stage.exit if one.condition]
    needs = related.needs_of(conditions, fields=[uid for stage in stages for uid in stage.required])
    return Reader(kind, travelled, seen, needs, limits, at)


def today(at: datetime) -> date:
    """Return the day that a moment falls on where the work is done."""
    return at.astimezone(calendars.DEFAULT.tz).date()


_SHOWN = frozenset(
    {"account", "amount", "probability", "close_on", "owner", "next_step", "next_step_on", "last_activity_at"}
)
