"""From a log to an ordinary as-is map: what really happens, ready to be edited, compared and compiled.

The map draws what the flow shows, in at most 50 steps; steps carry the ids that the flow gives them, so
that the log can be projected back by id. Refuses nothing: what the map leaves out is told by the flow.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from portulan.base import texts
from portulan.base.durations import Duration
from portulan.base.fold import fold
from portulan.maps.model import FINAL, Delays, Lane, Map, MapState, Passage, Phase, Step, StepKind
from portulan.maps.walk import leading, reached
from portulan.mining import endings
from portulan.mining.flow import Flow
from portulan.mining.names import element_id, step_ids
from portulan.mining.show import Shown
from portulan.mining.visits import Floats

_MOST_LANES = 6
_HUES = (262, 172, 32, 205, 330, 95)
#: The id of the step that opens a case, drawn when cases begin in several ways.
OPENING = "ouverture"
#: Columns that say who acts as a group rather than as a person, the surest first.
_WHO = (
    "org:role",
    "role",
    "org:group",
    "group",
    "equipe",
    "team",
    "workgroup",
    "resource",
    "agent",
)
#: A step where at least half of its visits are the last of their case can be an ending.
_ENDS = 0.5
_PHASES = ("begin", "middle", "end")
_HOUR, _MINUTE, _WORKING_DAY = 3600, 60, 7 * 3600


@dataclass(frozen=True)
class Wanted:
    """How the map should be named, and what travels on it."""

    uid: str
    title: str
    state: MapState = "as_is"
    subject: str | None = None
    lang: str = "fr"


def discover(shown: Shown, wanted: Wanted) -> Map:
    """Return the map of what a flow shows."""
    codes = _in_order(shown)
    start = max(codes, key=lambda code: int(shown.flow.starts[code]), default=-1)
    kinds = _kinds(shown, codes, start)
    pairs = _pairs(shown, _arcs(shown, codes, kinds, start))
    entries = _entries(shown, codes, pairs, start)
    lanes, lane_of = _lanes(shown, codes, wanted.lang)
    phase_of = _phase_of(codes, kinds)
    used = [name for name in _PHASES if name in phase_of.values()]
    phases = tuple(Phase(id=f"ph_{n}", label=texts.say(f"mining.phase_{n}", wanted.lang)) for n in used)
    steps = tuple(
        Step(
            id=shown.study.ids[code],
            label=shown.study.labels[code],
            kind=kinds[code],
            lane=lane_of[code],
            phase=f"ph_{phase_of[code]}",
            begins=code == start and not entries,
            delays=Delays(usual=_usual(shown.flow, code)),
        )
        for code in codes
    )
    return Map(
        uid=wanted.uid,
        title=wanted.title,
        state=wanted.state,
        subject=wanted.subject,
        phases=phases,
        lanes=lanes,
        steps=(*(_opening(steps[0], wanted.lang) if entries else ()), *steps),
        passages=tuple(_passages(shown.study.ids, [*entries, *pairs])),
    )


def _in_order(shown: Shown) -> list[int]:
    """Return the codes of the steps shown, by their mean place in the cases."""
    mean = shown.study.log.mean_places
    seen = [code for code in range(len(mean)) if shown.flow.step_count[code]]
    return sorted(seen, key=lambda code: (float(mean[code]), code))


def _kinds(shown: Shown, codes: list[int], start: int) -> dict[int, StepKind]:
    """Return the kind of each step; where cases begin is no ending, and one ending there is."""
    labels, share = shown.study.labels, _ending_shares(shown)
    kinds: dict[int, StepKind] = dict.fromkeys(codes, "task")
    others = [code for code in codes if code != start]
    for code in others:
        if share[code] >= _ENDS:
            kinds[code] = endings.kind(labels[code], always=float(share[code])) or "task"
    if others and not FINAL & set(kinds.values()):
        last = max(others, key=lambda code: int(shown.flow.ends[code]))
        kinds[last] = endings.kind(labels[last], always=1.0) or "closed"
    return kinds


def _ending_shares(shown: Shown) -> Floats:
    """Return the share of visits to each step that are the last of their case, among states if need be."""
    study = shown.study
    share = shown.flow.ends / np.maximum(shown.flow.step_count, 1)
    states = study.states
    count = np.maximum(np.bincount(states.step, minlength=len(states.steps)), 1)
    last = np.bincount(states.step[states.last], minlength=len(states.steps)) / count
    for code, step_id in enumerate(study.state_ids):
        share[study.code_of[step_id]] = max(share[study.code_of[step_id]], last[code])
    return np.asarray(share)


def _arcs(shown: Shown, codes: list[int], kinds: dict[int, StepKind], start: int) -> list[int]:
    """Return the arcs to draw: those shown, and what links every step to the start and to an end."""
    found = shown.flow
    final = {code for code in codes if kinds[code] in FINAL}
    usable = [
        edge
        for edge in np.argsort(-found.count, kind="stable").tolist()
        if int(found.source[edge]) not in final and found.source[edge] != found.target[edge]
    ]
    drawn = {edge for edge in usable if shown.view.shown[edge]}
    _link(drawn, usable, found, {start}, forward=True)
    _link(drawn, usable, found, final, forward=False)
    return [edge for edge in usable if edge in drawn]


def _link(drawn: set[int], usable: list[int], found: Flow, roots: set[int], *, forward: bool) -> None:
    """Add the most frequent arcs until every step that can be reached from the roots is."""
    tails, heads = (found.source, found.target) if forward else (found.target, found.source)
    reached = set(roots)
    while True:
        edge = _next(drawn, usable, tails, heads, reached)
        if edge is None:
            return
        drawn.add(edge)
        reached.add(int(heads[edge]))


def _next(drawn: set[int], usable: list[int], tails: object, heads: object, reached: set[int]) -> int | None:
    """Return an arc from what is reached to what is not, one that is drawn if there is any."""
    leaving = [e for e in usable if int(tails[e]) in reached and int(heads[e]) not in reached]  # type: ignore[index]
    return next((e for e in leaving if e in drawn), leaving[0] if leaving else None)


def _entries(
    shown: Shown, codes: list[int], pairs: list[tuple[str, str]], start: int
) -> list[tuple[str, str]]:
    """Return the passages from an opening to each start, when one start does not lead to every step."""
    ids = shown.study.ids
    known = reached([ids[start]], leading(pairs)) if codes else set()
    lost = [code for code in codes if ids[code] not in known]
    begun = [code for code in lost if shown.flow.starts[code]]
    return [(OPENING, ids[code]) for code in [start, *begun]] if begun else []


def _opening(first: Step, lang: str) -> tuple[Step]:
    label = texts.say("mining.opening", lang)
    return (Step(id=OPENING, label=label, lane=first.lane, phase=first.phase, begins=True),)


def _pairs(shown: Shown, arcs: list[int]) -> list[tuple[str, str]]:
    found, ids = shown.flow, shown.study.ids
    return [(ids[int(found.source[edge])], ids[int(found.target[edge])]) for edge in arcs]


def _passages(ids: tuple[str, ...], pairs: list[tuple[str, str]]) -> Iterator[Passage]:
    names = step_ids([f"p {source[:19]} {target[:19]}" for source, target in pairs])
    taken = set(ids)
    for name, (source, target) in zip(names, pairs, strict=True):
        yield Passage(id=name if name not in taken else f"{name}_p", source=source, target=target)


def _phase_of(codes: list[int], kinds: dict[int, StepKind]) -> dict[int, str]:
    """Return the phase of each step: thirds of the order, every ending in the last."""
    running = [code for code in codes if kinds[code] not in FINAL]
    third = max(len(running) / len(_PHASES), 1)
    phase_of = {code: _PHASES[min(int(rank / third), 2)] for rank, code in enumerate(running)}
    return phase_of | {code: "end" for code in codes if kinds[code] in FINAL}


def _lanes(shown: Shown, codes: list[int], lang: str) -> tuple[tuple[Lane, ...], dict[int, str]]:
    """Return the lanes and the lane of each step: who acts most often there, when few act."""
    column = _who(shown.study.log.events)
    if column is None:
        lane = Lane(id="lane_all", label=texts.say("mining.lane_all", lang), hue=_HUES[0])
        return (lane,), dict.fromkeys(codes, lane.id)
    acting = pl.DataFrame({"step": shown.study.log.step, "who": column}).drop_nulls()
    most = (
        acting.group_by("step", "who")
        .len()
        .sort("step", "len", "who", descending=[False, True, False])
        .unique("step", keep="first", maintain_order=True)
    )
    who = dict(zip(most["step"].to_list(), most["who"].to_list(), strict=True))
    names = sorted({who.get(code, "") or column.drop_nulls()[0] for code in codes})
    ids = {name: f"lane_{one}" for name, one in zip(names, step_ids(names), strict=True)}
    lanes = tuple(
        Lane(id=ids[name], label=name, hue=_HUES[rank % len(_HUES)]) for rank, name in enumerate(names)
    )
    return lanes, {code: ids[who.get(code, "") or column.drop_nulls()[0]] for code in codes}


def _who(events: pl.DataFrame) -> pl.Series | None:
    """Return the column that says who acts, when it names between two and six of them."""
    named = {fold(name): name for name in events.columns}
    for wanted in _WHO:
        for plain, name in named.items():
            if wanted not in plain:
                continue
            names = events[name].unique().cast(pl.String).str.strip_chars().replace("", None)
            if 2 <= names.drop_nulls().n_unique() <= _MOST_LANES:  # noqa: PLR2004 - one is no lane
                return events[name].cast(pl.String).str.strip_chars().replace("", None)
    return None


def _usual(found: Flow, code: int) -> Duration | None:
    """Return how long cases usually stay at a step, in the unit that people would say."""
    elapsed, worked = float(found.sojourns.median[code]), float(found.sojourns.working_median[code])
    if np.isnan(elapsed) or elapsed < _MINUTE:
        return None
    if worked >= _WORKING_DAY:
        return Duration(amount=round(worked / _WORKING_DAY), unit="working_days")
    if elapsed >= _HOUR:
        return Duration(amount=round(elapsed / _HOUR), unit="hours")
    return Duration(amount=round(elapsed / _MINUTE), unit="minutes")


def map_uid(title: str) -> str:
    """Return the uid that a title suggests."""
    return element_id(title, "carte")
