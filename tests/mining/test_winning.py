"""What wins is found where it was planted, seldom where it was not, nor where counting alone explains it."""

import json
from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portulan.mining import chance, filters, store, study, winners, winning
from portulan.mining.archive import Archived
from portulan.mining.study import Study

DAY, BEGUN = 86_400_000_000, 1_700_000_000_000_000


def played(
    cases: Sequence[tuple[str, bool | None, int]], *, channel: bool = True, after: bool = False
) -> Study:
    """Return a log of cases: a letter a contact, won or lost (None: open), the days between contacts."""
    names = {"c": "call", "m": "mail", "v": "visit"}
    rows: list[tuple[str, str, int, str | None]] = []
    for n, (talk, won, days) in enumerate(cases):
        at = BEGUN + n * DAY
        rows.append((f"k{n}", "ask", at, None))
        rows += [(f"k{n}", "talk" if channel else names[one], at + i * days * DAY, names[one])
                 for i, one in enumerate(talk, start=1)]  # fmt: skip
        if won is not None:
            rows.append((f"k{n}", "won" if won else "lost", at + 900 * DAY, None))
        if after:
            rows.append((f"k{n}", "talk" if channel else "visit", at + 901 * DAY, "visit"))
    schema = {**store.COLUMNS, "canal": pl.String}
    return study.of_archive(
        Archived(store.code(pl.DataFrame(rows, schema=schema, orient="row")), frozenset())
    )


def chosen(log: Study, stack: str) -> int:
    return int(filters.chosen(log, filters.read(stack)).sum())


def planted(seed: int = 3, *, effect: float = 0.45) -> Study:
    """Return a log where a call just before a visit is won more often."""
    dice = np.random.default_rng(seed)
    cases: list[tuple[str, bool | None, int]] = []
    for _ in range(400):
        talk = "".join(dice.choice(list("cmv"), size=4))
        cases.append((talk, bool(dice.random() < 0.3 + effect * ("cv" in talk)), int(dice.integers(1, 9))))
    return played([*cases, *[("cv", None, 2)] * 30])


def test_a_planted_sequence_is_established_and_leads_to_its_cases() -> None:
    log = planted()
    said = winners.told(log, "fr")
    first = said.patterns[0]
    assert (first.what, first.channels, first.established) == ("sequence", ("call", "visit"), True)
    assert "« call » → « visit »" in first.sentence
    assert 0.25 < (first.low or 0) <= (first.difference or 0) <= (first.high or 0) < 0.65
    assert chosen(log, first.stack) == first.cases
    assert "pas des causes" in said.sentence


def test_every_pattern_counts_each_ended_case_once_and_its_stack_chooses_them() -> None:
    log = planted()
    said = winners.told(log, "fr", most=None)
    for one in said.patterns:
        assert one.cases + one.others == said.won + said.lost == 400
        assert one.won + one.others_won == said.won
        assert chosen(log, one.stack) == one.cases
        won = json.dumps([*json.loads(one.stack), {"kind": "outcome", "which": "won"}])
        assert chosen(log, won) == one.won


def test_outcomes_drawn_by_chance_seldom_establish_anything() -> None:
    drawn = (winning.winning(planted(seed, effect=0)).patterns[0] for seed in range(40))
    assert sum(one.established for one in drawn) <= 4


def test_what_longer_talk_alone_explains_is_not_established() -> None:
    """The more contacts, the more often won; a visit comes with many contacts, and adds nothing."""
    dice = np.random.default_rng(8)
    cases: list[tuple[str, bool | None, int]] = []
    for _ in range(1_500):
        size = int(dice.integers(1, 6))
        talk = "".join(dice.choice(list("ccv"), size=size))
        cases.append((talk, bool(dice.random() < 0.15 * size), 1))
    found = winning.winning(played(cases))
    assert next(one for one in found.numbers if one.what == "count").established
    visit = next(one for one in found.patterns if one.what == "channel")
    assert visit.won / visit.cases > visit.others_won / visit.others + 0.15
    assert not visit.established


def test_too_few_cases_and_unknown_endings_are_not_judged() -> None:
    few = winners.told(played([("cv", True, 1)] * 29 + [("c", False, 1)] * 60), "fr")
    assert (few.early, few.patterns) == (True, ())
    assert "il en faut 30" in few.sentence
    assert "ne dit pas" in winners.told(played([("cv", None, 1)] * 90), "fr").sentence


def test_contacts_after_the_end_do_not_count_and_steps_stand_for_channels_where_there_is_none() -> None:
    log = played([("cc", True, 2), ("cmv", False, 3)], channel=False, after=True)
    plain = study.of_archive(Archived(store.code(store.decode(log.log).drop("canal", "seq")), frozenset()))
    assert plain.touches.channels.steps
    assert plain.touches.count.tolist() == [3, 4]
    assert log.touches.count.tolist() == [2, 3]
    assert log.touches.folded[0].tolist() == [0, 0, 1, 2]
    assert log.touches.rhythm.tolist() == [2 * 86_400, 3 * 86_400]
    assert log.touches.silence.tolist() == [2 * 86_400, 3 * 86_400]


def test_a_filter_that_names_an_unknown_channel_is_refused() -> None:
    with pytest.raises(filters.FilterNotValid):
        chosen(planted(), '[{"kind":"contacts","channels":["fax"]}]')


SIDE = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda one: (min(one), one[1]))


@given(SIDE, SIDE)
def test_one_layer_is_two_plain_shares(one: tuple[int, int], two: tuple[int, int]) -> None:
    (a, n), (c, m) = one, two
    a, n, c, m = (100 * x for x in (a, n, c, m))
    sides = (np.array([float(x)]) for x in (a, n, c, m))
    difference, low, high, found = winning.mantel_haenszel(*sides)
    assert difference == pytest.approx(a / n - c / m)
    assert low <= difference <= high
    assert found == pytest.approx(chance.two_proportions(a, n, c, m), abs=0.01)


@given(st.lists(st.tuples(SIDE, SIDE), min_size=1, max_size=6))
def test_sides_that_change_places_differ_as_much_the_other_way(
    layers: list[tuple[tuple[int, int], ...]],
) -> None:
    a, n, c, m = (
        np.array([float(layer[side][part]) for layer in layers]) for side in (0, 1) for part in (0, 1)
    )
    here, there = winning.mantel_haenszel(a, n, c, m), winning.mantel_haenszel(c, m, a, n)
    assert here[0] == pytest.approx(-there[0])
    assert here[3] == pytest.approx(there[3])
    assert -1 <= here[1] <= here[0] <= here[2] <= 1
