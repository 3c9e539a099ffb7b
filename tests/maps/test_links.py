"""Maps are tied to each other: what takes over, what a step opens, what varies; sketches build nothing."""

import pytest

import make
from portulan.maps import operations, queries
from portulan.maps.model import Map, SubMap
from portulan.people import actor as actors

pytestmark = pytest.mark.django_db
BOSS = actors.system()


def created(title: str = "", starter: str | None = "vente") -> Map:
    facts = {"title": title, "state": "to_be", "subject": "opportunity", "starter": starter}
    made = operations.create(BOSS, **facts, at=make.AT)  # type: ignore[arg-type]
    return queries.get_map(BOSS, id=made).map


def test_the_list_says_what_a_map_covers_what_takes_over_and_what_it_opens() -> None:
    drawn = created()
    first, *others = drawn.steps
    opened = (
        SubMap(id="fair", label="Salon", use="special", map="salon"),
        SubMap(id="x", label="À dessiner"),
    )
    here = first.model_copy(update={"submaps": opened, "continues": "support"})
    steps = (here, *(one.model_copy(update={"continues": None}) for one in others))
    linked = drawn.model_copy(update={"uid": "vente_liee", "steps": steps})
    operations.add(BOSS, drawn=linked, at=make.AT)
    summary = next(one for one in queries.maps(BOSS) if one.uid == "vente_liee")
    assert [(one.label, one.to) for one in summary.opens] == [("Salon", "salon")]
    assert [(one.label, one.to) for one in summary.continues] == [(first.label, "support")]
    assert (summary.scope, summary.kind) == (drawn.scope, "process")


def test_a_variant_is_a_process_of_its_own_for_its_segments_and_a_variant_of_it_has_the_same_root() -> None:
    created()
    (vente,) = queries.maps(BOSS)
    first = operations.vary(BOSS, id=vente.id, title="", segments=("eti",), at=make.AT)
    second = operations.vary(BOSS, id=first, title="Pour les PME", segments=("pme",), at=make.AT)
    one, two = (queries.get_map(BOSS, id=made).map for made in (first, second))
    assert [(each.uid, each.variant_of, each.scope.segments) for each in (one, two)] == [
        ("vente_2", "vente", ("eti",)),
        ("vente_2_2", "vente", ("pme",)),
    ]
    assert two.title == "Pour les PME"
    steps = [{step.id for step in each.steps} for each in (one, two)]
    assert not steps[0] & steps[1]


def test_a_sketch_has_a_ground_to_stand_on_and_is_no_part_of_what_is_built() -> None:
    made = operations.sketch(BOSS, title="Persona DSI", kind="mind", state="to_be", at=make.AT)
    drawn = queries.get_map(BOSS, id=made).map
    assert (drawn.kind, drawn.subject, len(drawn.lanes), len(drawn.phases)) == ("mind", None, 1, 1)
    assert created(title="Vide", starter=None).lanes[0].label == "Équipe"
