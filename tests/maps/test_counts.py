"""What a map says is counted has a place there, says all that counting takes, and is for somebody."""

import pytest

from portulan.maps import counts, naming, starters
from portulan.maps.measures import DrawnMeasure
from portulan.maps.model import Map

VENTE = starters.starter("vente")


def drawn(**said: object) -> Map:
    one = DrawnMeasure.model_validate({"id": "m", "label": "Affaires", "roles": ["sales"], **said})
    return VENTE.model_copy(update={"measures": (one,)})


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"element": "partie"}, "maps.measure_nowhere"),
        ({"stages": ["partie"]}, "maps.measure_nowhere"),
        ({"how": "sum"}, "maps.measure_unfinished"),
        ({"how": "rate"}, "maps.measure_unfinished"),
        ({"period": "month"}, "maps.measure_unfinished"),
        ({"label": " "}, "maps.measure_unfinished"),
        ({"roles": []}, "maps.measure_for_nobody"),
    ],
)
def test_a_measure_that_nobody_could_count_is_found(said: dict[str, object], code: str) -> None:
    assert [one.code for one in counts.lint(drawn(**said))] == [code]


def test_a_measure_on_a_step_or_a_passage_is_sound() -> None:
    for place in (None, VENTE.steps[0].id, VENTE.passages[0].id):
        assert not list(counts.lint(drawn(element=place, stages=[VENTE.steps[0].id])))


def test_a_map_that_becomes_another_process_counts_at_its_own_steps() -> None:
    own = naming.free(drawn(element="gagne", stages=["gagne"]), {VENTE.uid})
    assert not list(counts.lint(own))
    assert own.measures[0].stages == (own.measures[0].element,) != ("gagne",)
