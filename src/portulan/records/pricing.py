"""What lines come to: amounts before tax, the discount, the VAT of each rate, the total. Pure and exact.

Each line is rounded to the cent, as it is printed. A discount on the whole is shared among the rates of VAT
to the cent, in proportion to what they tax; the VAT of a rate is then computed once, on all that it taxes,
rounded half up: what is taxed is the price after discounts (CGI, art. 267, II, 1°). Refuses nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")
_NOTHING = Decimal(0)
_WHOLE = Decimal(100)


@dataclass(frozen=True)
class Line:
    """What is asked for a line, before tax; discounts and rates are percents.

    `listed` is the price in the catalogue, where there is one: a lower price is a discount too.
    """

    quantity: Decimal
    unit_price: Decimal
    discount: Decimal = _NOTHING
    vat_rate: Decimal = _NOTHING
    listed: Decimal | None = None

    @property
    def total(self) -> Decimal:
        """The amount of the line before tax, to the cent."""
        return cents(self.quantity * self.unit_price * (_WHOLE - self.discount) / _WHOLE)

    @property
    def full(self) -> Decimal:
        """What the line would be without any discount."""
        return cents(self.quantity * max(self.unit_price, self.listed or _NOTHING))


@dataclass(frozen=True)
class Taxed:
    """What one rate of VAT taxes, and its VAT."""

    rate: Decimal
    base: Decimal
    vat: Decimal


@dataclass(frozen=True)
class Amounts:
    """What lines come to; `discount_rate` is the percent that everything taken off is of the full price."""

    lines_total: Decimal
    discount: Decimal
    net: Decimal
    taxed: tuple[Taxed, ...]
    vat: Decimal
    total: Decimal
    discount_rate: Decimal


def price(lines: Iterable[Line], *, discount: Decimal = _NOTHING) -> Amounts:
    """Return what lines come to with a discount on the whole, in percent."""
    lines = list(lines)
    by_rate: dict[Decimal, Decimal] = defaultdict(Decimal)
    for one in lines:
        by_rate[cents(one.vat_rate)] += one.total
    lines_total = sum(by_rate.values(), _NOTHING)
    taken = cents(lines_total * discount / _WHOLE)
    shares = _shared(taken, by_rate)
    taxed = tuple(
        Taxed(rate, base - shares[rate], cents((base - shares[rate]) * rate / _WHOLE))
        for rate, base in sorted(by_rate.items(), reverse=True)
    )
    net, vat = lines_total - taken, sum((one.vat for one in taxed), _NOTHING)
    full = sum((one.full for one in lines), _NOTHING)
    rate = cents(_WHOLE * (full - net) / full) if full else _NOTHING
    return Amounts(cents(lines_total), taken, cents(net), taxed, cents(vat), cents(net + vat), rate)


def cents(amount: Decimal) -> Decimal:
    """Return an amount to the cent, half a cent going up."""
    return amount.quantize(_CENT, ROUND_HALF_UP)


def _shared(taken: Decimal, by_rate: Mapping[Decimal, Decimal]) -> dict[Decimal, Decimal]:
    """Share an amount in proportion, to the cent: the cents left over go where most was cut off."""
    whole = sum(by_rate.values(), _NOTHING)
    if not whole:
        return dict.fromkeys(by_rate, _NOTHING)
    exact = {rate: taken * base / whole for rate, base in by_rate.items()}
    shares = {rate: one.quantize(_CENT, ROUND_DOWN) for rate, one in exact.items()}
    left = int((taken - sum(shares.values(), _NOTHING)) / _CENT)
    for rate in sorted(exact, key=lambda one: (shares[one] - exact[one], -one))[:left]:
        shares[rate] += _CENT
    return shares
