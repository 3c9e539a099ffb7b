"""What lines name and nobody knows is told apart, made once beside them, and given back with them."""

from typing import Any
from uuid import UUID

import pytest

import make
from importing import held, imported, looked, received, undone, written
from portulan.base import clock
from portulan.connectors import linking, operations, queries
from portulan.connectors.operations import ChoicesNotValid
from portulan.connectors.resolving import Resolver
from portulan.people.actor import Actor
from portulan.records import operations as records
from portulan.records import replay, runtime
from sale import SYSTEM, record

pytestmark = pytest.mark.usefixtures("crm")
DEALS = written(
    "affaire,compte",
    "Un,Atlas Énergie",
    "Deux,ATLAS  ENERGIE",
    "Trois,Acme",
    "Quatre,GTXPro",
    "Cinq,info@bellerive.example",
    "Six,42",
    "Sept,Atlas Énergie SAS",
)


def links(one: dict[str, Any]) -> dict[str, int]:
    """Return how many lines name which sort of account."""
    return {name: n for name, n in one["report"]["links"]["account"].items() if n}


def test_the_preview_says_how_many_are_found_made_and_unsure_and_the_import_does_just_that(
    alix: Actor,
) -> None:
    acme, gtx = record("account", name="Acme"), record("account", name="GTX Pro SARL")
    bellerive = record("account", name="Bellerive", website="https://www.bellerive.example/")
    one = looked(alix, received(alix, "opportunity", DEALS), make=["account"])
    assert links(one) == {"found": 2, "made": 2, "names_alike": 2, "not_known": 1}
    assert one["report"]["counts"] | {"linked": 1, "create": 4, "refused": 3} == one["report"]["counts"]
    done = imported(alix, "opportunity", DEALS, make=["account"])
    assert (done["result"]["linked"], done["result"]["create"], done["result"]["refused"]) == (1, 4, 3)
    (made,) = {pk for pk, name in held("account", "pk", "name") if name == "Atlas Énergie"}
    assert [row for (row,) in held("opportunity", "account_id")] == [made, made, acme, bellerive]
    why = "".join(queries.refused_csv(alix, import_id=UUID(done["id"])))
    assert "s’écrit comme une fiche connue" in why
    assert "« 42 » n’est pas connu" in why
    assert not list(replay.unlike(SYSTEM))
    values = {"GTXPro": gtx}
    import_id = received(alix, "opportunity", DEALS)
    operations.same(alix, import_id=import_id, target="account", values=values, at=clock.now())
    assert links(looked(alix, import_id, make=["account"])) == {"found": 5, "names_alike": 1, "not_known": 1}


def test_what_several_records_bear_is_refused_by_that_reason(alix: Actor) -> None:
    for _ in range(2):
        record("account", name="Acme")
    one = looked(alix, received(alix, "opportunity", written("affaire,compte", "Un,Acme")), make=["account"])
    assert links(one) == {"names_several": 1}
    (refused,) = one["report"]["samples"]["refused"]
    assert "désigne plusieurs fiches" in refused["problems"][0]


def test_a_person_is_made_under_the_account_of_the_line_and_all_goes_with_one_undo(alix: Actor) -> None:
    raw = written(
        "affaire,compte,contact",
        "Un,Atlas,Jeanne Dupont",
        "Deux,Atlas,Jeanne Dupont",
        "Trois,Beta,Jeanne Dupont",
    )
    makeable = linking.makeable(alix, runtime.current().object("opportunity"))
    contact = next(one for one in makeable if "contact" in one)
    columns = {"affaire": "name", "compte": "account", "contact": contact}
    done = imported(alix, "opportunity", raw, columns=columns, make=[contact, "account"])
    assert done["result"]["linked"] == 4
    accounts = dict(held("account", "name", "pk"))
    people = held("contact", "first_name", "name", "account_id")
    assert people == [("Jeanne", "Dupont", accounts["Atlas"]), ("Jeanne", "Dupont", accounts["Beta"])]
    assert not list(replay.unlike(SYSTEM))
    assert undone(alix, done)["undone"] == {"binned": 7, "given_back": 0, "kept": 0}
    assert held("account", "pk") == held("contact", "pk") == held("opportunity", "pk") == []


def test_what_somebody_worked_on_or_needs_by_then_stays_and_is_listed(alix: Actor) -> None:
    done = imported(
        alix,
        "opportunity",
        written("affaire,compte", "Un,Atlas", "Deux,Beta", "Trois,Gamma"),
        make=["account"],
    )
    atlas, beta, gamma = (pk for (pk,) in held("account", "pk"))
    records.update(alix, object_name="account", row_id=atlas, given={"city": "Brest"}, version=1, at=make.AT)
    record("contact", account=beta)
    one = undone(alix, done)
    assert one["undone"] == {"binned": 4, "given_back": 0, "kept": 2}
    assert [pk for (pk,) in held("account", "pk")] == [atlas, beta]
    assert gamma not in {atlas, beta}
    left = {
        each["id"]: (each["object"], each["why"]) for each in queries.kept(alix, import_id=UUID(done["id"]))
    }
    assert left == {atlas: ("account", "changed"), beta: ("account", "needed")}


def test_an_update_links_to_what_is_made_and_undoing_gives_the_link_back(alix: Actor) -> None:
    row = record("opportunity", name="Un")
    raw = written("affaire,compte", "Un,Atlas")
    assert imported(alix, "opportunity", raw)["result"]["update"] == 0
    done = imported(alix, "opportunity", raw, make=["account"])
    ((linked,),) = held("opportunity", "account_id")
    assert (done["result"]["update"], linked) == (1, held("account", "pk")[0][0])
    assert undone(alix, done)["undone"] == {"binned": 1, "given_back": 1, "kept": 0}
    assert held("opportunity", "pk", "account_id") == [(row, None)]


def test_nothing_is_made_for_a_line_that_is_refused_nor_without_the_right(alix: Actor) -> None:
    raw = written("affaire,compte,montant", "Un,Atlas,beaucoup")
    assert imported(alix, "opportunity", raw, make=["account"])["result"]["refused"] == 1
    assert held("account", "pk") == []
    blind = make.acting(make.person("aveugle@nordet.example", role="blind"))
    import_id = received(blind, "opportunity", raw)
    assert queries.get_import(blind, import_id=import_id)["makeable"] == []
    with pytest.raises(ChoicesNotValid):
        looked(blind, import_id, make=["account"])


def test_a_number_or_an_address_names_nothing_that_could_be_made() -> None:
    resolver = Resolver("account", makes=True, organisations=True)
    assert resolver.may_make("Atlas")
    assert not any(
        resolver.may_make(said)
        for said in (
            "732 829 320 00074",
            "a@atlas.example",
            "https://atlas.example",
            "www.atlas.example",
            "–",
        )
    )
