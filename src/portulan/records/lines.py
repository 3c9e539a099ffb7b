"""Lines of deals and of quotes: whose they are, what they may hold, when they may change.

A line is a part of its deal or quote: who may change that may change its lines, and they stay as they are
while it waits for a decision. Refuses to change a quote that was sent, or its lines: a new version may.
Registered with `consent` by `server.wiring`.
"""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from portulan.base.refusals import NotNow, Problem
from portulan.blueprint.schema import Object
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import consent, runtime, values

QUOTE, LINE, DEAL = "quote", "quote_line", "opportunity"
#: The object that the lines of an object are a part of; the link bears its name.
PARENTS: Mapping[str, str] = {LINE: QUOTE, "opportunity_line": DEAL}
#: The one state in which a quote changes.
DRAFT = "draft"
#: What may change of a quote whatever its state.
_ALWAYS = frozenset({"owner"})
_BOUNDS = {"quantity": None, "unit_price": None, "discount": 100, "vat_rate": 100}


class QuoteFrozen(NotNow):
    """The quote is no draft any more: what was sent stays as it is, a new version may differ."""

    code = "records.quote_frozen"


def require_fit(actor: Actor, kind: Object, read: Mapping[str, Any], row_id: int | None = None) -> None:
    """Do nothing when values that were read may be those of a quote or of a line; others are left alone.

    :raises ValuesNotValid: when amounts are out of bounds, or a line belongs to nothing that one may change.
    :raises QuoteFrozen: when the quote is no draft.
    :raises Held: when what a line belongs to waits for a decision.
    """
    if kind.uid == QUOTE:
        if row_id is not None and read.keys() - _ALWAYS:
            require_draft(row_id)
        _refuse(_out_of_bounds(kind, read))
    elif kind.uid in PARENTS:
        _refuse([*_out_of_bounds(kind, read), *_lacking(actor, kind, read, row_id)])
        parent = read.get(PARENTS[kind.uid])
        if parent is not None:
            consent.require_free(_object(PARENTS[kind.uid]), [parent])
            if kind.uid == LINE:
                require_draft(parent)


def require_draft(quote: int) -> None:
    """Do nothing while a quote may change.

    :raises QuoteFrozen: when it is no draft any more.
    """
    found = _final([quote])
    if found:
        raise QuoteFrozen(found[quote])


def is_final(kind: Object, row_id: int) -> bool:
    """Return whether a record is a quote that never changes again."""
    return kind.uid == QUOTE and bool(_final([row_id]))


def holding(uid: str, ids: Collection[int]) -> dict[int, Problem]:
    """Return the lines that stay as they are because what they belong to does, each with why."""
    if uid not in PARENTS:
        return {}
    kind, parent = _object(uid), _object(PARENTS[uid])
    lines = runtime.current().model(kind.name).objects.filter(pk__in=list(ids))
    belongs = {line: whole for line, whole in lines.values_list("pk", f"{parent.uid}_id") if whole}
    wholes = set(belongs.values())
    found = consent.held(parent, wholes) if wholes else {}
    if uid == LINE:
        found |= _final(wholes)
    return {line: found[whole] for line, whole in belongs.items() if whole in found}


def _final(quotes: Collection[int]) -> dict[int, Problem]:
    kind = _object(QUOTE)
    (states,) = (one.choices for one in kind.fields if one.uid == "status")
    named = {one.id: one.label.fr for one in states}
    rows = runtime.current().model(kind.name).objects.filter(pk__in=list(quotes))
    return {
        row_id: Problem(
            "quote", "records.quote_is", {"quote": name, "status": named.get(status, status).lower()}
        )
        for row_id, name, status in rows.exclude(status=DRAFT).values_list("pk", "name", "status")
        if status
    }


def _out_of_bounds(kind: Object, read: Mapping[str, Any]) -> Iterator[Problem]:
    fields = values.live(kind)
    for name, most in _BOUNDS.items():
        value = read.get(name)
        if isinstance(value, Decimal) and (value < 0 or (most is not None and value > most)):
            code = "records.percent_bounds" if most else "records.not_negative"
            yield Problem(name, code, {"field": fields[name].label.fr})


def _lacking(actor: Actor, kind: Object, read: Mapping[str, Any], row_id: int | None) -> Iterator[Problem]:
    fields, link = values.live(kind), PARENTS[kind.uid]
    if row_id is None and not (read.get("name") or read.get("product")):
        yield Problem("name", "records.field_required", {"field": fields["name"].label.fr})
    if (row_id is None or link in read) and read.get(link) is None:
        yield Problem(link, "records.field_required", {"field": fields[link].label.fr})
    elif read.get(link) is not None:
        wholes = runtime.current().model(_object(link).name).objects.filter(pk=read[link])
        if not rights.visible(actor, "update", "record", wholes).exists():
            yield Problem(link, "records.whole_not_yours", {"field": fields[link].label.fr})


def _refuse(problems: Collection[Problem] | Iterator[Problem]) -> None:
    found = list(problems)
    if found:
        raise values.ValuesNotValid(*found)


def _object(uid: str) -> Object:
    return next(one for one in runtime.current().blueprint.objects if one.uid == uid)
