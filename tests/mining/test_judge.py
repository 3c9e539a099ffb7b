"""A tree is judged as any model is: by alignments and escaping edges."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.mining import align, sequences, store, variants
from portulan.mining.judge import Judge
from portulan.mining.tree import Tree
from trees import LABELS, automaton_of, trees


@given(trees(), st.lists(st.text("abcdef", min_size=1, max_size=6), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_fitness_and_precision_are_those_of_alignments(whole: Tree, cases: list[str]) -> None:
    rows = [(f"c{n}", one, place) for n, case in enumerate(cases) for place, one in enumerate(case)]
    log = store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))
    words = [tuple(map(LABELS.index, case)) for case in cases]
    model = automaton_of(whole)
    told = Judge(sequences.of_words(words, len(LABELS)).in_order()).judge(model)
    found = align.align(log, model)
    assert told.fitness == pytest.approx(found.fitness)
    assert told.precision == pytest.approx(1.0 if found.precision is None else found.precision)
    assert sequences.of_log(log, variants.variants(log)).total == len(cases)
