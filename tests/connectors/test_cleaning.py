"""What people typed, written the usual way; what nobody can read stays as it was."""

import pytest

from portulan.connectors.cleaning import names, numbers, places, sectors


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("DUPONT ET FILS S.A.R.L.", "Dupont et Fils SARL"),
        ("acme  sas", "acme SAS"),
        ("IBM", "IBM"),
        ("S.N.C.F.", "S.N.C.F."),
        ("SA des Eaux", "SA des Eaux"),
        ("eBay Sarl", "eBay SARL"),
    ],
)
def test_a_company_keeps_its_name_and_its_legal_form_is_written_one_way(said: str, clean: str) -> None:
    assert names.company(said) == clean
    assert names.company(clean) == clean


@pytest.mark.parametrize(
    ("said", "postcode", "country", "clean"),
    [
        ("0262 12 34 56", "97400", "", "+262262123456"),
        ("06 12 34 56 78", "75001", "", "+33612345678"),
        ("+33 (0)1 44 55 66 77", "", "", "+33144556677"),
        ("612345678", "", "FR", "+33612345678"),
        ("02 123 45 67", "1000", "Belgique", "+3221234567"),
        ("à demander", "", "", "à demander"),
    ],
)
def test_a_number_is_read_in_the_region_of_its_line(
    said: str, postcode: str, country: str, clean: str
) -> None:
    assert places.phone(said, postcode, country) == clean
    assert places.phone(clean, postcode, country) == clean


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("FR", "France"),
        ("fra", "France"),
        ("United Kingdom", "Royaume-Uni"),
        ("USA", "États-Unis"),
        ("Narnia", "Narnia"),
    ],
)
def test_a_country_bears_its_french_name(said: str, clean: str) -> None:
    assert places.country(said) == clean


@pytest.mark.parametrize(
    ("column", "clean"),
    [
        (["1 100,04 €", "12"], ["1100.04", "12"]),
        (["1,100.04", "3,000"], ["1100.04", "3000"]),
        (["12.5", "0.25"], ["12.5", "0.25"]),
        (["(250)", "n/a"], ["-250", "n/a"]),
        (["1.234.567", "1.000"], ["1234567", "1000"]),
    ],
)
def test_the_mark_of_decimals_is_that_of_the_whole_column(column: list[str], clean: list[str]) -> None:
    mark = numbers.decimal_mark(column)
    assert [numbers.number(said, mark) for said in column] == clean


def test_codes_lose_neither_their_zeros_nor_their_meaning() -> None:
    assert numbers.siret("443 061 841 00047") == "44306184100047"
    assert numbers.siren("5 520 081 01") == "5 520 081 01"
    assert places.postcode("1000") == "01000"
    assert places.postcode("1000", "Belgique") == "1000"
    assert (sectors.of_naf("62.01Z"), sectors.of_naf("4711F"), sectors.of_naf("retail")) == (
        "saas",
        "retail",
        "retail",
    )
    assert names.job("resp. achats") == "Responsable des achats"
