"""Laws: the plan from a to b gives b, a second plan is empty, undoing gives a back with its values."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import make
from portulan.base.value import Words
from portulan.blueprint import base_model, carry, diff
from portulan.blueprint.schema import Blueprint, Choice, Field, Object, Pipeline, Stage, Transition
from portulan.people import actor as actors
from portulan.records import apply, links, plan, runtime, values

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()
OPPORTUNITY = next(one for one in base_model.load().objects if one.uid == "opportunity")
SYSTEM_FIELDS = tuple(
    one for one in OPPORTUNITY.fields if one.system or one.uid in ("name", "owner", "loss_reason")
)
TYPES = ("text", "integer", "money", "date", "boolean", "choice", "email", "links")
VALUES: dict[str, Any] = {
    "text": "12", "integer": 12, "money": 12, "date": "2026-05-07", "boolean": True, "choice": "un",
    "email": "a@nordet.example",
}  # fmt: skip
CHOICES = (Choice(id="un", label=Words(fr="12")), Choice(id="deux", label=Words(fr="Deux")))

fields = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(TYPES), st.text("xyz", min_size=1, max_size=3)),
    max_size=4,
    unique_by=lambda one: one[0],
)
stages = st.lists(st.sampled_from(("s1", "s2", "s3", "s4")), min_size=1, max_size=4, unique=True)


@st.composite
def blueprints(draw: st.DrawFn) -> Blueprint:
    made = tuple(_field(f"f_{uid}", of, label) for uid, of, label in draw(fields))
    kept = draw(stages)
    pipeline = Pipeline(
        uid="vente",
        object="opportunity",
        label=Words(fr="Vente"),
        stages=tuple(
            Stage(uid=uid, label=Words(fr=uid), kind="task", begins=rank == 0)
            for rank, uid in enumerate(kept)
        ),
        transitions=tuple(Transition(uid=f"{a}_{b}", source=a, target=b) for a, b in pairwise(kept)),
    )
    return Blueprint(objects=(_object(made),), pipelines=(pipeline,))


def _field(uid: str, of: str, label: str) -> Field:
    choices = CHOICES if of == "choice" else ()
    to = "opportunity" if of == "links" else None
    return Field(uid=uid, name=uid, label=Words(fr=label), type=of, column=uid, choices=choices, to=to)


def _object(more: tuple[Field, ...]) -> Object:
    return OPPORTUNITY.model_copy(update={"fields": (*SYSTEM_FIELDS, *more)})


def go(wanted: Blueprint, minutes: int) -> None:
    planned = plan.plan(SYSTEM, runtime.newest(), wanted)
    choices = {one.stage: one.targets[0][0] for one in planned.fates if one.no_place}
    apply.apply(SYSTEM, planned=planned, choices=choices, at=make.AT + timedelta(minutes=minutes))


def live(blueprint: Blueprint) -> Blueprint:
    return carry.live(blueprint)


def rows() -> list[dict[str, Any]]:
    snapshot = runtime.newest()
    kind = snapshot.object("opportunity")
    names = [
        name for name in values.live(kind) if name not in ("updated_at", "owner", "created_by", "deleted_by")
    ]
    model = snapshot.model("opportunity")
    return [
        {"id": row.pk, **{name: getattr(row, name) for name in names}} for row in model.objects.order_by("pk")
    ]


def fill(wanted: Blueprint) -> None:
    snapshot = runtime.newest()
    kind = snapshot.object("opportunity")
    made = {one.uid: one for one in wanted.objects[0].fields if one.uid.startswith("f_")}
    first = None
    for rank, stage in enumerate(wanted.pipelines[0].stages):
        row = snapshot.model("opportunity")(
            name=f"n{rank}", pipeline="vente", stage=stage.uid, stage_since=make.AT, created_at=make.AT
        )
        for uid, one in made.items() if rank % 2 == 0 else ():
            given = [first] if one.type == "links" and first else VALUES.get(one.type)
            setattr(row, uid, values.read(given, one) if given else values.nothing(one))
        row.save()
        links.store(kind, row)
        first = first or row.pk


@pytest.fixture(autouse=True)
def swept(transactional_db: None) -> Any:
    yield
    make.no_crm()


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(a=blueprints(), b=blueprints())
def test_a_plan_gives_what_it_says_and_undoing_gives_everything_back(a: Blueprint, b: Blueprint) -> None:
    start_again()
    go(a, 0)
    fill(a)
    before = rows()
    go(b, 1)
    assert diff.diff(live(runtime.newest().blueprint), b) == ()
    assert plan.plan(SYSTEM, runtime.newest(), b).empty
    assert len(rows()) == len(before)
    assert all(row["stage"] in {one.uid for one in b.pipelines[0].stages} for row in rows())
    if runtime.newest().version == 2:
        apply.undo(SYSTEM, n=2, at=make.AT + timedelta(minutes=2))
    assert diff.diff(live(runtime.newest().blueprint), a) == ()
    assert rows() == before
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)


def start_again() -> None:
    from django.core.management import call_command  # noqa: PLC0415

    make.no_crm()
    call_command("flush", verbosity=0, interactive=False)


def forked(*asking: str) -> Blueprint:
    """Return a pipeline that parts after `s1` and joins in `s4`; some stages ask for a field."""
    stages = tuple(
        Stage(uid=uid, label=Words(fr=uid), kind="task", required=("f_a",) if uid in asking else ())
        for uid in ("s1", "s2", "s3", "s4")
    )
    drawn = (("s1", "s2"), ("s1", "s3"), ("s2", "s4"), ("s3", "s4"))
    ways = tuple(Transition(uid=f"{a}_{b}", source=a, target=b) for a, b in drawn)
    pipeline = Pipeline(
        uid="vente", object="opportunity", label=Words(fr="Vente"), stages=stages, transitions=ways
    )
    return Blueprint(objects=(_object((_field("f_a", "text", "Parc"),)),), pipelines=(pipeline,))


def lacking(wanted: Blueprint) -> set[str]:
    return {one.stage for one in plan.plan(SYSTEM, runtime.newest(), wanted).fates if one.incomplete}


def test_a_record_lacks_what_every_way_to_its_stage_asks_for_not_what_one_branch_does() -> None:
    go(forked(), 0)
    model = runtime.newest().model("opportunity")
    for uid in ("s1", "s2", "s3", "s4"):
        model(name=uid, pipeline="vente", stage=uid, stage_since=make.AT, created_at=make.AT).save()
    assert lacking(forked("s2")) == set()
    assert lacking(forked("s2", "s3")) == {"s4"}
    assert lacking(forked("s1")) == {"s2", "s3", "s4"}
    go(forked("s2", "s3"), 1)
    assert lacking(forked("s1")) == {"s2", "s3"}
