"""The events of a log as dots, in columns: which case, which step, when.

Owns the sample: whole cases are drawn, the same ones each time, until there are as many events as a screen
can show; how many of how many is said.
"""

import numpy as np
import numpy.typing as npt

from portulan.base import texts
from portulan.mining import sentences, store, tell
from portulan.mining.shapes import DotsAnswer, StepChoice
from portulan.mining.store import Ints
from portulan.mining.study import Study

#: As many events as a screen shows at once.
MOST = 20_000
_SECOND = 1_000_000
_SEED = 11


def dots(study: Study, lang: str, most: int = MOST) -> DotsAnswer:
    """Return the events of a log, of as many whole cases as hold `most` events at most, or of one."""
    kept = _sample(study.log.lengths, most)
    log = store.of_cases(study.log, kept)
    origin = int(log.at.min()) if len(log.at) else 0
    counts = np.bincount(log.step, minlength=len(study.ids)).tolist()
    rows = zip(study.ids, study.labels, counts, strict=True)
    return DotsAnswer(
        from_=tell.moment(origin),
        steps=tuple(StepChoice(id=uid, label=label, cases=n) for uid, label, n in rows),
        cases=tuple(str(case) for case in log.cases),
        offsets=tuple(log.offsets.tolist()),
        step=tuple(log.step.tolist()),
        at=tuple(((log.at - origin) // _SECOND).tolist()),
        sentence=_said(study, len(log.step), len(log.cases), lang),
    )


def _sample(lengths: Ints, most: int) -> npt.NDArray[np.bool_]:
    """Return which cases (m) are shown."""
    if int(lengths.sum()) <= most:
        return np.ones(len(lengths), dtype=np.bool_)
    order = np.random.default_rng(_SEED).permutation(len(lengths))
    fit = int(np.searchsorted(np.cumsum(lengths[order]), most, side="right"))
    kept = np.zeros(len(lengths), dtype=np.bool_)
    kept[order[: max(fit, 1)]] = True
    return kept


def _said(study: Study, events: int, cases: int, lang: str) -> str:
    facts = {
        "n": events,
        "events": sentences.count(events, lang),
        "all_events": sentences.count(len(study.log.step), lang),
        "cases": sentences.count(cases, lang),
        "all_cases": sentences.count(len(study.log.cases), lang),
    }
    part = events < len(study.log.step)
    return texts.say("mining.dots_part" if part else "mining.dots_all", lang, **facts)
