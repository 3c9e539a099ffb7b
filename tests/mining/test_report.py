"""Real logs give the figures that their publications state, and a picture."""

import gzip
import importlib
import warnings
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import polars as pl
import pytest

from portulan.base import calendar
from portulan.mining import flow, read, read_csv, report, store, variants
from portulan.mining.read_csv import FileNotReadable

LOGS = Path(__file__).parents[3] / "shared" / "data" / "logs"
needs_logs = pytest.mark.skipif(not LOGS.exists(), reason="the real logs are not beside the project")


@needs_logs
@pytest.mark.parametrize(
    ("name", "cases", "events"),
    [
        ("helpdesk.xes.gz", 4580, 21348),
        ("callcenter.csv", 3885, 7548),
        ("receipt.csv", 1434, 8577),
        ("running-example.csv", 6, 42),
        ("running-example.xes", 6, 42),
        ("SEPSIS.xes.gz", 1050, 15214),
        ("BPIC13_cp.xes.gz", 1487, 6660),
        ("BPIC15_1f.xes.gz", 902, 21656),
        ("DomesticDeclarations.xes.gz", 10357, 55628),
    ],
)
def test_every_event_of_a_real_log_is_read(name: str, cases: int, events: int) -> None:
    source = read.read(LOGS / name)
    assert (len(source.log.cases), len(source.log.step)) == (cases, events)


@needs_logs
def test_the_two_walls_of_the_loan_offers_are_named() -> None:
    found = report.report(LOGS / "BPIC12.xes.gz")
    assert "« A_PARTLYSUBMITTED » et « O_SENT »" in found.sentences[3]
    ET.fromstring(found.svg)  # noqa: S314 - our own picture


@needs_logs
@pytest.mark.parametrize(
    "name", ["receipt.csv", "running-example.xes", "helpdesk.xes.gz", "SEPSIS.xes.gz", "BPIC13_cp.xes.gz"]
)
def test_arcs_and_variants_equal_those_of_another_miner(name: str) -> None:
    log = read.read(LOGS / name).log
    ours = store.decode(log).select("case", "step", at=pl.col("at").cast(pl.Datetime("us")))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pm4py = importlib.import_module("pm4py")  # it warns when it is imported
        frame = pd.DataFrame(ours.to_dict(as_series=False))
        formatted = pm4py.format_dataframe(frame, case_id="case", activity_key="step", timestamp_key="at")
        arcs, starts, ends = pm4py.discover_dfg(formatted)
        ways = pm4py.get_variants(formatted)
    found = flow.flow(log, calendar.DEFAULT)
    names = found.steps
    pairs = zip(found.source, found.target, found.count, strict=True)
    assert {(names[a], names[b]): int(n) for a, b, n in pairs} == arcs
    assert {names[i]: int(n) for i, n in enumerate(found.starts) if n} == starts
    assert {names[i]: int(n) for i, n in enumerate(found.ends) if n} == ends
    seen = variants.variants(log)
    paths = [log.step[log.offsets[c] : log.offsets[c + 1]] for c in seen.example.tolist()]
    assert {tuple(names[s] for s in path): int(n) for path, n in zip(paths, seen.cases, strict=True)} == ways


@needs_logs
def test_the_columns_of_a_call_centre_are_told_with_their_start_and_end() -> None:
    guesses = read_csv.guess_roles(read_csv.read_table(LOGS / "callcenter.csv").frame)
    roles = {name: guess.role for name, guess in guesses.items()}
    assert (roles["Start Date"], roles["End Date"], roles["Operation"]) == ("time", "end", "step")
    assert roles["Service ID"] == "case"
    log = read.read(LOGS / "callcenter.csv").log
    assert (log.events["end_at"].to_numpy() >= log.at).all()


def test_a_report_says_so_when_no_ending_is_known(tmp_path: Path) -> None:
    rows = [f"{n // 3},{'abc'[(n * 7 + n // 3) % 3]},2024-03-{1 + n % 28:02} 10:00" for n in range(90)]
    path = tmp_path / "log.csv"
    path.write_text("case,activity,date\n" + "\n".join(rows), encoding="utf-8")
    found = report.report(path)
    assert found.blockages == [] or found.sentences
    assert ET.fromstring(found.svg).tag.endswith("svg")  # noqa: S314 - our own picture
    assert found.as_json()["cases"] == 30


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(b"<log>" * 1000)[:40])
    with pytest.raises(FileNotReadable):
        read.read(path)


@needs_logs
def test_a_step_where_most_cases_stop_is_asked_about_rather_than_accused() -> None:
    found = report.report(LOGS / "receipt.csv")
    assert "« T10 Determine necessity to stop indication » est peut-être une fin" in " ".join(
        found.sentences
    ).replace("\u202f", " ")
