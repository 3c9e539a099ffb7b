"""What a person is known by, and texts without it.

Pure. Strong are an address, a number, a first name beside a name: wherever they stand, they mean this person.
A name alone means somebody else as often, and is never sought where nothing ties a text to the person.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import phonenumbers

from portulan.base.fold import fold

#: What stands in place of what is forgotten, the same in every language.
GONE = "[anonymisé]"
_LEAST, _LEAST_NAME, _LEAST_PLAIN = 5, 3, 4
_PHONES = (
    phonenumbers.PhoneNumberFormat.E164,
    phonenumbers.PhoneNumberFormat.NATIONAL,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.RFC3966,
)


def tokens(known: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return what a person is surely known by, from what their records say or said, by type of field.

    Each mapping holds lists of texts under `email`, `phone`, `name` and `first_name`.
    """
    found: set[str] = set()
    for one in known:
        found.update(one.get("email", ()))
        for phone in one.get("phone", ()):
            found |= _written(phone)
        for name in one.get("name", ()):
            firsts = one.get("first_name", ())
            found |= {text for first in firsts for text in (f"{first} {name}", f"{name} {first}")}
            if " " in name.strip():
                found.add(name)
    plain = {" ".join(text.split()) for text in found if text}
    return frozenset(text for text in plain | {fold(one) for one in plain} if len(text) >= _LEAST)


def names(known: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the bare names of a person, to be sought only in what is tied to them."""
    said = {name for one in known for group in ("name", "first_name") for name in one.get(group, ())}
    words = said | {word for name in said for word in name.split()}
    return frozenset(text for word in words for text in (word, fold(word)) if len(text) >= _LEAST_NAME)


def pattern(known: frozenset[str]) -> re.Pattern[str] | None:
    """Return what finds them in a text, whatever its case; None when nothing is known."""
    if not known:
        return None
    longest = sorted(known, key=lambda text: (-len(text), text))
    return re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in longest), re.IGNORECASE)


def sought(known: frozenset[str]) -> list[str]:
    """Return what to ask a database for: of each, a part that every database and JSON write alike."""
    return sorted({part for text in known for part in _plain(text)})


def without(value: Any, found: re.Pattern[str]) -> Any:
    """Return a text, or everything that JSON holds, without what the pattern finds."""
    if isinstance(value, str):
        return found.sub(GONE, value)
    if isinstance(value, list):
        return [without(one, found) for one in value]
    if isinstance(value, dict):
        return {without(key, found): without(one, found) for key, one in value.items()}
    return value


def _plain(text: str) -> set[str]:
    longest = max(re.findall(r"[ -!#-\[\]-~]+", text), key=len, default="")
    return {longest} if len(longest) >= _LEAST_PLAIN else {text, text.upper(), json.dumps(text)[1:-1]}


def _written(phone: str) -> set[str]:
    """Return the ways of writing a number."""
    try:
        number = phonenumbers.parse(phone, "FR")
    except phonenumbers.NumberParseException:
        return {phone}
    forms = {phonenumbers.format_number(number, form) for form in _PHONES}
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return {phone, *forms, *(national.replace(" ", by) for by in ("", ".", "-"))}
