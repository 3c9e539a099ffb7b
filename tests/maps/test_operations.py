"""Maps are created, saved with their version, published when nothing is wrong, compared and restored."""

from typing import Any
from uuid import UUID

import pytest

import make
from portulan.base.refusals import NotAllowed, NotThere, NotValid
from portulan.blueprint import base_model
from portulan.blueprint.compile import compile_maps
from portulan.events import queries as events
from portulan.maps import codec, operations, queries, rows, starters
from portulan.maps.layout import Layout, Position
from portulan.maps.model import Map
from portulan.people.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> Actor:
    return make.actor(role="revops")


def created(actor: Actor, starter: str | None = "vente", **more: Any) -> UUID:
    facts = {"title": "Cycle de vente", "state": "to_be", "subject": "opportunity", **more}
    return operations.create(actor, **facts, starter=starter, at=make.AT)


def saved(actor: Actor, map_id: UUID, drawn: Map, layout: Layout | None = None) -> int:
    version = queries.get_map(actor, id=map_id).version
    return operations.save(
        actor, id=map_id, version=version, drawn=drawn, layout=layout or Layout(), at=make.AT
    )


def without_a_phase(drawn: Map) -> Map:
    return drawn.model_copy(update={"phases": drawn.phases[1:]})


def test_a_map_from_a_starter_is_the_starter(chief: Actor) -> None:
    view = queries.get_map(chief, id=created(chief))
    assert (view.map, view.version, view.published_n) == (starters.starter("vente"), 1, None)
    assert view.may == {"update": True, "publish": True}


def test_an_empty_map_gets_an_id_that_reads_like_its_title(chief: Actor) -> None:
    first, second = (created(chief, None, title="L’été : accueil & suivi") for _ in range(2))
    uids = [queries.get_map(chief, id=one).map.uid for one in (first, second)]
    assert uids == ["l_ete_accueil_suivi", "l_ete_accueil_suivi_2"]


def test_a_starter_taken_twice_gives_two_processes_once_their_scopes_differ(chief: Actor) -> None:
    ids = created(chief), created(chief)
    drawn = queries.get_map(chief, id=ids[1]).map
    scope = drawn.scope.model_copy(update={"segments": ("eti",)})
    saved(chief, ids[1], drawn.model_copy(update={"scope": scope}))
    for map_id in ids:
        operations.publish(chief, id=map_id, at=make.AT)
    both = queries.published(chief)
    assert [one.uid for one in both] == ["vente", "vente_2"]
    assert len(compile_maps(both, base_model.load()).pipelines) == 2


def test_a_save_that_started_from_an_old_version_is_refused_with_both(chief: Actor) -> None:
    map_id = created(chief)
    drawn = queries.get_map(chief, id=map_id).map
    mine, theirs = (drawn.model_copy(update={"title": title}) for title in ("Le mien", "Le leur"))
    assert saved(chief, map_id, theirs) == 2
    with pytest.raises(operations.MapChangedMeanwhile) as refused:
        operations.save(chief, id=map_id, version=1, drawn=mine, layout=Layout(), at=make.AT)
    details = refused.value.details
    assert (details["mine"]["map"]["title"], details["theirs"]["map"]["title"]) == ("Le mien", "Le leur")
    assert (details["version"], details["theirs"]["by"]) == (2, "Claire Lambert")


def test_a_map_keeps_its_process(chief: Actor) -> None:
    map_id = created(chief)
    drawn = queries.get_map(chief, id=map_id).map
    with pytest.raises(NotValid, match="identity"):
        saved(chief, map_id, drawn.model_copy(update={"uid": "autre"}))


def test_a_map_with_errors_is_not_published(chief: Actor) -> None:
    map_id = created(chief)
    saved(chief, map_id, without_a_phase(queries.get_map(chief, id=map_id).map))
    with pytest.raises(operations.MapNotPublishable) as refused:
        operations.publish(chief, id=map_id, at=make.AT)
    assert {problem.code for problem in refused.value.problems} == {"maps.no_phase"}
    assert queries.published(chief) == ()


def test_publications_are_numbered_and_say_what_changed(chief: Actor) -> None:
    map_id = created(chief)
    assert operations.publish(chief, id=map_id, at=make.AT) == 1
    with pytest.raises(operations.NothingNew):
        operations.publish(chief, id=map_id, at=make.AT)
    drawn = queries.get_map(chief, id=map_id).map
    saved(chief, map_id, drawn.model_copy(update={"title": "Ventes"}))
    assert [one.title for one in queries.published(chief)] == ["Cycle de vente"]
    assert operations.publish(chief, id=map_id, at=make.AT) == 2
    saved(
        chief, map_id, queries.get_map(chief, id=map_id).map, Layout(positions={"gagne": Position(x=1, y=2)})
    )
    operations.publish(chief, id=map_id, at=make.AT)
    told = [(one.n, one.author and one.author.name, *one.says) for one in queries.versions(chief, id=map_id)]
    assert told == [
        (3, "Claire Lambert", "Seule la disposition a changé."),
        (
            2,
            "Claire Lambert",
            "La carte «\u202fCycle de vente\u202f» s’appelle désormais «\u202fVentes\u202f»",
        ),
        (1, "Claire Lambert", "Première version\u202f: 7 étapes."),
    ]
    kinds = [event.kind for event in events.of_subject(f"map:{map_id}")]
    assert kinds == ["map.published"] * 3 + ["map.created"]


