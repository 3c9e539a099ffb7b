"""What was done about our own deals is told of those that were won and lost, to whoever may read it."""

from datetime import timedelta

import pytest

import make
from portulan.base.refusals import NotAllowed
from portulan.mining import queries
from portulan.mining.tell import CasesAsked
from portulan.records import apply, load, plan, runtime
from portulan.records.load import Past, Step
from sale import BLIND, BUILT, SYSTEM, deal

pytestmark = pytest.mark.usefixtures("crm")
LATER = make.AT + timedelta(days=60)
STACK = '[{"kind":"outcome","which":"ended"},{"kind":"contacts","channels":["call","meeting"]}]'


def lived() -> None:
    """Eighty deals that ended: a call then a meeting wins most, one mail loses most; a task is no contact."""
    ends = (["won"] * 35 + ["lost"] * 5) + (["won"] * 5 + ["lost"] * 35)
    pasts = [
        Past(make.AT, {"name": f"Affaire {n}", "amount": "900"}, steps=(
            Step(make.AT + timedelta(days=20), {"loss_reason": "price"} if end == "lost" else {}, to=end,
                 motive="Motif"),
        ))
        for n, end in enumerate(ends)
    ]  # fmt: skip
    found = load.load(SYSTEM, object_name="opportunity", pasts=pasts)
    ways = (("call", "meeting", "task"), ("email",))
    talks = [(row, talk) for n, row in enumerate(found) for talk in ways[n >= 40]]
    said = [
        Past(make.AT, {"name": talk, "kind": talk, "opportunity": row,
                       "done_at": (make.AT + timedelta(days=2 + rank % 3)).isoformat()})
        for rank, (row, talk) in enumerate(talks)
    ]  # fmt: skip
    load.load(SYSTEM, object_name="activity", pasts=said)


def test_contacts_about_won_and_lost_deals_are_compared_and_lead_to_their_records() -> None:
    lived()
    deal(amount="900")
    said = queries.winning(SYSTEM, log="own:vente", at=LATER)
    assert (said.won, said.lost, said.steps) == (40, 40, False)
    sure = next(one for one in said.patterns if one.channels == ("Appel",) and one.what == "first")
    assert (sure.cases, sure.won, sure.others, sure.others_won) == (40, 35, 40, 5)
    page = queries.cases(SYSTEM, log="own:vente", asked=CasesAsked(), filters=sure.stack, at=LATER)
    assert len(page.rows) == 40
    assert all(row.record is not None for row in page.rows)


def test_who_may_read_none_of_the_contacts_is_told_nothing_of_them() -> None:
    lived()
    assert queries.winning(SYSTEM, log="own:vente", at=LATER).patterns
    blind = make.actor("aveugle@nordet.example", role=BLIND.uid)
    said = queries.winning(blind, log="own:vente", at=LATER)
    assert (said.won, said.lost, said.patterns) == (40, 40, ())
    assert "aucun échange" in said.sentence
    page = queries.cases(blind, log="own:vente", asked=CasesAsked(), filters=STACK, at=LATER)
    assert page.rows == ()


def test_contacts_that_may_not_be_read_at_all_are_refused() -> None:
    lived()
    shut = BLIND.model_copy(update={"rights": tuple(one for one in BLIND.rights if one.object != "activity")})
    roles = (*(one for one in BUILT.roles if one.uid != BLIND.uid), shut)
    planned = plan.plan(SYSTEM, runtime.newest(), BUILT.model_copy(update={"roles": roles}))
    apply.apply(SYSTEM, planned=planned, at=make.AT)
    with runtime.pinned(runtime.newest()):
        blind = make.actor("aveugle@nordet.example", role=BLIND.uid)
        assert queries.flow(blind, log="own:vente", at=LATER).cases == 80
        with pytest.raises(NotAllowed):
            queries.winning(blind, log="own:vente", at=LATER)
