"""How much goes through a process: cases a month, what waits at each step, for how long."""

from datetime import datetime

import numpy as np

from portulan.base.refusals import Refusal
from portulan.brief.document import Volume, Wait
from portulan.mining import overlays, own
from portulan.mining.study import Study
from portulan.people.actor import Actor

_YEAR, _MONTH = 365.25 * 86_400_000_000, 365.25 / 12 * 86_400_000_000
_SECONDS_A_DAY = 86_400


def find_volume(actor: Actor, *, pipeline: str, at: datetime) -> Volume | None:
    """Return the volume of a pipeline, None when it is not in force, empty, or not the actor's to read."""
    try:
        found = own.study(actor, pipeline=pipeline, at=at)
        stages = overlays.measures(actor, pipeline=pipeline, at=at)
    except Refusal:
        return None
    if not len(found.log.cases):
        return None
    waits = {
        uid: Wait(
            None if one.median_seconds is None else one.median_seconds / _SECONDS_A_DAY, one.waiting_cases
        )
        for uid, one in stages.items()
    }
    return Volume(_monthly(found), len(found.log.cases), waits)


def _monthly(found: Study) -> float:
    """Return the cases begun a month over the last year, or over the time that the log covers if shorter."""
    begun = found.log.at[found.log.first]
    lately = begun[begun > found.until - _YEAR]
    covered = min(_YEAR, max(float(found.until - np.min(begun)), _MONTH))
    return round(len(lately) / (covered / _MONTH), 1)