def test_the_to_be_of_a_process_keeps_every_id_and_the_gap_says_what_changes(chief: Actor) -> None:
    as_is = created(chief, state="as_is")
    to_be = operations.duplicate(chief, id=as_is, state="to_be", title="Demain", at=make.AT)
    view = queries.get_map(chief, id=to_be)
    assert view.pair == {"as_is": as_is, "to_be": to_be}
    steps = [step.id for step in queries.get_map(chief, id=as_is).map.steps]
    assert [step.id for step in view.map.steps] == steps
    (change,) = queries.gap(chief, as_is=as_is, to_be=to_be)
    assert (change.kind, change.what) == ("renamed", "map")
    with pytest.raises(rows.PlaceTaken):
        operations.duplicate(chief, id=as_is, state="to_be", title="Encore", at=make.AT)


def test_a_copy_in_the_same_state_is_another_process(chief: Actor) -> None:
    copy = operations.duplicate(chief, id=created(chief), state="to_be", title="", at=make.AT)
    drawn = queries.get_map(chief, id=copy).map
    assert (drawn.uid, drawn.steps[0].id) == ("vente_2", "prospection_2")


def test_a_deleted_map_builds_nothing_and_comes_back(chief: Actor) -> None:
    map_id = created(chief)
    operations.publish(chief, id=map_id, at=make.AT)
    operations.delete(chief, id=map_id, at=make.AT)
    assert queries.published(chief) == ()
    assert [one.id for one in queries.maps(chief, archived=True)] == [map_id]
    with pytest.raises(NotThere):
        queries.get_map(chief, id=map_id)
    operations.restore(chief, id=map_id, at=make.AT)
    assert [one.uid for one in queries.published(chief)] == ["vente"]


def test_a_map_does_not_come_back_where_another_took_its_place(chief: Actor) -> None:
    map_id = created(chief)
    operations.delete(chief, id=map_id, at=make.AT)
    created(chief)
    with pytest.raises(rows.PlaceTaken):
        operations.restore(chief, id=map_id, at=make.AT)


def test_a_version_becomes_the_draft_again(chief: Actor) -> None:
    map_id = created(chief)
    operations.publish(chief, id=map_id, at=make.AT)
    drawn = queries.get_map(chief, id=map_id).map
    saved(chief, map_id, without_a_phase(drawn))
    assert operations.restore_version(chief, id=map_id, n=1, at=make.AT) == 3
    assert queries.get_map(chief, id=map_id).map == drawn
    with pytest.raises(NotThere):
        operations.restore_version(chief, id=map_id, n=2, at=make.AT)


def test_a_map_found_in_a_log_remembers_which_step_each_label_became(chief: Actor) -> None:
    drawn = starters.starter("vente").model_copy(update={"state": "as_is"})
    origin = rows.Origin("log-1", {"Prospection": "prospection"})
    map_id = operations.add(chief, drawn=drawn, origin=origin, at=make.AT)
    assert queries.mapping(chief, id=map_id, log_id="log-1") == {"Prospection": "prospection"}
    operations.set_mapping(chief, id=map_id, log_id="log-2", mapping={"Won": "gagne", "Noise": None})
    assert queries.mapping(chief, id=map_id, log_id="log-2") == {"Won": "gagne", "Noise": None}
    with pytest.raises(NotValid):
        operations.set_mapping(chief, id=map_id, log_id="log-2", mapping={"Won": "nowhere"})
    to_be = operations.duplicate(chief, id=map_id, state="to_be", title="", at=make.AT)
    assert queries.mapping(chief, id=to_be, log_id="log-1") == {"Prospection": "prospection"}


@pytest.mark.parametrize("role", ["sales", "support", ""])
def test_who_does_not_answer_for_the_process_reads_and_changes_nothing(chief: Actor, role: str) -> None:
    map_id = created(chief)
    reader = make.acting(make.person("tom.girard@nordet.example", role=role))
    assert queries.get_map(reader, id=map_id).may == {"update": False, "publish": False}
    with pytest.raises(NotAllowed):
        created(reader)
    for forbidden in (operations.publish, operations.delete):
        with pytest.raises(NotAllowed):
            forbidden(reader, id=map_id, at=make.AT)
    with pytest.raises(NotAllowed):
        saved(reader, map_id, queries.get_map(reader, id=map_id).map)


def test_nobody_signed_in_sees_no_map(chief: Actor) -> None:
    created(chief)
    assert queries.maps(Actor(id=None)) == []


def test_a_stored_map_is_the_same_map(chief: Actor) -> None:
    drawn = starters.starter("vente")
    assert codec.read(codec.dump(drawn)) == drawn
