"""Trees are reduced as they are made, and counted as elements of BPMN."""

import json

from hypothesis import given, settings

from portulan.mining import tree
from portulan.mining.tree import SILENT, Tree, choice, loop, optional, parallel, sequence, step
from trees import LABELS, trees

A, B, C = (step(code) for code in range(3))


def test_blocks_within_blocks_of_the_same_kind_are_one() -> None:
    assert sequence(A, sequence(B, C)) == sequence(A, B, C)
    assert parallel(parallel(A, B), SILENT, C) == parallel(A, B, C)
    assert choice(choice(A, SILENT), B, A) == choice(A, B, SILENT)
    assert sequence(SILENT, A) == A


def test_what_may_be_passed_and_comes_again_comes_any_number_of_times() -> None:
    assert optional(loop(A)) == loop(SILENT, A) == loop(optional(A)) == loop(loop(SILENT, A))
    assert optional(optional(A)) == optional(A)
    assert loop(loop(A, B), C) == loop(A, choice(B, C))


def test_elements_are_steps_gateways_a_start_and_an_end() -> None:
    assert tree.size(sequence(A, B)) == 4
    assert tree.size(sequence(A, optional(B))) == 6
    assert tree.size(loop(A, choice(B, C))) == 7


def inside(whole: Tree) -> list[Tree]:
    return [whole, *(one for part in whole.parts for one in inside(part))]


@given(trees())
@settings(max_examples=30)
def test_no_block_stands_directly_in_its_like_nor_holds_a_part_alone(whole: Tree) -> None:
    for one in inside(whole):
        if one.kind != "loop":
            assert all(part.kind != one.kind for part in one.parts)
        assert len(one.parts) != 1
        if one.kind in ("sequence", "parallel"):
            assert SILENT not in one.parts
    assert len(set(tree.steps(whole))) == len(tree.steps(whole))
    assert tree.written(whole, LABELS).count("(") == sum(bool(one.parts) for one in inside(whole))


@given(trees(most=8))
@settings(max_examples=60, deadline=None)
def test_a_tree_is_the_same_once_packed_as_json_and_unpacked(whole: Tree) -> None:
    assert tree.unpacked(json.loads(json.dumps(tree.packed(whole)))) == whole
