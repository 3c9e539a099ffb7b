"""What was decided about the deviations of a map: accepted, given to somebody, proposed to the target.

Owns the rows, one a map and deviation, named as `conform` names it: a list computed again keeps them. Reads
only; `decide` writes.
"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from portulan.mining import adopt
from portulan.mining.conformance import ConformanceAnswer, DecisionAnswer, DeviationAnswer
from portulan.mining.models import DeviationDecision
from portulan.pages import queries as said
from portulan.pages.queries import ThreadView
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor

_OPEN = "open"


def accepted(map_id: UUID) -> frozenset[str]:
    """Return the names of the deviations that are accepted on a map."""
    rows = DeviationDecision.objects.filter(map=map_id, accepted_at__isnull=False)
    return frozenset(rows.values_list("key", flat=True))


def told(actor: Actor, *, map_id: UUID, target: UUID | None, answer: ConformanceAnswer) -> ConformanceAnswer:
    """Return how a log keeps to a map with what was decided; `target` is the map as it should be."""
    known = _decisions(actor, map_id, target)
    may = rights.allows(actor, "update", "map")
    parts = {
        name: tuple(_with(one, known, may=may and target is not None) for one in getattr(answer, name))
        for name in ("deviations", "accepted")
    }
    return answer.model_copy(update={**parts, "may_decide": may})


def _with(one: DeviationAnswer, known: Mapping[str, DecisionAnswer], *, may: bool) -> DeviationAnswer:
    decision = known.get(one.key)
    waits = decision is not None and decision.proposal_state in (_OPEN, "accepted")
    may_adopt = may and one.kind in adopt.KINDS and not waits
    return one.model_copy(update={"decision": decision, "may_adopt": may_adopt})


def _decisions(actor: Actor, map_id: UUID, target: UUID | None) -> dict[str, DecisionAnswer]:
    rows = list(DeviationDecision.objects.filter(map=map_id))
    names = _names(actor, rows)
    threads = _threads(actor, {one for one in (map_id, target) if one}, rows)
    found = {}
    for row in rows:
        thread = threads.get(row.proposal) if row.proposal else None
        if row.accepted_at or row.owner_id or thread:
            found[row.key] = _told(row, names, thread)
    return found


def _told(row: DeviationDecision, names: Mapping[int, str], thread: ThreadView | None) -> DecisionAnswer:
    return DecisionAnswer(
        motive=row.motive,
        accepted_at=row.accepted_at,
        accepted_by=names.get(row.accepted_by_id or 0, ""),
        owner=row.owner_id,
        owner_name=names.get(row.owner_id or 0, ""),
        due_on=row.due_on,
        proposal=str(thread.id) if thread else None,
        proposal_state=thread.state if thread else "",
        proposal_map=str(thread.target_id) if thread else None,
    )


def _names(actor: Actor, rows: Iterable[DeviationDecision]) -> dict[int, str]:
    ids = {one for row in rows for one in (row.accepted_by_id, row.owner_id) if one}
    return {one.id: one.name for one in people.named(actor, ids=ids).values()} if ids else {}


def _threads(
    actor: Actor, maps: Collection[UUID], rows: Iterable[DeviationDecision]
) -> dict[UUID, ThreadView]:
    """Return the threads of what was proposed, those that the actor may read."""
    wanted = {row.proposal for row in rows if row.proposal}
    if not wanted:
        return {}
    threads = said.threads(actor, target="map", ids=maps, kinds=("proposal",))
    return {one.id: one for one in threads if one.id in wanted}
