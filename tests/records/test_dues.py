"""Prospects not heard from for three years are to be forgotten; clients never, nor who wrote since."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from portulan.records import consents, dues, operations, retention, runtime
from sale import SYSTEM, deal, force, record

pytestmark = pytest.mark.usefixtures("crm")
#: Long after the people of these tests were met.
NOW = make.AT + timedelta(days=3 * 366)
RECENTLY = NOW - timedelta(days=3 * 365 - 2)


def are_due(object_name: str = "contact", at: datetime = NOW) -> set[int]:
    kind = runtime.current().object(object_name)
    return set(dues.due(SYSTEM, kind, at=at).values_list("pk", flat=True))


def said(at: datetime, **what: Any) -> int:
    given = {"name": "Appel", "kind": "call", "direction": "inbound", "done_at": at.isoformat(), **what}
    return operations.create(SYSTEM, object_name="activity", given=given, at=make.AT)


def won(**given: Any) -> int:
    one = deal(amount="10", **given)
    force(one, "won")
    return one


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (datetime(2026, 11, 30, 12, tzinfo=UTC), datetime(2023, 11, 30, 12, tzinfo=UTC)),
        (datetime(2024, 2, 29, 12, tzinfo=UTC), datetime(2021, 2, 28, 12, tzinfo=UTC)),
        (datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2023, 7, 1, 12, tzinfo=UTC)),
    ],
)
def test_three_years_are_years_of_the_calendar(now: datetime, before: datetime) -> None:
    assert dues.heard_before(now) == before


def test_a_prospect_is_due_three_years_after_they_were_met_and_not_a_day_before() -> None:
    person, lead = record("contact"), record("lead", company="Nordet")
    assert are_due(at=NOW) == {person}
    assert are_due("lead") == {lead}
    eve = make.AT.replace(year=make.AT.year + 3) - timedelta(days=1)
    assert are_due(at=eve) == set()
    assert are_due(at=eve + timedelta(days=1)) == {person}


@pytest.mark.parametrize("way", ["contact", "opportunity", "ticket", "asked", "agreed"])
def test_a_word_from_them_on_any_channel_begins_the_three_years_again(way: str) -> None:
    person = record("contact")
    match way:
        case "contact":
            said(RECENTLY, contact=person)
        case "opportunity":
            said(RECENTLY, opportunity=deal(contact=person))
        case "ticket":
            said(RECENTLY, ticket=record("ticket", contact=person))
        case "asked":
            asked = {"name": "Panne", "contact": person}
            operations.create(SYSTEM, object_name="ticket", given=asked, at=RECENTLY)
        case "agreed":
            yes = consents.Said("newsletter", "consent", given=True, proof="Formulaire", said_at=RECENTLY)
            consents.record(SYSTEM, object_name="contact", row_id=person, said=yes, at=RECENTLY)
    assert are_due() == set()
    assert are_due(at=RECENTLY.replace(year=RECENTLY.year + 3) + timedelta(days=2)) == {person}


def test_what_was_sent_to_them_and_what_was_binned_say_nothing() -> None:
    person = record("contact")
    said(RECENTLY, contact=person, direction="outbound", kind="email")
    said(RECENTLY, contact=person, direction=None, kind="note")
    binned = said(RECENTLY, contact=person)
    no = consents.Said("newsletter", "consent", given=False, proof="Mail", said_at=RECENTLY)
    consents.record(SYSTEM, object_name="contact", row_id=person, said=no, at=RECENTLY)
    assert are_due() == set()
    operations.delete(SYSTEM, object_name="activity", row_id=binned, at=RECENTLY)
    assert are_due() == {person}


def test_nobody_of_a_client_is_due_however_long_they_were_silent() -> None:
    account = record("account", name="Nordet")
    colleague, named = record("contact", account=account), record("contact")
    lead = record("lead")
    assert are_due() == {colleague, named}
    won(account=account, contact=named)
    deal(account=account, lead=lead)
    assert (are_due(), are_due("lead")) == (set(), set())


def test_a_lost_deal_makes_no_client() -> None:
    account = record("account")
    person = record("contact", account=account)
    one = deal(account=account, contact=person, amount="10")
    force(one, "lost", values={"loss_reason": "price"})
    assert are_due() == {person}


def test_a_contract_that_runs_or_ended_less_than_three_years_ago_makes_a_client() -> None:
    account = record("account")
    person = record("contact", account=account)
    contract = record("contract", account=account)
    assert are_due() == set()
    model = runtime.current().model("contract").objects.filter(pk=contract)
    model.update(closed_at=RECENTLY)
    assert are_due() == set()
    model.update(closed_at=make.AT)
    assert are_due() == {person}


def test_an_account_that_somebody_says_is_a_client_is_one() -> None:
    record("contact", account=record("account", status="client"))
    assert are_due() == set()
    person = record("contact", account=record("account", status="prospect"))
    assert are_due() == {person}


LIVES = st.lists(
    st.tuples(
        st.integers(0, 2000),  # days since they were met
        st.lists(st.tuples(st.integers(0, 2000), st.sampled_from(["inbound", "outbound"])), max_size=3),
        st.sampled_from(["", "won", "contract", "deal"]),
        st.sampled_from([None, -10, 10]),  # days until which they are kept
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIVES)
def test_whoever_is_due_is_no_client_silent_for_three_years_and_kept_by_nobody(lives: list[Any]) -> None:
    limit, expected, mine = dues.heard_before(NOW), set(), set()
    for met, words, tie, kept in lives:
        account = record("account")
        given = {"name": "Pilote", "account": account}
        at = NOW - timedelta(days=met)
        person = operations.create(SYSTEM, object_name="contact", given=given, at=at)
        moments = [at]
        for days, direction in words:
            when = NOW - timedelta(days=days)
            said(when, contact=person, direction=direction)
            moments += [when] if direction == "inbound" else []
        if tie == "won":
            won(account=account)
        elif tie:
            record("contract" if tie == "contract" else "opportunity", account=account)
        if kept is not None:
            day = dues.today(NOW) + timedelta(days=kept)
            decided = retention.Keeping((person,), "Salon à venir", day)
            asked_at = NOW - timedelta(days=20)
            retention.keep(SYSTEM, object_name="contact", keeping=decided, at=asked_at)
        mine.add(person)
        if max(moments) <= limit and tie not in ("won", "contract") and (kept or 0) <= 0:
            expected.add(person)
    assert are_due() & mine == expected
