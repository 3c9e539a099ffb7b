"""A log kept beside the database comes back as it was, from files that other tools read."""

import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from portulan.mining import archive, read
from portulan.mining.read import Source

HELPDESK = Path(__file__).parents[2] / "examples" / "helpdesk.xes.gz"
STEPS = list(enumerate(("Appel", "Démo", "Devis", "Relance", "Gagné"), start=1))
ROWS = [f"{case};{step};{day:02}/03/2026 08:00;1200,50" for case in "ABCDEFGHIJKL" for day, step in STEPS]
CSV = "\n".join(("dossier;étape;date;montant", *ROWS, "Z;Devis;jamais;"))


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "log.csv"
    path.write_text(CSV, encoding="utf-8")
    return read.read(path)


def test_a_log_comes_back_as_it_was(tmp_path: Path, source: Source) -> None:
    archive.write(tmp_path / "kept", source)
    for _ in ("laid out", "mapped"):
        found = archive.read(tmp_path / "kept").log
        assert found.steps == source.log.steps
        assert found.cases.equals(source.log.cases)
        for name in ("offsets", "step", "at"):
            assert np.array_equal(getattr(found, name), getattr(source.log, name)), name
        assert found.events.equals(source.log.events)
        assert found.case_rows.equals(source.log.case_rows)


def test_texts_kept_as_codes_come_back_and_are_reworded(tmp_path: Path) -> None:
    archive.write(tmp_path / "kept", read.read(HELPDESK))
    for _ in ("laid out", "mapped"):
        assert archive.read(tmp_path / "kept").log.events["org:resource"].dtype == pl.Enum
    assert archive.reword(tmp_path / "kept", tmp_path / "said", re.compile("Value 1$"), "—")
    texts = [
        archive.read(tmp_path / one).log.events["org:resource"].cast(pl.String) for one in ("kept", "said")
    ]
    assert "—" not in set(texts[0])
    assert texts[1].equals(texts[0].replace({"Value 1": "—"}))


def test_what_is_kept_is_parquet_and_what_is_mapped_can_be_made_again(tmp_path: Path, source: Source) -> None:
    archive.write(tmp_path / "kept", source)
    assert len(pl.read_parquet(tmp_path / "kept" / "events.parquet")) == len(source.log.step)
    first = archive.read(tmp_path / "kept").log
    (tmp_path / "kept" / "events.arrow").unlink()
    assert np.array_equal(archive.read(tmp_path / "kept").log.at, first.at)
    assert sorted(one.name for one in (tmp_path / "kept").iterdir()) == [
        "cases.parquet",
        "events.arrow",
        "events.parquet",
        "meta.json",
        "rejected.parquet",
    ]


def test_rows_set_apart_are_kept_with_their_reason(tmp_path: Path, source: Source) -> None:
    archive.write(tmp_path / "kept", source)
    (row,) = archive.rejected(tmp_path / "kept").to_dicts()
    assert (row["line"], row["row"][0]) == (62, "Z")
    assert row["code"]


def test_writing_again_replaces_all(tmp_path: Path, source: Source) -> None:
    archive.write(tmp_path / "kept", source)
    archive.read(tmp_path / "kept")
    archive.write(tmp_path / "kept", source)
    assert not (tmp_path / "kept" / "events.arrow").exists()
