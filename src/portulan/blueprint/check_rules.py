"""Whether the rules of a blueprint can run: what they name exists, and none sets itself off for ever."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from portulan.base import placeholders
from portulan.base.conditions import check as conditions
from portulan.base.conditions.model import Test
from portulan.base.refusals import Problem
from portulan.blueprint.loops import loops
from portulan.blueprint.schema import Approval, Blueprint, Field, Promise, Rule
from portulan.blueprint.shapes import conditions_of
from portulan.maps.rules import (
    HIERARCHY,
    Action,
    AskApproval,
    Assign,
    CallWebhook,
    Changed,
    CreateRecord,
    CreateTask,
    DateReached,
    Entered,
    Escalate,
    Left,
    MarkSignal,
    MoveTo,
    Notify,
    SendMail,
    StartSequence,
    StopSequence,
    Taken,
    Trigger,
    UpdateRecord,
)


def check_rules(blueprint: Blueprint) -> Iterator[Problem]:
    """Yield every reason why the rules cannot run."""
    live = [rule for rule in blueprint.rules if not rule.archived]
    known = _Known(blueprint)
    for rule in live:
        if [one.uid for one in live].count(rule.uid) > 1:
            yield _problem(rule, "rule_twice")
        if rule.object not in known.fields:
            yield _problem(rule, "rule_without_object")
            continue
        yield from known.rule(rule)
    for promise in (one for one in blueprint.promises if not one.archived):
        yield from known.promise(promise)
    for approval in (one for one in blueprint.approvals if not one.archived):
        yield from known.approval(approval)
    for circle in loops(live, blueprint.pipelines):
        names = " → ".join(f"« {one.label.fr} »" for one in (*circle, circle[0]))
        yield _problem(circle[0], "rule_loop", rules=names)


class _Known:
    """What rules may name."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.schema = conditions_of(blueprint)
        live = [one for one in blueprint.objects if not one.archived]
        self.names = {one.uid: one.name for one in live}
        self.fields: dict[str, dict[str, Field]] = {
            one.uid: {field.uid: field for field in one.fields if not field.archived} for one in live
        }
        pipes = [one for one in blueprint.pipelines if not one.archived]
        self.stages = {(one.object, stage.uid) for one in pipes for stage in one.stages if not stage.archived}
        self.ways = {(one.object, way.uid) for one in pipes for way in one.transitions if not way.archived}
        self.roles = {role.uid for role in blueprint.roles if not role.archived}

    def rule(self, rule: Rule) -> Iterator[Problem]:
        """Yield what one rule names and does not exist."""
        for trigger in (rule.trigger, *rule.unless):
            yield from self._trigger(rule, trigger)
        for trigger in rule.unless:
            if trigger.on in ("created", "date_reached", "inactive"):
                yield _problem(rule, "rule_unless_no_event")
        if rule.condition is not None:
            for one in conditions.problems(rule.condition, self.schema, self.names[rule.object]):
                yield Problem(f"{rule.uid}{one.where}", one.code, one.facts)
        for action in rule.actions:
            yield from self._action(rule, action)

    def promise(self, promise: Promise) -> Iterator[Problem]:
        """Yield what one promise names and does not exist."""
        facts = {"promise": promise.label.fr}
        if promise.object not in self.fields:
            yield Problem(promise.uid, "blueprint.promise_without_object", facts)
            return
        if promise.condition is not None:
            for one in conditions.problems(promise.condition, self.schema, self.names[promise.object]):
                yield Problem(f"{promise.uid}{one.where}", one.code, one.facts)
        for role in set(promise.escalate) - self.roles:
            yield Problem(promise.uid, "blueprint.promise_unknown_role", {**facts, "role": role})

    def approval(self, approval: Approval) -> Iterator[Problem]:
        """Yield what one approval names and does not exist."""
        facts = {"approval": approval.label.fr}
        if (approval.object, approval.stage) not in self.stages:
            yield Problem(approval.uid, "blueprint.approval_unknown_stage", facts)
            return
        if approval.condition is not None:
            for one in conditions.problems(approval.condition, self.schema, self.names[approval.object]):
                yield Problem(f"{approval.uid}{one.where}", one.code, one.facts)
        for role in sorted({*approval.approvers} - self.roles - {HIERARCHY}):
            yield Problem(approval.uid, "blueprint.approval_unknown_role", {**facts, "role": role})

    def _trigger(self, rule: Rule, trigger: Trigger) -> Iterator[Problem]:
        match trigger:
            case Changed() | DateReached():
                yield from self._field(rule, rule.object, trigger.field)
            case Entered() | Left():
                yield from self._stage(rule, trigger.stage or "")
            case Taken():
                if (rule.object, trigger.passage) not in self.ways:
                    yield _problem(rule, "rule_unknown_passage", passage=trigger.passage or "")
        dated = isinstance(trigger, DateReached) and self.fields[rule.object].get(trigger.field)
        if dated and dated.type not in ("date", "datetime"):
            yield _problem(rule, "rule_field_no_date", field=dated.label.fr)

    def _action(self, rule: Rule, action: Action) -> Iterator[Problem]:
        check: Callable[[Rule, Any], Iterator[Problem]] = getattr(self, f"_do_{action.do}")
        yield from check(rule, action)

    def _do_move(self, rule: Rule, action: MoveTo) -> Iterator[Problem]:
        yield from self._stage(rule, action.stage)

    def _do_update_record(self, rule: Rule, action: UpdateRecord) -> Iterator[Problem]:
        yield from self._written(rule, rule.object, action.values)

    def _do_create_task(self, rule: Rule, action: CreateTask) -> Iterator[Problem]:
        yield from self._role(rule, action.to)
        yield from self._text(rule, action.label)

    def _do_notify(self, rule: Rule, action: Notify) -> Iterator[Problem]:
        yield from self._role(rule, action.to)
        yield from self._text(rule, action.text)

    def _do_send_mail(self, rule: Rule, action: SendMail) -> Iterator[Problem]:
        yield from self._text(rule, action.title, action.body, f"{{{{{action.address}}}}}")

    def _do_call_webhook(self, rule: Rule, action: CallWebhook) -> Iterator[Problem]:
        if not action.url.startswith(("https://", "http://")):
            yield _problem(rule, "rule_bad_url", url=action.url)
        for uid in action.fields:
            yield from self._field(rule, rule.object, uid)

    def _do_escalate(self, rule: Rule, action: Escalate) -> Iterator[Problem]:
        yield from self._text(rule, action.text)

    def _do_mark_signal(self, rule: Rule, action: MarkSignal) -> Iterator[Problem]:
        yield from self._text(rule, action.label)

    def _do_start_sequence(self, rule: Rule, action: StartSequence) -> Iterator[Problem]:
        for step in action.steps:
            yield from self._action(rule, step.action)

    def _do_stop_sequence(self, _rule: Rule, _action: StopSequence) -> Iterator[Problem]:
        yield from ()

    def _text(self, rule: Rule, *texts: str) -> Iterator[Problem]:
        """Yield the words of texts that stand for no value of the record."""
        for text in texts:
            for name in placeholders.names(text):
                asked = Test(field=name, test="not_empty")
                if list(conditions.problems(asked, self.schema, self.names[rule.object])):
                    yield _problem(rule, "rule_unknown_word", word=name)
            for misfit in placeholders.misfits(text):
                yield _problem(rule, "rule_unknown_word", word=misfit)

    def _do_ask_approval(self, rule: Rule, action: AskApproval) -> Iterator[Problem]:
        if action.role != HIERARCHY:
            yield from self._role(rule, action.role)

    def _do_create_record(self, rule: Rule, action: CreateRecord) -> Iterator[Problem]:
        if action.object not in self.fields:
            yield _problem(rule, "rule_unknown_object", object=action.object)
            return
        link = [action.link] if action.link else []
        yield from self._written(rule, action.object, (*action.values, *action.copied, *link))
        for uid in action.copied.values():
            yield from self._field(rule, rule.object, uid)

    def _written(self, rule: Rule, kind: str, uids: Iterable[str]) -> Iterator[Problem]:
        for uid in uids:
            yield from self._field(rule, kind, uid, written=True)

    def _field(self, rule: Rule, kind: str, uid: str, *, written: bool = False) -> Iterator[Problem]:
        field = self.fields[kind].get(uid)
        if field is None:
            yield _problem(rule, "rule_unknown_field", field=uid)
        elif written and field.system:
            yield _problem(rule, "rule_system_field", field=field.label.fr)

    def _do_assign(self, rule: Rule, action: Assign) -> Iterator[Problem]:
        yield from self._role(rule, action.role)
        if action.within is not None and not action.within.amount:
            yield _problem(rule, "rule_no_time")
        for pool in action.pools:
            yield from self._role(rule, pool.role)
            for uid in pool.matches:
                yield from self._field(rule, rule.object, uid)
            if pool.condition is not None:
                for one in conditions.problems(pool.condition, self.schema, self.names[rule.object]):
                    yield Problem(f"{rule.uid}{one.where}", one.code, one.facts)

    def _role(self, rule: Rule, uid: str) -> Iterator[Problem]:
        if uid not in self.roles and uid != "owner":
            yield _problem(rule, "rule_unknown_role", role=uid)

    def _stage(self, rule: Rule, uid: str) -> Iterator[Problem]:
        if (rule.object, uid) not in self.stages:
            yield _problem(rule, "rule_unknown_stage", stage=uid)


def _problem(rule: Rule, code: str, **facts: str) -> Problem:
    return Problem(rule.uid, f"blueprint.{code}", {"rule": rule.label.fr, **facts})
