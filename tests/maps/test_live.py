"""Several people draw one map: what each changes is kept, merged and told; rights are asked anew."""

from typing import Any
from uuid import UUID

import pytest
from pycrdt import Doc

import make
from portulan.base.refusals import NotAllowed
from portulan.maps import codec, documents, live, operations, queries
from portulan.maps.model import Map
from portulan.maps.shared.screen import UpdateNotReadable
from portulan.maps.shared.write import write
from portulan.people.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claire() -> Actor:
    return make.actor(role="manager")


@pytest.fixture
def vente_id(claire: Actor) -> UUID:
    return operations.create(
        claire, title="Vente", state="to_be", subject="opportunity", starter="vente", at=make.AT
    )


class Browser:
    """A copy of the document that somebody draws on."""

    def __init__(self, actor: Actor, map_id: UUID) -> None:
        self.actor, self.map_id = actor, map_id
        self.doc = live.join(actor, id=map_id).doc

    def rename(self, step: int, label: str) -> bytes:
        before = codec.dump(queries.get_map(self.actor, id=self.map_id).map)
        steps = [{**one, "label": label} if n == step else one for n, one in enumerate(before["steps"])]
        state = self.doc.get_state()
        write(self.doc, (before, {}), ({**before, "steps": steps}, {}))
        return self.doc.get_update(state)


def receive(actor: Actor, map_id: UUID, doc: Doc[Any], update: bytes) -> int | None:
    return live.receive(actor, id=map_id, doc=doc, update=update, at=make.AT)[0]


def labels(actor: Actor, map_id: UUID) -> list[str]:
    live.tell_draft(actor, id=map_id, at=make.AT)
    return [step.label for step in queries.get_map(actor, id=map_id).map.steps]


def test_what_two_people_change_is_in_the_draft_and_the_version_grows(claire: Actor, vente_id: UUID) -> None:
    one, other = Browser(claire, vente_id), Browser(claire, vente_id)
    room = live.join(claire, id=vente_id).doc
    assert receive(claire, vente_id, room, one.rename(0, "Chercher")) == 1
    assert receive(claire, vente_id, room, other.rename(1, "Trouver")) == 2
    assert receive(claire, vente_id, room, b"\0\0") is None
    assert labels(claire, vente_id)[:2] == ["Chercher", "Trouver"]
    view = queries.get_map(claire, id=vente_id)
    assert view.version == 2
    live.tell_draft(claire, id=vente_id, at=make.AT)
    assert queries.get_map(claire, id=vente_id).version == 2


def test_a_second_process_reads_what_the_first_one_kept_gathered_or_not(
    claire: Actor, vente_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "_GATHERED", 2)
    one, room = Browser(claire, vente_id), live.join(claire, id=vente_id).doc
    second = live.join(claire, id=vente_id).doc
    for n, label in enumerate(("A", "B", "C", "D")):
        receive(claire, vente_id, room, one.rename(n, label))
        assert labels(claire, vente_id)[: n + 1] == ["A", "B", "C", "D"][: n + 1]
    told = documents.news(vente_id, 1)
    assert told.n == 4
    for change in told.updates:
        second.apply_update(change)
    assert second.get_state() == room.get_state()
    assert live.join(claire, id=vente_id).doc.get_state() == room.get_state()


def test_saving_and_restoring_merge_into_what_others_draw(claire: Actor, vente_id: UUID) -> None:
    n = operations.publish(claire, id=vente_id, at=make.AT)
    one, room = Browser(claire, vente_id), live.join(claire, id=vente_id).doc
    view = queries.get_map(claire, id=vente_id)
    receive(claire, vente_id, room, one.rename(0, "Pendant ce temps"))
    retitled = Map.model_validate({**codec.dump(view.map), "title": "Vente directe"})
    operations.save(claire, id=vente_id, version=view.version, drawn=retitled, layout=view.layout, at=make.AT)
    view = queries.get_map(claire, id=vente_id)
    assert (view.map.title, view.map.steps[0].label) == ("Vente directe", "Pendant ce temps")
    operations.restore_version(claire, id=vente_id, n=n, at=make.AT)
    assert queries.get_map(claire, id=vente_id).map.title == "Vente"
    for change in documents.news(vente_id, 0).updates:
        room.apply_update(change)
    assert room.get_state() == live.join(claire, id=vente_id).doc.get_state()


def test_a_publication_holds_what_was_drawn_a_moment_before(claire: Actor, vente_id: UUID) -> None:
    one, room = Browser(claire, vente_id), live.join(claire, id=vente_id).doc
    receive(claire, vente_id, room, one.rename(0, "À l’instant"))
    operations.publish(claire, id=vente_id, at=make.AT)
    (published,) = queries.published(claire)
    assert published.steps[0].label == "À l’instant"


def test_a_reader_sees_and_may_not_draw_and_a_right_taken_away_ends_it(claire: Actor, vente_id: UUID) -> None:
    reader = make.actor("paul.petit@nordet.example", role="sales")
    one, room = Browser(reader, vente_id), live.join(reader, id=vente_id).doc
    assert live.may_draw(reader, id=vente_id) is False
    with pytest.raises(NotAllowed):
        receive(reader, vente_id, room, one.rename(0, "Mien"))
    assert live.may_draw(claire, id=vente_id) is True
    operations.delete(claire, id=vente_id, at=make.AT)
    assert live.may_draw(claire, id=vente_id) is None
    assert vente_id not in documents.heads([vente_id])


def test_a_document_has_bounds_and_bytes_that_are_no_change_leave_it(
    claire: Actor, vente_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, room = Browser(claire, vente_id), live.join(claire, id=vente_id).doc
    with pytest.raises(UpdateNotReadable):
        receive(claire, vente_id, room, b"\xff\xff\xff")
    monkeypatch.setattr(documents, "MOST_BYTES", 100)
    with pytest.raises(documents.DocumentTooLarge):
        receive(claire, vente_id, room, one.rename(0, "Trop"))
    assert documents.behind() == []
