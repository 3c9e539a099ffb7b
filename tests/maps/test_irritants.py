"""One ledger of what hurts: drawn or said, what answers it, how one will know, whether it is over."""

from datetime import timedelta
from uuid import UUID

import pytest

import make
from portulan.base.refusals import NotAllowed, NotThere, NotValid
from portulan.events import queries as events
from portulan.maps import codec, irritants, operations, starters
from portulan.maps.findings import warning
from portulan.maps.irritants import Fate, Irritant
from portulan.pages import operations as pages
from portulan.pages import queries
from portulan.pages.operations import Said
from portulan.pages.targets import Where
from portulan.people import actor as actors
from portulan.people.actor import Actor

pytestmark = pytest.mark.django_db
STEP = "proposition_envoyee"
LATER = make.AT + timedelta(days=1)


@pytest.fixture
def elodie() -> Actor:
    return make.actor("elodie.renard@nordet.example", role="revops")


@pytest.fixture
def claire() -> Actor:
    return make.actor("claire.lambert@nordet.example", role="sales")


@pytest.fixture
def map_id(elodie: Actor) -> UUID:
    return operations.create(
        elodie, title="Cycle de vente", state="to_be", subject="opportunity", starter="vente", at=make.AT
    )


@pytest.fixture
def thread(claire: Actor, map_id: UUID) -> UUID:
    said = Said("irritant", "=HYPERLINK(1)", "Commerciaux", 3)
    return pages.open_thread(claire, where=Where("map", map_id, STEP), said=said, at=make.AT)


def line(actor: Actor, key: str) -> Irritant:
    return next(one for one in irritants.irritants(actor) if one.key == key)


def test_what_is_drawn_and_what_is_said_stand_in_one_ledger(
    claire: Actor, map_id: UUID, thread: UUID
) -> None:
    drawn = [one.id for step in starters.starter("vente").steps for one in step.frictions]
    found = irritants.irritants(claire)
    assert {one.key for one in found} == {*drawn, thread.hex}
    one = line(claire, thread.hex)
    assert (one.where, one.who, one.severity, one.author) == (
        "Proposition envoyée",
        "Commerciaux",
        3,
        "Claire Lambert",
    )
    assert (one.answer, one.metric, one.resolved_at, one.may) == (None, "", None, False)


def test_an_irritant_gets_its_answer_its_measure_and_an_end(
    claire: Actor, elodie: Actor, map_id: UUID, thread: UUID
) -> None:
    fate = Fate("negociation", "Délai médian < 5 j", resolved=True, reason="La relance part seule")
    irritants.settle(elodie, map_id=map_id, key=thread.hex, fate=fate, at=LATER)
    one = line(claire, thread.hex)
    assert one.answer
    assert (one.answer.label, one.metric, one.resolved_at) == ("Négociation", "Délai médian < 5 j", LATER)
    assert one.reason == "La relance part seule"
    irritants.settle(elodie, map_id=map_id, key=thread.hex, fate=Fate("negociation"), at=LATER)
    assert line(claire, thread.hex).resolved_at is None


def test_a_drawn_irritant_is_over_without_being_rubbed_out(elodie: Actor, map_id: UUID) -> None:
    key = next(one.key for one in irritants.irritants(elodie) if one.thread is None)
    irritants.settle(elodie, map_id=map_id, key=key, fate=Fate(metric="0 ressaisie", resolved=True), at=LATER)
    irritants.settle(
        elodie, map_id=map_id, key=key, fate=Fate(metric="0", resolved=True), at=LATER + timedelta(days=1)
    )
    one = line(elodie, key)
    assert (one.metric, one.resolved_at) == ("0", LATER)
    assert irritants.irritants(elodie)[-1].key == key


def test_a_drawn_irritant_has_one_voice_a_person_taken_back_at_will_and_counted_in_the_order(
    claire: Actor, elodie: Actor, map_id: UUID
) -> None:
    drawn = [one for one in irritants.irritants(claire) if one.severity == 2]
    last = drawn[-1].key
    for _ in range(2):
        irritants.vote(claire, map_id=map_id, key=last, given=True, at=LATER)
    irritants.vote(elodie, map_id=map_id, key=last, given=True, at=LATER)
    first = next(one for one in irritants.irritants(claire) if one.severity == 2)
    assert (first.key, first.votes, first.voted) == (last, 2, True)
    for _ in range(2):
        irritants.vote(claire, map_id=map_id, key=last, given=False, at=LATER)
    assert (line(claire, last).votes, line(claire, last).voted) == (1, False)
    assert line(elodie, last).voted
    told = events.of_subject(f"map:{map_id}", kinds=["map.irritant_voted"])
    assert sorted(one.data["given"] for one in told) == [False, True, True]


