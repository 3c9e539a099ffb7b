"""One case told event by event: when, which step, how long after the one before."""

from datetime import datetime

import numpy as np
from babel.dates import format_date, format_time

from portulan.base import calendar as calendars
from portulan.base import texts
from portulan.base.refusals import NotThere
from portulan.mining import sentences, tell
from portulan.mining.shapes import ReplayAnswer, ReplayEvent
from portulan.mining.study import Study

#: A case that holds more is told up to there, and says so.
MOST = 2_000
_SECOND = 1_000_000


def replay(study: Study, case: str, lang: str) -> ReplayAnswer:
    """Return the events of a case, each with its sentence.

    :raises NotThere: when the log has no such case.
    """
    found = np.flatnonzero((study.log.cases == case).to_numpy())
    if not len(found):
        raise NotThere
    log, place = study.log, int(found[0])
    begin, end = int(log.offsets[place]), int(log.offsets[place + 1])
    shown = range(begin, min(end, begin + MOST))
    return ReplayAnswer(
        case=case,
        events=tuple(_event(study, at, lang, first=at == begin) for at in shown),
        all_events=end - begin,
        seconds=float(study.cycles[place]),
        sentence=_whole(study, place, lang),
    )


def _event(study: Study, at: int, lang: str, *, first: bool) -> ReplayEvent:
    log = study.log
    step = int(log.step[at])
    moment = tell.moment(int(log.at[at]))
    wait = None if first else float(log.at[at] - log.at[at - 1]) / _SECOND
    facts = {"when": _when(moment, lang), "step": study.labels[step]}
    if wait is None:
        said = texts.say("mining.replay_first", lang, **facts)
    else:
        before = study.labels[int(log.step[at - 1])]
        said = texts.say("mining.replay_next", lang, **facts, wait=sentences.span(wait, lang), before=before)
    return ReplayEvent(
        step=study.ids[step], label=study.labels[step], at=moment, wait_seconds=wait, sentence=said
    )


def _whole(study: Study, place: int, lang: str) -> str:
    n = int(study.log.lengths[place])
    span = sentences.span(float(study.cycles[place]), lang)
    return texts.say("mining.replay_case", lang, n=n, events=sentences.count(n, lang), span=span)


def _when(moment: datetime, lang: str) -> str:
    here = moment.astimezone(calendars.DEFAULT.tz)
    day, time = format_date(here, "long", locale=lang), format_time(here, "short", locale=lang)
    return texts.say("mining.replay_when", lang, day=day, time=time)
