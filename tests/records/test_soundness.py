"""What is counted of how sound records are adds up, and what is filled is a share of what could be."""

import pytest

from portulan.records import soundness
from portulan.records.soundness import Figures


def test_what_is_filled_is_a_share_of_the_critical_fields() -> None:
    figures = {"checked": 4, "empty:a": 1, "empty:b": 3, "sleeps": 4}
    assert soundness.complete(figures, ["empty:a", "empty:b", "sleeps"]) == pytest.approx(0.5)
    assert soundness.complete({"checked": 0, "empty:a": 0}, ["empty:a"]) is None
    assert soundness.complete({"checked": 4}, ["empty:a"]) is None


def test_the_counts_of_everybody_are_those_of_all_and_of_nobody() -> None:
    figures = {1: Figures(checked=2, sleeps=0), 2: Figures(checked=1, sleeps=1), None: Figures(checked=4)}
    assert soundness.together(figures) == Figures(checked=7, sleeps=1)
    assert dict(soundness.together(figures, {1})) == {"checked": 2, "sleeps": 0}
