"""Two sides of a map come together by id; what both changed is told; the result always reads."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portulan.maps import codec, starters
from portulan.maps.merge import merge

BASE = codec.dump(starters.starter("vente"))
STEPS = [one["id"] for one in BASE["steps"]]
Drawn = dict[str, Any]


def step(drawn: Drawn, uid: str) -> Drawn:
    return next(one for one in drawn["steps"] if one["id"] == uid)


def changed(edits: list[tuple[str, str, str]]) -> Drawn:
    """Return the base after some edits: rename, remove, add after, describe, a friction."""
    drawn = copy.deepcopy(BASE)
    for n, (kind, uid, word) in enumerate(edits):
        known = next((one for one in drawn["steps"] if one["id"] == uid), None)
        if known is None:
            continue
        if kind == "rename":
            known["label"] = word
        elif kind == "describe":
            known["description"] = word
        elif kind == "pain":
            known["frictions"].append({"id": f"f_{word}_{n}", "label": word, "who": "", "severity": 2})
        elif kind == "remove":
            drawn["steps"].remove(known)
            gone = {uid}
            drawn["passages"] = [w for w in drawn["passages"] if not gone & {w["source"], w["target"]}]
        else:
            new = {**copy.deepcopy(known), "id": f"s_{word}_{n}", "label": word, "begins": False}
            drawn["steps"].insert(drawn["steps"].index(known) + 1, new)
            way = {**copy.deepcopy(BASE["passages"][0]), "id": f"p_{word}_{n}", "source": uid}
            drawn["passages"].append({**way, "target": new["id"]})
    return codec.dump(codec.read(drawn))


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["rename", "describe", "pain", "remove", "add"]),
        st.sampled_from(STEPS),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=6,
).map(changed)


@given(EDITS)
def test_a_side_that_did_not_move_leaves_the_other_as_it_is(side: Drawn) -> None:
    assert merge(BASE, BASE, side, {}) == (side, ())
    assert merge(BASE, side, BASE, {}) == (side, ())
    assert merge(BASE, side, side, {}) == (side, ())


@given(EDITS, EDITS, st.sampled_from(["draft", "proposal"]))
def test_whatever_is_chosen_the_result_reads_and_no_passage_lacks_an_end(
    draft: Drawn, proposal: Drawn, side: Any
) -> None:
    _, clashes = merge(BASE, draft, proposal, {})
    merged, again = merge(BASE, draft, proposal, {one.path: side for one in clashes})
    assert again == clashes
    drawn = codec.read(merged)
    steps = {one.id for one in drawn.steps}
    assert all({way.source, way.target} <= steps for way in drawn.passages)
    assert {one.lane for one in drawn.steps} <= {one.id for one in drawn.lanes}
    assert len(steps) == len(drawn.steps)


def test_changes_of_different_things_both_stay() -> None:
    draft = changed([("rename", STEPS[1], "a"), ("add", STEPS[2], "b")])
    proposal = changed([("describe", STEPS[1], "c"), ("pain", STEPS[3], "a")])
    merged, clashes = merge(BASE, draft, proposal, {})
    assert clashes == ()
    known = step(merged, STEPS[1])
    assert (known["label"], known["description"]) == ("a", "c")
    assert [one["label"] for one in step(merged, STEPS[3])["frictions"]][-1] == "a"
    assert len(merged["steps"]) == len(BASE["steps"]) + 1


@pytest.mark.parametrize(("side", "label"), [("draft", "a"), ("proposal", "b")])
def test_what_both_renamed_is_told_and_chosen(side: Any, label: str) -> None:
    draft, proposal = changed([("rename", STEPS[1], "a")]), changed([("rename", STEPS[1], "b")])
    _, (clash,) = merge(BASE, draft, proposal, {})
    assert (clash.path, clash.element, clash.part) == (f"steps/{STEPS[1]}/label", STEPS[1], "label")
    assert (clash.draft, clash.proposal) == ("a", "b")
    merged, _ = merge(BASE, draft, proposal, {clash.path: side})
    assert step(merged, STEPS[1])["label"] == label


def test_what_one_removed_and_the_other_changed_is_told() -> None:
    draft, proposal = changed([("rename", STEPS[2], "a")]), changed([("remove", STEPS[2], "a")])
    _, (clash,) = merge(BASE, draft, proposal, {})
    assert (clash.element, clash.part, clash.proposal) == (STEPS[2], "", None)
