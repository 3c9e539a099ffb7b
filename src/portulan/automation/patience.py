"""How long a person has to take up what a rule gave them: what those who lead said, else what the map says.

What was said on the screen takes the place of the map and survives its next version.
"""

from collections.abc import Iterable

from portulan.automation.models import Patience
from portulan.base.durations import Duration
from portulan.blueprint.schema import Rule
from portulan.maps.rules import Assign


def in_force(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules as they act: those that assign with the time that was said for them; a query for all."""
    known = list(rules)
    giving = [one.uid for one in known if any(isinstance(each, Assign) for each in one.actions)]
    if not giving:
        return known
    said = dict(Patience.objects.filter(rule__in=giving).values_list("rule", "within"))
    return [_with(one, said[one.uid]) if one.uid in said else one for one in known]


def _with(rule: Rule, within: object) -> Rule:
    span = Duration.model_validate(within) if within else None
    actions = tuple(
        one.model_copy(update={"within": span}) if isinstance(one, Assign) else one for one in rule.actions
    )
    return rule.model_copy(update={"actions": actions})
