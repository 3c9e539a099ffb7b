"""A model is drawn whole: its gateways for people and BPMN, its moves for a map."""

from xml.etree import ElementTree as ET

import polars as pl
from hypothesis import given, settings

from portulan.maps.lint import lint
from portulan.mining import discover, portfolio, sequences, store, structured, study, tree
from portulan.mining.archive import Archived
from portulan.mining.discover import Wanted
from portulan.mining.judge import Judgement
from portulan.mining.portfolio import Mined
from portulan.mining.study import Study
from portulan.mining.tree import Tree
from trees import LABELS, automaton_of, trees

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_SHAPES = ("task", "startEvent", "endEvent", "exclusiveGateway", "parallelGateway")
_NODES = {f"{_BPMN}{one}" for one in _SHAPES}


def studied(*cases: str) -> Study:
    rows = [
        (f"c{n}", one, 1_700_000_000_000_000 + place * 86_400_000_000)
        for n, case in enumerate(cases)
        for place, one in enumerate(case)
    ]
    log = store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))
    return study.of_archive(Archived(log, frozenset()))


ALL = studied("".join(LABELS))


def mined(whole: Tree) -> Mined:
    return Mined(whole, automaton_of(whole), Judgement(1.0, 1.0), (), 1)


@given(trees(most=8))
@settings(max_examples=40, deadline=None)
def test_what_is_drawn_has_the_elements_that_were_counted(whole: Tree) -> None:
    drawn = structured.drawing(ALL, mined(whole), title="Modèle", lang="fr")
    root = ET.fromstring(drawn.as_bpmn())  # noqa: S314 - our own bytes
    nodes = [one for one in root.iter() if one.tag in _NODES]
    assert len(nodes) == tree.size(whole)
    assert sum(one.tag == f"{_BPMN}task" for one in nodes) == len(tree.steps(whole))
    parallel = sum(one.tag == f"{_BPMN}parallelGateway" for one in nodes)
    assert parallel == 2 * str(whole).count("kind='parallel'")
    known = {one.id for one in drawn.map.steps}
    assert {end for way in drawn.map.passages for end in (way.source, way.target)} <= known
    left = {way.source for way in drawn.map.passages}
    assert {one.id for one in drawn.map.steps} - left == {drawn.map.steps[-1].id}


def test_a_model_becomes_a_draft_map_without_error_and_with_its_moves() -> None:
    seen = studied(*["abd"] * 6, *["acd"] * 5)
    found = portfolio.mine(sequences.of_log(seen.log, seen.variants), seen.labels)
    assert found is not None
    drawn = discover.discover(structured.moves(seen, found), Wanted("vu", "Vu"))
    assert [one.code for one in lint(drawn) if one.severity == "error"] == []
    assert {(way.source, way.target) for way in drawn.passages} == {
        ("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"),
    }  # fmt: skip
