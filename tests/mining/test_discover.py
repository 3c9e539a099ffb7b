"""A log becomes a map that the linter accepts, on which the log projects back by id."""

from pathlib import Path

import polars as pl
import pytest

from portulan.maps.lint import lint
from portulan.maps.model import Map
from portulan.mining import discover, project, read, show, store, study
from portulan.mining.archive import Archived
from portulan.mining.discover import OPENING, Wanted
from portulan.mining.study import Study

HELPDESK = Path(__file__).parents[2] / "examples" / "helpdesk.xes.gz"
LOGS = Path(__file__).parents[3] / "shared" / "data" / "logs"
REAL = ("helpdesk.xes.gz", "callcenter.csv", "receipt.csv", "running-example.xes", "SEPSIS.xes.gz",
        "BPIC12.xes.gz", "BPIC15_1f.xes.gz", "RTFMP.xes.gz", "DomesticDeclarations.xes.gz",
        "BPIC13_cp.xes.gz")  # fmt: skip
DAY = 86_400_000_000


def studied(*cases: str, who: str = "") -> Study:
    """Return the study of cases written as letters, a day apart."""
    rows = [
        (f"c{n}", step, 1_700_000_000_000_000 + place * DAY, who[place % len(who)] if who else None)
        for n, case in enumerate(cases)
        for place, step in enumerate(case.split())
    ]
    frame = pl.DataFrame(rows, schema={**store.COLUMNS, "team": pl.String}, orient="row")
    return study.of_archive(Archived(store.code(frame), frozenset()))


def drawn(found: Study, **how: float) -> Map:
    return discover.discover(
        show.show(found, paths=how.get("paths"), steps=how.get("steps")), Wanted("vu", "Vu")
    )


def of_file(path: Path) -> Study:
    source = read.read(path)
    return study.of_archive(Archived(source.log, source.states))


@pytest.mark.parametrize("name", REAL)
def test_the_map_of_a_real_log_has_no_error_and_fits_fifty_elements(name: str) -> None:
    if not (LOGS / name).exists():
        pytest.skip("the real logs are not beside the project")
    found = drawn(of_file(LOGS / name))
    assert [finding.code for finding in lint(found) if finding.severity == "error"] == []
    assert len(found.steps) <= 50


def test_a_step_is_found_again_by_id_on_the_map_of_its_log() -> None:
    seen = of_file(HELPDESK)
    on = project.place(seen, drawn(seen), seen.ids)
    whole = project.overlay(on, "log", "fr")
    assert (whole.unmapped, whole.totals.cases) == ((), 4580)
    assert {step: one.cases for step, one in whole.steps.items()} == dict(
        zip(seen.ids, seen.flow.step_cases.tolist(), strict=True)
    )
    moves = sum(one.count for one in whole.passages.values()) + sum(one.count for one in whole.extra)
    loops = seen.flow.count[seen.flow.source == seen.flow.target].sum()
    assert moves == seen.flow.count.sum() - loops


def test_kinds_and_usual_delays_are_those_of_the_log() -> None:
    found = drawn(studied(*["Appel Devis Gagné"] * 6, *["Appel Devis Perdu"] * 4))
    assert {step.label: step.kind for step in found.steps} == {
        "Appel": "task", "Devis": "task", "Gagné": "won", "Perdu": "lost",
    }  # fmt: skip
    assert [step.label for step in found.steps if step.begins] == ["Appel"]
    usual = found.step("appel").delays.usual
    assert usual is not None
    assert (usual.amount, usual.unit) == (1, "working_days")


def test_cases_that_begin_in_several_ways_pass_an_opening() -> None:
    found = drawn(studied(*["Mail Clos"] * 5, *["Appel Clos"] * 4))
    assert found.steps[0].id == OPENING
    assert {way.target for way in found.passages if way.source == OPENING} == {"mail", "appel"}


def test_lanes_are_teams_when_few_act() -> None:
    found = drawn(studied(*["Appel Devis Gagné"] * 5, who="AB"))
    assert {lane.label for lane in found.lanes} == {"A", "B"}
    assert found.step("devis").lane == "lane_b"


def test_one_variant_is_a_map_of_its_own() -> None:
    seen = studied(*["Appel Devis Gagné"] * 5, *["Appel Gagné"] * 2)
    found = drawn(study.of_variant(seen, 1))
    assert [step.id for step in found.steps] == ["appel", "gagne"]
    assert [(way.source, way.target) for way in found.passages] == [("appel", "gagne")]


def test_steps_beyond_fifty_are_hidden_and_listed() -> None:
    many = studied(*[" ".join(["Début", f"Étape{n}", "Clos"]) for n in range(80) for _ in range(2)])
    shown = show.show(many)
    told = show.answer(shown, sentence=None, all_cases=0)
    assert len(told.steps) + len(told.hidden_steps) == 82
    assert len(discover.discover(shown, Wanted("vu", "Vu")).steps) <= 50


def test_the_same_log_gives_the_same_map_byte_for_byte() -> None:
    one, other = (drawn(of_file(HELPDESK)).model_dump_json() for _ in range(2))
    assert one == other
