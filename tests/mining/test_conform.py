"""Planted deviations are found and named; the share that conforms is that of the overlay."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.base.durations import Duration
from portulan.maps.model import Delays, Lane, Map, Passage, Phase, Step
from portulan.mining import archive, causes, conform, deviations, discover, project, read, show, store, study
from portulan.mining.discover import Wanted
from portulan.mining.study import Study

DAY = 86_400_000_000
BEGUN = 1_700_000_000_000_000
HELPDESK = Path(__file__).parents[2] / "examples" / "helpdesk.xes.gz"
IDS = ("appel", "devis", "relance", "gagne")
LABELS = ("Appel", "Devis", "Relance", "Gagné")


def drawn() -> Map:
    kinds = ("interest", "task", "task", "won")
    steps = [
        Step(id=one, label=label, kind=kind, lane="l", phase="p", begins=one == "appel")
        for one, label, kind in zip(IDS, LABELS, kinds, strict=True)
    ]
    steps[1] = steps[1].model_copy(update={"delays": Delays(target=Duration(amount=5, unit="days"))})
    ways = [Passage(id=f"p{n}", source=a, target=b) for n, (a, b) in enumerate(pairwise(IDS))]
    return Map(
        uid="vente",
        title="Vente",
        lanes=(Lane(id="l", label="L"),),
        phases=(Phase(id="p", label="P"),),
        steps=tuple(steps),
        passages=tuple(ways),
    )


def studied(*cases: tuple[str, str]) -> Study:
    """Cases as their steps, by first letter, one a day, and the team that had them."""
    named = dict(zip("adrgx", (*LABELS, "Autre"), strict=True))
    rows = [
        (f"c{n}", named[letter], BEGUN + place * DAY, team)
        for n, (case, team) in enumerate(cases)
        for place, letter in enumerate(case)
    ]
    frame = pl.DataFrame(rows, schema={**store.COLUMNS, "case:team": pl.String}, orient="row")
    return study.of_archive(archive.Archived(store.code(frame), frozenset()))


def found(log: Study) -> conform.Conformance:
    places = [one if one in IDS else None for one in log.ids]
    return conform.conform(log, project.place(log, drawn(), places), places)


def kinds(log: Study) -> dict[tuple[str, str, str], int]:
    return {(one.kind, one.source, one.target): int(one.cases.sum()) for one in found(log).deviations}


def test_what_the_map_does_not_foresee_is_named() -> None:
    log = studied(("adrg", ""), ("arg", ""), ("adrdrg", ""), ("addrg", ""), ("drg", ""), ("adrxg", ""))
    assert kinds(log) == {
        ("skipped", "appel", "relance"): 1,
        ("back", "relance", "devis"): 1,
        ("repeat", "devis", "devis"): 1,
        ("start", "devis", ""): 1,
        ("unknown", "autre", ""): 1,
    }
    skip = next(one for one in found(log).deviations if one.kind == "skipped")
    assert skip.through == ("devis",)
    assert found(log).conforming.tolist() == [True, False, False, True, True, True]


def test_a_stay_beyond_its_delay_is_too_slow() -> None:
    slow = pl.DataFrame(
        [
            ("c", "Appel", BEGUN),
            ("c", "Devis", BEGUN),
            ("c", "Relance", BEGUN + 6 * DAY),
            ("c", "Gagné", BEGUN + 7 * DAY),
        ],
        schema=store.COLUMNS,
        orient="row",
    )
    log = study.of_archive(archive.Archived(store.code(slow), frozenset()))
    assert kinds(log) == {("slow", "devis", ""): 1}


def test_days_lost_and_what_goes_with_a_deviation_are_told_with_their_cases() -> None:
    straight, loops = [("adrg", "nord")] * 40, [("adrdrg", "sud")] * 30
    log = studied(*straight, *loops)
    places = list(log.ids)
    told = deviations.told(log, drawn(), places, "fr")
    back = told.deviations[0]
    assert (back.kind, back.cases, back.extra_seconds) == ("back", 30, 2 * 86_400)
    assert [(one.attribute, one.value, one.share, one.other_share) for one in back.causes] == [
        ("team", "sud", 1, 0)
    ]
    assert "43 %" in back.sentence.replace("\u202f", " ").replace("\u00a0", " ")
    assert back.examples[0] == "c40"
    assert told.share == 40 / 70
    assert sum(one.cases for one in told.months) == 70


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=25)
def test_values_drawn_at_random_rarely_set_cases_apart(seed: int) -> None:
    random = np.random.default_rng(seed)
    log = studied(*[("adrg", team) for team in random.choice(["n", "s", "e", "o"], 200)])
    some = random.random(200) < 0.5
    assert len(causes.apart(log, some)) <= 1


def test_on_a_real_log_the_share_that_conforms_is_that_of_the_overlay() -> None:
    source = read.read(HELPDESK)
    log = study.of_archive(archive.Archived(source.log, source.states))
    as_is = discover.discover(show.show(log), Wanted("vu", "Vu"))
    known = {step.id for step in as_is.steps}
    places = [one if one in known else None for one in log.ids]
    projection = project.place(log, as_is, places)
    told = deviations.told(log, as_is, places, "fr")
    assert told.share == project.overlay(projection, "x", "fr").totals.conformance
    assert all(one.cases for one in told.deviations)


def test_one_case_is_said_in_the_singular() -> None:
    log = studied(*[("adrg", "")] * 3, ("arg", ""))
    (skip,) = deviations.told(log, drawn(), list(log.ids), "fr").deviations
    assert "(1 dossier)" in skip.sentence
