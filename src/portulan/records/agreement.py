"""Which approvals drawn on the map of deals a quote needs before it is sent.

An approval of deals whose condition looks at their quotes concerns each of them on its own: it is read as if
the deal had that quote alone, on the day when it was last changed. What was agreed holds as long as what the
condition reads of the quote, but for its state, stays the same.
"""

from collections.abc import Mapping
from typing import Any

from portulan.base.conditions import walk
from portulan.base.conditions.meet import Circumstances, met_by
from portulan.blueprint import shapes
from portulan.blueprint.schema import Approval, Object
from portulan.records import consent, lines, related, runtime

_STATE = "status"


def needed(quote: Any) -> dict[str, tuple[Approval, str]]:
    """Return the approvals that a quote needs as it is, each with what it is about, whether given or not."""
    deal, found = quote.opportunity, dict[str, tuple[Approval, str]]()
    relation = shapes.relation_name(_object(lines.QUOTE))
    for one in _drawn(relation) if deal is not None else ():
        if one.pipeline == getattr(deal, "pipeline", None) and one.condition is not None:
            seen = _seen(deal, quote, one, relation)
            if met_by(one.condition, seen, Circumstances(quote.updated_at)):
                (of_quote,) = seen[relation]
                lasting = {name: value for name, value in of_quote.items() if name != _STATE}
                found[one.uid] = (one, consent.about_of(one, seen | {relation: [lasting]}))
    return found


def lacking(quote: Any) -> tuple[tuple[Approval, str], ...]:
    """Return the approvals that a quote needs and nobody gave for what it is now, with what each is about."""
    wanted = needed(quote)
    about = {uid: what for uid, (_, what) in wanted.items()}
    given = {
        uid
        for name in consent.GIVEN
        for uid in (consent.GIVEN.get(name)(lines.QUOTE, quote.pk, about) if about else ())
    }
    return tuple(one for uid, one in wanted.items() if uid not in given)


def agreed(uid: str, row_id: int, about: Mapping[str, str]) -> set[str]:
    """Return the approvals of a deal that its quotes have: each that needs one was given it."""
    relation = shapes.relation_name(_object(lines.QUOTE)) if runtime.find_object(lines.QUOTE) else ""
    asked = {one.uid for one in _drawn(relation) if one.uid in about} if uid == lines.DEAL else set()
    if not asked:
        return set()
    quotes = runtime.current().model(lines.QUOTE).objects.filter(opportunity=row_id, deleted_at__isnull=True)
    quotes = list(quotes.select_related("opportunity"))
    concerned = {one for quote in quotes for one in needed(quote)}
    alive = [quote for quote in quotes if quote.status not in ("refused", "expired", "replaced")]
    missing = {one.uid for quote in alive for one, _ in lacking(quote)}
    return (asked & concerned) - missing


def _drawn(relation: str) -> list[Approval]:
    return [
        one
        for one in runtime.current().blueprint.approvals
        if one.object == lines.DEAL
        and not one.archived
        and one.condition is not None
        and relation in walk.relations_of(one.condition)
    ]


def _seen(deal: Any, quote: Any, one: Approval, relation: str) -> dict[str, Any]:
    """Return what the condition of an approval sees of a deal whose only quote is this one."""
    needs = related.needs_of([one.condition] if one.condition else [])
    seen = related.of_row(_object(lines.DEAL), deal, needs)
    inner = needs.relations[relation]
    whole = related.of_row(_object(lines.QUOTE), quote, inner)
    seen[relation] = [{name: whole.get(name) for name in (*inner.tree, *inner.relations)}]
    return seen


def _object(uid: str) -> Object:
    return next(one for one in runtime.current().blueprint.objects if one.uid == uid)
