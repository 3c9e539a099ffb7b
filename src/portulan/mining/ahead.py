"""What is foreseen of one of our own records: its next stage, and how long it still lasts.

Owns what was learnt of each pipeline, once a day and process. It is learnt from every record that ended,
whatever the person may read: figures are of ten records at least, and name none. Refuses to say what did no
better than a naive guess on the newest records.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portulan.blueprint.schema import Pipeline
from portulan.events import queries as events
from portulan.mining import foresee, foresight, outlook, own
from portulan.mining.foresee import Learnt
from portulan.mining.foresight import Judged
from portulan.mining.outlook import AheadAnswer
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import position, runtime


@dataclass(frozen=True)
class _Known:
    """What was learnt of a pipeline, and how well it did, if enough records ended; its stages by code.

    It holds for a version and a day (`of`), while the log has the last event that it was learnt from.
    """

    of: tuple[object, ...]
    last: UUID | None
    found: tuple[Learnt, Judged] | None
    stages: tuple[str, ...]
    ends: frozenset[int]


_KNOWN: dict[str, _Known] = {}


def ahead(actor: Actor, *, object_name: str, row_id: int, at: datetime) -> AheadAnswer | None:
    """Return what is foreseen of a record, or None when nothing is: it ended, or too few did before it.

    :raises NotThere: when the actor may not see the record.
    """
    been = position.been(actor, object_name=object_name, row_id=row_id)
    if been is None:
        return None
    travelled, entered = been
    known = _known(travelled, at)
    code_of = {uid: code for code, uid in enumerate(known.stages)}
    went = [code_of[uid] for uid, _ in entered if uid in code_of]
    if known.found is None or not went or went[-1] in known.ends:
        return None
    learnt, judged = known.found
    waited = max((at - entered[-1][1]).total_seconds(), 0.0)
    keys = foresee.context(went, learnt.k)
    step = foresee.ahead(learnt, keys) if judged.tells_next else None
    still = foresee.still(learnt, keys, waited) if judged.tells_left else None
    said = {stage.uid: stage.label.say(actor.lang) for stage in travelled.stages}
    labels = tuple(said.get(uid, uid) for uid in known.stages)
    return outlook.ahead(step, still, known.stages, labels, actor.lang)


def _known(travelled: Pipeline, at: datetime) -> _Known:
    """Return what is known of a pipeline today."""
    known, today = _KNOWN.get(travelled.uid), (runtime.current().version, at.date())
    if known is None or known.of != today or known.last is None or not events.is_kept(known.last):
        study = own.study(actors.system(), pipeline=travelled.uid, at=at)
        found = foresight.found(study)
        known = _Known(today, own.last_read(travelled.uid), found, study.ids, study.ends.every)
        _KNOWN[travelled.uid] = known
    return known
