"""Why our own deals wait is told to whoever may read them, within the delay of the map, through filters."""

from datetime import timedelta

import pytest

import make
from portulan.base.refusals import NotAllowed, NotThere
from portulan.mining import why
from portulan.mining.why import WhyAnswer
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import load
from portulan.records.load import Past, Step
from sale import SYSTEM

pytestmark = pytest.mark.usefixtures("crm")
BOSS = actors.system()


def past(amount: int, *steps: tuple[float, str]) -> Past:
    moves = tuple(
        Step(
            make.AT + timedelta(days=day), {"loss_reason": "price"} if to == "lost" else {}, to=to, motive="M"
        )
        for day, to in steps
    )
    return Past(make.AT, {"name": f"Affaire {amount}", "amount": str(amount)}, steps=moves)


def lived() -> None:
    won = [past(1_000, (2, "demo"), (5, "won"))] * 30
    lost = [past(9_000, (2, "demo"), (5, "lost"))] * 30
    load.load(SYSTEM, object_name="opportunity", pasts=[*won, *lost])


def asked(step: str, actor: Actor = BOSS, **more: str) -> WhyAnswer:
    return why.why(actor, log="own:vente", step=step, at=make.AT + timedelta(days=60), **more)


def test_what_goes_with_blocking_is_told_beside_why_deals_wait() -> None:
    lived()
    found = asked("demo")
    assert (found.split.waits, found.passing and found.passing.blocked) == (60, 30)
    assert found.passing is not None
    (one,) = found.passing.apart
    said = one.sentence.replace("\u202f", " ").replace("\u00a0", " ")
    assert said.startswith(
        "Montant « 9 000 et plus » : 100 % bloquent (30 dossiers), contre 0 % des 30 autres"
    )


def test_a_passage_has_causes_and_filters_narrow_the_waits() -> None:
    lived()
    found = asked("demo", target="won")
    assert (found.split.waits, found.passing) == (30, None)
    narrowed = asked("demo", filters='[{"kind": "through", "step": "lost"}]')
    assert narrowed.split.waits == 30


def test_who_may_not_read_deals_is_told_nothing() -> None:
    lived()
    with pytest.raises(NotAllowed):
        asked("demo", make.actor("nina.petit@nordet.example", role="none"))
    with pytest.raises(NotThere):
        asked("nowhere")
