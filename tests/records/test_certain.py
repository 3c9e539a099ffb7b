"""What may be merged unattended: a name and something else agree, and nothing that identifies differs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portulan.records import certain
from portulan.records.alike import Identity

ONE = Identity(
    name="Menuiserie Aubert SARL", siren="552100554", siret="55210055400013",
    emails=frozenset({"contact@aubert.example"}), phones=frozenset({"+33472000001"}),
    domains=frozenset({"aubert.example"}), postcode="69003", city="Lyon", street="12 rue de la Gare",
)  # fmt: skip
ANNA = Identity(name="Anna Aubert", emails=frozenset({"anna@aubert.example"}))


@pytest.mark.parametrize(
    "same",
    [
        ONE,
        replace(ONE, siren="", siret="", name="AUBERT, menuiserie"),
        replace(ONE, siret="", emails=frozenset(), phones=frozenset(), street=""),
        replace(ONE, siren="", siret="", emails=frozenset(), phones=frozenset(), street="12, Rue de la gare"),
    ],
)
def test_what_agrees_by_name_and_by_another_thing_is_one(same: Identity) -> None:
    assert certain.points(ONE, same) >= 70


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, siret="55210055400021"),
        replace(ONE, siret="", postcode="13001", street="3 rue Neuve"),
        replace(ONE, siren="", siret="", postcode="", street="", city=""),
        replace(ONE, siren="552081317", siret=""),
        replace(ONE, siren="", siret="", name="SCI Menuiserie Aubert"),
        replace(ONE, siren="", siret="", street="14 rue de la Gare"),
        Identity(name=ONE.name, domains=ONE.domains, postcode="69003"),
        Identity(name="Cabinet Comptable Nord", emails=ONE.emails, phones=ONE.phones, postcode="69003"),
        Identity(name=ONE.name),
    ],
    ids=["sister", "elsewhere", "no place", "company", "walls", "number", "domain", "mail", "name"],
)
def test_what_only_looks_like_it_is_left_to_people(other: Identity) -> None:
    assert certain.points(ONE, other) == 0


def test_people_of_one_name_and_one_mail_are_one_and_of_one_domain_are_not() -> None:
    assert certain.points(ANNA, replace(ANNA, name="Aubert Anna")) >= 70
    generic = Identity(name="Anna Aubert", emails=frozenset({"a.aubert@gmail.com"}))
    assert certain.points(generic, replace(generic, emails=frozenset({"anna@gmail.com"}))) == 0
    assert certain.points(ANNA, replace(ANNA, name="Paul Aubert")) == 0


_TEXT = st.sampled_from(["", "a", "Aubert", "12 rue X", "69003"])
_SET = st.frozensets(st.sampled_from(["contact@gmail.com", "a@b.example", "+33472000001"]), max_size=2)
_ANY = st.builds(
    Identity, name=st.sampled_from(["Aubert SARL", "SCI Aubert", "Aubert"]), siren=st.just("552100554"),
    siret=st.sampled_from(["55210055400013", "55210055400021"]), emails=_SET, phones=_SET, domains=_SET,
    postcode=_TEXT, city=_TEXT, street=_TEXT,
)  # fmt: skip


@given(_ANY, _ANY)
def test_sisters_are_never_merged_whatever_they_share(one: Identity, other: Identity) -> None:
    if one.siret != other.siret:
        assert certain.points(one, other) == 0
    assert certain.points(one, other) == certain.points(other, one)
