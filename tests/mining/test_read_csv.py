"""Files are read as old tools wrote them, and what does not fit is said."""

from pathlib import Path

import polars as pl
import pytest

from portulan.base import moments
from portulan.mining import read, read_csv

HEADER = "Dossier;Étape;Date;Agent"
ROWS = [
    f"D{n // 3};{['Appel', 'Devis', 'Signature'][n % 3]};{1 + n % 28:02}/03/2024 1{n % 3}:00;Léa"
    for n in range(30)
]


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "log.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_any_line_end_and_encoding_gives_the_same_log(tmp_path: Path, end: str, encoding: str) -> None:
    source = read.read(written(tmp_path, end.join([HEADER, *ROWS]), encoding))
    assert source.log.steps == ("Appel", "Devis", "Signature")
    assert len(source.log.cases) == 10
    assert source.rejected == ()


def test_a_stated_separator_is_obeyed(tmp_path: Path) -> None:
    text = "\n".join(["sep=|", HEADER.replace(";", "|"), *(row.replace(";", "|") for row in ROWS)])
    assert read_csv.read_table(written(tmp_path, text)).delimiter == "|"


def test_rows_quoted_whole_are_parsed_again(tmp_path: Path) -> None:
    text = "\n".join([HEADER, *ROWS[:20], *(f'"{row}"' for row in ROWS[20:])])
    assert len(read.read(written(tmp_path, text)).log.step) == 30


def test_a_row_that_does_not_fit_is_set_apart_with_its_reason(tmp_path: Path) -> None:
    text = "\n".join([HEADER, *ROWS * 4, "D9;Appel", "D9;Appel;hier;Léa", ";Appel;01/03/2024;Léa"])
    source = read.read(written(tmp_path, text))
    assert {bad.code for bad in source.rejected} == {"mining.row_width", "mining.row_date", "mining.row_case"}
    assert len(source.log.step) == 120


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "mining.file_empty"), ("a;b\n1;2\n", "mining.too_few_columns"), ("a\x00b", "mining.file_binary")],
)
def test_a_file_that_is_no_log_is_refused_by_its_cause(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(read_csv.FileNotReadable) as refused:
        read.read(written(tmp_path, text))
    assert [problem.code for problem in refused.value.problems] == [code]
    assert refused.value.problems[0].say("fr")


def test_a_table_without_dates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(read.LogNotClear):
        read.read(written(tmp_path, "a;b;c\n" + "x;y;z\n" * 9))


def test_duplicate_headers_are_told_apart(tmp_path: Path) -> None:
    table = read_csv.read_table(written(tmp_path, "a;a;\n1;2;3\n"))
    assert table.frame.columns == ["a", "a (2)", "colonne 3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9.3.10 8:05", "2010-03-09T07:05:00"),
        ("29/2/2016 01:16", "2016-02-29T00:16:00"),
        ("12 mars 2024 à 14h05", "2024-03-12T13:05:00"),
        ("3 févr. 2024 09:00", "2024-02-03T08:00:00"),
        ("2011-10-11 13:42:22.688000+02:00", "2011-10-11T11:42:22.688000"),
        ("2011-10-11T13:42:22Z", "2011-10-11T13:42:22"),
        ("45352,5".replace(",", "."), "2024-03-01T11:00:00"),
        ("1709287200", "2024-03-01T10:00:00"),
        ("25/03/2024 2:05 PM", "2024-03-25T13:05:00"),
    ],
)
def test_a_date_reads_as_people_meant_it(text: str, expected: str) -> None:
    column = pl.Series([text] * 3)
    reading = moments.guess(column)
    assert reading is not None
    at = moments.read(column, reading.order).cast(pl.Datetime("us"))
    assert at[0].isoformat() == expected


def test_one_day_above_twelve_settles_the_whole_column() -> None:
    american = moments.guess(pl.Series(["3/4/2024", "3/25/2024"]))
    french = moments.guess(pl.Series(["3/4/2024", "25/3/2024"]))
    unsure = moments.guess(pl.Series(["3/4/2024", "5/6/2024"]))
    assert american is not None
    assert french is not None
    assert unsure is not None
    assert (american.order, french.order, unsure.order) == ("mdy", "dmy", "dmy")
    assert (american.sure, french.sure, unsure.sure) == (True, True, False)


def test_the_columns_are_told_by_shape_and_name(tmp_path: Path) -> None:
    roles = read.read(written(tmp_path, "\n".join([HEADER, *ROWS]))).roles
    assert roles == {"Dossier": "case", "Étape": "step", "Date": "time", "Agent": "resource"}


def test_a_row_set_apart_keeps_its_line_with_or_without_quotes(tmp_path: Path) -> None:
    rows = [HEADER, *ROWS[:3], "", "D9;Appel", *ROWS[3:]]
    plain = read_csv.read_table(written(tmp_path, "\n".join(rows)))
    quoted = read_csv.read_table(written(tmp_path, "\n".join([*rows[:-1], f'"{rows[-1]}"'])))
    assert plain.frame.equals(quoted.frame)
    assert plain.rejected == quoted.rejected
    assert [(bad.line, bad.row) for bad in plain.rejected] == [(6, ("D9", "Appel"))]
