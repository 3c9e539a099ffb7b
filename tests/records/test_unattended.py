"""Records are merged by themselves where somebody chose so, when it is sure, and taken apart as any other."""

import runpy
from pathlib import Path
from typing import Any

import pytest

import make
from portulan.base.refusals import NotAllowed, NotValid
from portulan.records import merge, replay, runtime, suspects, unattended
from portulan.records.models import Merge
from sale import SYSTEM, deal, record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("crm")]
_BENCHMARK = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "duplicates.py"))
SIREN = "552100554"


def pair() -> tuple[int, int]:
    """Make a client twice: the second has the deals, the first a phone."""
    one = record("account", name="Menuiserie Aubert", phone="+33472000001", postcode="69003", siren=SIREN)
    other = record("account", name="Aubert Menuiserie SARL", postcode="69003", siren=SIREN)
    deal(account=other)
    return one, other


def night() -> int:
    suspects.look(SYSTEM, at=make.AT, tell=lambda _share, _what: None)
    return sum(unattended.run(SYSTEM, at=make.AT).values())


def account(row_id: int) -> Any:
    return runtime.current().model("account").objects.get(pk=row_id)


def test_nothing_is_merged_until_somebody_chose_so() -> None:
    pair()
    assert (night(), Merge.objects.count()) == (0, 0)
    assert unattended.choice(SYSTEM, object_name="account")["threshold"] is None


def test_what_is_sure_is_merged_into_what_gathers_most_and_taken_apart_for_good() -> None:
    one, other = pair()
    unattended.choose(SYSTEM, object_name="account", threshold=80, at=make.AT)
    assert night() == 1
    assert (account(other).phone, account(one).deleted_at) == ("+33472000001", make.AT)
    (told,) = unattended.choice(SYSTEM, object_name="account")["done"]
    assert (told["winner"]["id"], told["loser"], told["undone_at"]) == (other, "Menuiserie Aubert", None)
    merge.undo(SYSTEM, merge_id=told["id"], at=make.AT)
    assert (account(other).phone, account(one).deleted_at) == (None, None)
    assert night() == 0
    assert not list(replay.unlike(SYSTEM))


def test_sisters_what_was_kept_apart_and_what_a_shared_mail_suggests_are_left_to_people() -> None:
    one, other = pair()
    suspects.keep_apart(
        SYSTEM, object_name="account", pair=merge.Pair(one, other), motive="Deux ateliers", at=make.AT
    )
    for siret in (f"{SIREN}00013", f"{SIREN}00021"):
        record("account", name="Aubert Menuiserie", siret=siret, postcode="13001")
    for name in ("Cabinet Nord", "Garage Petit"):
        record("account", name=name, email="contact@gmail.com", postcode="31000")
    unattended.choose(SYSTEM, object_name="account", threshold=70, at=make.AT)
    assert night() == 0


def test_who_may_not_merge_every_record_does_not_choose() -> None:
    claire = make.actor()
    with pytest.raises(NotAllowed):
        unattended.choose(claire, object_name="account", threshold=80, at=make.AT)
    with pytest.raises(NotAllowed):
        unattended.stop(claire, object_name="account", at=make.AT)
    assert not unattended.choice(claire, object_name="account")["may"]
    with pytest.raises(NotValid):
        unattended.choose(SYSTEM, object_name="account", threshold=10, at=make.AT)


def test_what_was_stopped_merges_nothing_more() -> None:
    pair()
    unattended.choose(SYSTEM, object_name="account", threshold=80, at=make.AT)
    unattended.stop(SYSTEM, object_name="account", at=make.AT)
    assert night() == 0


def test_what_is_shown_of_companies_is_what_is_measured() -> None:
    found = _BENCHMARK["measured"](_BENCHMARK["companies"]())
    offered = unattended.choice(SYSTEM, object_name="account")["offered"]
    assert {one["threshold"]: (one["merged"], one["right"]) for one in offered} == {
        least: (merged, right) for least, (merged, right, _) in found.items() if least >= 70
    }
    assert all(one["precision"] >= unattended.LEAST for one in offered)
