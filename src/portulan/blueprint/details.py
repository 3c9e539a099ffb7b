"""What a change consists of, fact by fact: a part is described before and after, the difference is said."""

from collections.abc import Callable, Iterator
from typing import Any

from babel.lists import format_list

from portulan.base import texts
from portulan.base.conditions import say as conditions
from portulan.blueprint.diff import Change, Part
from portulan.blueprint.schema import (
    Approval,
    Blueprint,
    Board,
    Field,
    Figure,
    Object,
    Promise,
    Right,
    Role,
    Rule,
    Setting,
    Stage,
    Transition,
)
from portulan.blueprint.shapes import conditions_of
from portulan.blueprint.wording import Wording

_VERBS = ("read", "update", "delete", "export")


class Teller:
    """Says the facts of the parts of two blueprints in one language."""

    def __init__(self, old: Blueprint, new: Blueprint, lang: str) -> None:
        """Gather the labels and the schema of both sides, the newer one first."""
        self.lang = lang
        self._schema = conditions_of(new)
        self._wording = Wording(lang, new, old)
        self._labels: dict[str, str] = {}
        self._objects: dict[str, str] = {}
        for one in (*old.objects, *new.objects):
            self._labels[one.uid] = one.label.say(lang)
            self._objects[one.uid] = one.name
            self._labels |= {f"{one.uid}/{field.uid}": field.label.say(lang) for field in one.fields}
        self._subjects = {one.uid: one.object for one in (*old.pipelines, *new.pipelines)}
        self._roles = {role.uid: role.label.say(lang) for role in (*old.roles, *new.roles)}

    def details(self, change: Change) -> list[str]:
        """Return what the change consists of, each fact marked as gained or given up."""
        before, after = (self._facts(part, change) for part in (change.before, change.after))
        if change.action == "remove":
            return []
        gained = [self._say("gained", fact=fact) for fact in after if fact not in before]
        given_up = [self._say("given_up", fact=fact) for fact in before if fact not in after]
        return [*gained, *given_up]

    def facts(self, change: Change) -> list[str]:
        """Return what the part that a change leads to consists of."""
        return self._facts(change.after, change)

    def _facts(self, part: Part | Setting | None, change: Change) -> list[str]:
        teller: Callable[..., Iterator[str]] | None = _TELLERS.get(type(part))
        return [] if teller is None else list(teller(self, part, change.path[0]))

    def kind(self, kind: Object, _within: str) -> Iterator[str]:
        """Say an object: what several of its records are called."""
        yield self._say("object_plural", plural=kind.plural.say(self.lang))

    def field(self, field: Field, _within: str) -> Iterator[str]:
        """Say a field: its type, what it holds, whether it is required."""
        yield self._say(f"type_{field.type}")
        if field.required:
            yield self._say("is_required")
        if field.unique:
            yield self._say("is_unique")
        for choice in field.choices:
            yield self._say("has_choice", choice=choice.label.say(self.lang))

    def stage(self, stage: Stage, pipeline: str) -> Iterator[str]:
        """Say a stage: what leaving and entering it asks for, its delay and its probability."""
        for uid in stage.required:
            yield self._say("stage_requires", field=self._field(pipeline, uid))
        for criterion in stage.exit:
            yield self._say("stage_exit", criterion=criterion.label)
        for criterion in stage.entry:
            yield self._say("stage_entry", criterion=criterion.label)
        if stage.delay is not None:
            span = texts.say(f"base.say_unit_{stage.delay.unit}", self.lang, n=stage.delay.amount)
            yield self._say("stage_delay", span=span)
        if stage.probability is not None:
            yield self._say("stage_probability", probability=stage.probability)

    def transition(self, way: Transition, pipeline: str) -> Iterator[str]:
        """Say a passage: who may take it, on which records, what must be filled, what follows."""
        if way.roles:
            names = [self._roles.get(role, role) for role in way.roles]
            yield self._say("passage_roles", roles=format_list(names, locale=self.lang))
        if way.condition is not None:
            name = self._objects.get(self._subjects.get(pipeline, ""), "")
            yield self._say(
                "passage_condition", condition=conditions.say(way.condition, self._schema, name, self.lang)
            )
        for uid in way.required:
            yield self._say("passage_requires", field=self._field(pipeline, uid))
        for label in way.after:
            yield self._say("passage_after", label=label)

    def role(self, role: Role, _within: str) -> Iterator[str]:
        """Say a role: what it may do, object by object."""
        for right in role.rights:
            said = [self._say("may_create")] if right.create else []
            for verb in _VERBS:
                scope = getattr(right, verb)
                if scope != "none":
                    said.append(self._say(f"may_{verb}", scope=self._say(f"scope_{scope}")))
            if right.update != "none" and right.others == "read":
                said.append(self._say("only_fields", fields=self._listed(right)))
            listed = format_list(said, locale=self.lang) if said else self._say("may_nothing")
            yield self._say("role_right", object=self._labels.get(right.object, right.object), rights=listed)

    def rule(self, rule: Rule, _within: str) -> Iterator[str]:
        """Say a rule as one sentence."""
        yield self._wording.rule(rule)

    def promise(self, promise: Promise, _within: str) -> Iterator[str]:
        """Say a promise: what it measures, for whom, who is told."""
        yield self._wording.promise(promise)

    def approval(self, approval: Approval, _within: str) -> Iterator[str]:
        """Say an approval: whose, on which records."""
        yield self._wording.approval(approval)

    def figure(self, figure: Figure, _within: str) -> Iterator[str]:
        """Say a figure: how it is counted, what it means, what it aims at, who answers for it."""
        yield self._wording.figure(figure)
        if figure.definition:
            yield figure.definition
        if figure.goal is not None:
            yield self._wording.goal(figure)
        if figure.owner:
            yield self._say("measure_owner", role=self._roles.get(figure.owner, figure.owner))

    def board(self, board: Board, _within: str) -> Iterator[str]:
        """Say a board: for whom it is, which figures it shows."""
        yield self._wording.board(board)

    def _listed(self, right: Right) -> str:
        """Return the fields that a right reaches alone."""
        reached = (uid for uid, access in right.fields.items() if access == "write")
        labels = [self._labels.get(f"{right.object}/{uid}", uid) for uid in reached]
        return format_list([f"« {one} »" for one in labels], locale=self.lang) or "–"

    def _field(self, pipeline: str, uid: str) -> str:
        return self._labels.get(f"{self._subjects.get(pipeline, '')}/{uid}", uid)

    def _say(self, key: str, **facts: Any) -> str:
        return texts.say(f"blueprint.{key}", self.lang, **facts)


_TELLERS: dict[type, Callable[..., Iterator[str]]] = {
    Object: Teller.kind,
    Field: Teller.field,
    Stage: Teller.stage,
    Transition: Teller.transition,
    Role: Teller.role,
    Rule: Teller.rule,
    Promise: Teller.promise,
    Approval: Teller.approval,
    Figure: Teller.figure,
    Board: Teller.board,
}
