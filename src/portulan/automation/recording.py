"""What people did on a record, as a scenario added to the draft of its map, to be read and completed.

People are known by their role, never by their name; dates stand as far from now as they stood then. What ran
by itself is no act: the scenario is there to check that it runs again. Refuses to tell what the one who
records may not read: neither their hidden fields nor the titles of records out of their sight.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from portulan.base import calendar as calendars
from portulan.base import texts
from portulan.base.durations import Duration
from portulan.base.refusals import NotNow, NotThere
from portulan.blueprint.schema import Field, Object, Pipeline
from portulan.events import queries as events
from portulan.maps import codec, naming
from portulan.maps import operations as maps
from portulan.maps import queries as drawn_maps
from portulan.maps.scenarios import MOST_ACTS, Scenario
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import privacy, queries, rows, runtime, scope, sight

_KINDS = ("record.created", "record.updated", "record.moved", "gate.refused")
_RECORD = "fiche"
Values = dict[str, Any]


class NothingToRecord(NotNow):
    """The record travels on no map, or nobody did anything on it."""

    code = "automation.nothing_to_record"


def record(actor: Actor, *, object_name: str, row_id: int, at: datetime) -> tuple[UUID, str]:
    """Add what people did on a record to the draft of its map, and return the map and the scenario.

    :raises NotThere: when there is no such record that the actor may see.
    :raises NotAllowed: when the actor does not draw maps.
    :raises NothingToRecord: when the record travels on no map, or nobody did anything on it.
    """
    rights.require(actor, "update", "map")
    seen = queries.get_record(actor, object_name=object_name, row_id=row_id)
    kind = runtime.current().object(object_name)
    map_id = _map_of(actor, kind, seen["values"])
    if map_id is None:
        raise NothingToRecord
    view = drawn_maps.get_map(actor, id=map_id)
    told = _Telling(actor, kind, seen).scenario({one.id for one in view.map.scenarios})
    raw = codec.dump(view.map)
    drawn = codec.read({**raw, "scenarios": [*raw["scenarios"], codec.dump(told)]})
    maps.save(actor, id=map_id, version=view.version, drawn=drawn, layout=view.layout, at=at)
    return map_id, told.id


def _map_of(actor: Actor, kind: Object, values: Mapping[str, Any]) -> UUID | None:
    """Return the map to be of the pipeline that a record travels, or could."""
    live: list[Pipeline] = [
        one for one in runtime.current().blueprint.pipelines if one.object == kind.uid and not one.archived
    ]
    travelled = next((one for one in live if one.uid == values.get("pipeline")), next(iter(live), None))
    return drawn_maps.find_map_of(actor, uid=travelled.uid, state="to_be") if travelled else None


@dataclass(frozen=True)
class _Told:
    """An event, the act that it was, and what was then true."""

    event: Any
    act: Values
    then: list[Values]


class _Telling:
    """Tells the events of one record as acts."""

    def __init__(self, actor: Actor, kind: Object, seen: Mapping[str, Any]) -> None:
        self.actor, self.kind, self.seen = actor, kind, seen
        readable = scope.readable(runtime.current().blueprint, actor, kind)
        named = privacy.free_fields(kind).keys() - {sight.title(kind)} if privacy.is_personal(kind) else set()
        self.fields = {one.uid: one for one in readable if not one.system and one.name not in named}
        self.people: dict[int, Values] = {}
        self.given: dict[str, Values] = {}

    def scenario(self, taken: set[str]) -> Scenario:
        """Return the scenario, under an id that is free.

        :raises NothingToRecord: when nobody did anything.
        """
        subject = rows.subject(self.kind, self.seen["id"])
        newest = events.of_subject(subject, kinds=_KINDS, limit=MOST_ACTS)
        done = [one for one in reversed(newest) if one.actor_id is not None and one.provenance == "person"]
        told = [known for one in done if (known := self._told(one)) is not None]
        if not told:
            raise NothingToRecord
        if told[0].act["do"] != "create":
            self._stand(subject, told[0].event)
        moments = self._moments(told)
        title = _called(self.kind, self.seen["title"], self.actor.lang)
        return Scenario.model_validate(
            {
                "id": naming.free_uid("sc_enregistre", taken),
                "title": texts.say("automation.recorded_title", self.actor.lang, title=title),
                "people": list(self.people.values()),
                "given": list(self.given.values()),
                "moments": moments[:MOST_ACTS],
            }
        )

    def _moments(self, told: Iterable[_Told]) -> list[Values]:
        """Return the acts in turn, with the days that went by between them."""
        moments: list[Values] = []
        before: datetime | None = None
        for one in told:
            days = (one.event.at - before).days if before else 0
            if days:
                moments.append({"act": {"do": "wait", "span": _days(days)}})
            before = one.event.at
            act = {**one.act, "by": self._person(one.event.actor_id), "record": _RECORD}
            moments.append({"act": act, "then": one.then})
        return moments

    def _told(self, one: Any) -> _Told | None:
        """Return the act that an event was; None when all it changed is out of sight."""
        data = one.data
        if one.kind == "record.created":
            born = {key: value for key, value in data["values"].items() if (key, value) != _own(one)}
            act = {"do": "create", "object": self.kind.name, "values": self._values(born, one)}
            return _Told(one, act, _at(data.get("stage")))
        values = self._values({key: new for key, (_, new) in data.get("changes", {}).items()}, one)
        if one.kind == "record.updated":
            return _Told(one, {"do": "update", "values": values}, []) if values else None
        act = {"do": "move", "to": data["to"], "values": values, "motive": data.get("motive", "")}
        if one.kind == "record.moved":
            return _Told(one, {**act, "override": data.get("overridden", False)}, _at(data["to"]))
        missing = [self.fields[uid].name for uid in data["missing"] if uid in self.fields]
        refused = {"expect": "refused", "missing": missing, "unmet": data["unmet"]}
        return _Told(one, act, [refused, *_at(data["from"])])

    def _stand(self, subject: str, first: Any) -> None:
        """Put the record there as the first act found it."""
        known = events.replay(subject, before=(first.at, first.pk)) or {}
        title = _called(self.kind, self.seen["title"], self.actor.lang)
        values = {sight.title(self.kind): title, **self._values(known, first)}
        owner = values.pop("owner", None)
        self.given[_RECORD] = {
            "id": _RECORD,
            "object": self.kind.name,
            "values": values,
            "stage": known.get("stage") or None,
            "owner": owner and owner["person"],
        }

    def _values(self, values: Mapping[str, Any], one: Any) -> Values:
        """Return the values that an event set as a scenario says them, by the names of their fields."""
        found = {
            self.fields[uid].name: self._value(self.fields[uid], value, one)
            for uid, value in values.items()
            if uid in self.fields and value not in (None, "")
        }
        return {name: value for name, value in found.items() if value is not None}

    def _value(self, field: Field, value: Any, one: Any) -> Any:
        """Return a value as a scenario says it; None when it cannot."""
        match field.type:
            case "person":
                return {"person": self._person(int(value))}
            case "link":
                return self._linked(field, one.actor_id)
            case "links":
                return None
            case "date" | "datetime":
                then = one.at.astimezone(calendars.DEFAULT.tz).date()
                days = (date.fromisoformat(str(value)[:10]) - then).days
                return {"in" if days >= 0 else "ago": _days(abs(days))}
        return _called(self.kind, value, self.actor.lang) if field.uid == self.kind.title else value

    def _linked(self, field: Field, person: int) -> dict[str, str] | None:
        """Return the record that a field points to today: there from the beginning, held by who names it."""
        known = self.seen["linked"].get(field.name)
        if not known or not known["title"]:
            return None
        kind = runtime.current().object(known["object"])
        alias = naming.free_uid(field.name, {_RECORD})
        named = {sight.title(kind): _called(kind, known["title"], self.actor.lang)}
        owner = self._person(person) if scope.holder_of(kind) == "owner" else None
        there = {"id": alias, "object": kind.name, "values": named, "owner": owner}
        self.given.setdefault(alias, there)
        return {"record": alias}

    def _person(self, person: int) -> str:
        if person not in self.people:
            known = {one.uid: one.label for one in runtime.current().blueprint.roles if not one.archived}
            role = min(_roles(person) & known.keys() or known)
            n = 1 + sum(one["role"] == role for one in self.people.values())
            name = f"{known[role].say(self.actor.lang)} {n}"
            self.people[person] = {"id": f"personne_{len(self.people) + 1}", "role": role, "name": name}
        return str(self.people[person]["id"])


def _own(created: Any) -> tuple[str, int]:
    """Return the owner that a record has by itself: who created it."""
    return "owner", created.actor_id


def _at(stage: str | None) -> list[Values]:
    return [{"expect": "stage", "record": _RECORD, "stage": stage}] if stage else []


def _called(kind: Object, title: str, lang: str) -> str:
    """Return what a record is called in a scenario: its title, unless that names somebody."""
    return kind.label.say(lang) if privacy.is_personal(kind) or not title else title


def _roles(person: int) -> frozenset[str]:
    """Return the roles of a person, none once they left."""
    try:
        return people.get_actor(actors.system(), id=person).roles
    except NotThere:
        return frozenset()


def _days(days: int) -> Values:
    return codec.dump(Duration(amount=days, unit="days"))
