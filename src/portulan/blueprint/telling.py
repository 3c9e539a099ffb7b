"""Scenarios as sentences: given, when, then, with the labels of a blueprint.

What the blueprint does not know is said by its name: `check_scenarios` says that it does not exist.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from babel.lists import format_list

from portulan.base import texts
from portulan.base.conditions import check, say
from portulan.base.conditions.model import Condition
from portulan.base.durations import Duration
from portulan.blueprint import nouns, references
from portulan.blueprint.references import resolved
from portulan.blueprint.schema import Blueprint, Field
from portulan.blueprint.shapes import conditions_of
from portulan.maps.scenarios import (
    Act,
    AtStage,
    Create,
    Exists,
    Expectation,
    Given,
    Holds,
    Mailed,
    May,
    Move,
    OwnedBy,
    Promised,
    Refused,
    Scenario,
    Task,
    Told,
    Update,
    Wait,
)


@dataclass(frozen=True)
class ToldMoment:
    """An act and what must then be true."""

    when: str
    then: tuple[str, ...]


@dataclass(frozen=True)
class Telling:
    """A scenario in sentences, without their first words (given, when, then)."""

    given: tuple[str, ...]
    moments: tuple[ToldMoment, ...]


def tell(scenario: Scenario, blueprint: Blueprint, lang: str) -> Telling:
    """Return a scenario as sentences."""
    telling = _Telling(scenario, blueprint, lang)
    people = (
        telling.say("person", name=one.name, role=telling.label(f"role/{one.role}"))
        for one in scenario.people
    )
    return Telling(
        given=(*people, *map(telling.given, scenario.given)),
        moments=tuple(
            ToldMoment(telling.act(one.act), tuple(map(telling.expectation, one.then)))
            for one in scenario.moments
        ),
    )


class _Telling:
    """The words of one scenario in one language."""

    def __init__(self, scenario: Scenario, blueprint: Blueprint, lang: str) -> None:
        self.lang = lang
        self._blueprint = blueprint
        self._schema = conditions_of(blueprint)
        self._labels: dict[str, str] = {}
        self._fields: dict[tuple[str, str], Field] = {}
        self._titles: dict[str, str] = {}
        self._gather(blueprint)
        self._people = {one.id: one.name for one in scenario.people}
        self._objects: dict[str, str] = {}
        self._records: dict[str, str] = {}
        for one in (*scenario.given, *(moment.act for moment in scenario.moments)):
            if isinstance(one, Given | Create):
                alias = one.id if isinstance(one, Given) else one.record
                self._objects[alias] = one.object
                named = one.values.get(self._titles.get(one.object, "name"))
                self._records[alias] = str(named or alias)

    def given(self, one: Given) -> str:
        """Return what is there at the beginning."""
        stage = self.say("at_stage", stage=self.label(one.stage)) if one.stage else ""
        owner = self.say("held_by", person=self._people.get(one.owner, one.owner)) if one.owner else ""
        said = self.say(
            "given",
            object=self._a(one.object),
            record=self._record(one.id),
            values=self._values(one.object, one.values),
            stage=stage,
            owner=owner,
        )
        return said[:1].upper() + said[1:]

    def act(self, act: Act) -> str:
        """Return what somebody does."""
        if isinstance(act, Wait):
            return self.say("wait", span=self._span(act.span))
        who = self._people.get(act.by, act.by)
        facts = {"who": who, "record": self._record(act.record)}
        kind = self._objects.get(act.record, "")
        match act:
            case Create():
                values = self._values(act.object, act.values)
                return self.say("create", object=self._a(act.object), values=values, **facts)
            case Update():
                return self.say("update", values=self._values(kind, act.values), **facts)
            case Move():
                key = "move_override" if act.override else "move"
                values = self._values(kind, act.values)
                return self.say(key, stage=self.label(act.to), values=values, **facts)
        spoken = getattr(act, "kind", "")
        said_kind = self._value("activity", "kind", spoken) if spoken else ""
        return self.say(act.do, label=act.label, kind=said_kind, **facts)

    def expectation(self, one: Expectation) -> str:
        """Return what must be true."""
        tells: Callable[[Any], str] = getattr(self, f"_expect_{one.expect}")
        return tells(one)

    def say(self, key: str, **facts: Any) -> str:
        """Return a sentence of the catalogue."""
        return texts.say(f"blueprint.tell_{key}", self.lang, **facts)

    def label(self, uid: str) -> str:
        """Return what a stage, a criterion or a role is called."""
        return self._labels.get(uid) or uid.rpartition("/")[2]

    def _gather(self, blueprint: Blueprint) -> None:
        for one in blueprint.objects:
            self._labels[f"object/{one.name}"] = one.label.say(self.lang)
            fields = {field.uid: field for field in one.fields if not field.archived}
            self._fields |= {(one.name, field.name): field for field in fields.values()}
            self._titles[one.name] = fields[one.title].name if one.title in fields else "name"
        for pipeline in blueprint.pipelines:
            for stage in pipeline.stages:
                self._labels[stage.uid] = stage.label.say(self.lang)
                self._labels |= {f"criterion/{c.id}": c.label for c in (*stage.entry, *stage.exit)}
        self._labels |= {f"role/{one.uid}": one.label.say(self.lang) for one in blueprint.roles}

    def _expect_holds(self, one: Holds) -> str:
        condition = self._condition(one.condition, self._objects.get(one.record, ""))
        return self.say("holds", record=self._record(one.record), condition=condition)

    def _expect_stage(self, one: AtStage) -> str:
        return self.say("stage", record=self._record(one.record), stage=self.label(one.stage))

    def _expect_told(self, one: Told) -> str:
        return self.say("told", who=self._people.get(one.person, one.person), text=one.text)

    def _expect_promised(self, one: Promised) -> str:
        measure = self.say(f"measure_{one.measure}")
        return self.say(f"promised_{one.standing}", measure=measure, record=self._record(one.record))

    def _expect_mailed(self, one: Mailed) -> str:
        to = self.say("mailed_to", to=self._record(one.to)) if one.to else ""
        facts = {"label": one.label, "record": self._record(one.record), "to": to}
        return self.say("mailed" if one.count else "no_mail", n=one.count, **facts)

    def _expect_owner(self, one: OwnedBy) -> str:
        record = self._record(one.record)
        if one.person:
            return self.say("owner", record=record, person=self._people.get(one.person, one.person))
        return self.say("owner_role", record=record, role=self.label(f"role/{one.role}"))

    def _expect_refused(self, one: Refused) -> str:
        fields = format_list([self._any_field(name) for name in one.missing], locale=self.lang)
        said = [self.say("criterion", label=self.label(f"criterion/{uid}")) for uid in one.unmet]
        criteria = format_list(said, locale=self.lang)
        ways = {(True, True): "_both", (True, False): "_missing", (False, True): "_unmet", (False, False): ""}
        key = f"refused{ways[bool(one.missing), bool(one.unmet)]}"
        return self.say(key, fields=fields, criteria=criteria)

    def _expect_task(self, one: Task) -> str:
        facts = {"record": self._record(one.record), "label": one.label}
        still = self.say("open") if one.open else ""
        return self.say("task" if one.count else "no_task", n=one.count, open=still, **facts)

    def _expect_exists(self, one: Exists) -> str:
        label = self.label(f"object/{one.object}").lower()
        if one.condition is None:
            return self.say("exists", n=one.count, object=label)
        condition = self._condition(one.condition, one.object)
        return self.say("exists_where", n=one.count, object=label, condition=condition)

    def _expect_may(self, one: May) -> str:
        what = (
            self.say("record", record=self._record(one.record))
            if one.record
            else self.say("any", object=self.label(f"object/{one.object}").lower())
        )
        verb = texts.say(f"blueprint.verb_{one.verb}", self.lang)
        who = self._people.get(one.person, one.person)
        return self.say("may" if one.allowed else "may_not", who=who, verb=verb, what=what)

    def _condition(self, condition: Condition, kind: str) -> str:
        known = {alias: index for index, alias in enumerate([*self._records, *self._people], 1)}
        plain = resolved(condition, known)
        if check.problems(plain, self._schema, kind):
            return "…"
        return say.say(plain, self._schema, kind, self.lang)

    def _values(self, kind: str, values: Mapping[str, Any]) -> str:
        said = [
            self.say("value", field=self._field(kind, name), value=self._value(kind, name, value))
            for name, value in values.items()
            if name != self._titles.get(kind)
        ]
        return self.say("values", values=", ".join(said)) if said else ""

    def _value(self, kind: str, name: str, value: Any) -> str:
        if references.token(value):
            return self._token(value)
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        field = self._fields.get((kind, name))
        chosen = {one.id: one.label.say(self.lang) for one in field.choices} if field else {}
        return chosen.get(str(value), str(value))

    def _token(self, value: Mapping[str, Any]) -> str:
        ((word, inner),) = value.items()
        if word in references.MOMENTS:
            span = references.find_span(value)
            return self.say(word, span=self._span(span)) if span else "…"
        return self._people.get(inner) or self._records.get(inner) or str(inner)

    def _field(self, kind: str, name: str) -> str:
        field = self._fields.get((kind, name))
        return field.label.say(self.lang) if field else name

    def _any_field(self, name: str) -> str:
        found = (field.label.say(self.lang) for (_, one), field in self._fields.items() if one == name)
        return f"« {next(found, name)} »" if self.lang == "fr" else f"“{next(found, name)}”"

    def _record(self, alias: str) -> str:
        return self._records.get(alias, alias)

    def _a(self, kind: str) -> str:
        return nouns.a_record(self._blueprint, kind, self.label(f"object/{kind}"), self.lang)

    def _span(self, span: Duration) -> str:
        return texts.say(f"base.say_unit_{span.unit}", self.lang, n=span.amount)
