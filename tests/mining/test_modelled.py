"""A model is told with how well it tells of its log and what it leaves out."""

import polars as pl

from portulan.mining import modelled, portfolio, sequences, store, study
from portulan.mining.archive import Archived
from portulan.mining.portfolio import Mined
from portulan.mining.study import Study


def studied(*cases: str) -> Study:
    rows = [(f"c{n}", one, place) for n, case in enumerate(cases) for place, one in enumerate(case)]
    log = store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))
    return study.of_archive(Archived(log, frozenset()))


def mined(seen: Study) -> Mined | None:
    return portfolio.mine(sequences.of_log(seen.log, seen.variants), seen.labels)


def test_what_is_told_says_how_well_and_what_is_left_out() -> None:
    seen = studied(*["abd"] * 40, *["acd"] * 30)
    told = modelled.answer(seen, mined(seen), patient=False, lang="fr")
    assert (told.fitness, told.precision, told.size, told.dropped, told.patient) == (1, 1, 8, (), False)
    assert told.sentence.endswith("Toutes les étapes y sont.")
    assert [one.label for one in told.elements if one.kind == "gateway"] == ["Selon le cas", "Suite"]


def test_a_log_without_blocks_says_so() -> None:
    seen = studied("")
    told = modelled.answer(seen, mined(seen), patient=False, lang="en")
    assert told.sentence.startswith("This log cannot be structured")
    assert (told.elements, told.fitness) == ((), None)
