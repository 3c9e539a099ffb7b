"""Figures as exports write them: amounts, French registration numbers that lost their zeros, mails."""

import re
from decimal import Decimal, InvalidOperation
from typing import Literal

from stdnum.fr import siren as siren_numbers
from stdnum.fr import siret as siret_numbers

Mark = Literal[",", "."]
_FRAME = re.compile(r"[^\d.,+-]")
_GROUPED = re.compile(r"^[+-]?\d{1,3}(?:[.,]\d{3})+$")
_SIREN, _SIRET = 9, 14


def decimal_mark(samples: list[str]) -> Mark:
    """Return what a column writes decimals with: the last mark, or one that three figures do not follow."""
    for said in samples:
        plain = _FRAME.sub("", said)
        marks = [one for one in plain if one in ",."]
        if len(set(marks)) == 2:  # noqa: PLR2004 - both: the last one parts the decimals
            return "," if marks[-1] == "," else "."
        if len(marks) == 1 and not _GROUPED.match(plain):
            return "," if marks[0] == "," else "."
        if len(marks) > 1:
            return "." if marks[0] == "," else ","
    return "."


def number(said: str, mark: Mark) -> str:
    """Return a number as a computer writes it, without its unit and spaces; else what was said."""
    plain = _FRAME.sub("", said)
    if not re.search(r"\d", plain) or re.search(r"[a-zA-Z]{4,}", said):
        return said
    bare = plain.replace("." if mark == "," else ",", "").replace(mark, ".")
    if said.strip().startswith("(") and said.strip().endswith(")"):
        bare = f"-{bare}"  # accountants
    try:
        return str(Decimal(bare))
    except InvalidOperation:
        return said


def siren(said: str) -> str:
    """Return a SIREN as nine figures, when it holds."""
    return _registered(said, _SIREN, siren_numbers.is_valid)


def siret(said: str) -> str:
    """Return a SIRET as fourteen figures, when it holds."""
    return _registered(said, _SIRET, siret_numbers.is_valid)


def email(said: str) -> str:
    """Return an address as it is written to."""
    plain = said.strip().removeprefix("mailto:").strip(" <>;,.")
    return plain.lower()


def _registered(said: str, length: int, holds: object) -> str:
    digits = re.sub(r"\D", "", re.sub(r"\.0$", "", said.strip()))
    padded = digits.zfill(length)
    return padded if len(digits) >= length - 2 and callable(holds) and holds(padded) else said.strip()
