"""Two records become one and two again: values, links, histories; what changed since stays."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from portulan.base.refusals import NotAllowed
from portulan.people import actor as actors
from portulan.records import finding, merge, operations, queries, replay, rows, runtime, suspects, timeline
from portulan.records.merge import MergedElsewhere, MergeNotValid, NotMerged, Pair
from sale import SYSTEM, deal, record

pytestmark = pytest.mark.usefixtures("crm")
LATER = make.AT + timedelta(hours=1)
Rows = dict[tuple[str, int], dict[str, Any]]


def merged(winner: int, loser: int, *taken: str, object_name: str = "account") -> int:
    return merge.merge(SYSTEM, object_name=object_name, pair=Pair(winner, loser), taken=taken, at=LATER)


def undone(merge_id: int) -> None:
    merge.undo(SYSTEM, merge_id=merge_id, at=LATER)


def state() -> Rows:
    """Every live row, but for when it was last changed."""
    snapshot = runtime.current()
    found: Rows = {}
    for kind in snapshot.blueprint.objects:
        for row in snapshot.model(kind.name).objects.filter(deleted_at=None):
            told = rows.stored(kind, row)
            found[kind.name, row.pk] = {uid: value for uid, value in told.items() if uid != "updated_at"}
    return found


def account_of(row_id: int) -> Any:
    return runtime.current().model("opportunity").objects.get(pk=row_id).account_id


def test_the_survivor_has_the_chosen_values_the_links_and_both_histories() -> None:
    one, other = record("account", name="Acme", city="Lyon"), record("account", name="ACME SAS", city="Brest")
    sold = deal(name="Étude", account=other)
    merge_id = merged(one, other, "city")
    row = queries.get_record(SYSTEM, object_name="account", row_id=one)
    assert (row["values"]["name"], row["values"]["city"]) == ("Acme", "Brest")
    assert account_of(sold) == one
    assert queries.get_record(SYSTEM, object_name="account", row_id=other)["id"] == one
    said = [line["say"] for line in timeline.timeline(SYSTEM, object_name="account", row_id=one)["rows"]]
    assert said.count("a créé la fiche") == 2
    assert "a fusionné « ACME SAS » avec cette fiche" in [line.replace("\u202f", " ") for line in said]
    assert [hit.id for hit in finding.search(SYSTEM, words="acme", objects=["account"])] == [one]
    with pytest.raises(MergedElsewhere):
        operations.restore(SYSTEM, object_name="account", row_id=other, at=LATER)
    assert not list(replay.unlike(SYSTEM))
    undone(merge_id)
    with pytest.raises(NotMerged):
        undone(merge_id)


def test_what_changed_since_stays_when_a_merge_is_undone() -> None:
    one, other = record("account", name="Acme", city="Lyon"), record("account", name="ACME", city="Brest")
    merge_id = merged(one, other, "city", "name")
    operations.update(SYSTEM, object_name="account", row_id=one, version=2, given={"city": "Nice"}, at=LATER)
    added = deal(name="Depuis", account=one)
    undone(merge_id)
    row = queries.get_record(SYSTEM, object_name="account", row_id=one)
    assert (row["values"]["name"], row["values"]["city"]) == ("Acme", "Nice")
    assert account_of(added) == one


def test_a_value_that_is_held_once_goes_over_and_comes_back() -> None:
    one, other = record("product", name="GTX"), record("product", name="GTX Pro", code="G-1")
    before = state()
    merge_id = merged(one, other, "code", object_name="product")
    assert queries.get_record(SYSTEM, object_name="product", row_id=one)["values"]["code"] == "G-1"
    undone(merge_id)
    assert state() == before


def test_sister_establishments_are_linked_and_never_merged() -> None:
    one = record("account", name="Siège", siret="44306184100047")
    other = record("account", name="Agence", siret="44306184100013")
    with pytest.raises(MergeNotValid) as refused:
        merged(one, other)
    assert [problem.code for problem in refused.value.problems] == ["records.merge_sisters"]


def test_who_may_not_delete_the_one_may_not_merge_it() -> None:
    one, other = record("account", name="Acme"), record("account", name="ACME")
    claire = make.actor(role="sales")
    with pytest.raises(NotAllowed):
        merge.merge(claire, object_name="account", pair=Pair(one, other), taken=(), at=LATER)


def test_the_queue_holds_what_is_alike_until_somebody_says_why_it_is_not() -> None:
    one, other = (
        record("account", name=name, postcode="69003", city="Lyon") for name in ("Acme", "ACME SAS")
    )
    record("account", name="Bellerive", email="contact@gmail.com")
    record("account", name="Cordage", email="info@gmail.com")
    deal(name="Étude", account=other)
    assert suspects.look(SYSTEM, at=LATER, tell=lambda _share, _said: None) == 1
    (pair,) = suspects.queue(SYSTEM, object_name="account")["pairs"]
    assert (pair["one"]["id"], pair["other"]["id"], pair["gathered"]) == (one, other, 1)
    with pytest.raises(suspects.MotiveMissing):
        suspects.keep_apart(SYSTEM, object_name="account", pair=Pair(one, other), motive=" ", at=LATER)
    suspects.keep_apart(SYSTEM, object_name="account", pair=Pair(other, one), motive="Homonymes", at=LATER)
    assert suspects.look(SYSTEM, at=LATER, tell=lambda _share, _said: None) == 0


CHOSEN = st.lists(st.sampled_from(["name", "city", "phone", "parent", "sector"]), unique=True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=CHOSEN, second=CHOSEN, swap=st.booleans(), parent=st.booleans())
def test_merges_undone_in_either_order_leave_the_same_records(
    *, first: list[str], second: list[str], swap: bool, parent: bool
) -> None:
    a, b, c = (record("account", name=name, city=name) for name in ("Acme", "Beaulieu", "Cordage"))
    if parent:
        given = {"parent": a, "sector": "btp"}
        operations.update(
            actors.system(), object_name="account", row_id=b, version=1, given=given, at=make.AT
        )
    for one in (a, b, c):
        deal(name=f"Affaire {one}", account=one)
    before = state()
    made = [merged(a, b, *first), merged(c, a, *second)]
    assert ("account", b) not in state()
    for merge_id in reversed(made) if swap else made:
        undone(merge_id)
    assert state() == before
    assert not list(replay.unlike(SYSTEM))
