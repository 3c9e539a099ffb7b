"""Chances corrected for being tried together."""

import pytest

from portulan.mining.chance import holm


def test_each_chance_is_weighed_by_how_many_are_left_and_never_falls_below_a_smaller_one() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []
