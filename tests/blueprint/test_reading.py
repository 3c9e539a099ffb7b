"""What a drawing says happens by itself is read back before it is built, with what keeps it from running."""

import pytest

from portulan.base.refusals import NotThere
from portulan.blueprint import base_model
from portulan.blueprint.reading import read_back, read_story
from portulan.maps import codec, starters
from portulan.maps.model import Map

BASE = base_model.load()


def with_rule(drawn: Map, **rule: object) -> Map:
    raw = codec.dump(drawn)
    raw["steps"][0]["automations"] = [{"id": "mine", "label": "La mienne", "rule": rule}]
    return codec.read(raw)


def test_rules_of_steps_and_passages_and_promises_are_read_by_their_id_on_the_map() -> None:
    said = {one.id: one.say for one in read_back(starters.starter("support"), BASE, "fr")}
    assert said["au_relances"].startswith("Quand un ticket entre à")
    assert "8 heures ouvrées" in said["resolution_critique"]
    assert {one.say for one in read_back(starters.starter("support"), BASE, "en")}.isdisjoint(said.values())


def test_a_rule_that_names_what_does_not_exist_says_so() -> None:
    drawn = with_rule(
        starters.starter("vente"), actions=[{"do": "notify", "to": "nobody", "text": "Bonjour"}]
    )
    (mine,) = (one for one in read_back(drawn, BASE, "fr") if one.id == "mine")
    assert mine.problems


def test_a_map_that_cannot_be_built_yet_says_nothing() -> None:
    drawn = starters.starter("vente").model_copy(update={"subject": "nothing"})
    assert read_back(drawn, BASE, "fr") == []


def test_a_scenario_being_written_is_read_as_sentences_with_what_lacks() -> None:
    drawn = starters.starter("vente")
    story = read_story(drawn, "sc_devis_extension", BASE, "fr")
    assert story.told.moments[0].when.startswith("Hugo fait passer")
    assert story.problems == ()
    raw = codec.dump(drawn)
    raw["scenarios"][0]["moments"][1]["act"]["by"] = "nobody"
    assert read_story(codec.read(raw), raw["scenarios"][0]["id"], BASE, "fr").problems
    with pytest.raises(NotThere):
        read_story(drawn, "nothing", BASE, "fr")
