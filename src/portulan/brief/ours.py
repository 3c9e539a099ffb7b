"""The column of Portulan: what its own scenarios proved, and nothing else.

A use case is worth 3 when its scenario is green on what the maps would build, 0 when it is red; a step is
worth 3 when a green scenario went through it. Everything else is not proven.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_date

from portulan.base import calendar as calendars
from portulan.base import texts
from portulan.blueprint import base_model, phase
from portulan.blueprint import queries as blueprints
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.trials import Tried
from portulan.blueprint.trials import key_of as trial_of
from portulan.brief.requirements import key_of
from portulan.brief.totals import BEST
from portulan.maps import queries as maps
from portulan.maps.model import Map
from portulan.people.actor import Actor
from portulan.records import runtime


@dataclass(frozen=True)
class Proven:
    """What a scenario proved of a criterion: its score, in words, and when it was played."""

    score: int
    proof: str
    at: datetime


def proven(actor: Actor) -> dict[str, Proven]:
    """Return what our scenarios proved, by the key of the criterion; what is absent is not proven."""
    published = maps.published(actor)
    found: dict[str, Proven] = {}
    narrowed, base = phase.upto(published, base_model.load(), runtime.newest().blueprint.rollout)
    wanted = compile_maps(narrowed, base)
    for drawn in narrowed:
        tried = blueprints.find_trial(actor, key=trial_of(wanted, drawn))
        if tried is not None:
            found |= dict(_of_map(drawn, tried, actor.lang))
    return found


def _of_map(drawn: Map, tried: Tried, lang: str) -> Iterator[tuple[str, Proven]]:
    titles = {one.id: one.title for one in drawn.scenarios}
    on = format_date(tried.at.astimezone(calendars.DEFAULT.tz), format="medium", locale=lang)
    for outcome in tried.outcomes:
        title = titles[outcome["scenario"]]
        yield key_of(drawn, outcome["scenario"]), _use_case(outcome, on, tried.at, lang)
        if outcome["green"]:
            crossed = texts.say("brief.crossed", lang, scenario=title, on=on)
            for step in {one["step"] for one in outcome["moments"] if one["step"]}:
                yield key_of(drawn, step), Proven(BEST, crossed, tried.at)


def _use_case(outcome: dict[str, Any], on: str, at: datetime, lang: str) -> Proven:
    if outcome["green"]:
        checks = sum(len(one["checks"]) for one in outcome["moments"])
        return Proven(BEST, texts.say("brief.played_green", lang, n=checks, on=on), at)
    reason = (outcome["reason"] or {}).get(lang) or ""
    return Proven(0, texts.say("brief.played_red", lang, on=on, reason=reason), at)
