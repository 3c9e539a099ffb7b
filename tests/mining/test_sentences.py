"""What a log says reads as people speak: plurals that hold, spans of time in the unit one thinks in."""

from dataclasses import replace

import pytest

from portulan.mining import sentences
from portulan.mining.blocked import Blockage

FOUND = Blockage(step=0, visits=120, cases=80, horizon=36_000.0, blocked=0.5, lost=0.3, waiting=7)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(45, "45 s"), (90, "2 min"), (5_400, "1,5 h"), (39_600, "11 h"), (90_000, "1 j"), (1_443_000, "16,7 j")],
)
def test_a_span_is_told_in_the_unit_one_thinks_in(seconds: float, said: str) -> None:
    assert plain(sentences.span(seconds, "fr")) == said


def test_more_than_a_hundred_days_need_no_decimal() -> None:
    assert plain(sentences.span(123.4 * 86_400, "fr")) == "123 j"


@pytest.mark.parametrize(
    ("waiting", "end"),
    [
        (7, "après 10 h ; 7 attendent aujourd’hui."),
        (1, "après 10 h ; 1 attend aujourd’hui."),
        (0, "après 10 h."),
    ],
)
def test_how_many_wait_at_a_blocked_step_is_said_when_some_do(waiting: int, end: str) -> None:
    said = plain(sentences.blockage("Offre", replace(FOUND, waiting=waiting), "fr"))
    assert said.startswith("50 % des 120 passages à « Offre » bloquent (80 dossiers) : 30 % perdus, 20 % ")
    assert said.endswith(end)


def plain(said: str) -> str:
    """Return a sentence with plain spaces."""
    return said.replace("\u202f", " ").replace("\u00a0", " ")
