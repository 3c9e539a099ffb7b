"""What cases need to follow a map is said in sentences, with these cases and the filter that chooses them."""

from itertools import pairwise

import polars as pl
import pytest

from portulan.base.refusals import NotThere
from portulan.maps.model import Lane, Map, Passage, Phase, Step
from portulan.mining import archive, corrections, filters, store, study
from portulan.mining.conformance import AlignmentAnswer
from portulan.mining.study import Study

IDS = ("appel", "devis", "relance", "gagne")
LABELS = ("Appel", "Devis", "Relance", "Gagné")


def drawn(*ids: str) -> Map:
    return Map(
        uid="vente",
        title="Vente",
        lanes=(Lane(id="l", label="L"),),
        phases=(Phase(id="p", label="P"),),
        steps=tuple(
            Step(id=one, label=one.title(), lane="l", phase="p", begins=one == ids[0]) for one in ids
        ),
        passages=tuple(Passage(id=f"p{n}", source=a, target=b) for n, (a, b) in enumerate(pairwise(ids))),
    )


def studied(*cases: str) -> Study:
    """Cases as their steps, by first letter."""
    named = dict(zip("adrgx", (*LABELS, "Autre"), strict=True))
    rows = [
        (f"c{n}", named[one], at * 3_600_000_000)
        for n, case in enumerate(cases)
        for at, one in enumerate(case)
    ]
    frame = pl.DataFrame(rows, schema=store.COLUMNS, orient="row")
    return study.of_archive(archive.Archived(store.code(frame), frozenset()))


def told(log: Study, way: Map, seconds: float = 5, lang: str = "fr") -> AlignmentAnswer:
    places = [one if one in IDS else None for one in log.ids]
    found = corrections.aligned(log, way, places, (), seconds)
    return corrections.told(log, way, places, found, lang)


def plain(sentence: str) -> str:
    return sentence.replace("\u202f", " ").replace("\u00a0", " ")


def test_each_correction_says_how_many_cases_need_it() -> None:
    answer = told(studied("adrg", "addrg", "arg", "arxg", "adxrxg"), drawn(*IDS))
    assert [plain(one.sentence) for one in answer.corrections] == [
        "40 % des dossiers passent par « Autre », absente de la carte (2 dossiers, 3 fois).",
        "40 % des dossiers sautent l’étape « Devis » (2 dossiers).",
    ]
    assert (answer.checked, answer.variants, answer.conforming) == (1, 4, 0.4)
    assert plain(answer.sentence) == (
        "Tous les dossiers sont vérifiés (5) : 40 % suivent la carte sans aucune correction. "
        "Aux autres, il faut 1,7 correction en moyenne."
    )


def test_the_cases_of_a_correction_are_those_that_its_filter_chooses() -> None:
    log = studied("adrg", "arg", "arg", "adrxg", "dadrg")
    places = [one if one in IDS else None for one in log.ids]
    found = corrections.aligned(log, drawn(*IDS), places, (), 5)
    answer = corrections.told(log, drawn(*IDS), places, found, "fr")
    chosen = {one.key: corrections.cases(found, one.key).tolist() for one in answer.corrections}
    assert chosen == {"skipped:devis": [1, 2], "unknown:autre": [3], "extra:devis": [4]}
    for one in answer.corrections:
        if one.stack is not None:
            kept = filters.chosen(log, filters.read(one.stack))
            assert kept.nonzero()[0].tolist() == chosen[one.key]
    assert [one.stack is None for one in answer.corrections] == [False, False, True]
    with pytest.raises(NotThere):
        corrections.cases(found, "skipped:appel")


def test_a_case_that_is_still_on_its_way_lacks_nothing() -> None:
    assert told(studied("ad", "a", "adr"), drawn(*IDS)).fitness == 1


def test_what_is_allowed_beside_the_map_needs_no_correction() -> None:
    log = studied("arg")
    found = corrections.aligned(log, drawn(*IDS), log.ids, {("appel", "relance")}, 5)
    assert found.conforming.all()


def test_what_there_was_no_time_for_is_said_to_be_unchecked() -> None:
    answer = told(studied("adrg"), drawn(*IDS), seconds=0)
    assert (answer.checked, answer.fitness, answer.precision, answer.corrections) == (0, None, None, ())
    assert plain(answer.sentence).startswith("0 % des dossiers vérifiés (0 parcours sur 1")
    assert "0% of the cases" in plain(told(studied("adrg"), drawn(*IDS), seconds=0, lang="en").sentence)
