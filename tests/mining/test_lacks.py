"""What a step lacks is proposed to the map as it should be in one act, and not twice."""

from datetime import timedelta
from uuid import UUID

import pytest

import make
from portulan.base.durations import Duration
from portulan.base.refusals import NotAllowed, NotThere
from portulan.maps import operations as maps
from portulan.maps import proposals
from portulan.maps.model import Delays, Lane, Map, Phase, Step
from portulan.mining import lacks
from portulan.mining.adopt import DrawnAlready
from portulan.mining.decide import NoTarget
from portulan.mining.lacks import At, LackAnswer
from portulan.pages import operations as pages
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import load
from portulan.records.load import Past
from portulan.records.load import Step as Move
from sale import SYSTEM

pytestmark = pytest.mark.usefixtures("crm")
BOSS = actors.system()
LATER = make.AT + timedelta(days=60)


def _map(state: str, delays: Delays | None = None) -> Map:
    kinds = {"contact": "interest", "demo": "task", "won": "won"}
    steps = tuple(
        Step.model_validate(
            {"id": one, "label": one, "kind": kind, "lane": "l", "phase": "f", "delays": delays or Delays()}
        )
        for one, kind in kinds.items()
    )
    ground = {"phases": (Phase(id="f", label="F"),), "lanes": (Lane(id="l", label="L"),)}
    return Map.model_validate({"uid": "vente", "title": "Vente", "state": state, "steps": steps, **ground})


def drawn(state: str = "to_be") -> UUID:
    return maps.add(BOSS, drawn=_map(state), at=make.AT)


def lived() -> None:
    moves = tuple(
        Move(make.AT + timedelta(days=day), {}, to=to, motive="M") for day, to in ((2, "demo"), (5, "won"))
    )
    load.load(
        SYSTEM,
        object_name="opportunity",
        pasts=[Past(make.AT, {"name": "A", "amount": "1"}, steps=moves)] * 12,
    )


def told(map_id: UUID, actor: Actor = BOSS) -> dict[str, LackAnswer]:
    return {one.lack: one for one in lacks.lacks(actor, where=At(map_id, "demo", "own"), at=LATER)}


def test_a_lack_is_proposed_once_and_again_when_the_proposal_is_closed() -> None:
    lived()
    map_id = drawn()
    before = told(map_id)
    assert (before["delay"].may_propose, before["owner"].may_propose) == (True, False)
    assert "2 jours ouvrés" in (before["delay"].proposes or "").replace("\u202f", " ").replace("\u00a0", " ")
    found = lacks.propose(BOSS, where=At(map_id, "demo", "own"), lack="delay", at=LATER)
    (change,) = proposals.proposal(BOSS, id=found.thread).changes
    assert "demo" in change.say("fr")
    after = told(map_id)["delay"]
    assert (after.proposal, after.may_propose) == (str(found.thread), False)
    pages.close(BOSS, id=found.thread, reason="Plus tard", at=LATER)
    assert told(map_id)["delay"].may_propose


def test_what_the_target_gives_already_is_said_and_not_proposed() -> None:
    lived()
    as_is = drawn("as_is")
    maps.add(BOSS, drawn=_map("to_be", delays=Delays(target=Duration(amount=2))), at=make.AT)
    found = told(as_is)
    assert (found["delay"].given, found["delay"].may_propose) == (True, False)
    assert (found["content"].given, found["content"].may_propose) == (False, True)


def test_what_cannot_be_drawn_is_refused() -> None:
    lived()
    as_is = drawn("as_is")
    with pytest.raises(NoTarget):
        lacks.propose(BOSS, where=At(as_is, "demo", "own"), lack="content", at=LATER)
    target = drawn()
    with pytest.raises(DrawnAlready):
        lacks.propose(BOSS, where=At(target, "demo", "own"), lack="owner", at=LATER)
    with pytest.raises(NotThere):
        lacks.lacks(BOSS, where=At(target, "ailleurs", "own"), at=LATER)


def test_who_may_not_read_the_records_is_told_nothing() -> None:
    lived()
    map_id = drawn()
    with pytest.raises(NotAllowed):
        told(map_id, make.actor("nina.petit@nordet.example", role="none"))
