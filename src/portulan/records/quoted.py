"""One quote as it is read: the record, its lines, its VAT by rate, its versions, what may be done with it.

Shows nothing that the lists of the same objects would hide: rows and fields go through the same sight. In as
many queries whatever the number of lines.
"""

from dataclasses import asdict
from typing import Any

from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import agreement, consent, lines, quotes, runtime, settling, sight, values
from portulan.records import asked as asks
from portulan.records import queries as records

_VERBS = ("send", "accept", "refuse", "reopen", "revise")
_OF_VERSION = ("id", "name", "revision", "status", "net", "sent_at")


def sheet(actor: Actor, *, row_id: int) -> dict[str, Any]:
    """Return a quote with all that its page shows.

    :raises NotThere: when there is none that the actor may see.
    """
    found = records.get_record(actor, object_name=lines.QUOTE, row_id=row_id)
    row = runtime.current().model(lines.QUOTE).objects.select_related("opportunity").get(pk=row_id)
    whole = "net" in found["values"] and "quote_line" in _readable(actor)
    return {
        "quote": found,
        "lines": _lines(actor, row_id),
        "taxed": [_exact(asdict(one)) for one in settling.amounts(row).taxed] if whole else [],
        "versions": _versions(actor, row),
        "unagreed": _unagreed(row),
        "may": _may(actor, row),
        "deal": _deal(actor, row),
    }


def _lines(actor: Actor, row_id: int) -> dict[str, Any]:
    kind = runtime.current().object(lines.LINE)
    seen = sight.of(actor, kind)
    mine = asks.seen(actor, kind.name).filter(quote=row_id).annotate(**seen.titles)
    order = [name for name in ("position",) if name in seen.names.values()]
    raw = list(mine.order_by(*order, "pk").values(*seen.columns))
    return {"rows": [seen.row(one) for one in raw], "linked": seen.linked(raw)}


def _versions(actor: Actor, row: Any) -> list[dict[str, Any]]:
    """Return the versions of a quote that the actor may see, the newest first."""
    readable = set(sight.of(actor, runtime.current().object(lines.QUOTE)).names.values()) | {"id"}
    same = asks.seen(actor, lines.QUOTE).filter(number=row.number).order_by("-revision")
    return [_exact(one) for one in same.values(*(name for name in _OF_VERSION if name in readable))]


def _unagreed(row: Any) -> list[dict[str, Any]]:
    if row.status != lines.DRAFT:
        return []
    return [{"id": one.uid, "label": one.label.model_dump()} for one, _ in agreement.lacking(row)]


def _may(actor: Actor, row: Any) -> dict[str, bool]:
    mine = row.deleted_at is None and rights.allows(actor, "update", "record", row)
    free = mine and not consent.held(runtime.current().object(lines.QUOTE), [row.pk])
    may = {verb: free and quotes.can(row, verb) for verb in _VERBS}
    may["revise"] = may["revise"] and rights.allows(actor, "create", "record", lines.QUOTE)
    return {**may, "edit": free and row.status == lines.DRAFT}


def _deal(actor: Actor, row: Any) -> dict[str, Any] | None:
    """Return the deal of a quote and its amount, which the quote may become when somebody says so."""
    found = row.opportunity_id and records.find_record(
        actor, object_name=lines.DEAL, row_id=row.opportunity_id
    )
    if not found:
        return None
    kept = ("id", "title", "version", "may")
    return {name: found[name] for name in kept} | {"amount": found["values"].get("amount")}


def _readable(actor: Actor) -> set[str]:
    kinds = runtime.current().blueprint.objects
    return {one.uid for one in kinds if rights.allows(actor, "read", "record", one.name)}


def _exact(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: values.dump(value) for name, value in raw.items()}