def test_the_voice_for_an_irritant_that_was_said_is_the_vote_of_its_thread(
    elodie: Actor, map_id: UUID, thread: UUID
) -> None:
    irritants.vote(elodie, map_id=map_id, key=thread.hex, given=True, at=LATER)
    (said,) = queries.threads(elodie, target="map", ids=[map_id])
    assert (said.votes, said.voted) == (1, True)
    assert line(elodie, thread.hex).votes == 1


def test_nobody_votes_for_what_is_not_there_nor_without_being_somebody(elodie: Actor, map_id: UUID) -> None:
    with pytest.raises(NotThere):
        irritants.vote(elodie, map_id=map_id, key="inconnu", given=True, at=LATER)
    key = irritants.irritants(elodie)[0].key
    with pytest.raises(NotAllowed):
        irritants.vote(actors.system(), map_id=map_id, key=key, given=True, at=LATER)


def test_what_the_target_map_says_answers_is_read_from_it(elodie: Actor, map_id: UUID) -> None:
    as_is = operations.duplicate(elodie, id=map_id, state="as_is", title="Constaté", at=make.AT)
    key = next(one.key for one in irritants.irritants(elodie) if one.map_id == as_is and one.thread is None)
    drawn = codec.dump(starters.starter("vente"))
    drawn["answers"] = [{"element": "negociation", "friction": key}]
    from_start = codec.read({**drawn, "title": "Cycle de vente"})
    layout = codec.read_layout({})
    operations.save(elodie, id=map_id, version=1, drawn=from_start, layout=layout, at=LATER)
    found = next(one for one in irritants.irritants(elodie) if (one.map_id, one.key) == (as_is, key))
    assert found.answer
    assert (found.answer.map_id, found.answer.element) == (map_id, "negociation")


def test_a_reader_settles_nothing_and_an_answer_stands_on_a_map(
    claire: Actor, elodie: Actor, map_id: UUID, thread: UUID
) -> None:
    with pytest.raises(NotAllowed):
        irritants.settle(claire, map_id=map_id, key=thread.hex, fate=Fate(), at=LATER)
    with pytest.raises(NotValid):
        irritants.settle(elodie, map_id=map_id, key=thread.hex, fate=Fate("nulle_part"), at=LATER)
    with pytest.raises(NotThere):
        irritants.settle(elodie, map_id=map_id, key="inconnu", fate=Fate(), at=LATER)


def test_the_table_for_a_spreadsheet_runs_nothing(claire: Actor, thread: UUID) -> None:
    text = irritants.as_csv(claire)
    assert text.startswith("\ufeffCarte;Étape;Irritant;Qui;")
    assert ";'=HYPERLINK(1);" in text


@pytest.mark.usefixtures("vente")
def test_a_role_is_called_as_the_company_calls_it(claire: Actor, map_id: UUID) -> None:
    said = Said("irritant", "Personne ne rappelle", "manager", 3)
    pages.open_thread(claire, where=Where("map", map_id, STEP), said=said, at=make.AT)
    assert ";Personne ne rappelle;Manager commercial;" in irritants.as_csv(claire)
    assert "Manager commercial" in warning("forgotten_actor", STEP, role="manager").say("fr")


def test_what_the_map_as_it_should_be_kept_is_told_once_of_the_map_where_it_hurts(elodie: Actor) -> None:
    hurts = operations.create(
        elodie, title="Aujourd’hui", state="as_is", subject="opportunity", starter="vente", at=make.AT
    )
    wanted = operations.duplicate(elodie, id=hurts, state="to_be", title="Demain", at=make.AT)
    drawn = sorted(one.id for step in starters.starter("vente").steps for one in step.frictions)
    assert drawn
    told = irritants.irritants(elodie)
    assert sorted(one.key for one in told) == drawn
    assert {one.map_id for one in told} == {hurts}
    assert {one.map_id for one in irritants.wherever(elodie)} == {hurts, wanted}
