"""A board as a table to take away: one line a figure, with what it means and how it is counted.

Owns its columns and the defence against formulas; figures are those of the screen.
"""

from collections.abc import Iterator
from typing import Any

from portulan.base import tables, texts

_COLUMNS = (
    "measure", "value", "unit", "period", "records", "of", "before", "goal", "reached", "counted",
    "definition", "owner",
)  # fmt: skip


def sheet(told: dict[str, Any], lang: str) -> str:
    """Return a board as CSV, in the habits of spreadsheets of a language."""
    delimiter, _ = tables.HABITS[lang]
    return tables.BOM + tables.lines(_rows(told, lang), delimiter)


def _rows(told: dict[str, Any], lang: str) -> Iterator[list[str]]:
    yield [texts.say(f"measures.column_{one}", lang) for one in _COLUMNS]
    for one in told["figures"]:
        unit = one["currency"] or texts.say(f"measures.unit_{one['unit']}", lang)
        reached = "" if one["reached"] is None else _say("yes" if one["reached"] else "no", lang)
        counts = (str(one["records"]), "" if one.get("of") is None else str(one["of"]))
        goal = "" if one["goal"] is None else _number(f"{one['goal']:g}", lang)
        period = _say(f"period_{one['period'] or 'now'}", lang)
        figures = (_number(one["value"], lang), tables.inert(unit), period, *counts)
        aims = (_number(one["before"], lang), goal, reached)
        words = (one["says"], one["definition"], one["owner"])
        yield [tables.inert(one["label"]), *figures, *aims, *map(tables.inert, words)]


def _say(key: str, lang: str) -> str:
    return texts.say(f"measures.{key}", lang)


def _number(value: str | None, lang: str) -> str:
    """Return a number as a spreadsheet reads it; a number is ours and no formula."""
    return (value or "").replace(".", tables.HABITS[lang][1])
