"""A word means one thing; when two teams mean two, both are told, and one is kept."""

from datetime import timedelta
from uuid import UUID

import pytest

import make
from portulan.automation import notices
from portulan.base.conditions.check import ConditionNotValid
from portulan.base.refusals import NotAllowed, NotThere
from portulan.pages import glossary
from portulan.pages.glossary import Meaning, TermChangedMeanwhile, TermNotValid, TermView
from portulan.pages.models import Term
from portulan.people import actor as actors
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records.snapshot import Snapshot

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(hours=1)
SALES = Meaning("Lead chaud", "A demandé une démo", "Ventes")
MARKETING = Meaning("lead  CHAUD", "Score au-dessus de 60", "Marketing")


def defined(actor: Actor, meaning: Meaning = SALES) -> UUID:
    return glossary.define(actor, meaning=meaning, at=make.AT)


def view(actor: Actor, term: UUID) -> TermView:
    return next(one for one in glossary.terms(actor) if one.id == term)


def test_a_seller_defines_a_word_answers_for_it_and_changes_it(claire: Actor) -> None:
    term = defined(claire)
    known = view(claire, term)
    assert known.owner
    assert (known.word, known.team, known.owner.id, known.rivals) == ("Lead chaud", "Ventes", claire.id, ())
    changed = Meaning("Lead chaud", "A demandé une démo ce mois-ci", "Ventes")
    assert glossary.redefine(claire, id=term, version=1, meaning=changed, at=LATER) == 2
    with pytest.raises(TermChangedMeanwhile):
        glossary.redefine(claire, id=term, version=1, meaning=changed, at=LATER)


def test_two_teams_that_mean_two_things_are_told_and_one_is_kept(claire: Actor, elodie: Actor) -> None:
    hers, other = defined(claire), defined(elodie, MARKETING)
    assert "un autre sens" in notices.notices(claire)[0]["say"]
    assert view(claire, hers).rivals == (other,)
    with pytest.raises(NotAllowed):
        glossary.keep(claire, id=hers, at=LATER)
    glossary.keep(elodie, id=other, at=LATER)
    assert [one.id for one in glossary.terms(claire)] == [other]
    assert view(claire, other).rivals == ()
    assert "tranché" in notices.notices(claire)[0]["say"]


def test_two_teams_that_say_the_same_are_no_conflict(claire: Actor, elodie: Actor) -> None:
    hers = defined(claire)
    defined(elodie, Meaning("Lead chaud", "a demandé une DÉMO", "Marketing"))
    assert view(claire, hers).rivals == ()


def test_a_team_defines_a_word_once_and_in_words(claire: Actor) -> None:
    defined(claire)
    with pytest.raises(TermNotValid) as refused:
        defined(claire, Meaning("LEAD CHAUD", "Autre chose", "Ventes"))
    assert [one.code for one in refused.value.problems] == ["pages.word_taken"]
    with pytest.raises(TermNotValid) as refused:
        defined(claire, Meaning(" ", "\0", "x" * 61))
    assert [one.where for one in refused.value.problems] == ["team", "word", "definition"]


def test_a_word_goes_to_the_bin_and_comes_back(claire: Actor, elodie: Actor) -> None:
    term = defined(elodie)
    with pytest.raises(NotAllowed):
        glossary.remove(claire, id=term, at=LATER)
    glossary.remove(elodie, id=term, at=LATER)
    assert glossary.terms(claire) == []
    with pytest.raises(NotThere):
        glossary.remove(elodie, id=term, at=LATER)
    glossary.restore(elodie, id=term, at=LATER)
    assert [one.id for one in glossary.terms(claire)] == [term]


def test_a_word_may_be_a_condition_on_an_object(vente: Snapshot) -> None:
    elodie = make.actor("elodie.renard@nordet.example", role="revops")
    condition = {"field": "amount", "test": "greater", "value": "50000"}
    term = defined(elodie, Meaning("Grande affaire", "Plus de 50 k€", "", "opportunity", condition))
    assert "Montant" in view(elodie, term).says
    with pytest.raises(ConditionNotValid):
        defined(elodie, Meaning("Autre", "Rien", "", "opportunity", {**condition, "field": "nothing"}))
    Term.objects.filter(pk=term).update(condition={**condition, "field": "gone"})
    assert "ne s’applique plus" in view(elodie, term).says


def test_may_i_and_which_ones_agree(claire: Actor, elodie: Actor) -> None:
    defined(claire)
    defined(elodie, MARKETING)
    for actor in (claire, elodie, actors.system(), Actor(id=None)):
        for verb in ("read", "create", "update", "manage", "delete"):
            seen = set(rights.visible(actor, verb, "term", Term.objects.all()))
            assert seen == {one for one in Term.objects.all() if rights.allows(actor, verb, "term", one)}
