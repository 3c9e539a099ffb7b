"""A word of the glossary is a condition: used by name, it follows its meaning and is not taken away so."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

import make
from portulan.base.conditions import check
from portulan.base.conditions.meet import Circumstances, met_by
from portulan.base.conditions.named import reworded, words_in
from portulan.base.conditions.say import say
from portulan.blueprint.shapes import conditions_of
from portulan.maps import codec, operations, queries
from portulan.pages import glossary
from portulan.pages.glossary import Meaning, TermInUse, TermNotValid
from portulan.people.actor import Actor
from portulan.people.sharing import Wanted
from portulan.records import saved
from portulan.records.snapshot import Snapshot

pytestmark = pytest.mark.django_db
BIG, HUGE = ({"field": "amount", "test": "greater", "value": value} for value in ("10000", "50000"))


def meaning(condition: Any = BIG, team: str = "Ventes") -> Meaning:
    return Meaning(
        "Grosse affaire", f"Plus de {condition and condition['value']}", team, "opportunity", condition
    )


def term(actor: Actor, known: Meaning | None = None) -> UUID:
    return glossary.define(actor, meaning=known or meaning(), at=make.AT)


def by_name(word: UUID, condition: Any = BIG) -> dict[str, Any]:
    return {"all": [condition], "term": word.hex, "word": "Grosse affaire"}


def drawn_with(actor: Actor, word: UUID) -> UUID:
    """A map whose first step is entered by those of which the word is said."""
    facts: dict[str, Any] = {"title": "", "state": "to_be", "subject": "opportunity", "starter": "vente"}
    made = operations.create(actor, **facts, at=make.AT)
    raw = codec.dump(queries.get_map(actor, id=made).map)
    raw["steps"][0]["exit"][0]["condition"] = by_name(word)
    layout = codec.read_layout({})
    operations.save(actor, id=made, version=1, drawn=codec.read(raw), layout=layout, at=make.AT)
    return made


def viewed_with(actor: Actor, word: UUID) -> int:
    wanted = Wanted("Les grosses", {"si": by_name(word)})
    return saved.save(actor, object_name="opportunity", wanted=wanted, at=make.AT)


def used(actor: Actor, made: UUID) -> Any:
    return codec.dump(queries.get_map(actor, id=made).map)["steps"][0]["exit"][0]["condition"]


def test_a_named_condition_is_said_by_its_name_and_met_as_its_meaning(vente: Snapshot, elodie: Actor) -> None:
    schema = conditions_of(vente.blueprint)
    one = check.read(by_name(term(elodie)), schema, "opportunity")
    assert say(one, schema, "opportunity", "fr") == "«\u202fGrosse affaire\u202f»"
    now = Circumstances(at=make.AT)
    assert [met_by(one, {"amount": Decimal(value)}, now) for value in (20_000, 5_000)] == [True, False]


@pytest.mark.usefixtures("vente")
def test_maps_and_views_follow_the_word_and_hold_it(elodie: Actor) -> None:
    word = term(elodie)
    made, _ = drawn_with(elodie, word), viewed_with(elodie, word)
    (known,) = glossary.terms(elodie)
    assert known.uses == ("la carte «\u202fCycle de vente\u202f»", "la vue «\u202fLes grosses\u202f»")
    glossary.redefine(elodie, id=word, version=1, meaning=meaning(HUGE), at=make.AT)
    assert used(elodie, made) == by_name(word, HUGE)
    (view,) = saved.views(elodie, object_name="opportunity")
    assert view["search"] == {"si": by_name(word, HUGE)}
    for act in (
        lambda: glossary.remove(elodie, id=word, at=make.AT),
        lambda: glossary.redefine(elodie, id=word, version=2, meaning=meaning(None), at=make.AT),
    ):
        with pytest.raises(TermInUse) as refused:
            act()
        assert "Cycle de vente" in str(refused.value.facts["uses"])


@pytest.mark.usefixtures("vente")
def test_what_used_a_meaning_that_was_not_kept_means_the_one_that_was(elodie: Actor) -> None:
    hers, other = term(elodie), term(elodie, meaning(HUGE, "Marketing"))
    made = drawn_with(elodie, hers)
    glossary.keep(elodie, id=other, at=make.AT)
    assert used(elodie, made) == by_name(other, HUGE)


@pytest.mark.usefixtures("vente")
def test_a_word_is_not_said_with_other_words(elodie: Actor) -> None:
    word = term(elodie)
    with pytest.raises(TermNotValid):
        term(elodie, Meaning("Très grosse", "Deux fois", "", "opportunity", by_name(word)))


def test_words_are_found_and_replaced_wherever_conditions_lie() -> None:
    word, other = UUID(int=1), UUID(int=2)
    lies = {"steps": [{"exit": [{"condition": {"any": [by_name(word), BIG]}}]}], "si": by_name(other)}
    assert sorted(words_in(lies)) == [word.hex, other.hex]
    told = reworded(lies, word.hex, by_name(word, HUGE))
    assert told["steps"][0]["exit"][0]["condition"] == {"any": [by_name(word, HUGE), BIG]}
    assert told["si"] == by_name(other)
