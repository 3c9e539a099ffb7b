"""Records are found by what one types, in one's scope, on both databases alike."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import finding, load, operations, queries
from portulan.records.asked import Asked
from portulan.records.load import Past
from portulan.records.models import SearchEntry
from portulan.records.snapshot import Snapshot

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()


def account(name: str, actor: Actor = SYSTEM, **more: Any) -> int:
    return operations.create(actor, object_name="account", given={"name": name, **more}, at=make.AT)


def found(words: str, actor: Actor = SYSTEM, *objects: str) -> list[str]:
    return [hit.title for hit in finding.search(actor, words=words, objects=objects)]


def test_case_and_accents_do_not_matter_and_every_word_does(vente: Snapshot) -> None:
    account("Électro Soudage de l’Ouest")
    account("Soudage du Nord")
    assert found("electro") == ["Électro Soudage de l’Ouest"]
    assert found("SOUDAGE ouest") == ["Électro Soudage de l’Ouest"]
    assert found("él") == ["Électro Soudage de l’Ouest"]


def test_a_slip_of_the_fingers_is_forgiven(vente: Snapshot) -> None:
    account("Menuiseries Labat")
    account("Transports Jacquemin")
    assert found("menuisries") == ["Menuiseries Labat"]
    assert found("jaquemin") == ["Transports Jacquemin"]
    assert found("zzzzzz") == []


@pytest.mark.parametrize(
    "words",
    [
        "jaquemin transports",
        "tranpsorts jacquemin",
        "trasnports jaquemin",
        "electrosoudgae",
        "transports jacquemin quimper",
    ],
)
def test_slips_in_a_word_in_each_or_a_word_too_many_still_lead_there(vente: Snapshot, words: str) -> None:
    account("Transports Jacquemin")
    account("Électrosoudage")
    account("Menuiseries Labat")
    assert found(words) == ["Électrosoudage" if "electro" in words else "Transports Jacquemin"]


def test_a_slip_finds_what_lists_show_among_many_that_they_do_not(vente: Snapshot) -> None:
    paul = make.acting(make.person("paul.renard@nordet.example", role="sales", team="Sud"))
    pasts = [Past(make.AT, {"name": f"Pilote Mécanique {n}"}) for n in range(900)]
    load.load(SYSTEM, object_name="opportunity", pasts=pasts)
    assert found("mecanqiue", paul) == []
    operations.create(paul, object_name="opportunity", given={"name": "Pilote Mécanique"}, at=make.AT)
    assert found("mecanqiue", paul) == ["Pilote Mécanique"]


def test_the_title_that_begins_so_comes_first(vente: Snapshot) -> None:
    account("Groupe Verdier")
    account("Verdier Ateliers")
    assert found("verdier") == ["Verdier Ateliers", "Groupe Verdier"]


def test_a_record_is_found_by_its_mail_and_its_numbers(vente: Snapshot) -> None:
    account("Pharma Lys", siren="732829320", email="contact@pharmalys.example")
    assert found("732829320") == ["Pharma Lys"]
    assert found("pharmalys.example") == ["Pharma Lys"]


def test_what_changes_is_found_anew_and_what_lies_in_the_bin_is_not(vente: Snapshot) -> None:
    made = account("Ancien Nom")
    operations.update(
        SYSTEM, object_name="account", row_id=made, version=1, given={"name": "Nouveau Nom"}, at=make.AT
    )
    assert found("ancien nom") == ["Nouveau Nom"] or found("ancien nom") == []
    assert found("nouveau") == ["Nouveau Nom"]
    operations.delete(SYSTEM, object_name="account", row_id=made, at=make.AT)
    assert found("nouveau") == []
    operations.restore(SYSTEM, object_name="account", row_id=made, at=make.AT)
    assert found("nouveau") == ["Nouveau Nom"]


def test_one_finds_what_ones_lists_show(vente: Snapshot) -> None:
    paul = make.acting(make.person("paul.renard@nordet.example", role="sales", team="Sud"))
    claire = make.actor()
    operations.create(claire, object_name="opportunity", given={"name": "Pilote Verdier"}, at=make.AT)
    assert found("verdier", claire) == ["Pilote Verdier"]
    assert found("verdier", paul) == []
    assert found("verdier", Actor(id=0)) == []


def test_a_change_of_other_fields_leaves_the_projection_alone(vente: Snapshot) -> None:
    made = account("Pharma Lys")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        operations.update(
            SYSTEM, object_name="account", row_id=made, version=1, given={"revenue": "12"}, at=make.AT
        )
    assert not [one for one in queries.captured_queries if "searchentry" in one["sql"]]


def test_what_is_loaded_at_once_is_found(vente: Snapshot) -> None:
    load.load(
        SYSTEM,
        object_name="account",
        pasts=[Past(make.AT, {"name": f"Compte {n}"}) for n in range(300)],
    )
    assert SearchEntry.objects.count() == 300
    assert found("compte 217", SYSTEM, "account")[0] == "Compte 217"
    assert found("compte 217", SYSTEM, "contact") == []


@pytest.mark.parametrize(
    "words", ['"', "a%b", "x_y", "' OR 1=1", "AND", "NOT (", "*", "\\", "🙂🙂🙂🙂", "   "]
)
def test_what_is_typed_is_never_a_query(vente: Snapshot, words: str) -> None:
    account("Pharma Lys")
    assert found(words) in ([], ["Pharma Lys"])


def test_a_list_finds_by_words_what_search_finds_and_hides_what_it_hides(vente: Snapshot) -> None:
    def listed(words: str, actor: Actor = SYSTEM, **more: Any) -> list[str]:
        asked = Asked(words=words)
        page = queries.listing(actor, object_name="account", asked=asked, at=make.AT, **more)
        return [row["title"] for row in page.rows]

    made = account("Électro Soudage", email="contact@pharmalys.example")
    account("Soudage du Nord")
    assert listed("soudage ELEC") == ["Électro Soudage"]
    assert listed("pharmalys") == ["Électro Soudage"]
    operations.delete(SYSTEM, object_name="account", row_id=made, at=make.AT)
    assert listed("electro") == []
    assert listed("electro", binned=True) == ["Électro Soudage"]
