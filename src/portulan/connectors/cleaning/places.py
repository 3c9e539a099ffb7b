"""Places and numbers that depend on them: postcodes, countries, telephones.

A French number is read in the region of its postcode: 0262 is the Réunion, not +33.
"""

import re
from functools import cache

import phonenumbers
from babel import Locale
from babel.core import get_global

from portulan.base.fold import fold

_OVERSEAS = {
    "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT", "977": "BL", "978": "MF",
    "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip
_POSTCODE = re.compile(r"\d{4,5}")
_FRENCH_DIGITS = 5


def postcode(said: str, country: str = "") -> str:
    """Return a postcode: French ones with their five figures, the zero that spreadsheets lose included."""
    plain = re.sub(r"\.0$", "", said.strip())
    digits = plain.replace(" ", "")
    if _POSTCODE.fullmatch(digits) and region_of(country) in ("", "FR"):
        return digits.zfill(_FRENCH_DIGITS)
    return " ".join(plain.upper().split())


def country(said: str) -> str:
    """Return the French name of a country said in French, English or by its code; else what was said."""
    region = region_of(said)
    return str(_names("fr")[region]) if region else " ".join(said.split())


def region_of(country_said: str) -> str:
    """Return the code of a country, or nothing when nobody knows it."""
    plain = country_said.strip()
    code = plain.upper().replace(".", "")
    if code in _names("fr") and len(code) == 2:  # noqa: PLR2004 - as in FR
        return code
    alias = get_global("territory_aliases").get(code)
    if alias:
        return str(alias[0])
    return _by_name().get(fold(plain), "")


def phone(said: str, postcode_said: str = "", country_said: str = "") -> str:
    """Return a number in E.164 when it can be one, read in its region; else what was said."""
    region = region_of(country_said) or "FR"
    if region == "FR":
        region = _OVERSEAS.get(postcode_said[:3], "FR")
    plain = re.sub(r"\(0\)", "", said.strip())
    if re.fullmatch(r"[1-9]\d{8}", plain) and region == "FR":
        plain = f"0{plain}"  # a spreadsheet took it for a number
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return said.strip()
    if not phonenumbers.is_possible_number(number):
        return said.strip()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@cache
def _names(lang: str) -> dict[str, str]:
    return {code: name for code, name in Locale(lang).territories.items() if code.isalpha()}


@cache
def _by_name() -> dict[str, str]:
    usual = {
        "usa": "US",
        "u.s.a.": "US",
        "etats unis": "US",
        "uk": "GB",
        "angleterre": "GB",
        "hollande": "NL",
    }
    return {fold(name): code for lang in ("en", "fr") for code, name in _names(lang).items()} | usual
