"""What a quote comes to is exact: to the cent, whatever the order of its lines, VAT once a rate."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.records.pricing import Line, cents, price

CENT = Decimal("0.01")


def exactly(most: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, most * 10**places).map(lambda n: Decimal(n).scaleb(-places))


percents = exactly(100, 2)
rates = st.sampled_from([Decimal(one) for one in ("20", "10", "5.5", "2.1", "0", "20.00")])
lines = st.builds(
    Line,
    quantity=exactly(5000, 3),
    unit_price=exactly(90000, 2),
    discount=percents,
    vat_rate=rates,
    listed=st.none() | exactly(90000, 2),
)
many = st.lists(lines, max_size=7)


@given(many, percents)
@settings(max_examples=60)
def test_amounts_agree_with_each_other_to_the_cent(some: list[Line], discount: Decimal) -> None:
    said = price(some, discount=discount)
    assert said.lines_total == sum((one.total for one in some), Decimal(0))
    assert said.net == said.lines_total - said.discount == sum((one.base for one in said.taxed), Decimal(0))
    assert said.total == said.net + said.vat
    assert said.vat == sum((one.vat for one in said.taxed), Decimal(0))
    for one in said.taxed:
        assert abs(one.vat - one.base * one.rate / 100) <= CENT / 2
        assert one.base >= 0
    assert len({one.rate for one in said.taxed}) == len(said.taxed)
    assert abs(said.discount - said.lines_total * discount / 100) <= CENT / 2
    assert 0 <= said.discount_rate <= 100


@given(many, percents, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_lines_changes_nothing(some: list[Line], discount: Decimal, chance: object) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert price(shuffled, discount=discount) == price(some, discount=discount)


@given(many)
@settings(max_examples=40)
def test_no_discount_takes_nothing_and_a_whole_one_takes_everything(some: list[Line]) -> None:
    assert price(some).discount == 0
    free = price(some, discount=Decimal(100))
    assert free.net == free.vat == free.total == 0


def test_vat_is_rounded_once_a_rate_and_not_once_a_line() -> None:
    three = [Line(Decimal(1), Decimal("0.12"), vat_rate=Decimal(20))] * 3
    assert price(three).vat == Decimal("0.07") != 3 * cents(Decimal("0.024"))


def test_a_discount_on_the_whole_is_shared_among_the_rates_of_vat() -> None:
    said = price(
        [
            Line(Decimal(10), Decimal(100), Decimal(10), Decimal(20)),
            Line(Decimal(3), Decimal("33.33"), vat_rate=Decimal("5.5")),
        ],
        discount=Decimal(5),
    )
    assert (said.lines_total, said.discount, said.net) == (
        Decimal("999.99"), Decimal("50.00"), Decimal("949.99"),
    )  # fmt: skip
    assert [(one.rate, one.base, one.vat) for one in said.taxed] == [
        (Decimal(20), Decimal("855.00"), Decimal("171.00")),
        (Decimal("5.5"), Decimal("94.99"), Decimal("5.22")),
    ]
    assert (said.vat, said.total) == (Decimal("176.22"), Decimal("1126.21"))
    assert said.discount_rate == Decimal("13.64")


def test_a_price_below_that_of_the_catalogue_is_a_discount_too() -> None:
    said = price([Line(Decimal(2), Decimal(80), listed=Decimal(100))])
    assert (said.net, said.discount_rate) == (Decimal(160), Decimal(20))
