"""Codes of activities (NAF) as the sectors of the base model, headcounts as its sizes."""

import re
from collections.abc import Iterable

_NAF = re.compile(r"^(\d{2})\.?(?:\d{1,2})?\.?[A-Za-z]?$")
_DIVISIONS: tuple[tuple[range, str], ...] = (
    (range(1, 4), "agroalimentaire"),
    (range(10, 13), "agroalimentaire"),
    (range(13, 34), "industrie"),
    (range(35, 40), "energie"),
    (range(41, 44), "btp"),
    (range(45, 48), "retail"),
    (range(49, 54), "transport"),
    (range(55, 57), "tourisme"),
    (range(58, 61), "medias"),
    (range(61, 62), "telecom"),
    (range(62, 64), "saas"),
    (range(64, 67), "finance"),
    (range(68, 69), "immobilier"),
    (range(73, 74), "marketing"),
    (range(69, 83), "services"),
    (range(84, 85), "public"),
    (range(85, 86), "formation"),
    (range(86, 89), "sante"),
    (range(90, 94), "medias"),
)
_SIZE = re.compile(r"s(\d+)")


def of_naf(said: str) -> str:
    """Return the sector of a code of activity; else what was said."""
    found = _NAF.match(said.strip())
    if not found or len(said.strip()) < 3:  # noqa: PLR2004 - two figures alone are no code
        return said
    division = int(found[1])
    return next((sector for divisions, sector in _DIVISIONS if division in divisions), said)


def of_headcount(said: str, sizes: Iterable[str]) -> str:
    """Return the size (`s50`: from 50 people on) that a number of people falls into; else what was said."""
    digits = re.sub(r"[\s.,]", "", said)
    least = sorted(int(found[1]) for one in sizes if (found := _SIZE.fullmatch(one)))
    if not digits.isdecimal() or not least:
        return said
    return next((f"s{one}" for one in reversed(least) if one <= int(digits)), said)
