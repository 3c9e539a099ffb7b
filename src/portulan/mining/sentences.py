"""What a log says, in sentences: counts, spans of time, blocked steps, what the picture leaves out."""

import math
from collections.abc import Sequence

import numpy as np
from babel.lists import format_list
from babel.numbers import format_decimal

from portulan.base import texts
from portulan.mining.blocked import Blockage
from portulan.mining.study import Study

_MONEY = (("M€", 1_000_000), ("k€", 1_000))
#: Lengths of fewer units are told with a decimal.
_FEW = 10
_UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))
#: Up to how many of a unit a decimal is read, as on the screens.
_FINE = {"days": 100, "hours": 10}


def count(number: int, lang: str) -> str:
    """Return a whole number as people write it."""
    return format_decimal(number, locale=lang)


def share(part: float, lang: str) -> str:
    """Return a share (0 to 1) as a percentage."""
    return texts.say("mining.percent", lang, value=format_decimal(round(100 * part), locale=lang))


def figure(value: float, lang: str) -> str:
    """Return a number as people write it, with a decimal or two where it has them."""
    return format_decimal(value, "#,##0.##", locale=lang)


def points(part: float, lang: str) -> str:
    """Return a difference of shares (-1 to 1) in points, signed."""
    return format_decimal(round(100 * part), "+#,##0;−#,##0", locale=lang)


def span(seconds: float, lang: str) -> str:
    """Return a length of time in its largest unit, such as 16,7 j."""
    if math.isnan(seconds):
        return "–"
    unit, size = next((pair for pair in _UNITS if seconds >= pair[1]), _UNITS[-1])
    value = seconds / size
    digits = "#,##0.#" if value < _FINE.get(unit, 0) else "#,##0"
    return texts.say(f"mining.span_{unit}", lang, value=format_decimal(value, digits, locale=lang))


def between(low: float, high: float, lang: str) -> str:
    """Return two lengths of time, in the unit of the longer one: 4 à 12 j."""
    unit, size = next((pair for pair in _UNITS if high >= pair[1]), _UNITS[-1])
    digits = "#,##0.#" if high < _FEW * size else "#,##0"
    least, most = (format_decimal(value / size, digits, locale=lang) for value in (low, high))
    written = texts.say(f"mining.span_{unit}", lang, value=most)
    return written if least == most else texts.say("mining.range", lang, low=least, high=written)


def blockage(step: str, found: Blockage, lang: str) -> str:
    """Return what is known of a blocked step."""
    facts = {"step": step, "horizon": span(found.horizon, lang), "cases": count(found.cases, lang)}
    facts["visits"] = count(found.visits, lang)
    if found.blocked is None:
        return texts.say("mining.too_early", lang, **facts)
    return texts.say(
        "mining.blocked" if found.waiting else "mining.blocked_before",
        lang,
        n=found.waiting,
        share=share(found.blocked, lang),
        lost=share(found.lost, lang),
        still=share(max(found.blocked - found.lost, 0.0), lang),
        waiting=count(found.waiting, lang),
        **facts,
    )


def walls(names: Sequence[str], part: float, lang: str) -> str:
    """Return which steps carry most of what blocks."""
    quoted = [texts.say("base.say_quoted", lang, value=name) for name in names]
    listed = format_list(quoted, locale=lang)
    return texts.say("mining.walls", lang, n=len(names), steps=listed, share=share(part, lang))


def worst(study: Study, blockages: Sequence[Blockage], lang: str) -> str | None:
    """Return the sentence to read first: where most visits block, how many wait there, for how much."""
    told = [one for one in blockages if one.blocked]
    if not told:
        return None
    first = max(told, key=lambda one: (one.blocked or 0) * one.visits)
    return stuck(study, first, lang)


def stuck(study: Study, one: Blockage, lang: str) -> str:
    """Return how many block at a step, how many wait there now, and for how much."""
    step_id = study.state_ids[one.step]
    waiting = study.case_of_state[study.visits.case[study.open_at(step_id)]]
    facts = {
        "share": share(one.blocked or 0.0, lang),
        "step": study.label(step_id),
        "n": len(waiting),
        "cases": count(len(waiting), lang),
    }
    kind = "deals" if study.object_name == "opportunity" else "cases"
    if study.amounts is None:
        return texts.say(f"mining.stuck_{kind}", lang, **facts)
    total = money(float(np.nansum(study.amounts[waiting])), lang)
    return texts.say(f"mining.stuck_{kind}_amount", lang, amount=total, **facts)


def money(amount: float, lang: str) -> str:
    """Return an amount in euros, in its largest round unit: 612 k€."""
    unit, size = next((pair for pair in _MONEY if abs(amount) >= pair[1]), ("€", 1))
    return f"{format_decimal(round(amount / size, 1 if unit == 'M€' else 0), locale=lang)}\u00a0{unit}"
