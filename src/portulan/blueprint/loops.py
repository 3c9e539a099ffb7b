"""Rules that would set each other off for ever, as far as their shapes tell.

Pure. Looks at rules that act at once: one that waits may well come back, such as a reminder every week.
What shapes do not tell is cut while running, by the depth of causes.
"""

from collections.abc import Iterable, Iterator, Sequence

from portulan.blueprint.schema import Pipeline, Rule, Transition
from portulan.maps.rules import (
    Assign,
    Changed,
    Created,
    CreateRecord,
    CreateTask,
    Entered,
    Left,
    MarkSignal,
    MoveTo,
    SignalRaised,
    Taken,
    Trigger,
    Updated,
    UpdateRecord,
)

#: What an action makes happen: (object, what, on which).
Effect = tuple[str, str, str]


def loops(rules: Sequence[Rule], pipelines: Iterable[Pipeline]) -> tuple[tuple[Rule, ...], ...]:
    """Return the circles of rules that act at once, each once, from its first rule."""
    quick = [rule for rule in rules if not rule.archived and rule.wait is None and not _waits(rule.trigger)]
    ways = [way for one in pipelines for way in one.transitions if not way.archived]
    causes = {rule.uid: {*_effects(rule, ways), *_signals(rule)} for rule in quick}
    follows = {
        rule.uid: [other for other in quick if causes[rule.uid] & set(_set_off_by(other))] for rule in quick
    }
    found: dict[frozenset[str], tuple[Rule, ...]] = {}
    for circle in filter(None, (_way_back(rule, follows) for rule in quick)):
        found.setdefault(frozenset(one.uid for one in circle), circle)
    return tuple(found.values())


def _waits(trigger: Trigger) -> bool:
    return trigger.on in ("date_reached", "inactive", "decided")


def _effects(rule: Rule, ways: Sequence[Transition]) -> Iterator[Effect]:
    for action in rule.actions:
        match action:
            case UpdateRecord():
                yield (rule.object, "updated", "")
                yield from ((rule.object, "changed", uid) for uid in action.values)
            case Assign():
                yield (rule.object, "updated", "")
                yield (rule.object, "changed", "owner")
            case CreateTask():
                yield ("activity", "created", "")
            case CreateRecord():
                yield (action.object, "created", "")
            case MoveTo():
                yield (rule.object, "entered", action.stage)
                yield from _taken(rule, action.stage, ways)


def _signals(rule: Rule) -> Iterator[Effect]:
    for action in rule.actions:
        if isinstance(action, MarkSignal):
            yield from ((rule.object, "signal", label) for label in (action.label, ""))


def _taken(rule: Rule, stage: str, ways: Sequence[Transition]) -> Iterator[Effect]:
    for way in ways:
        if way.target == stage:
            yield (rule.object, "left", way.source)
            yield (rule.object, "taken", way.uid)


def _set_off_by(rule: Rule) -> Iterator[Effect]:
    match rule.trigger:
        case Created() | Updated():
            yield (rule.object, rule.trigger.on, "")
        case Changed():
            yield (rule.object, "changed", rule.trigger.field)
        case Entered() | Left():
            yield (rule.object, rule.trigger.on, rule.trigger.stage or "")
        case SignalRaised():
            yield (rule.object, "signal", rule.trigger.label or "")
        case Taken():
            yield (rule.object, "taken", rule.trigger.passage or "")


def _way_back(rule: Rule, follows: dict[str, list[Rule]]) -> tuple[Rule, ...]:
    """Return the shortest way along which a rule sets itself off, empty when there is none."""
    waiting: list[tuple[Rule, ...]] = [(rule,)]
    seen: set[str] = set()
    for way in waiting:
        for following in follows[way[-1].uid]:
            if following.uid == rule.uid:
                return way
            if following.uid not in seen:
                seen.add(following.uid)
                waiting.append((*way, following))
    return ()
