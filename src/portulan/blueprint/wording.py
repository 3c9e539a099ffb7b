"""Rules as sentences that a director reads: when, if, what, after how long, unless."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from babel.lists import format_list
from babel.numbers import format_decimal

from portulan.base import texts
from portulan.base.conditions import say as conditions
from portulan.base.durations import Duration
from portulan.blueprint import nouns
from portulan.blueprint.schema import Approval, Blueprint, Board, Field, Figure, Promise, Rule
from portulan.blueprint.shapes import conditions_of
from portulan.maps.rules import (
    HIERARCHY,
    Action,
    ActivityDone,
    AskApproval,
    Assign,
    CallWebhook,
    Changed,
    CreateRecord,
    CreateTask,
    DateReached,
    Decided,
    Entered,
    Escalate,
    FormReceived,
    Inactive,
    Left,
    MarkSignal,
    MoveTo,
    Notify,
    SendMail,
    SignalRaised,
    StartSequence,
    StopSequence,
    Taken,
    Trigger,
    UpdateRecord,
)

Facts = dict[str, str]
#: Returns what the sentence of an action holds.
Teller = Callable[[Rule, Any], Facts]


class Wording:
    """Says rules in one language, with the labels of the blueprints given, the first one first."""

    def __init__(self, lang: str, *blueprints: Blueprint) -> None:
        """Gather the labels."""
        self.lang = lang
        self._schema = conditions_of(blueprints[0])
        self._labels: dict[str, str] = {}
        self._fields: dict[str, Field] = {}
        self._names: dict[str, str] = {}
        self._newest = blueprints[0]
        for one in reversed(blueprints):
            self._gather(one)

    def rule(self, rule: Rule) -> str:
        """Return a rule as one sentence."""
        said = self._trigger("when", rule, rule.trigger)
        if rule.condition is not None:
            name = self._names.get(rule.object, "")
            held = conditions.say(rule.condition, self._schema, name, self.lang)
            said = self._say("rule_if", said=said, condition=held)
        actions = format_list([self.action(rule, one) for one in rule.actions], locale=self.lang)
        if rule.wait is not None:
            actions = self._say("rule_wait", actions=actions, span=self._span(rule.wait))
        said = self._say("rule_sentence", when=said, actions=actions)
        if rule.unless:
            events = [self._trigger("unless", rule, one) for one in rule.unless]
            said = self._say(
                "rule_unless", said=said, events=format_list(events, style="or", locale=self.lang)
            )
        return said

    def action(self, rule: Rule, action: Action) -> str:
        """Return what an action does."""
        facts: Teller = getattr(self, f"_do_{action.do}")
        return self._say(f"do_{action.do}", **facts(rule, action))

    def promise(self, promise: Promise) -> str:
        """Return a promise as one sentence."""
        subject = self._subject(promise.object)
        said = self._say(f"promise_{promise.measure}", subject=subject, span=self._span(promise.target))
        if promise.condition is not None:
            name = self._names.get(promise.object, "")
            held = conditions.say(promise.condition, self._schema, name, self.lang)
            said = self._say("promise_if", said=said, condition=held)
        if promise.escalate:
            roles = format_list([self._person(role) for role in promise.escalate], locale=self.lang)
            said = self._say("promise_escalate", said=said, roles=roles)
        return said

    def approval(self, approval: Approval) -> str:
        """Return an approval as one sentence."""
        subject, stage = self._subject(approval.object), self._label(approval.stage)
        people = format_list([self._person(one) for one in approval.approvers], style="or", locale=self.lang)
        said = self._say("approval", subject=subject, stage=stage, people=people)
        if approval.condition is None:
            return said
        name = self._names.get(approval.object, "")
        held = conditions.say(approval.condition, self._schema, name, self.lang)
        return self._say("approval_if", said=said, condition=held)

    def figure(self, figure: Figure) -> str:
        """Return how a figure is counted, as one sentence without a final stop."""
        name = self._names.get(figure.object, "")
        facts = {"records": self._label(f"plural/{figure.object}")}
        for key in ("field", "until", "dated"):
            facts[key] = self._field(figure.object, getattr(figure, key) or "")
        shared = [self._say("measure_standing", stages=self._stages(figure.part_stages))]
        if figure.part is not None:
            shared = shared if figure.part_stages else []
            shared.append(conditions.say(figure.part, self._schema, name, self.lang))
        if figure.how == "conversion":
            return self._conversion(figure, facts, name)
        how = "time_working" if figure.how == "time" and figure.working else figure.how
        said = self._say(f"measure_{how}", **facts, part=format_list(shared, locale=self.lang))
        if figure.stages:
            said = self._say("measure_stages", said=said, stages=self._stages(figure.stages))
        if figure.condition is not None:
            held = conditions.say(figure.condition, self._schema, name, self.lang)
            said = self._say("measure_if", said=said, condition=held)
        if figure.period is not None:
            period = self._say(f"measure_{figure.period}")
            said = self._say("measure_over", said=said, period=period, **facts)
        return said

    def _conversion(self, figure: Figure, facts: Facts, name: str) -> str:
        ends = {"stages": self._stages(figure.stages), "part": self._stages(figure.part_stages)}
        said = self._say("measure_conversion", records=facts["records"], **ends)
        if figure.within is not None:
            said = self._say("measure_within", said=said, span=self._span(figure.within))
        if figure.condition is not None:
            held = conditions.say(figure.condition, self._schema, name, self.lang)
            said = self._say("measure_if", said=said, condition=held)
        if figure.period is None:
            return said
        return self._say("measure_entered", said=said, period=self._say(f"measure_{figure.period}"))

    def _stages(self, uids: Sequence[str]) -> str:
        return format_list([self._quoted(one) for one in uids], style="or", locale=self.lang)

    def _quoted(self, uid: str) -> str:
        return texts.say("base.say_quoted", self.lang, value=self._label(uid))

    def goal(self, figure: Figure) -> str:
        """Return what a figure aims at, "" when at nothing."""
        if figure.goal is None:
            return ""
        return self._say(f"measure_{figure.better}", goal=format_decimal(figure.goal, locale=self.lang))

    def board(self, board: Board) -> str:
        """Return what a board shows, and to whom."""
        listed = format_list([self._quoted(f"measure/{one}") for one in board.measures], locale=self.lang)
        return self._say("board", role=self._label(f"role/{board.role}"), measures=listed)

    def _gather(self, blueprint: Blueprint) -> None:
        for one in blueprint.objects:
            self._names[one.uid] = one.name
            self._labels[f"object/{one.uid}"] = one.label.say(self.lang)
            self._labels[f"plural/{one.uid}"] = one.plural.say(self.lang)
            self._fields |= {f"{one.uid}/{field.uid}": field for field in one.fields}
        for pipeline in blueprint.pipelines:
            self._labels |= {one.uid: one.label.say(self.lang) for one in pipeline.stages}
            self._labels |= {one.uid: one.label.say(self.lang) for one in pipeline.transitions}
        self._labels |= {f"role/{one.uid}": one.label.say(self.lang) for one in blueprint.roles}
        self._labels |= {f"measure/{one.uid}": one.label.say(self.lang) for one in blueprint.measures}

    def _trigger(self, tense: str, rule: Rule, trigger: Trigger) -> str:
        key, facts = f"{tense}_{trigger.on}", {"subject": self._subject(rule.object)}
        if isinstance(trigger, DateReached):
            key, facts = self._date(key, facts, rule, trigger)
        elif isinstance(trigger, Decided):
            key += {True: "_granted", False: "_refused", None: ""}[trigger.granted]
        elif isinstance(trigger, FormReceived | SignalRaised):
            key, facts = (
                (f"{key}_named", {**facts, "label": trigger.label}) if trigger.label else (key, facts)
            )
        elif isinstance(trigger, ActivityDone):
            key, facts = self._activity(key, facts, trigger)
        else:
            facts |= self._named(rule, trigger)
        return self._say(key, **facts)

    def _named(self, rule: Rule, trigger: Trigger) -> Facts:
        """Return what the sentence of a trigger names: a field, a stage, a passage, a time."""
        match trigger:
            case Changed():
                return {"field": self._field(rule.object, trigger.field)}
            case Entered() | Left():
                return {"stage": self._label(trigger.stage or "")}
            case Taken():
                return {"passage": self._label(trigger.passage or "")}
            case Inactive():
                return {"span": self._span(trigger.span)}
        return {}

    def _activity(self, key: str, facts: Facts, trigger: ActivityDone) -> tuple[str, Facts]:
        if not trigger.kind:
            return key, facts
        return f"{key}_kind", {**facts, "kind": self._value("activity", "kind", trigger.kind)}

    def _date(self, key: str, facts: Facts, rule: Rule, trigger: DateReached) -> tuple[str, Facts]:
        facts = {**facts, "field": self._field(rule.object, trigger.field)}
        if trigger.offset is None or key.startswith("unless"):
            return key, facts
        side = "early" if trigger.early else "late"
        return f"{key}_{side}", {**facts, "span": self._span(trigger.offset)}

    def _do_create_task(self, _rule: Rule, action: CreateTask) -> Facts:
        due = self._say("do_due", span=self._span(action.due)) if action.due else ""
        to = "" if action.to == "owner" else self._say("do_for", to=self._person(action.to))
        return {"label": action.label, "due": due, "to": to}

    def _do_create_record(self, _rule: Rule, action: CreateRecord) -> Facts:
        return {"object": self._subject(action.object)}

    def _do_update_record(self, rule: Rule, action: UpdateRecord) -> Facts:
        return {"values": self._values(rule.object, action)}

    def _do_assign(self, _rule: Rule, action: Assign) -> Facts:
        within = self._say("do_within", span=self._span(action.within)) if action.within else ""
        return {"role": self._label(f"role/{action.role}"), "within": within}

    def _do_notify(self, _rule: Rule, action: Notify) -> Facts:
        return {"to": self._person(action.to), "text": action.text.rstrip(".")}

    def _do_move(self, _rule: Rule, action: MoveTo) -> Facts:
        return {"stage": self._label(action.stage)}

    def _do_send_mail(self, rule: Rule, action: SendMail) -> Facts:
        return {"title": action.title, "address": self._way(rule.object, action.address)}

    def _do_call_webhook(self, _rule: Rule, action: CallWebhook) -> Facts:
        return {"host": urlsplit(action.url).hostname or action.url}

    def _do_escalate(self, _rule: Rule, action: Escalate) -> Facts:
        return {"text": action.text.rstrip(".")}

    def _do_mark_signal(self, _rule: Rule, action: MarkSignal) -> Facts:
        return {"label": action.label}

    def _do_start_sequence(self, _rule: Rule, action: StartSequence) -> Facts:
        return {"name": action.name, "n": str(len(action.steps))}

    def _do_stop_sequence(self, _rule: Rule, action: StopSequence) -> Facts:
        return {"name": action.name}

    def _do_ask_approval(self, _rule: Rule, action: AskApproval) -> Facts:
        return {"to": self._person(action.role), "text": action.text.rstrip(".")}

    def _values(self, kind: str, action: UpdateRecord) -> str:
        said = [
            self._say("do_set", field=self._field(kind, uid), value=self._value(kind, uid, value))
            for uid, value in action.values.items()
        ]
        return format_list(said, locale=self.lang)

    def _value(self, kind: str, uid: str, value: Any) -> str:
        field = self._fields.get(f"{kind}/{uid}")
        chosen = {one.id: one.label.say(self.lang) for one in field.choices} if field else {}
        return chosen.get(value, str(value)) if isinstance(value, str) else str(value)

    def _field(self, kind: str, uid: str) -> str:
        field = self._fields.get(f"{kind}/{uid}")
        return field.label.say(self.lang) if field else uid

    def _way(self, kind: str, path: str) -> str:
        """Return the labels of the fields that lead to a value, from link to link."""
        said = []
        for uid in path.split("."):
            field = self._fields.get(f"{kind}/{uid}")
            said.append(field.label.say(self.lang) if field else uid)
            kind = (field.to if field else None) or ""
        return " › ".join(said)

    def _subject(self, kind: str) -> str:
        return nouns.a_record(self._newest, kind, self._label(f"object/{kind}"), self.lang)

    def _person(self, to: str) -> str:
        if to in ("owner", HIERARCHY):
            return self._say(f"the_{to}")
        return self._label(f"role/{to}")

    def _label(self, uid: str) -> str:
        return self._labels.get(uid) or uid.rpartition("/")[2]

    def _span(self, span: Duration) -> str:
        return texts.say(f"base.say_unit_{span.unit}", self.lang, n=span.amount)

    def _say(self, key: str, **facts: Any) -> str:
        return texts.say(f"blueprint.{key}", self.lang, **facts)
