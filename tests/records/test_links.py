"""A field of several links lives in its table of pairs, and everything that reads records reads it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.base.conditions import check
from portulan.base.conditions.meet import Circumstances, met_by
from portulan.base.value import Words
from portulan.blueprint import base_model, shapes
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.schema import Blueprint, Field
from portulan.events import queries as events
from portulan.maps import starters
from portulan.people import actor as actors
from portulan.records import (
    apply,
    export,
    load,
    operations,
    plan,
    queries,
    related,
    rows,
    runtime,
    timeline,
    values,
)
from portulan.records.asked import Asked, SortNotValid
from portulan.records.export import Wanted
from portulan.records.load import Past
from portulan.records.operations import GateClosed, Move
from portulan.records.snapshot import Snapshot

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()
PARTNERS = Field(
    uid="partenaires",
    name="partners",
    label=Words(fr="Partenaires"),
    type="links",
    column="partenaires",
    to="account",
)


def blueprint(*more: Field, required: bool = False) -> Blueprint:
    built = compile_maps([starters.starter("vente")], base_model.load())
    objects = tuple(
        one.model_copy(update={"fields": (*one.fields, *more)}) if one.uid == "opportunity" else one
        for one in built.objects
    )
    pipelines = built.pipelines
    if required:
        (sale,) = pipelines
        first, *rest = sale.stages
        first = first.model_copy(update={"required": ("partenaires",), "exit": ()})
        pipelines = (sale.model_copy(update={"stages": (first, *rest)}),)
    return built.model_copy(update={"objects": objects, "pipelines": pipelines})


def go(wanted: Blueprint, minutes: int = 0) -> Snapshot:
    planned = plan.plan(SYSTEM, runtime.newest(), wanted)
    apply.apply(SYSTEM, planned=planned, at=make.AT + timedelta(minutes=minutes))
    return runtime.newest()


@pytest.fixture
def linked(transactional_db: None) -> Iterator[Snapshot]:
    with runtime.pinned(go(blueprint(PARTNERS))) as snapshot:
        yield snapshot
    make.no_crm()


def account(name: str) -> int:
    return operations.create(SYSTEM, object_name="account", given={"name": name}, at=make.AT)


def deal(name: str, partners: list[int], **more: Any) -> int:
    given = {"name": name, "partners": partners, **more}
    return operations.create(SYSTEM, object_name="opportunity", given=given, at=make.AT)


def held(row_id: int) -> Any:
    return queries.get_record(SYSTEM, object_name="opportunity", row_id=row_id)["values"]["partners"]


def replayed(row_id: int) -> None:
    snapshot = runtime.current()
    kind, row = snapshot.object("opportunity"), snapshot.model("opportunity").objects.get(pk=row_id)
    said = events.replay(rows.subject(kind, row_id)) or {}
    assert {uid: said.get(uid) for uid in rows.stored(kind, row)} == rows.stored(kind, row)


def test_links_are_stored_changed_and_replayed(linked: Snapshot) -> None:
    lys, verdier, labat = (account(name) for name in ("Lys", "Verdier", "Labat"))
    made = deal("Pilote", [verdier, lys, lys])
    assert held(made) == [lys, verdier]
    given = {"partners": [labat, verdier]}
    operations.update(SYSTEM, object_name="opportunity", row_id=made, version=1, given=given, at=make.AT)
    assert held(made) == [verdier, labat]
    replayed(made)
    operations.update(
        SYSTEM, object_name="opportunity", row_id=made, version=2, given={"partners": None}, at=make.AT
    )
    assert held(made) == []
    replayed(made)
    replayed(deal("Sans", []))


def test_a_link_to_what_one_may_not_see_and_what_is_no_list_are_refused(linked: Snapshot) -> None:
    for given in ([account("Lys"), 10**6], 3, ["x"], [True]):
        with pytest.raises(values.ValuesNotValid) as refused:
            operations.create(
                SYSTEM, object_name="opportunity", given={"name": "Pilote", "partners": given}, at=make.AT
            )
        assert [one.where for one in refused.value.problems] == ["partners"]


def test_a_page_reads_the_links_and_the_titles_of_all_its_rows_in_two_queries(linked: Snapshot) -> None:
    lys, verdier = account("Lys"), account("Verdier")
    for n in range(6):
        deal(f"Pilote {n}", [lys, verdier][: n % 3])
    with CaptureQueriesContext(connection) as asked:
        page = queries.listing(SYSTEM, object_name="opportunity", asked=Asked(), at=make.AT)
    assert len(asked) == 3
    assert [row["values"]["partners"] for row in page.rows] == [[], [lys], [lys, verdier]] * 2
    assert page.linked["partners"] == {str(lys): "Lys", str(verdier): "Verdier"}
    with pytest.raises(SortNotValid):
        queries.listing(SYSTEM, object_name="opportunity", asked=Asked(sort="partners"), at=make.AT)


CONDITIONS: list[dict[str, Any]] = [
    {"some": "partners"},
    {"none": "partners"},
    {"not": {"some": "partners"}},
    {"some": "partners", "where": {"field": "name", "test": "equals", "value": "lys"}},
    {"none": "partners", "where": {"field": "name", "test": "equals", "value": "Verdier"}},
    {"count": "partners", "test": "at_least", "value": 2},
    {"count": "partners", "test": "equals", "value": 1, "where": {"field": "sector", "test": "empty"}},
    {"some": "partners", "where": {"some": "opportunities"}},
]


@pytest.mark.parametrize("raw", CONDITIONS, ids=str)
def test_a_condition_through_the_links_means_the_same_in_memory_and_in_sql(
    linked: Snapshot, raw: dict[str, Any]
) -> None:
    lys, verdier, gone = account("Lys"), account("Verdier"), account("Parti")
    made = [deal(f"D{n}", some) for n, some in enumerate(([], [lys], [verdier, lys], [gone], [verdier]))]
    deal("Du compte", [], account=lys)
    operations.delete(SYSTEM, object_name="account", row_id=gone, at=make.AT)
    kind = linked.object("opportunity")
    condition = check.read(raw, shapes.conditions_of(linked.blueprint), "opportunity")
    needs = related.needs_of([condition])
    stored = linked.model("opportunity").objects.filter(pk__in=made)
    seen = {row.pk: related.of_row(kind, row, needs) for row in stored}
    inside = {key for key, one in seen.items() if met_by(condition, one, Circumstances(make.AT))}
    page = queries.listing(SYSTEM, object_name="opportunity", asked=Asked(condition=raw), at=make.AT)
    assert {row["id"] for row in page.rows} & set(made) == inside


def test_a_gate_asks_for_the_links_and_opens_with_them(linked: Snapshot) -> None:
    with runtime.pinned(go(blueprint(PARTNERS, required=True), 1)):
        made = deal("Pilote", [])
        move = Move(to="premier_contact", version=1)
        with pytest.raises(GateClosed) as closed:
            operations.move(SYSTEM, object_name="opportunity", row_id=made, move=move, at=make.AT)
        assert [one["field"] for one in closed.value.details["missing"]] == ["partners"]
        move = Move(to="premier_contact", version=1, values={"partners": [account("Lys")]})
        operations.move(SYSTEM, object_name="opportunity", row_id=made, move=move, at=make.AT)
        replayed(made)


def test_links_taken_away_by_a_version_come_back_with_it_and_are_counted(linked: Snapshot) -> None:
    made = deal("Pilote", [account("Lys")])
    planned = plan.plan(SYSTEM, runtime.newest(), blueprint())
    assert (planned.touched or {})[("opportunity", "partenaires")].records == 1
    without = go(blueprint(), 1)
    assert not hasattr(without.model("opportunity"), "partners")
    apply.undo(SYSTEM, n=without.version, at=make.AT + timedelta(minutes=2))
    with runtime.pinned(runtime.newest()):
        assert len(held(made)) == 1


def test_newly_required_links_tell_the_incomplete(linked: Snapshot) -> None:
    for partners in ([], [account("Lys")]):
        made = deal("Pilote", partners)
        linked.model("opportunity").objects.filter(pk=made).update(stage="demo_realisee")
    fates = plan.plan(SYSTEM, linked, blueprint(PARTNERS, required=True)).fates
    assert [(one.stage, one.incomplete, one.missing) for one in fates] == [
        ("demo_realisee", 1, ("Partenaires",))
    ]


def test_pasts_related_lists_history_and_files_hold_the_links(linked: Snapshot, tmp_path: Path) -> None:
    lys = account("Lys")
    (made,) = load.load(
        SYSTEM, object_name="opportunity", pasts=[Past(make.AT, {"name": "Ancien", "partners": [lys]})]
    )
    assert held(made) == [lys]
    replayed(made)
    lists = queries.related_lists(SYSTEM, object_name="account", row_id=lys)
    (mine,) = [one for one in lists if one["field"] == "partners"]
    assert (mine["count"], mine["rows"][0]["title"]) == (1, "Ancien")
    operations.update(
        SYSTEM, object_name="opportunity", row_id=made, version=1, given={"partners": []}, at=make.AT
    )
    told = timeline.timeline(SYSTEM, object_name="opportunity", row_id=made)
    (change,) = [one for one in told["rows"][0]["changes"] if one["field"] == "partners"]
    assert (change["before"], change["after"]) == ("Lys", None)
    deal("Nouveau", [lys])
    file = tmp_path / "list"
    export.write(SYSTEM, object_name="opportunity", wanted=Wanted(Asked()), path=file, at=make.AT)
    assert "Lys" in file.read_text()
