"""The quotes of the latest deals of Nordet: sent, answered, made anew, one that asks for an approval.

Made through the operations that the screens call, each at a moment of the deal, in the order of time.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import operations, quotes, runtime

_RECENT = timedelta(days=25)
_SOON = timedelta(hours=2)
_SETTING_UP = {"name": "Mise en service", "quantity": "1", "unit_price": "850"}
_PROPOSED, _WON, _LOST = "proposition_envoyee", "gagne", "perdu"
_Fate = Callable[[Actor, int, datetime], None]


def quote(at: datetime) -> None:
    """Make the quotes of the company, up to a moment."""
    for when, deal, discount, fate in sorted(_wanted(at), key=lambda one: (one[0], one[1].pk)):
        owner = people.get_actor(actors.system(), id=deal.owner_id)
        made = _draft(owner, deal, discount, when)
        fate(owner, made, when + _SOON)


def _wanted(at: datetime) -> Iterator[tuple[datetime, Any, int, _Fate]]:
    """Yield the deals that have a quote, when it was drawn up, its discount, and what became of it."""
    fates: dict[str, tuple[tuple[int, _Fate], ...]] = {
        _PROPOSED: ((0, _sent), (5, _sent), (18, _kept), (3, _revised), (0, _kept), (8, _sent), (0, _sent)),
        _WON: ((5, _accepted), (0, _accepted), (10, _accepted)),
        _LOST: ((0, _refused),),
    }
    model = runtime.current().model("opportunity")
    rows = model.objects.filter(deleted_at__isnull=True, product__isnull=False, owner__isnull=False)
    for stage, wanted in fates.items():
        latest = rows.filter(stage=stage).select_related("product").order_by("-stage_since", "pk")
        for deal, (discount, fate) in zip(latest[: len(wanted)], wanted, strict=False):
            yield max(deal.stage_since, at - _RECENT) - _SOON, deal, discount, fate


def _draft(owner: Actor, deal: Any, discount: int, at: datetime) -> int:
    made = quotes.begin(owner, deal_id=deal.pk, at=at)
    line = runtime.current().model("quote_line").objects.get(quote=made)
    number = max(1, round((deal.amount or 0) / deal.product.price)) if deal.product.price else 1
    given: dict[str, Any] = {"quantity": str(number), "discount": "3"}
    version, name = line.version, "quote_line"
    operations.update(owner, object_name=name, row_id=line.pk, version=version, given=given, at=at)
    operations.create(owner, object_name=name, given={**_SETTING_UP, "quote": made}, at=at)
    if discount:
        given, version = {"discount": str(discount)}, _version(made)
        operations.update(owner, object_name="quote", row_id=made, version=version, given=given, at=at)
    return made


def _kept(_owner: Actor, _made: int, _at: datetime) -> None:
    """Leave a draft as it is."""


def _sent(owner: Actor, made: int, at: datetime) -> None:
    quotes.send(owner, row_id=made, version=_version(made), at=at)


def _revised(owner: Actor, made: int, at: datetime) -> None:
    _sent(owner, made, at)
    again = quotes.revise(owner, row_id=made, version=_version(made), at=at)
    given, version = {"discount": "7"}, _version(again)
    operations.update(owner, object_name="quote", row_id=again, version=version, given=given, at=at)
    _sent(owner, again, at)


def _accepted(owner: Actor, made: int, at: datetime) -> None:
    _sent(owner, made, at)
    quotes.accept(owner, row_id=made, version=_version(made), at=at)


def _refused(owner: Actor, made: int, at: datetime) -> None:
    _sent(owner, made, at)
    reason = "Un concurrent moins cher"
    quotes.refuse(owner, row_id=made, version=_version(made), reason=reason, at=at)


def _version(made: int) -> int:
    return int(runtime.current().model("quote").objects.values_list("version", flat=True).get(pk=made))
