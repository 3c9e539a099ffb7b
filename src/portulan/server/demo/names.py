"""The names of a fictitious world, drawn from pools: nobody real, numbers that nobody holds.

Pure. Telephone numbers come from the ranges that the French regulator keeps for fiction; SIREN numbers
begin with 0, which is never given, and bear a right check digit.
"""

import json
import unicodedata
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from stdnum import luhn

_FICTION = {"idf": "019900", "ouest": "026191", "nord": "035301", "est": "035301", "sud": "046571"}


@cache
def pools() -> dict[str, Any]:
    """Return the pools of names."""
    read: dict[str, Any] = json.loads((files(__package__) / "names.json").read_text(encoding="utf-8"))
    return read


def company(n: int, sector: str) -> str:
    """Return the name of the n-th company of a sector."""
    heads, tails = pools()["company_heads"], pools()["company_tails"][sector]
    turn, head = divmod(n, len(heads))
    turn, tail = divmod(turn, len(tails))
    name = f"{heads[head]}{tails[tail]}"
    return name if not turn else f"{name} {turn + 1}"


def address(name: str) -> str:
    """Return a name as the first part of an internet address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "".join(c if c.isalnum() else "-" for c in plain).strip("-")


def siren(n: int) -> str:
    """Return the n-th fictitious SIREN."""
    digits = f"0{n:07d}"
    return digits + luhn.calc_check_digit(digits)


def telephone(territory: str, n: int) -> str:
    """Return the n-th telephone number of a territory."""
    return f"+33{_FICTION[territory][1:]}{n % 10000:04d}"


def mobile(n: int) -> str:
    """Return the n-th mobile number."""
    return f"+3363998{n % 10000:04d}"


def person(chance: Random) -> tuple[str, str]:
    """Return a first and a last name."""
    return chance.choice(pools()["first"]), chance.choice(pools()["last"])
