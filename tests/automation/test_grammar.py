"""What rules may be made of is read from what exists: nothing is left out, each asks for its own."""

from typing import get_args

import pytest

from portulan.automation import grammar
from portulan.automation.actions import ACTIONS
from portulan.base.texts import LANGUAGES
from portulan.maps import rules, scenarios


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_trigger_and_every_registered_action_is_offered_with_its_words(lang: str) -> None:
    assert len(grammar.triggers(lang)) == len(get_args(get_args(rules.Trigger)[0]))
    assert {word.name for word in grammar.actions(lang)} == set(ACTIONS)


def test_what_an_action_needs_is_asked_for() -> None:
    asked = {word.name: {one.name: one.input for one in word.inputs} for word in grammar.actions("fr")}
    assert asked["create_task"] == {"label": "text", "kind": "activity", "due": "duration", "to": "person"}
    assert asked["move"] == {"stage": "stage", "motive": "text"}
    needed = {word.name: [one.name for one in word.inputs if one.required] for word in grammar.triggers("fr")}
    assert needed["changed"] == ["field"]
    assert needed["entered"] == []


def test_every_act_and_every_expectation_is_offered() -> None:
    for lang in LANGUAGES:
        assert len(grammar.acts(lang)) == len(get_args(get_args(scenarios.Act)[0]))
        assert len(grammar.expectations(lang)) == len(get_args(get_args(scenarios.Expectation)[0]))
    asked = {word.name: {one.name: one.input for one in word.inputs} for word in grammar.acts("fr")}
    assert asked["create"] == {"by": "who", "record": "alias", "object": "object", "values": "values"}
