"""The simulated company is lifelike, always the same, and could have been lived through the screens."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from stdnum.fr import siren

from portulan.base.conditions.meet import Circumstances
from portulan.blueprint import base_model
from portulan.blueprint.compile import compile_maps
from portulan.maps import starters
from portulan.records import pipeline
from portulan.server.demo import world
from portulan.server.demo.simulate import simulate
from portulan.server.demo.story import Story

UNTIL = datetime(2026, 5, 7, 15, tzinfo=UTC)
MAPS = (starters.starter("vente"), starters.starter("support"))


@cache
def stories() -> tuple[Story, ...]:
    return tuple(one for batch in simulate(1, UNTIL, MAPS, world.DEMO) for one in batch)


def of(kind: str) -> list[Story]:
    return [one for one in stories() if one.object == kind]


def passages() -> list[tuple[str, str, Story]]:
    return [(a.to or "", b.to or "", deal) for deal in of("opportunity") for a, b in pairwise(deal.turns)]


def test_the_same_seed_tells_the_same_stories_and_another_seed_others() -> None:
    again = tuple(one for batch in simulate(1, UNTIL, MAPS, world.DEMO) for one in batch)
    assert repr(again) == repr(stories())
    other = next(iter(list(simulate(2, UNTIL, MAPS, world.Size(1, 6.0)))[1:]))
    assert repr(other[0]) != repr(of("account")[0])


def test_the_company_has_the_size_it_claims() -> None:
    counts = Counter(one.object for one in stories())
    assert counts["account"] == 250
    assert counts["product"] == 40
    assert 550 <= counts["contact"] <= 650
    assert 1400 <= counts["opportunity"] <= 1600
    assert 250 <= counts["ticket"] <= 400
    assert counts["lead"] == 83
    assert 60 <= counts["contract"] <= 250


def test_keys_are_unique_and_a_link_points_to_what_was_told_before() -> None:
    seen: set[str] = set()
    for one in stories():
        for value in one.turns[0].values.values():
            if isinstance(value, str) and value.partition("/")[0] in {"account", "contact", "product"}:
                assert value in seen
        assert one.key not in seen
        seen.add(one.key)


def test_nothing_happens_after_the_end_nor_before_the_cause() -> None:
    for one in stories():
        moments = [turn.at for turn in one.turns]
        assert moments == sorted(moments)
        assert UNTIL - timedelta(days=560) <= moments[0]
        assert moments[-1] <= UNTIL


def test_a_contract_begins_after_its_deal_was_won_and_renews_after_now() -> None:
    won = {one.key: turn.at for one in of("opportunity") for turn in one.turns if turn.to == "gagne"}
    for one in of("contract"):
        day = won[one.key.replace("contract", "opportunity")].date().isoformat()
        assert day < one.values["starts_on"]
        assert UNTIL.date().isoformat() < one.values["renews_on"]


def test_a_contract_ends_the_day_before_it_renews_and_most_renew_by_themselves() -> None:
    told = [one.values for one in of("contract")]
    for one in told:
        assert date.fromisoformat(one["ends_on"]) + timedelta(days=1) == date.fromisoformat(one["renews_on"])
        assert one["notice_months"] in (2, 3)
        assert 1 <= one["health"] <= 10
    tacit = sum(one["tacit"] for one in told)
    assert len(told) * 0.7 <= tacit < len(told)


def test_leads_are_of_companies_that_are_no_account() -> None:
    assert not {one.values["company"] for one in of("lead")} & {one.values["name"] for one in of("account")}


def test_two_steps_hold_nine_tenths_of_what_is_lost() -> None:
    lost = Counter(source for source, target, _ in passages() if target == "perdu")
    two = lost["premier_contact"] + lost["proposition_envoyee"]
    assert two / lost.total() >= 0.9


def test_deals_go_back_and_a_demo_sometimes_rushes_everything() -> None:
    taken = Counter((source, target) for source, target, _ in passages())
    assert taken["negociation", "proposition_envoyee"] > 20
    assert taken["proposition_envoyee", "demo_realisee"] > 20
    assert taken["demo_realisee", "premier_contact"] > 5
    won = [deal for deal in of("opportunity") if deal.turns[-1].to == "gagne"]
    after = sorted(
        deal.turns[-1].at - next(turn.at for turn in deal.turns if turn.to == "demo_realisee") for deal in won
    )
    assert after[len(after) // 20] * 4 < after[len(after) // 2]


def test_deals_are_in_flight_some_late_some_stale() -> None:
    flying = [deal for deal in of("opportunity") if deal.turns[-1].to not in ("gagne", "perdu")]
    assert len(flying) > 150
    assert sum(deal.values["close_on"] < UNTIL.date().isoformat() for deal in flying) > 10
    assert sum(deal.turns[-1].at < UNTIL - timedelta(days=30) for deal in flying) > 10


def test_a_deal_shows_what_its_activities_say_and_some_have_nothing_planned() -> None:
    flying = [deal for deal in of("opportunity") if deal.turns[-1].to not in ("gagne", "perdu")]
    said = [one.values for one in of("activity")]
    for deal in flying:
        waits = [one for one in said if one["opportunity"] == deal.key and not one["done_at"]]
        assert deal.values["next_step"] == (waits[0]["name"] if waits else None)
    adrift = sum(deal.values["next_step"] is None for deal in flying)
    assert 0.05 < adrift / len(flying) < 0.25


def test_every_siren_is_well_formed_and_nobodys() -> None:
    numbers = [one.values["siren"] for one in of("account")]
    assert len(set(numbers)) == 250
    assert all(siren.is_valid(number) and number.startswith("0") for number in numbers)


@pytest.mark.parametrize("starter", ["vente", "support"])
def test_every_passage_would_have_been_let_through_by_its_gate(starter: str) -> None:
    built = compile_maps([starters.starter(starter)], base_model.load())
    travelled = built.pipelines[0]
    kind = next(one for one in built.objects if one.uid == travelled.object)
    for one in of(kind.uid):
        held: dict[str, Any] = {}
        for turn in one.turns:
            held |= typed(turn.values)
            if held.get("stage") is not None:
                verdict = pipeline.gate(
                    travelled, kind, held, turn.to or "", now=Circumstances(turn.at), roles=None
                )
                assert verdict.opens, (one.key, verdict)
                assert turn.motive or not verdict.needs_motive
            held["stage"] = turn.to


def typed(values: Any) -> dict[str, Any]:
    return {name: Decimal(value) if name == "amount" else value for name, value in values.items()}
