"""A version of the requirements is kept with its numbers, and what follows is marked against it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

import make
from portulan.base.refusals import NotAllowed, NotThere
from portulan.brief import operations, queries
from portulan.brief.operations import NothingNew
from portulan.people.actor import Actor


def test_a_version_is_kept_and_what_is_published_next_is_marked_against_it(
    owner: Actor, ask_more: Callable[[], None]
) -> None:
    numbers = {one.key: one.number for one in queries.asked(owner).requirements}
    assert operations.keep(owner, note="Consultation  du\0 printemps", at=make.AT) == 1
    with pytest.raises(NothingNew):
        operations.keep(owner, note="", at=make.AT)
    ask_more()
    asked = queries.asked(owner)
    assert asked.draft
    assert [one.note for one in asked.versions] == ["Consultation du printemps"]
    (new,) = [one for one in asked.requirements if one.change != "same"]
    assert (new.key, new.change, new.number) == ("vente.cr_secteur", "new", len(numbers) + 1)
    assert {one.key: one.number for one in asked.requirements if one is not new} == numbers
    assert operations.keep(owner, note="", at=make.AT) == 2


def test_the_document_of_a_version_says_what_was_required_then(
    owner: Actor, ask_more: Callable[[], None]
) -> None:
    operations.keep(owner, note="", at=make.AT)
    ask_more()
    assert "Le secteur est connu" not in str(queries.document(owner, n=1, root="", at=make.AT))
    assert "Le secteur est connu" in str(queries.document(owner, n=None, root="", at=make.AT))
    with pytest.raises(NotThere):
        queries.document(owner, n=2, root="", at=make.AT)


def test_whoever_reads_maps_reads_it_and_only_those_who_draw_them_keep_it(owner: Actor) -> None:
    seller = make.actor(role="sales")
    assert queries.asked(seller).requirements
    assert not queries.asked(seller).may_keep
    with pytest.raises(NotAllowed):
        operations.keep(seller, note="", at=make.AT)
    with pytest.raises(NotAllowed):
        queries.asked(replace(owner, id=None, roles=frozenset(), is_admin=False))
