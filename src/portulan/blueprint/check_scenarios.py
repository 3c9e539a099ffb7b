"""Whether a scenario can be played on a blueprint: what it names exists; every problem at once.

Values are not read here: the operations that receive them do, as they do for the screens.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from portulan.base.conditions import check as conditions
from portulan.base.conditions.model import Condition
from portulan.base.refusals import Problem
from portulan.blueprint import references
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

ACTIVITY = "activity"


def check_scenario(scenario: Scenario, blueprint: Blueprint) -> list[Problem]:
    """Return every reason why a scenario cannot be played, each at its place such as `moments/3/then/0`."""
    return list(_Known(scenario, blueprint).problems())


class _Known:
    """What a scenario may name, growing as its acts create records."""

    def __init__(self, scenario: Scenario, blueprint: Blueprint) -> None:
        self._scenario = scenario
        self._schema = conditions_of(blueprint)
        live = [one for one in blueprint.objects if not one.archived]
        self._uids = {one.name: one.uid for one in live}
        self._fields: dict[str, dict[str, Field]] = {
            one.name: {field.name: field for field in one.fields if not field.archived} for one in live
        }
        pipes = [one for one in blueprint.pipelines if not one.archived]
        stages = [(one.object, stage) for one in pipes for stage in one.stages if not stage.archived]
        self._stages = {(kind, stage.uid) for kind, stage in stages}
        self._criteria = {c.id for _, stage in stages for c in (*stage.entry, *stage.exit)}
        self._promised = {(one.object, one.measure) for one in blueprint.promises if not one.archived}
        self._roles = {role.uid for role in blueprint.roles if not role.archived}
        self._people = {one.id for one in scenario.people}
        self._records: dict[str, str] = {}

    def problems(self) -> Iterator[Problem]:
        """Yield the problems, in the order of the story."""
        for index, person in enumerate(self._scenario.people):
            if person.role not in self._roles:
                yield _problem(f"people/{index}", "role", person.role)
        yield from self._twice()
        for index, one in enumerate(self._scenario.given):
            yield from self._given(f"given/{index}", one)
        for index, moment in enumerate(self._scenario.moments):
            where = f"moments/{index}"
            yield from self._act(f"{where}/act", moment.act)
            for rank, expected in enumerate(moment.then):
                yield from self._expectation(f"{where}/then/{rank}", expected)

    def _twice(self) -> Iterator[Problem]:
        aliases = [*(one.id for one in self._scenario.people), *(one.id for one in self._scenario.given)]
        aliases += [one.act.record for one in self._scenario.moments if isinstance(one.act, Create)]
        for alias in sorted({one for one in aliases if aliases.count(one) > 1}):
            yield _problem(alias, "alias_twice", alias)

    def _given(self, where: str, one: Given) -> Iterator[Problem]:
        yield from self._made(where, one.id, one.object, one.values)
        if one.owner is not None:
            yield from self._person(where, one.owner)
        if one.stage is not None:
            yield from self._stage(where, one.id, one.stage)

    def _made(self, where: str, alias: str, kind: str, values: Mapping[str, Any]) -> Iterator[Problem]:
        self._records[alias] = kind
        if kind not in self._fields:
            yield _problem(where, "object", kind)
        else:
            yield from self._values(where, kind, values)

    def _act(self, where: str, act: Act) -> Iterator[Problem]:
        if isinstance(act, Wait):
            return
        yield from self._person(where, act.by)
        if isinstance(act, Create):
            yield from self._made(where, act.record, act.object, act.values)
            return
        yield from self._record(where, act.record)
        if isinstance(act, Update | Move):
            yield from self._values(where, self._records.get(act.record, ""), act.values)
        if isinstance(act, Move):
            yield from self._stage(where, act.record, act.to)
        elif not isinstance(act, Update):
            yield from self._linkable(where, act.record)

    def _expectation(self, where: str, one: Expectation) -> Iterator[Problem]:
        alias = getattr(one, "record", None)
        if alias is not None:
            yield from self._record(where, alias)
        checks: Callable[[str, Any], Iterator[Problem]] = getattr(self, f"_expect_{one.expect}")
        yield from checks(where, one)

    def _expect_holds(self, where: str, one: Holds) -> Iterator[Problem]:
        yield from self._condition(where, self._records.get(one.record, ""), one.condition)

    def _expect_stage(self, where: str, one: AtStage) -> Iterator[Problem]:
        yield from self._stage(where, one.record, one.stage)

    def _expect_task(self, where: str, one: Task) -> Iterator[Problem]:
        yield from self._linkable(where, one.record)

    def _expect_exists(self, where: str, one: Exists) -> Iterator[Problem]:
        yield from self._object(where, one.object)
        if one.condition is not None:
            yield from self._condition(where, one.object, one.condition)

    def _expect_may(self, where: str, one: May) -> Iterator[Problem]:
        yield from self._person(where, one.person)
        if one.record is None:
            yield from self._object(where, one.object or "")

    def _expect_told(self, where: str, one: Told) -> Iterator[Problem]:
        yield from self._person(where, one.person)

    def _expect_promised(self, where: str, one: Promised) -> Iterator[Problem]:
        kind = self._uids.get(self._records.get(one.record, ""))
        if kind is not None and (kind, one.measure) not in self._promised:
            yield _problem(where, "promise", self._records[one.record])

    def _expect_mailed(self, where: str, one: Mailed) -> Iterator[Problem]:
        if one.to is not None:
            yield from self._record(where, one.to)

    def _expect_owner(self, where: str, one: OwnedBy) -> Iterator[Problem]:
        if one.person is not None:
            yield from self._person(where, one.person)
        elif one.role not in self._roles:
            yield _problem(where, "role", one.role or "")

    def _expect_refused(self, where: str, one: Refused) -> Iterator[Problem]:
        known = {name for fields in self._fields.values() for name in fields}
        yield from (_problem(where, "field", name) for name in one.missing if name not in known)
        yield from (_problem(where, "criterion", uid) for uid in one.unmet if uid not in self._criteria)

    def _values(self, where: str, kind: str, values: Mapping[str, Any]) -> Iterator[Problem]:
        fields = self._fields.get(kind, {})
        for name, value in values.items():
            if name not in fields:
                yield _problem(f"{where}/{name}", "field", name)
            elif references.token(value) in references.MOMENTS and references.find_span(value) is None:
                yield _problem(f"{where}/{name}", "span", name)
            yield from self._aliases(f"{where}/{name}", value)

    def _condition(self, where: str, kind: str, condition: Condition) -> Iterator[Problem]:
        yield from self._aliases(where, condition.model_dump(mode="json", by_alias=True))
        if kind not in self._fields:
            return
        ids = dict.fromkeys([*self._records, *self._people], 1)
        for one in conditions.problems(references.resolved(condition, ids), self._schema, kind):
            yield Problem(f"{where}{one.where}", one.code, one.facts)

    def _aliases(self, where: str, value: Any) -> Iterator[Problem]:
        for word, alias in references.aliases(value):
            known: Iterable[str] = self._people if word == "person" else self._records
            if alias not in known:
                yield _problem(where, word, str(alias))

    def _stage(self, where: str, alias: str, stage: str) -> Iterator[Problem]:
        if (self._uids.get(self._records.get(alias, "")), stage) not in self._stages:
            yield _problem(where, "stage", stage)

    def _linkable(self, where: str, alias: str) -> Iterator[Problem]:
        kind = self._records.get(alias, "")
        links = {field.to for field in self._fields.get(ACTIVITY, {}).values() if field.to}
        if kind in self._fields and self._uids[kind] not in links:
            yield _problem(where, "no_activity", kind)

    def _person(self, where: str, alias: str) -> Iterator[Problem]:
        if alias not in self._people:
            yield _problem(where, "person", alias)

    def _record(self, where: str, alias: str) -> Iterator[Problem]:
        if alias not in self._records:
            yield _problem(where, "record", alias)

    def _object(self, where: str, kind: str) -> Iterator[Problem]:
        if kind not in self._fields:
            yield _problem(where, "object", kind)


def _problem(where: str, what: str, name: str) -> Problem:
    return Problem(where, f"blueprint.scenario_{what}", {"name": name})
