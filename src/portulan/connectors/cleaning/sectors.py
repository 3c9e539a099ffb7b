"""Codes of activities (NAF) as the sectors of the base model, division by division."""

import re

_NAF = re.compile(r"^(\d{2})\.?(?:\d{1,2})?\.?[A-Za-z]?$")
_DIVISIONS: tuple[tuple[range, str], ...] = (
    (range(10, 34), "industrie"),
    (range(41, 44), "btp"),
    (range(45, 48), "retail"),
    (range(58, 59), "saas"),
    (range(62, 64), "saas"),
    (range(69, 83), "services"),
    (range(84, 85), "public"),
)


def of_naf(said: str) -> str:
    """Return the sector of a code of activity; else what was said."""
    found = _NAF.match(said.strip())
    if not found or len(said.strip()) < 3:  # noqa: PLR2004 - two figures alone are no code
        return said
    division = int(found[1])
    return next((sector for divisions, sector in _DIVISIONS if division in divisions), said)
