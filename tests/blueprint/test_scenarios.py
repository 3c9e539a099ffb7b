"""A scenario reads as sentences, and says everything that it names and the blueprint does not know."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portulan.base import texts
from portulan.blueprint import base_model
from portulan.blueprint.check_scenarios import check_scenario
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.telling import tell
from portulan.maps import codec, starters
from portulan.maps.scenarios import Scenario

MAPS = [starters.starter(name) for name in starters.NAMES]
BUILT = compile_maps(MAPS, base_model.load())
ALL = [scenario for drawn in MAPS for scenario in drawn.scenarios]
EXTENSION = next(one for one in ALL if one.id == "sc_devis_extension")


def changed(**update: Any) -> Scenario:
    return Scenario.model_validate(codec.dump(EXTENSION) | update)


def plain(said: str) -> str:
    return said.replace("\u202f", " ")


def codes(scenario: Scenario) -> set[str]:
    return {problem.code.removeprefix("blueprint.scenario_") for problem in check_scenario(scenario, BUILT)}


def test_the_scenarios_of_the_starters_name_nothing_that_does_not_exist() -> None:
    assert [problem.say("fr") for one in ALL for problem in check_scenario(one, BUILT)] == []


def test_a_scenario_reads_in_french() -> None:
    told = tell(EXTENSION, BUILT, "fr")
    assert told.given[0] == "Hugo, rôle Commercial"
    first = told.moments[0]
    assert plain(first.when) == "Hugo fait passer « Fonderie Vasseur, extension » à « Proposition envoyée »"
    assert plain(first.then[0]) == (
        "c’est refusé : il manque « Montant » et « Budget validé » ; "
        "« Le budget du client est connu » n’est pas rempli"
    )
    assert told.moments[3].when == "on attend 1 jour ouvré"


def test_every_scenario_reads_in_both_languages() -> None:
    for lang in texts.LANGUAGES:
        for one in ALL:
            told = tell(one, BUILT, lang)
            assert len(told.moments) == len(one.moments)
            assert "…" not in str(told)


def test_every_unknown_name_is_found_at_once() -> None:
    moments = [
        {"act": {"do": "move", "by": "nobody", "record": "nothing", "to": "nowhere"}},
        {"act": {"do": "update", "by": "hugo", "record": "extension", "values": {"no_field": 1}}},
        {
            "act": {"do": "wait", "span": {"amount": 1}},
            "then": [
                {"expect": "refused", "unmet": ["no_criterion"]},
                {"expect": "owner", "record": "extension", "role": "no_role"},
                {"expect": "exists", "object": "no_object"},
                {"expect": "task", "record": "fonderie"},
                {
                    "expect": "holds",
                    "record": "extension",
                    "condition": {"field": "amount", "test": "contains", "value": "x"},
                },
            ],
        },
    ]
    found = codes(changed(moments=moments))
    assert {"person", "record", "stage", "field", "criterion", "role", "object"} <= found
    assert any("condition" in code for code in found)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["in", "ago", "record", "person", "x"]), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(value=VALUES, name=st.sampled_from(["amount", "account", "date_demo", "no_field"]))
def test_whatever_a_value_holds_the_scenario_is_told_and_checked(value: Any, name: str) -> None:
    act = {"do": "update", "by": "hugo", "record": "extension", "values": {name: value}}
    odd = {
        "expect": "holds",
        "record": "extension",
        "condition": {"field": name, "test": "equals", "value": value},
    }
    strange = changed(moments=[{"act": act, "then": [odd]}])
    check_scenario(strange, BUILT)
    for lang in texts.LANGUAGES:
        assert len(tell(strange, BUILT, lang).moments) == 1


def test_two_things_of_one_name_are_told_apart() -> None:
    people = [{"id": "fonderie", "role": "sales", "name": "Hugo"}]
    assert "alias_twice" in codes(changed(people=people))


def test_promised_times_and_messages_read_as_sentences_and_name_what_is_promised() -> None:
    ticket = {"id": "panne", "object": "ticket", "values": {"name": "Panne"}, "stage": "recu"}
    standing = {"expect": "promised", "record": "panne", "measure": "first_response", "standing": "running"}
    mailed = {"expect": "mailed", "record": "panne", "label": "Relance", "to": "nobody", "count": 2}
    lead = {**standing, "record": "helvetia"}
    wait = {"do": "wait", "span": {"amount": 1, "unit": "working_hours"}}
    given = [ticket, {"id": "helvetia", "object": "account", "values": {"name": "Helvetia"}}]
    asked = changed(given=given, moments=[{"act": wait, "then": [standing, mailed, lead]}])
    said = tell(asked, BUILT, "fr").moments[0].then
    assert said[0] == "pour « Panne », le délai de première réponse court"
    assert said[1] == "2 messages « Relance » sont prêts au sujet de « Panne », pour « nobody »"
    assert codes(asked) == {"record", "promise"}
