"""What may already be there is shown before it is created twice, with what speaks for it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

import make
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import alike, duplicates, operations, runtime, sight, values
from portulan.records.alike import Identity
from portulan.records.snapshot import Snapshot

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()
SIREN = "732829320"


def put(object_name: str, **values: Any) -> int:
    return operations.create(SYSTEM, object_name=object_name, given=values, at=make.AT)


def found(object_name: str, actor: Actor = SYSTEM, **values: Any) -> list[dict[str, Any]]:
    return duplicates.duplicates(actor, object_name=object_name, given=values)


def titles(object_name: str, **values: Any) -> list[str]:
    return [one["title"] for one in found(object_name, **values)]


@pytest.mark.parametrize(
    "typed",
    ["Labat Menuiseries", "S.A.R.L. Menuiseries Labat", "MENUISERIE LABAT SAS", "Sté Menuisseries Labat"],
)
def test_a_name_is_recognised_without_its_legal_form_and_with_a_slip(vente: Snapshot, typed: str) -> None:
    put("account", name="Menuiseries Labat SARL")
    put("account", name="Menuiseries Delorme")
    (one,) = found("account", name=typed)
    assert (one["title"], one["shared"], one["sure"]) == ("Menuiseries Labat SARL", ["name"], False)


def test_a_name_of_one_letter_is_looked_for_as_a_word(vente: Snapshot) -> None:
    put("account", name="B")
    put("account", name="Bellerive Brest")
    assert titles("account", name="B SARL") == ["B"]
    assert titles("account", name="Be") == []


def test_the_same_number_or_mail_is_a_duplicate_whatever_the_name(vente: Snapshot) -> None:
    put("account", name="Pharma Lys", siren=SIREN, email="contact@pharmalys.fr", phone="01 42 68 53 00")
    assert found("account", name="Autre", siren="732 829 320")[0]["sure"]
    assert found("account", name="Autre", siret="73282932000074")[0]["shared"] == ["siren"]
    assert found("account", name="Autre", email="Contact@PharmaLys.fr")[0]["sure"]
    assert found("account", name="Autre", phone="+33142685300")[0]["shared"] == ["phone"]


def test_two_establishments_of_one_company_are_sisters(vente: Snapshot) -> None:
    put("account", name="Pharma Lys", siren=SIREN, siret="73282932000074")
    (one,) = found("account", name="Pharma Lys", siret="73282932000017")
    assert (one["sister"], one["sure"]) == (True, False)


def test_a_mail_domain_that_everybody_has_proves_nothing(vente: Snapshot) -> None:
    put("account", name="Verdier Ateliers", email="verdier@orange.fr")
    assert titles("account", name="Boulangerie Petit", email="petit@orange.fr") == []


def test_people_of_one_company_or_of_one_family_are_not_the_same(vente: Snapshot) -> None:
    put("contact", name="Martin", first_name="Claire", email="claire.martin@verdier.fr")
    assert titles("contact", name="Durand", first_name="Paul", email="paul.durand@verdier.fr") == []
    assert titles("contact", name="Martin", email="autre@verdier.fr") == []
    assert titles("contact", name="Martin", first_name="Claire") == ["Martin"]


def test_objects_that_identify_nobody_have_no_duplicates(vente: Snapshot) -> None:
    put("opportunity", name="Pilote Verdier")
    assert titles("opportunity", name="Pilote Verdier") == []


def test_what_one_may_not_see_is_not_told(vente: Snapshot) -> None:
    put("account", name="Pharma Lys", siren=SIREN)
    assert found("account", Actor(id=0), name="Pharma Lys", siren=SIREN) == []


def test_what_lies_in_the_bin_is_no_duplicate(vente: Snapshot) -> None:
    made = put("account", name="Pharma Lys", siren=SIREN)
    operations.delete(SYSTEM, object_name="account", row_id=made, at=make.AT)
    assert found("account", name="Pharma Lys", siren=SIREN) == []


@pytest.mark.parametrize("typed", ['" OR "', "%", "", "SARL", "🙂", None, 12, ["a"], {"b": 1}])
def test_anything_may_be_typed(vente: Snapshot, typed: Any) -> None:
    put("account", name="Pharma Lys")
    assert found("account", name=typed, siren=typed, email=typed, phone=typed) == []


def test_it_takes_few_queries(vente: Snapshot) -> None:
    put("account", name="Pharma Lys", siren=SIREN)
    with CaptureQueriesContext(connection) as queries:
        found("account", name="Pharma Lys", siren=SIREN, email="a@lys.fr", phone="0142685300")
    assert len(queries) <= 12


def test_what_is_read_first_by_name_and_place_loses_nobody(vente: Snapshot) -> None:
    towns, streets = ("Nantes", "Brest"), ("2 rue Crébillon", "9 quai de la Fosse")
    names = ("Menuiseries Labat", "Labat Menuiserie SAS", "Menuiseries Delorme", "Menuiseries", "Pharma Lys")
    rank = 0
    for name in names:
        for town, street in zip(towns, streets, strict=True):
            put("account", name=name, city=town, street=street, postcode="44000", phone=f"014268530{rank}")
            rank += 1
    typed = {"name": "Menuiseries Labat", "city": "Nantes", "street": streets[0], "postcode": "44000"}
    typed |= {"phone": "0142685309"}
    kind = runtime.current().object("account")
    seen = sight.of(SYSTEM, kind)
    mine = duplicates.identity(
        seen, {one.name: None for one in seen.fields} | typed | {"phone": "+33142685309"}
    )
    held = runtime.current().model("account").objects.values()
    points = {
        row["id"]: alike.compare(mine, duplicates.identity(seen, _by_name(seen, row))).points for row in held
    }
    told = {
        one["id"]: one["points"]
        for one in duplicates.duplicates(SYSTEM, object_name="account", given=typed, limit=99)
    }
    assert told == {row: many for row, many in points.items() if many >= alike.LOOK}
    assert 2 < len(told) < len(points)


def _by_name(seen: sight.Sight, row: dict[str, Any]) -> dict[str, Any]:
    return {one.name: row[values.attribute(one)] for one in seen.fields}


NAMES = st.sampled_from(["Labat", "Menuiseries Labat", "SARL Labat", "Pharma Lys", ""])
NUMBERS = st.sampled_from(["", SIREN, "552100554"])
IDENTITIES = st.builds(Identity, name=NAMES, siren=NUMBERS, phones=st.frozensets(st.sampled_from("ab")))


@given(one=IDENTITIES, other=IDENTITIES)
def test_likeness_goes_both_ways(one: Identity, other: Identity) -> None:
    assert alike.compare(one, other) == alike.compare(other, one)
    assert 0 <= alike.compare(one, other).points <= 100
