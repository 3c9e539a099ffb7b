"""A reader proposes; the owner takes it into the draft, or says why not; nothing is overwritten unasked."""

from datetime import timedelta
from uuid import UUID

import pytest

import make
from portulan.automation import notices
from portulan.base.refusals import NotAllowed
from portulan.maps import operations, proposals, queries
from portulan.maps.layout import Layout
from portulan.maps.model import Map
from portulan.maps.proposals import NothingProposed, ProposalClashes, Sketch
from portulan.pages import operations as pages
from portulan.pages import queries as said
from portulan.pages.operations import ThreadClosedAlready, ThreadNotValid
from portulan.people.actor import Actor

pytestmark = pytest.mark.django_db
STEP = "proposition_envoyee"
LATER = make.AT + timedelta(hours=1)


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


def renamed(drawn: Map, label: str) -> Map:
    steps = tuple(one.model_copy(update={"label": label}) if one.id == STEP else one for one in drawn.steps)
    return drawn.model_copy(update={"steps": steps})


def proposed(actor: Actor, map_id: UUID, label: str = "Offre remise") -> UUID:
    base = queries.get_map(actor, id=map_id).map
    sketch = Sketch(base, renamed(base, label), Layout())
    return proposals.propose(actor, id=map_id, sketch=sketch, why="Plus clair", at=make.AT)


def label_of(actor: Actor, map_id: UUID) -> str:
    return queries.get_map(actor, id=map_id).map.step(STEP).label


def save(actor: Actor, map_id: UUID, label: str) -> None:
    known = queries.get_map(actor, id=map_id)
    drawn = renamed(known.map, label)
    operations.save(actor, id=map_id, version=known.version, drawn=drawn, layout=known.layout, at=LATER)


def told(actor: Actor) -> list[str]:
    return [one["say"] for one in notices.notices(actor)]


def test_a_reader_proposes_and_the_owner_takes_it_into_the_draft(
    claire: Actor, elodie: Actor, map_id: UUID
) -> None:
    thread = proposed(claire, map_id)
    assert label_of(claire, map_id) == "Proposition envoyée"
    assert "propose un changement" in told(elodie)[0]
    view = proposals.proposal(elodie, id=thread)
    assert [one.element for one in view.changes] == [STEP]
    assert view.clashes == ()
    proposals.accept(elodie, id=thread, choices={}, reason="Oui", at=LATER)
    assert label_of(claire, map_id) == "Offre remise"
    assert "a adopté la proposition" in told(claire)[0]
    assert said.fared(claire) == said.Fared(made=1, accepted=1, open=0)
    with pytest.raises(ThreadClosedAlready):
        proposals.accept(elodie, id=thread, choices={}, at=LATER)


def test_a_refusal_says_why_to_its_author_and_leaves_the_draft(
    claire: Actor, elodie: Actor, map_id: UUID
) -> None:
    thread = proposed(claire, map_id)
    pages.close(elodie, id=thread, state="refused", reason="Le terme est établi", at=LATER)
    assert label_of(claire, map_id) == "Proposition envoyée"
    assert "Le terme est établi" in told(claire)[0]


def test_what_the_draft_changed_meanwhile_is_asked_and_not_overwritten(
    claire: Actor, elodie: Actor, map_id: UUID
) -> None:
    thread = proposed(claire, map_id)
    save(elodie, map_id, "Devis envoyé")
    (clash,) = proposals.proposal(elodie, id=thread).clashes
    assert "Devis envoyé" in clash.say
    assert (clash.draft, clash.proposal) == ("Devis envoyé", "Offre remise")
    with pytest.raises(ProposalClashes):
        proposals.accept(elodie, id=thread, choices={}, at=LATER)
    assert label_of(claire, map_id) == "Devis envoyé"
    proposals.accept(elodie, id=thread, choices={clash.path: "proposal"}, at=LATER)
    assert label_of(claire, map_id) == "Offre remise"


def test_neither_author_nor_reader_accepts_and_no_change_is_accepted_by_words_alone(
    claire: Actor, elodie: Actor, map_id: UUID
) -> None:
    thread = proposed(claire, map_id)
    with pytest.raises(NotAllowed):
        proposals.accept(claire, id=thread, choices={}, at=LATER)
    with pytest.raises(NotAllowed):
        pages.close(claire, id=thread, state="accepted", at=LATER)
    with pytest.raises(ThreadNotValid):
        pages.close(elodie, id=thread, state="accepted", at=LATER)


def test_a_proposal_changes_something(claire: Actor, map_id: UUID) -> None:
    base = queries.get_map(claire, id=map_id).map
    with pytest.raises(NothingProposed):
        proposals.propose(claire, id=map_id, sketch=Sketch(base, base, Layout()), why="?", at=make.AT)
