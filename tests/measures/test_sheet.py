"""A board taken away opens as a table, and nothing that people wrote runs in it."""

import csv
import io

import pytest

from portulan.measures.sheet import sheet

FIGURE = {
    "label": "=1+1", "value": "-3.3", "unit": "days", "currency": "", "period": "month", "records": 7,
    "of": None, "before": None, "goal": 900.0, "reached": False, "says": "+durée", "definition": "@nous",
    "owner": "-Ventes",
}  # fmt: skip


@pytest.mark.parametrize(("lang", "delimiter", "value"), [("fr", ";", "-3,3"), ("en", ",", "-3.3")])
def test_numbers_are_numbers_and_what_looks_like_a_formula_is_text(
    lang: str, delimiter: str, value: str
) -> None:
    raw = sheet({"figures": [FIGURE, {**FIGURE, "unit": "money", "currency": "CHF", "of": 9}]}, lang)
    head, first, second = csv.reader(io.StringIO(raw.removeprefix("\ufeff")), delimiter=delimiter)
    assert len(head) == len(first) == 12
    assert (first[0], first[1], first[7], *first[9:]) == (
        "'=1+1",
        value,
        "900",
        "'+durée",
        "'@nous",
        "'-Ventes",
    )
    assert (second[2], second[4], second[5]) == ("CHF", "7", "9")
