"""What is written as XES is read again as the same log."""

from pathlib import Path

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.mining import read, store, write_xes

EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["u", "v & <w>", "é"]),
        st.sampled_from(['dire "oui"', "b", "c\u0001"]),
        st.integers(0, 10**6),
        st.sampled_from(["Léa", "=1+1", None]),
    ),
    min_size=1,
    max_size=30,
)


@given(EVENTS)
@settings(deadline=None, max_examples=25)
def test_a_log_written_is_read_again_the_same(
    tmp_path_factory: object, events: list[tuple[str, str, int, str | None]]
) -> None:
    begun = 1_700_000_000_000_000
    rows = [(case, step, begun + at * 1_000_000, who) for case, step, at, who in events]
    frame = pl.DataFrame(rows, schema=store.COLUMNS | {"org:resource": pl.String}, orient="row")
    log = store.code(frame)
    path = Path(tmp_path_factory.mktemp("xes")) / "log.xes"  # type: ignore[attr-defined]
    path.write_text("".join(write_xes.written(log)), "utf-8")
    again = read.read(path).log
    assert again.cases.to_list() == log.cases.to_list()
    assert np.array_equal(again.at, log.at)
    labels = [log.steps[code].replace("\u0001", "") for code in log.step]
    assert [again.steps[code] for code in again.step] == labels
    if "org:resource" in again.events.columns:
        assert again.events["org:resource"].to_list() == log.events["org:resource"].to_list()
