"""What lines and quotes get by themselves: their number, what their product says, what they come to.

In the transaction of the change itself, whatever the path: screen, API, rule. Nobody types a total. As with
activities, what follows makes no new version, so that whoever is typing is not in conflict with it. Refuses
what touches a quote that was sent, even when the change went by another door than `lines`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from portulan.base import calendar as calendars
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.people import actor as actors
from portulan.records import finding, happenings, lines, numbering, pricing, rows, runtime, values

#: Until when a quote may be accepted, unless somebody says otherwise.
VALIDITY = timedelta(days=30)
#: The rate of VAT of a line that says none, and what a line without a quantity counts for.
STANDARD_RATE, ONE = Decimal(20), Decimal(1)
_CHANGES = frozenset({"record.created", "record.updated", "record.deleted", "record.restored"})
_COUNTED = frozenset({"product", "quantity", "unit_price", "discount", "vat_rate", "deleted_at"})


def note(events: Sequence[Any]) -> None:
    """Let lines and quotes follow what happened to them."""
    touched: dict[int, Any] = {}
    for event in events:
        uid, _, row_id = event.subject.partition(":")
        if event.kind in _CHANGES and runtime.find_object(uid) is not None:
            if uid == lines.QUOTE:
                _quote(int(row_id), event, touched)
            elif uid in lines.PARENTS:
                _line(uid, int(row_id), event, touched)
    for row_id, event in touched.items():
        _settle(row_id, event)


def amounts(quote: Any) -> pricing.Amounts:
    """Return what the lines of a quote come to now."""
    live = lines_of(quote.pk).select_related("product")
    return pricing.price((line_of(one) for one in live), discount=quote.discount or Decimal(0))


def lines_of(quote: int) -> Any:
    """Return the live lines of a quote in their order."""
    model = runtime.current().model(lines.LINE)
    return model.objects.filter(quote=quote, deleted_at__isnull=True).order_by("position", "pk")


def line_of(row: Any) -> pricing.Line:
    """Return what a line asks for; its product is looked at for the price in the catalogue."""
    return pricing.Line(
        ONE if row.quantity is None else row.quantity,
        row.unit_price or Decimal(0),
        row.discount or Decimal(0),
        STANDARD_RATE if row.vat_rate is None else row.vat_rate,
        row.product.price if row.product else None,
    )


def name_of(number: str, revision: int) -> str:
    """Return what a version of a quote is called."""
    return number if revision == 1 else f"{number} v{revision}"


def _quote(row_id: int, event: Any, touched: dict[int, Any]) -> None:
    changes = event.data.get("changes", {})
    if event.kind == "record.deleted":
        lines.require_draft(row_id)
    elif event.kind == "record.created" or {"discount", "owner"} & changes.keys():
        touched[row_id] = event


def _line(uid: str, row_id: int, event: Any, touched: dict[int, Any]) -> None:
    changes, link = event.data.get("changes", {}), lines.PARENTS[uid]
    if changes and not {*_COUNTED, link} & changes.keys():
        return
    kind = _object(uid)
    row = runtime.current().model(kind.name).objects.select_related("product", link).get(pk=row_id)
    new = _set(kind, row, _inherited(row, link, changes))
    _keep(kind, row, new | _set(kind, row, {"total": line_of(row).total}), event)
    if uid == lines.LINE:
        touched |= dict.fromkeys({row.quote_id, *changes.get("quote", ())} - {None}, event)


def _inherited(row: Any, link: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a line takes over from its product and from what it is a part of, where it says nothing."""
    whole = getattr(row, link)
    new = _of_product(row, changes)
    if row.quantity is None:
        new["quantity"] = ONE
    if row.vat_rate is None:
        new["vat_rate"] = STANDARD_RATE
    if row.position is None:
        others = type(row).objects.filter(**{link: whole}).exclude(position=None)
        last = others.order_by("-position").values_list("position", flat=True).first()
        new["position"] = (last or 0) + 1
    if whole is not None and row.owner_id != whole.owner_id:
        new["owner"] = whole.owner_id
    return new


def _of_product(row: Any, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the price and the name of the product, where the line says none or the product was changed."""
    said = {"unit_price": row.product.price, "name": row.product.name} if row.product else {}
    renewed = said.keys() - changes.keys() if "product" in changes else set()
    return {
        name: value for name, value in said.items() if name in renewed or getattr(row, name) in (None, "")
    }


def _settle(row_id: int, event: Any) -> None:
    kind = _object(lines.QUOTE)
    row = runtime.current().model(kind.name).objects.select_for_update().filter(pk=row_id).first()
    if row is None:
        return
    if event.subject == rows.subject(kind, row_id) and row.status not in (None, "", lines.DRAFT):
        _pass_on_owner(row, event)
        return
    lines.require_draft(row_id)
    new = {} if row.number else _born(row, event.at)
    said = amounts(row)
    new |= {
        "lines_total": said.lines_total,
        "net": said.net,
        "vat": said.vat,
        "total": said.total,
        "discount_rate": said.discount_rate,
    }
    _keep(kind, row, _set(kind, row, new), event)
    _pass_on_owner(row, event)


def _born(row: Any, at: datetime) -> dict[str, Any]:
    day = at.astimezone(calendars.DEFAULT.tz).date()
    number = f"D-{day.year}-{numbering.take(f'quote/{day.year}'):04d}"
    new: dict[str, Any] = {"number": number, "revision": 1, "name": name_of(number, 1), "status": lines.DRAFT}
    if row.valid_until is None:
        new["valid_until"] = day + VALIDITY
    deal = row.opportunity
    if deal is not None:
        taken = {"account": deal.account_id, "contact": deal.contact_id}
        new |= {name: value for name, value in taken.items() if value and not getattr(row, f"{name}_id")}
    return new


def _pass_on_owner(row: Any, event: Any) -> None:
    if event.kind == "record.updated" and "owner" in event.data["changes"]:
        kind = _object(lines.LINE)
        for line in runtime.current().model(kind.name).objects.filter(quote=row.pk):
            _keep(kind, line, _set(kind, line, {"owner": row.owner_id}), event)


def _set(kind: Object, row: Any, new: Mapping[str, Any]) -> happenings.Changes:
    """Set values on a row in memory, as their fields hold them, and return what changed."""
    fields = values.live(kind)
    return rows.preview(kind, row, {name: values.load(fields[name], value) for name, value in new.items()})


def _keep(kind: Object, row: Any, changes: happenings.Changes, event: Any) -> None:
    """Store what a record follows, with its event and what search finds it by."""
    if changes:
        row.save(update_fields=list(changes))
        finding.put(kind, row, changes)
        what = happenings.RecordFollowed(changes)
        system, subject = actors.system("automation"), rows.subject(kind, row.pk)
        log.append(what, actor=system, subject=subject, at=event.at, caused_by=event.pk)


def _object(uid: str) -> Object:
    return next(one for one in runtime.current().blueprint.objects if one.uid == uid)
