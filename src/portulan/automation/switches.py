"""The switches of rules: one each, and one that holds everything."""

from datetime import datetime

from django.db import transaction

from portulan.automation.happenings import RuleSwitchedOff, RuleSwitchedOn
from portulan.automation.models import Switch
from portulan.base.refusals import NotThere
from portulan.events import log
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import runtime

ALL = Switch.ALL


def switch_off(actor: Actor, *, rule: str, at: datetime) -> None:
    """Switch a rule off: what sets it off from now on is skipped; `*` holds everything instead.

    :raises NotThere: when there is no such rule.
    """
    _require(actor, rule)
    with transaction.atomic():
        _, made = Switch.objects.get_or_create(rule=rule, defaults={"off_at": at, "off_by_id": actor.id})
        if made:
            log.append(RuleSwitchedOff(rule), actor=actor, subject=f"rule:{rule}", at=at)


def switch_on(actor: Actor, *, rule: str, at: datetime) -> None:
    """Switch a rule on again, whoever or whatever switched it off.

    :raises NotThere: when there is no such rule.
    """
    _require(actor, rule)
    with transaction.atomic():
        gone, _ = Switch.objects.filter(rule=rule).delete()
        if gone:
            log.append(RuleSwitchedOn(rule), actor=actor, subject=f"rule:{rule}", at=at)


def _require(actor: Actor, rule: str) -> None:
    rights.require(actor, "apply", "blueprint")
    known = {one.uid for one in runtime.current().blueprint.rules if not one.archived}
    if rule not in known | {ALL}:
        raise NotThere
