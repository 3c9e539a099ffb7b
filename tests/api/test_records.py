"""Over HTTP, records are listed, changed, moved and told about, each refusal with its reasons."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

import make
from portulan.base import clock
from portulan.people.actor import Actor
from portulan.people.models import User
from sale import force, record

pytestmark = pytest.mark.usefixtures("crm")
DEALS = "/api/records/opportunity"


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(pk=actor.id or 0), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.fixture
def seller() -> Client:
    return signed_in(make.actor())


def send(client: Client, verb: str, path: str, **body: Any) -> Any:
    return client.generic(verb, path, json.dumps(body), content_type="application/json")


def born(client: Client, **given: Any) -> Any:
    return send(client, "POST", DEALS, values={"name": "Pilote", **given}).json()


def test_a_record_is_created_read_changed_binned_and_taken_back(seller: Client) -> None:
    made = send(seller, "POST", DEALS, values={"name": "Pilote", "amount": "1200.50"})
    assert made.status_code == 201
    one = made.json()
    assert (one["title"], one["version"], one["values"]["amount"]) == ("Pilote", 1, "1200.50")
    assert one["may"] == {
        "update": True,
        "delete": True,
        "override": False,
        "move": True,
        "ask_deletion": False,
    }
    assert one["linked"]["owner"]["title"] == "Claire Lambert"
    path = f"{DEALS}/{one['id']}"
    changed = send(seller, "PATCH", path, version=1, values={"name": "Pilote 2"})
    assert (changed.json()["title"], changed.json()["version"]) == ("Pilote 2", 2)
    conflict = send(seller, "PATCH", path, version=1, values={"name": "Autre"})
    assert conflict.json()["code"] == "records.changed_meanwhile"
    assert conflict.json()["details"] == {"name": {"mine": "Autre", "theirs": "Pilote 2"}}
    assert seller.delete(path).status_code == 204
    assert seller.get(DEALS).json()["rows"] == []
    assert [row["id"] for row in seller.get(f"{DEALS}?bin=1").json()["rows"]] == [one["id"]]
    assert seller.get(path).json()["deleted_at"]
    (bin_,) = seller.get("/api/bins").json()
    assert (bin_["object"], [row["id"] for row in bin_["rows"]]) == ("opportunity", [one["id"]])
    assert send(seller, "POST", f"{path}/restore").json()["deleted_at"] is None


def test_a_closed_gate_answers_with_everything_that_lacks_then_lets_through(seller: Client) -> None:
    one = born(seller)
    path = f"{DEALS}/{one['id']}/move"
    refused = send(seller, "POST", path, to="demo", version=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "records.gate_closed")
    details = refused.json()["details"]
    assert [asked["field"] for asked in details["missing"]] == ["amount"]
    assert [unmet["label"]["fr"] for unmet in details["unmet"]] == ["Critère called"]
    assert not details["may_override"]
    record("activity", kind="call", opportunity=one["id"])
    moved = send(seller, "POST", path, to="demo", version=1, values={"amount": "10"})
    assert moved.json()["values"]["stage"] == "demo"
    told = seller.get(f"{DEALS}/{one['id']}/timeline").json()["rows"]
    assert [event["kind"] for event in told] == ["record.moved", "gate.refused", "record.created"]
    assert "10\u00a0€" in told[0]["changes"][0]["after"]
    assert told[0]["say"] == "a fait passer la fiche de «\u00a0Contact\u00a0» à «\u00a0Demo\u00a0»"
    assert "Montant" in told[1]["say"]
    assert told[0]["actor"]["initials"] == "CL"


def test_the_timeline_comes_page_by_page(seller: Client) -> None:
    one = born(seller)
    for rank in range(4):
        send(seller, "PATCH", f"{DEALS}/{one['id']}", version=rank + 1, values={"name": f"N{rank}"})
    path = f"{DEALS}/{one['id']}/timeline?limit=2"
    first = seller.get(path).json()
    second = seller.get(f"{path}&before={first['next']}").json()
    third = seller.get(f"{path}&before={second['next']}").json()
    after = [page["rows"][0]["changes"][0]["after"] for page in (first, second) if page["rows"]]
    assert after == ["N3", "N1"]
    assert (len(third["rows"]), third["next"]) == (1, None)


def test_the_position_says_the_path_what_lacks_and_where_to_go(seller: Client) -> None:
    one = born(seller)
    force(one["id"], "won", clock.now())
    told = seller.get(f"{DEALS}/{one['id']}/position").json()
    assert [(leg["stage"], leg["skipped"]) for leg in told["path"]] == [
        ("contact", False), ("demo", True), ("won", False),
    ]  # fmt: skip
    assert told["path"][-1]["left_at"] is None
    other = born(seller)
    told = seller.get(f"{DEALS}/{other['id']}/position").json()
    assert (told["stage"], told["map"]) == ("contact", "vente")
    assert {one["id"]: one["met"] for one in told["criteria"]} == {"called": False, "trust": None}
    assert [missing["field"] for missing in told["missing"]] == ["amount"]
    assert [(move["to"], move["back"]) for move in told["next"]] == [("demo", False), ("lost", False)]
    account = record("account")
    assert seller.get(f"/api/records/account/{account}/position").json() is None


def test_a_list_is_filtered_sorted_paged_and_summed(seller: Client) -> None:
    account = record("account", name="Nordet")
    for amount in ("10", "20.50", "30"):
        born(seller, amount=amount, account=account, source="fair")
    born(seller, name="Étude")
    condition = quote(json.dumps({"field": "amount", "test": "greater", "value": 15}))
    page = seller.get(f"{DEALS}?sort=-amount&limit=1&condition={condition}").json()
    assert [row["values"]["amount"] for row in page["rows"]] == ["30.00"]
    assert page["linked"]["account"] == {str(account): "Nordet"}
    rest = seller.get(f"{DEALS}?sort=-amount&limit=1&condition={condition}&after={page['next']}").json()
    assert ([row["values"]["amount"] for row in rest["rows"]], rest["next"]) == (["20.50"], None)
    total = seller.get(f"{DEALS}/summary?group_by=source").json()
    assert (total["count"], total["sums"]) == (4, {"amount": "60.50"})
    assert [(group["value"], group["label"], group["count"]) for group in total["groups"]] == [
        ("fair", "Salon", 3), (None, "", 1),
    ]  # fmt: skip
    by_account = seller.get(f"{DEALS}/summary?group_by=account&words=pilote").json()["groups"]
    assert [(group["label"], group["sums"]) for group in by_account] == [("Nordet", {"amount": "60.50"})]
    by_stage = seller.get(f"{DEALS}/summary?group_by=stage").json()["groups"]
    assert [group["label"] for group in by_stage] == ["Contact"]
    asked = "amount:sum,amount:mean,amount:min,amount:max,amount:count,name:count,close_on:max"
    measured = seller.get(f"{DEALS}/summary?group_by=source&measures={asked}").json()
    assert measured["measures"] == {
        "amount:sum": "60.50", "amount:mean": "20.17", "amount:min": "10.00", "amount:max": "30.00",
        "amount:count": 3, "name:count": 4, "close_on:max": None,
    }  # fmt: skip
    assert [group["measures"]["amount:sum"] for group in measured["groups"]] == ["60.50", None]
    refused = seller.get(f"{DEALS}/summary?measures=name:sum,amount:median,nothing:sum")
    assert (refused.status_code, len(refused.json()["problems"])) == (422, 3)


def test_what_was_asked_for_amiss_is_refused_with_its_reason(seller: Client) -> None:
    for asked in ("condition=nope", "condition=%7B%22field%22%3A%22x%22%7D", "sort=nothing", "after=zz"):
        answer = seller.get(f"{DEALS}?{asked}")
        assert answer.status_code == 422, asked
        assert answer["Content-Type"] == "application/problem+json"
    assert seller.get(f"{DEALS}/summary?group_by=amount").status_code == 422
    for lost in ("/api/records/nothing", f"{DEALS}/404", "/api/board/nowhere", f"{DEALS}/404/timeline"):
        assert seller.get(lost).status_code == 404, lost
    assert Client().get(DEALS).status_code == 401


def test_the_related_records_come_link_by_link(seller: Client) -> None:
    account = record("account", name="Nordet")
    for rank in range(7):
        born(seller, account=account, name=f"N{rank}")
    lists = {one["relation"]: one for one in seller.get(f"/api/records/account/{account}/related").json()}
    assert lists["opportunities"]["count"] == 7
    assert [row["title"] for row in lists["opportunities"]["rows"]] == ["N6", "N5", "N4", "N3", "N2"]
    assert lists["contacts"]["count"] == 0


def test_the_board_and_more_cards_of_a_stage(seller: Client) -> None:
    for rank in range(3):
        born(seller, amount=str(rank))
    told = seller.get("/api/board/vente?cards=2&sort=-amount").json()
    assert (told["object"], told["stages"][0]["count"]) == ("opportunity", 3)
    after = told["stages"][0]["next"]
    more = seller.get(f"/api/board/vente/contact?cards=2&sort=-amount&after={after}").json()
    assert ([card["amount"] for card in more["cards"]], more["next"]) == (["0.00"], None)


def test_a_change_that_takes_a_record_out_of_sight_answers_nothing(seller: Client) -> None:
    elsewhere = make.person("bruno@nordet.example", role="sales", team="Ailleurs")
    one = born(seller)
    given = send(seller, "PATCH", f"{DEALS}/{one['id']}", version=1, values={"owner": elsewhere})
    assert given.status_code == 204
    assert seller.get(f"{DEALS}/{one['id']}").status_code == 404


def test_many_records_change_in_one_call(seller: Client) -> None:
    made = [born(seller, name=f"N{rank}")["id"] for rank in range(2)]
    told = send(seller, "POST", f"{DEALS}/bulk", ids=made, to="demo").json()
    assert (told["done"], [one["id"] for one in told["refused"]]) == ([], made)
    assert send(seller, "POST", f"{DEALS}/bulk", ids=made, values={"priority": "high"}).json()["done"] == made


NUL, HUGE = "a\0b", 10**30
HOSTILE: list[tuple[str, Any]] = [
    ("name", NUL), ("name", ["a"]), ("name", {"a": 1}), ("amount", HUGE), ("amount", "1e999999"),
    ("amount", "NaN"), ("probability", True), ("close_on", "9999-99-99"), ("account", HUGE),
    ("account", -1), ("owner", 987_654), ("owner", HUGE), ("source", NUL), ("priority", 3),
]  # fmt: skip


def test_no_value_breaks_the_front_desk(seller: Client) -> None:
    one = born(seller)
    path = f"{DEALS}/{one['id']}"
    for field, value in HOSTILE:
        refused = send(seller, "PATCH", path, version=1, values={field: value})
        assert refused.status_code == 422, (field, value)
        for test in ("equals", "greater", "contains", "in", "between"):
            condition = quote(json.dumps({"field": field, "test": test, "value": value}))
            assert seller.get(f"{DEALS}?condition={condition}").status_code in (200, 422), (field, test)


def test_no_address_breaks_the_front_desk(seller: Client) -> None:
    one = born(seller)
    for path in (
        f"{DEALS}?words=%00", f"{DEALS}/{HUGE}", f"{DEALS}/0", f"{DEALS}/{one['id']}/timeline?before=x",
        f"{DEALS}?limit={HUGE}", f"{DEALS}?limit=-3", "/api/board/vente?cards=-1", "/api/board/%00",
        f"{DEALS}?sort=%00", f"{DEALS}/{one['id']}/timeline?limit=-1",
    ):  # fmt: skip
        assert seller.get(path).status_code < 500, path
    for body in ({"to": NUL}, {"to": "demo", "motive": NUL}, {"to": "demo", "version": HUGE}):
        assert send(seller, "POST", f"{DEALS}/{one['id']}/move", **{"version": 1, **body}).status_code < 500
    assert send(seller, "POST", f"{DEALS}/bulk", ids=[HUGE], to="demo").status_code == 422


def test_what_is_already_there_is_told_and_creating_anyway_keeps_the_motive(seller: Client) -> None:
    values = {"name": "Pharma Lys", "siren": "732829320"}
    there = send(seller, "POST", "/api/records/account", values=values).json()
    path = f"/api/records/account/duplicates?values={quote(json.dumps(values))}"
    (one,) = seller.get(path).json()["found"]
    assert (one["id"], one["sure"]) == (there["id"], True)
    made = send(seller, "POST", "/api/records/account", values=values, motive="Filiale à part").json()
    told = seller.get(f"/api/records/account/{made['id']}/timeline").json()
    assert told["rows"][0]["motive"] == "Filiale à part"
    for shape in ("[1]", "no"):
        assert seller.get(f"/api/records/account/duplicates?values={shape}").status_code == 422
