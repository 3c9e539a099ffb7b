"""What a picture is worth is judged on what it shows, and what it leaves out is said."""

import polars as pl
import pytest

from portulan.mining import show, store, study, worth
from portulan.mining.archive import Archived
from portulan.mining.show import Shown


def shown(*cases: str, paths: float | None = 1.0) -> Shown:
    rows = [(f"c{n}", one, place) for n, case in enumerate(cases) for place, one in enumerate(case)]
    log = store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))
    return show.show(study.of_archive(Archived(log, frozenset())), paths=paths)


def test_a_whole_picture_tells_every_case_and_says_that_nothing_is_left() -> None:
    seen = shown(*["abc"] * 3, "abbc")
    known = worth.worth(seen)
    assert (known.fitness, known.checked) == (1, 1)
    assert known.precision == pytest.approx(17 / 18)  # a third b is allowed, nobody does it
    assert worth.told(seen, "fr").sentence.startswith("La carte ne laisse rien de côté")


def test_a_picture_that_hides_a_passage_fits_less_and_names_it() -> None:
    seen = shown(*["abc"] * 97, *["acc"] * 3, paths=0.9)
    told = worth.told(seen, "fr")
    # three cases skip the b that the picture asks for and do one c too many
    assert told.fitness == pytest.approx(1 - 6 / 600)
    assert told.precision == 1
    assert told.sentence.startswith("La carte laisse de côté 2 passages (3")
    assert told.sentence.endswith("d’abord « a » → « c », 3 fois.")


def test_without_time_it_is_told_that_nothing_was_checked() -> None:
    assert worth.worth(shown("abc"), budget=0.0) == worth.Worth(None, None, 0.0)


def test_a_log_without_events_is_worth_nothing() -> None:
    assert worth.worth(shown("")) == worth.Worth(None, None, 0.0)
