"""Boards say what their lists say: each number is the count and the sum of the list that it opens."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from portulan.base.conditions.check import ConditionNotValid
from portulan.base.refusals import NotThere
from portulan.blueprint.schema import Board, Figure
from portulan.measures import queries
from portulan.people.actor import Actor
from portulan.records import apply, operations, plan, runtime, summary
from portulan.records.asked import Asked
from portulan.records.operations import Move
from sale import BUILT, SYSTEM, deal

FIGURES: dict[str, dict[str, Any]] = {
    "ouvertes": {"how": "count", "stages": ["contact", "demo"]},
    "signe": {
        "how": "sum", "field": "amount", "stages": ["won"], "period": "month", "dated": "closed_at",
        "goal": 900,
    },
    "moyenne": {"how": "mean", "field": "amount"},
    "mediane": {"how": "median", "field": "amount", "period": "days30", "dated": "created_at"},
    "taux": {"how": "rate", "stages": ["won", "lost"], "part_stages": ["won"], "goal": 50, "better": "lower"},
    "duree": {"how": "time", "field": "created_at", "until": "closed_at"},
    "ouvree": {"how": "time", "working": True, "field": "created_at", "until": "closed_at"},
    "suite": {
        "how": "conversion", "stages": ["contact"], "part_stages": ["won"], "period": "days30",
        "within": {"amount": 5, "unit": "days"},
    },
    "a_moi": {"how": "count", "condition": {"field": "owner", "test": "equals", "value": {"actor": "me"}}},
    "a_signer": {"how": "count", "period": "quarter", "dated": "close_on"},
}  # fmt: skip


def figure(uid: str, **said: Any) -> Figure:
    known = {
        "uid": uid,
        "label": {"fr": uid},
        "object": "opportunity",
        "pipeline": "vente",
        "roles": ["sales"],
    }
    return Figure.model_validate({**known, "owner": "manager", **said})


def board(role: str) -> Board:
    return Board.model_validate(
        {
            "uid": f"vente_{role}", "label": {"fr": "Vente"}, "role": role, "object": "opportunity",
            "pipeline": "vente", "measures": tuple(FIGURES),
        }
    )  # fmt: skip


@pytest.fixture
def counted(transactional_db: None) -> Iterator[None]:
    """The small CRM, whose map names measures for two roles."""
    wanted = BUILT.model_copy(
        update={
            "measures": tuple(figure(uid, **said) for uid, said in FIGURES.items()),
            "boards": (board("sales"), board("blind")),
        }
    )
    apply.apply(SYSTEM, planned=plan.plan(SYSTEM, runtime.newest(), wanted), at=make.AT)
    with runtime.pinned(runtime.newest()):
        yield
    make.no_crm()


def close(row_id: int, to: str, at: datetime = make.AT) -> None:
    move = Move(to=to, version=1, motive="Accord", override=True)
    operations.move(SYSTEM, object_name="opportunity", row_id=row_id, move=move, at=at)


def figures(actor: Actor, uid: str = "vente_sales", **more: Any) -> dict[str, dict[str, Any]]:
    told = queries.board(actor, uid=uid, at=make.AT, **more)
    return {one["uid"]: one for one in told["figures"]}


def listed(actor: Actor, condition: Any) -> dict[str, Any]:
    asked = Asked(condition=condition)
    measures = "amount:sum,amount:mean"
    return summary.summary(actor, object_name="opportunity", asked=asked, measures=measures, at=make.AT)


@pytest.mark.usefixtures("counted")
def test_a_board_says_what_was_signed_and_whether_it_is_enough() -> None:
    close(deal(name="Un", amount="600"), "won")
    close(deal(name="Deux", amount="400"), "won", make.AT - timedelta(days=10))
    close(deal(name="Trois", amount="100"), "lost")
    deal(name="Quatre", amount="50")
    told = figures(SYSTEM)
    assert (told["ouvertes"]["value"], told["ouvertes"]["unit"]) == ("1", "records")
    signed = told["signe"]
    assert (signed["value"], signed["reached"], signed["before"]) == ("600.00", False, "0.00")
    assert (told["taux"]["value"], told["taux"]["records"], told["taux"]["of"]) == ("66.7", 2, 3)
    assert (told["mediane"]["value"], told["moyenne"]["value"]) == ("250.00", "287.50")
    assert told["duree"]["value"] == "-3.3"
    assert told["signe"]["owner"] == "Manager commercial"
    narrow = {"all": [{"field": "amount", "test": "at_most", "value": "3000"}]}
    held = {one["uid"]: one["reached"] for one in figures(SYSTEM, condition=narrow).values()}
    assert (held["signe"], held["taux"]) == (None, False)
    with CaptureQueriesContext(connection) as captured:
        figures(SYSTEM)
    # One for all; two for a median, one for a working time, and one for each period of a conversion.
    assert len([one for one in captured if "crm_" in one["sql"]]) == 6


@pytest.mark.usefixtures("counted")
@settings(
    max_examples=8, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    drawn=st.lists(
        st.tuples(st.integers(0, 4000), st.sampled_from(["", "won", "lost"]), st.integers(0, 70)),
        min_size=1,
        max_size=3,
    )
)
def test_each_number_is_what_the_list_that_it_opens_holds(drawn: list[tuple[int, str, int]]) -> None:
    for amount, to, ago in drawn:
        given_now: dict[str, Any] = {"amount": str(amount)} if amount else {}
        row = deal(name="Pilote", close_on=(make.AT - timedelta(days=ago)).date().isoformat(), **given_now)
        if to:
            close(row, to, make.AT - timedelta(days=ago))
    narrow = {"field": "amount", "test": "at_most", "value": "3000"}
    for filtered in (None, narrow):
        listing = (one for one in figures(SYSTEM, condition=filtered).values() if one["condition"])
        for one in listing:
            found = listed(SYSTEM, one["condition"])
            assert found["count"] == one["records"], one["uid"]
            if one["how"] == "rate":
                assert listed(SYSTEM, one["whole"])["count"] == one["of"]
            if one["how"] in ("sum", "mean") and one["value"] is not None:
                assert Decimal(found["measures"][f"amount:{one['how']}"] or 0) == Decimal(one["value"])


@pytest.mark.usefixtures("counted")
def test_one_sees_the_figures_of_what_one_may_read_and_no_others() -> None:
    blind, stranger = make.actor(role="blind"), make.actor("x@nordet.example", role="")
    deal(blind, name="À moi")
    deal(name="À personne")
    assert set(figures(blind, "vente_blind")) == {
        "ouvertes", "taux", "duree", "ouvree", "suite", "a_moi", "a_signer",
    }  # fmt: skip
    assert figures(blind)["a_moi"]["value"] == "1"
    assert figures(blind)["ouvertes"]["value"] == "2"
    assert [(one["uid"], one["mine"], one["measures"]) for one in queries.boards(blind)] == [
        ("vente_blind", True, 7),
        ("vente_sales", False, 7),
    ]
    with pytest.raises(ConditionNotValid):
        figures(blind, condition={"field": "amount", "test": "greater", "value": 1})
    assert queries.boards(stranger) == []
    for actor, uid in ((stranger, "vente_sales"), (SYSTEM, "ailleurs")):
        with pytest.raises(NotThere):
            queries.board(actor, uid=uid, at=make.AT)
