"""Every sentence exists in both languages, with the same facts."""

import string
from pathlib import Path

import pytest

from portulan.base import texts

SOURCE = Path(texts.__file__).parents[1]
ROOMS = sorted(path.parent.name for path in SOURCE.glob("*/catalogue"))


def facts(entry: str | dict[str, str]) -> list[set[str]]:
    forms = [entry] if isinstance(entry, str) else [entry["one"], entry["other"]]
    return [{name for _, name, _, _ in string.Formatter().parse(form) if name} for form in forms]


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_say_the_same_things(room: str) -> None:
    french, english = (texts.catalogue(room, lang) for lang in texts.LANGUAGES)
    assert french.keys() == english.keys()
    for key, entry in french.items():
        assert set().union(*facts(entry)) == set().union(*facts(english[key])), key
