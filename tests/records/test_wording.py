"""Values are said as the screens say them: round amounts without cents, the others with both."""

from decimal import Decimal

import pytest

from portulan.base.value import Words
from portulan.blueprint.schema import Field
from portulan.people import actor
from portulan.records.wording import Wording

AMOUNT = Field(uid="amount", name="amount", type="money", label=Words(fr="Montant"), column="amount")


@pytest.mark.parametrize(
    ("value", "said"),
    [("9850.00", "9\u202f850\u00a0€"), ("9850.5", "9\u202f850,50\u00a0€"), ("-0.05", "-0,05\u00a0€")],
)
def test_a_round_amount_is_said_without_its_cents(value: str, said: str) -> None:
    assert Wording(actor.system(), []).say(AMOUNT, Decimal(value)) == said
