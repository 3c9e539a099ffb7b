"""The fast reader of XES reads what r4pm reads, and gives up rather than guess or crash."""

import gzip
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars import selectors

from portulan.mining import kernels, read, read_xes, scan

pytestmark = pytest.mark.skipif(kernels.LIBRARY is None, reason="no compiler was at hand when this was built")

HELPDESK = Path(__file__).parents[2] / "examples" / "helpdesk.xes.gz"
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)
TRACES = st.lists(st.lists(st.tuples(WORDS, st.integers(0, 10**6)), max_size=4), min_size=1, max_size=5)
#: What the standard allows and few files hold.
RARE = """<?xml version='1.0'?><!-- a <log> --><log xes.version="1.0">
<global scope="trace"><string key="concept:name" value="none"/></global><trace>
<string key='concept:name' value="it's &#233;t&#xE9; &amp; &lt;more&gt;
here"/><list key="l"><values><string key="x" value="y"/></values></list><event><string key="concept:name"
value="a > b"><int key="inner" value="3"/></string>
<date key="time:timestamp" value="2024-02-29T23:59:59.5-01:30"
/><boolean key="ok" value="true"/><float key="f" value="-1.5e3"/><int key="i" value="-7"/>
<![CDATA[ </trace> ]]></event
></trace></log>
"""


def written(traces: list[list[tuple[str, int]]]) -> str:
    events = [
        "".join(
            f'<event><string key="concept:name" value={quoteattr(word)}/>'
            f'<int key="n" value="{n}"/><date key="time:timestamp" value="2024-01-01T00:00:00Z"/></event>'
            for word, n in trace
        )
        for trace in traces
    ]
    traced = (
        f'<trace><string key="concept:name" value="{at}"/>{one}</trace>' for at, one in enumerate(events)
    )
    return f"<log>{''.join(traced)}</log>"


def test_a_real_file_reads_as_by_r4pm() -> None:
    mine, theirs = scan.scan(HELPDESK), read_xes._by_r4pm(HELPDESK)
    assert mine is not None
    texts = mine.with_columns(selectors.enum().cast(pl.String))
    assert texts.select(sorted(mine.columns)).equals(theirs.select(sorted(theirs.columns)))


@given(TRACES)
@settings(deadline=None, max_examples=50)
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, traces: list[list[tuple[str, int]]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "written.xes"
    path.write_text(written(traces), encoding="utf-8")
    found = scan.scan(path)
    assert found is not None
    rows = [(str(at), word, n) for at, trace in enumerate(traces) for word, n in trace]
    if rows:
        assert found.select("case:concept:name", "concept:name", "n").rows() == rows


def test_texts_kept_as_codes_give_the_log_of_plain_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    coded = read.read(HELPDESK).log
    assert coded.events["org:resource"].dtype == pl.Enum
    monkeypatch.setattr(scan, "_MOST_CODED", 0)
    plain = read.read(HELPDESK).log
    assert plain.events["org:resource"].dtype == pl.String
    assert coded.cases.dtype == pl.String
    assert coded.steps == plain.steps
    for name in ("cases", "case_rows"):
        assert getattr(coded, name).equals(getattr(plain, name)), name
    for name in ("offsets", "step", "at"):
        assert np.array_equal(getattr(coded, name), getattr(plain, name)), name
    assert coded.events.with_columns(selectors.enum().cast(pl.String)).equals(plain.events)


def test_what_is_rare_is_read_whatever_the_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rare.xes"
    path.write_text(RARE, encoding="utf-8")
    for size in (1, 2, 7, 1000):
        monkeypatch.setattr(scan, "_CHUNK", size)
        found = scan.scan(path)
        assert found is not None
        assert found.row(0, named=True) == {
            "case:concept:name": "it's été & <more> here",
            "concept:name": "a > b",
            "time:timestamp": found["time:timestamp"][0],
            "ok": True,
            "f": -1500.0,
            "i": -7,
        }
        assert str(found["time:timestamp"][0]) == "2024-03-01 01:29:59.500000"


def test_members_of_a_gzip_file_follow_each_other(tmp_path: Path) -> None:
    raw = RARE.encode()
    path = tmp_path / "two.xes.gz"
    path.write_bytes(gzip.compress(raw[:300]) + gzip.compress(raw[300:]))
    found = scan.scan(path)
    assert found is not None
    assert found.height == 1
    path.write_bytes(gzip.compress(raw)[:-20])
    assert scan.scan(path) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("</log>", ""),
        ("</trace>", ""),
        ('value="-7"', 'value="seven"'),
        ("-01:30", ""),
        ("02-29", "02-31"),
        ("&amp;", "&own;"),
        ("<log", "<!DOCTYPE log><log"),
        ('<int key="i"', '<int key="ok"'),
        ("&#233;", "&#0;"),
    ],
    ids=["cut", "unclosed", "number", "no zone", "no day", "entity", "doctype", "mixed", "zero"],
)
def test_what_it_does_not_know_is_left_to_another(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "odd.xes"
    path.write_text(RARE.replace(before, after), encoding="utf-8")
    assert scan.scan(path) is None


@given(st.lists(st.tuples(st.integers(0, len(RARE) - 1), st.binary(max_size=3)), min_size=1, max_size=6))
@settings(deadline=None, max_examples=150)
def test_bytes_at_random_never_break_it(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, bytes]]
) -> None:
    raw = bytearray(RARE.encode())
    for at, with_ in changes:
        raw[at : at + len(with_)] = with_
    path = tmp_path_factory.getbasetemp() / "fuzzed.xes"
    path.write_bytes(bytes(raw))
    found = scan.scan(path)
    assert found is None or found.height <= raw.count(b"<event")


def test_cases_in_pieces_and_times_out_of_order_are_put_in_order() -> None:
    frame = read.read(HELPDESK).log
    assert (np.diff(frame.at)[frame.follows] >= 0).all()
