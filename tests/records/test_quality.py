"""Every number of the quality of data is the count of the list that it opens."""

import orjson
import pytest

import make
from portulan.records import quality, summary
from portulan.records.asked import Asked
from sale import SYSTEM, deal, record

pytestmark = pytest.mark.usefixtures("crm")


def test_each_number_is_what_its_list_counts() -> None:
    record("account", name="Acme", email="info@acme.example")
    record("account", name="Bellerive")
    deal(name="Étude")
    told = {one["object"]: one for one in quality.quality(SYSTEM, whose="all", at=make.AT)}
    assert told["account"]["total"] == 2
    assert {c["label"]: c["count"] for c in told["account"]["checks"]}["E-mail"] == 1
    assert "Montant" in {check["label"] for check in told["opportunity"]["checks"]}
    for name, one in told.items():
        for check in one["checks"]:
            condition = orjson.loads(orjson.dumps(check["condition"]))
            counted = summary.summary(SYSTEM, object_name=name, asked=Asked(condition=condition), at=make.AT)
            assert counted["count"] == check["count"]


def test_one_sees_the_quality_of_ones_own_alone() -> None:
    claire = make.actor(role="sales")
    record("account", claire, name="Acme")
    record("account", name="Bellerive")
    mine = {one["object"]: one["total"] for one in quality.quality(claire, whose="me", at=make.AT)}
    assert mine["account"] == 1


def test_teams_and_people_add_up_to_what_their_lists_count() -> None:
    claire = make.actor(role="sales")
    record("account", claire, name="Acme")
    record("account", name="Bellerive", owner=None)
    told = {one["object"]: one for one in quality.quality(SYSTEM, whose="all", at=make.AT)}["account"]
    teams = {one["name"]: one["total"] for one in told["teams"]}
    assert teams == {"Ventes": 1, "": 1}
    assert [(one["id"], one["total"]) for one in told["people"]] == [(claire.id, 1)]
    for line in (*told["teams"], *told["people"]):
        for check, count in zip(told["checks"], line["counts"], strict=True):
            condition = {"all": [line["condition"], check["condition"]]}
            counted = summary.summary(
                SYSTEM, object_name="account", asked=Asked(condition=condition), at=make.AT
            )
            assert counted["count"] == count


def test_nobody_is_named_to_who_could_not_mend_their_records() -> None:
    claire, tom = (
        make.actor(),
        make.acting(make.person("tom.girard@nordet.example", role="sales", team="Sud")),
    )
    for one in (claire, tom):
        record("opportunity", one, name="Étude")
    told = {one["object"]: one for one in quality.quality(claire, whose="all", at=make.AT)}["opportunity"]
    assert {one["id"] for one in told["people"]} <= {claire.id}
