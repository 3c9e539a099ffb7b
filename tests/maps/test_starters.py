"""The maps that the product comes with: nothing to find on them, nothing left in another language."""

import json
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portulan.base.refusals import NotThere
from portulan.base.texts import LANGUAGES
from portulan.blueprint import base_model
from portulan.blueprint.check import check
from portulan.blueprint.check_scenarios import check_scenario
from portulan.blueprint.compile import compile_maps
from portulan.maps import codec, starters
from portulan.maps.lint import lint
from portulan.maps.starters.overlay import lay

SETS = list(product(("", *starters.SECTORS), LANGUAGES))
#: Properties that people read.
READ = {
    "label", "title", "description", "today", "tomorrow", "detail", "born", "circulates", "stored", "breaks",
    "text", "motive", "channel", "cycle", "definition",
}  # fmt: skip


def texts_of(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from texts_of(one, name) if name != "values" else ()
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one, key)
    elif isinstance(value, str) and key in READ and value:
        yield value


def ids_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (one for name, one in value.items() if name in ("id", "uid", "field", "role", "stage"))
        for one in value.values():
            yield from ids_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from ids_of(one)


@pytest.mark.parametrize(("sector", "lang"), SETS)
def test_the_four_maps_of_a_sector_have_no_finding_and_compile_together(sector: str, lang: str) -> None:
    drawn = [starters.starter(name, sector, lang) for name in starters.NAMES]
    assert [(one.title, found.say("fr")) for one in drawn for found in lint(one)] == []
    built = compile_maps(drawn, base_model.load())
    assert [problem.say("fr") for problem in check(built)] == []
    told = [problem.say("fr") for one in drawn for s in one.scenarios for problem in check_scenario(s, built)]
    assert told == []


@pytest.mark.parametrize("sector", ["", *starters.SECTORS])
@pytest.mark.parametrize("name", starters.NAMES)
def test_every_text_is_translated_and_no_name_of_an_element_is(name: str, sector: str) -> None:
    french, english = (codec.dump(starters.starter(name, sector, lang)) for lang in LANGUAGES)
    words = json.loads((files(starters.__name__) / "en.json").read_text(encoding="utf-8"))
    assert sorted(set(texts_of(french)) - words.keys()) == []
    assert list(ids_of(french)) == list(ids_of(english))


def test_no_translation_is_left_over() -> None:
    words = json.loads((files(starters.__name__) / "en.json").read_text(encoding="utf-8"))
    said = json.dumps(
        [codec.dump(starters.starter(n, s)) for n in starters.NAMES for s in ("", *starters.SECTORS)],
        ensure_ascii=False,
    )
    assert [text for text in words if json.dumps(text, ensure_ascii=False) not in said] == []


@pytest.mark.parametrize("name", starters.NAMES)
def test_each_sector_changes_what_is_asked_and_not_only_words(name: str) -> None:
    asked = {
        sector: {entry.id for step in starters.starter(name, sector).steps for entry in step.information}
        for sector in ("", *starters.SECTORS)
    }
    assert len({frozenset(one) for one in asked.values()}) == len(asked)


def test_what_does_not_exist_is_not_there() -> None:
    for asked in (("vol", "", "fr"), ("vente", "mines", "fr"), ("vente", "", "de")):
        with pytest.raises(NotThere):
            starters.starter(*asked)


def test_a_thing_is_merged_taken_away_added_behind_another_or_last() -> None:
    base = {"steps": [{"id": "a", "label": "A", "kept": 1}, {"id": "b"}], "tags": ["x"]}
    over = {
        "steps": [
            {"id": "a", "label": "B"},
            {"id": "b", "out": True},
            {"id": "c"},
            {"id": "d", "after": "a"},
        ],
        "tags": ["y"],
    }
    steps = [{"id": "a", "label": "B", "kept": 1}, {"id": "d"}, {"id": "c"}]
    assert lay(base, over) == {"steps": steps, "tags": ["y"]}


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(value=VALUES)
def test_nothing_laid_over_changes_nothing_and_a_value_over_itself_neither(value: Any) -> None:
    assert lay(value, value) == value
    assert not isinstance(value, dict) or lay(value, {}) == value
