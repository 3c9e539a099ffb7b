"""The events of a log as columns: whole cases, the same ones each time, and how many of how many."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.base.refusals import NotThere
from portulan.mining import archive, dots, replay, store, study
from portulan.mining.study import Study

HOUR = 3_600_000_000
BEGUN = 1_700_000_000_000_000
STEPS = ("Appel", "Devis", "Gagné")


def studied(lengths: list[int]) -> Study:
    rows = [
        (f"c{n}", STEPS[place % 3], BEGUN + n * HOUR + place * place * HOUR)
        for n, length in enumerate(lengths)
        for place in range(length)
    ]
    frame = pl.DataFrame(rows, schema=store.COLUMNS, orient="row")
    return study.of_archive(archive.Archived(store.code(frame), frozenset()))


@given(st.lists(st.integers(1, 30), min_size=1, max_size=40), st.integers(1, 400))
@settings(deadline=None, max_examples=60)
def test_cases_are_shown_whole_and_as_many_as_fit(lengths: list[int], most: int) -> None:
    log = studied(lengths)
    found = dots.dots(log, "fr", most)
    assert len(found.step) == len(found.at) == found.offsets[-1]
    assert len(found.step) <= most or len(found.cases) == 1
    assert sum(one.cases for one in found.steps) == len(found.step)
    place = {case: n for n, case in enumerate(log.log.cases)}
    for row, case in enumerate(found.cases):
        mine = slice(found.offsets[row], found.offsets[row + 1])
        begin, end = log.log.offsets[place[case]], log.log.offsets[place[case] + 1]
        assert found.step[mine] == tuple(log.log.step[begin:end].tolist())
        waits = np.diff(np.array(found.at[mine])) * 1_000_000
        assert (waits == np.diff(log.log.at[begin:end])).all()
    assert dots.dots(log, "fr", most) == found


def test_what_is_shown_of_how_many_is_said() -> None:
    log = studied([10] * 40)
    said = dots.dots(log, "fr", 100).sentence.replace("\u202f", " ").replace("\u00a0", " ")
    assert said == "100 événements montrés sur 400 : 10 dossiers entiers sur 40, tirés au hasard."
    assert dots.dots(log, "fr").sentence.startswith("400")


def test_a_case_is_told_event_by_event_with_its_dates_and_waits() -> None:
    told = replay.replay(studied([3, 2]), "c1", "fr")
    assert [one.step for one in told.events] == ["appel", "devis"]
    assert [one.wait_seconds for one in told.events] == [None, 3600]
    first, second = (one.sentence.replace("\u202f", " ").replace("\u00a0", " ") for one in told.events)
    assert first == "15 novembre 2023 à 00:13 : le dossier commence à « Appel »."
    assert second == "15 novembre 2023 à 01:13 : « Devis », 1 h après « Appel »."
    assert (told.all_events, told.seconds) == (2, 3600)


def test_a_case_that_the_log_has_not_is_not_there() -> None:
    with pytest.raises(NotThere):
        replay.replay(studied([3]), "c9", "fr")


def test_a_case_too_long_is_told_up_to_a_bound_and_says_how_long_it_is() -> None:
    told = replay.replay(studied([replay.MOST + 5]), "c0", "fr")
    assert (len(told.events), told.all_events) == (replay.MOST, replay.MOST + 5)
