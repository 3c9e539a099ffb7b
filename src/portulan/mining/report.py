"""From a file to what a director wants to know, without a database: map, blocked steps, sentences."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from babel.lists import format_list

from portulan.base import calendar, texts
from portulan.mining import blocked, endings, flow, picture, read, sentences, variants, view, visits
from portulan.mining.blocked import Blockage
from portulan.mining.flow import Flow
from portulan.mining.read_csv import Progress, silent
from portulan.mining.store import Log
from portulan.mining.view import View
from portulan.mining.visits import Endings

_MOST_WALLS = 2
#: With a horizon at the 90th percentile, a tenth of the visits is late by construction.
_WALL = 0.15
#: Where most visits are the last of their case, the step is rather an ending that nobody declared.
_MOSTLY_OPEN = 0.5


@dataclass(frozen=True)
class LogReport:
    """What was found in a log; `sentences` come in the order they should be read."""

    flow: Flow
    view: View
    blockages: list[Blockage]
    states: tuple[str, ...]
    sentences: tuple[str, ...]
    svg: str

    def as_json(self) -> dict[str, Any]:
        """Return the report as a JSON document; times in seconds."""
        return {
            "cases": self.flow.cases,
            "events": self.flow.events,
            "coverage": self.view.coverage,
            "steps": [_step(self.flow, code) for code in range(len(self.flow.steps))],
            "edges": [
                _edge(self.flow, e, shown=bool(self.view.shown[e])) for e in range(len(self.flow.count))
            ],
            "blocked": [_blockage(self.states, found) for found in self.blockages],
            "sentences": list(self.sentences),
        }


def report(path: Path, *, lang: str = "fr", progress: Progress = silent) -> LogReport:
    """Return what a CSV, XES or XES.gz file tells.

    :raises FileNotReadable: when the file cannot be parsed.
    :raises LogNotClear: when its columns cannot be told.
    """
    source = read.read(path, progress=progress)
    progress(0.7, path.name)
    found = flow.flow(source.log, calendar.DEFAULT)
    shown = view.view(found)
    states = endings.keep_steps(source.log, source.states) if source.states else source.log
    ends = endings.guess_endings(states)
    blockages = []
    if ends.every:
        blockages = _worst_first(blocked.blocked(visits.visits(states, ends, calendar.DEFAULT)))
    said = (
        _summary(source, found, shown, lang),
        *_blocked(states, blockages, lang),
        *_reserves(source, lang),
    )
    progress(0.9, path.name)
    drawn = picture.picture(
        found,
        shown,
        order=source.log.mean_places.tolist(),
        title=path.name,
        sentence=said[1] if blockages else said[0],
        lang=lang,
    )
    return LogReport(found, shown, blockages, states.steps, said, drawn)


def _worst_first(blockages: list[Blockage]) -> list[Blockage]:
    """Order by the number of visits that block, the known before the unknown."""
    return sorted(blockages, key=lambda found: -(found.blocked or 0) * found.visits)


def _summary(source: read.Source, found: Flow, shown: View, lang: str) -> str:
    followed = variants.variants(source.log)
    return texts.say(
        "mining.summary",
        lang,
        cases=sentences.count(found.cases, lang),
        events=sentences.count(found.events, lang),
        steps=len(found.steps),
        variants=sentences.count(len(followed.cases), lang),
        arcs=int(shown.shown.sum()),
        all_arcs=len(found.count),
        coverage=sentences.share(shown.coverage, lang),
    )


def _blocked(states: Log, blockages: list[Blockage], lang: str) -> list[str]:
    if not blockages:
        return [texts.say("mining.no_endings", lang)]
    walls = [found for found in blockages if (found.blocked or 0) >= _WALL]
    unclear = [found for found in walls if found.waiting > _MOSTLY_OPEN * found.visits]
    said = [texts.say("mining.unclear", lang, step=states.steps[found.step]) for found in unclear]
    worst = [found for found in walls if found not in unclear][:_MOST_WALLS]
    if not worst:
        return [texts.say("mining.no_wall", lang), *said]
    total = sum((found.blocked or 0) * found.visits for found in blockages if found not in unclear)
    carried = sum((found.blocked or 0) * found.visits for found in worst)
    named = [sentences.blockage(states.steps[found.step], found, lang) for found in worst]
    share = sentences.walls([states.steps[found.step] for found in worst], carried / total, lang)
    return [*named, share, *said]


def _endings(states: Log, ends: Endings, lang: str) -> list[str]:
    codes = sorted(ends.won | ends.lost)
    names = [texts.say("base.say_quoted", lang, value=states.steps[code]) for code in codes]
    return [texts.say("mining.endings", lang, steps=format_list(names, locale=lang))] if names else []


def _reserves(source: read.Source, lang: str) -> list[str]:
    said = []
    if source.set_aside:
        said.append(texts.say("mining.set_aside", lang, count=sentences.count(source.set_aside, lang)))
    if source.rejected:
        said.append(texts.say("mining.rejected", lang, n=len(source.rejected)))
    if not source.sure_dates:
        said.append(texts.say("mining.dates_unsure", lang))
    if source.log.ties:
        said.append(texts.say("mining.ties", lang, share=sentences.share(source.log.ties, lang)))
    return said


def _step(found: Flow, code: int) -> dict[str, Any]:
    return {
        "label": found.steps[code],
        "events": int(found.step_count[code]),
        "cases": int(found.step_cases[code]),
        "starts": int(found.starts[code]),
        "ends": int(found.ends[code]),
        "median": _number(found.sojourns.median[code]),
        "working_median": _number(found.sojourns.working_median[code]),
    }


def _edge(found: Flow, edge: int, *, shown: bool) -> dict[str, Any]:
    return {
        "source": found.steps[int(found.source[edge])],
        "target": found.steps[int(found.target[edge])],
        "count": int(found.count[edge]),
        "cases": int(found.edge_cases[edge]),
        "median": _number(found.waits.median[edge]),
        "p90": _number(found.waits.p90[edge]),
        "working_median": _number(found.waits.working_median[edge]),
        "working_p90": _number(found.waits.working_p90[edge]),
        "shown": shown,
    }


def _blockage(states: tuple[str, ...], found: Blockage) -> dict[str, Any]:
    return {
        "step": states[found.step],
        "visits": found.visits,
        "cases": found.cases,
        "horizon": found.horizon,
        "blocked": found.blocked,
        "low": found.low,
        "high": found.high,
        "lost": found.lost,
        "waiting": found.waiting,
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
