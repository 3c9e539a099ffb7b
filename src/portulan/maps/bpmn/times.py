"""Durations as ISO 8601 writes them. Working time has no letter there: it is written as calendar time."""

import re

from portulan.base.durations import Duration, Unit

_LETTERS: dict[Unit, str] = {
    "minutes": "PT{n}M",
    "hours": "PT{n}H",
    "days": "P{n}D",
    "weeks": "P{n}W",
    "months": "P{n}M",
    "working_hours": "PT{n}H",
    "working_days": "P{n}D",
}
_ISO = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:[\d.]+S)?)?"
)
_MINUTES = {
    "years": 525_600, "months": 43_200, "weeks": 10_080, "days": 1_440, "hours": 60, "minutes": 1,
}  # fmt: skip
_UNITS: tuple[Unit, ...] = ("weeks", "days", "hours", "minutes")


def write(duration: Duration) -> str:
    """Return a duration as ISO 8601."""
    return _LETTERS[duration.unit].format(n=duration.amount)


def find(text: str) -> Duration | None:
    """Return the duration that ISO 8601 text says, in the unit that says it whole; None for other text."""
    match = _ISO.fullmatch(text.strip())
    said = {name: int(amount) for name, amount in (match.groupdict() if match else {}).items() if amount}
    if not said or any(len(str(amount)) > 6 for amount in said.values()):  # noqa: PLR2004 - no century fits
        return None
    if set(said) <= {"years", "months"}:
        return Duration(amount=said.get("years", 0) * 12 + said.get("months", 0), unit="months")
    total = sum(_MINUTES[name] * amount for name, amount in said.items())
    unit = next(one for one in _UNITS if total % _MINUTES[one] == 0 and (one in said or one == "minutes"))
    return Duration(amount=total // _MINUTES[unit], unit=unit)
