"""The gate engine: everything that lacks is said at once, whatever the move."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from portulan.base.conditions import model
from portulan.base.conditions.meet import Circumstances
from portulan.base.value import Words
from portulan.blueprint.schema import Field, Object, Origin, Pipeline, Stage, Transition
from portulan.maps.model import Criterion
from portulan.records import pipeline as pipelines
from portulan.records.pipeline import Verdict

NOW = Circumstances(datetime(2026, 5, 7, 12, tzinfo=UTC), me=7)


def _words(text: str) -> Words:
    return Words(fr=text)


def _field(name: str, kind: str = "text") -> Field:
    return Field(uid=name, name=name, label=_words(name), type=kind, column=name)


def _origin(element: str) -> Origin:
    return Origin(map="vente", element=element)


def _stage(uid: str, kind: Any = "task", **more: Any) -> Stage:
    return Stage(uid=uid, label=_words(uid), kind=kind, origin=_origin(uid), **more)


def _passage(source: str, target: str, **more: Any) -> Transition:
    return Transition(uid=f"{source}_{target}", source=source, target=target, **more)


def _criterion(uid: str, field: str) -> Criterion:
    return Criterion(id=uid, label=f"{field} connu", condition=model.Test(field=field, test="not_empty"))


DEAL = Object(
    uid="opportunity", name="opportunity", label=_words("Affaire"), plural=_words("Affaires"),
    table="opportunity", title="name",
    fields=tuple(_field(n) for n in ("name", "amount", "need", "budget", "loss_reason", "stage")),
)  # fmt: skip
SALE = Pipeline(
    uid="vente",
    object="opportunity",
    label=_words("Vente"),
    stages=(
        _stage("contact", "interest", begins=True, required=("need",)),
        _stage("demo", exit=(_criterion("budget_known", "budget"),)),
        _stage("proposal", entry=(_criterion("amount_known", "amount"),)),
        _stage("won", "won"),
        _stage("lost", "lost"),
        _stage("attic", archived=True),
        _stage("island"),
    ),
    transitions=(
        _passage("contact", "demo"),
        _passage("demo", "proposal", required=("amount",)),
        _passage("proposal", "won", roles=("manager",)),
    ),
)
FULL: dict[str, Any] = {"need": "Oui", "budget": "10 k€", "amount": Decimal(10)}


def verdict(stage: str, to: str, *, roles: frozenset[str] | None = None, **values: Any) -> Verdict:
    return pipelines.gate(SALE, DEAL, {"stage": stage, **values}, to, now=NOW, roles=roles)


def _missing(one: Verdict) -> list[str]:
    return [missing.field.name for missing in one.missing]


def test_a_deal_cannot_leave_contact_without_a_need() -> None:
    refused = verdict("contact", "demo")
    assert not refused.opens
    assert _missing(refused) == ["need"]
    assert refused.missing[0].origin == _origin("contact")
    assert verdict("contact", "demo", need="Oui").opens


def test_a_jump_asks_for_everything_on_the_way_at_once() -> None:
    refused = verdict("contact", "proposal")
    assert _missing(refused) == ["need", "amount"]
    assert [one.id for one in refused.unmet] == ["budget_known", "amount_known"]
    assert [one.fields for one in refused.unmet] == [("budget",), ("amount",)]
    assert [stage.uid for stage in refused.way.skipped] == ["demo"]
    assert verdict("contact", "proposal", **FULL).opens


def test_a_zero_is_filled_and_an_empty_text_is_not() -> None:
    assert verdict("demo", "proposal", budget="x", amount=Decimal(0)).opens
    assert _missing(verdict("contact", "demo", need="")) == ["need"]


def test_going_back_needs_a_motive_and_nothing_else() -> None:
    back = verdict("proposal", "contact")
    assert back.opens
    assert back.needs_motive
    assert back.way.back


@pytest.mark.parametrize("stage", ["contact", "demo", "proposal"])
def test_a_deal_may_be_lost_from_any_open_stage_with_a_reason(stage: str) -> None:
    assert verdict(stage, "lost").needs_reason
    assert not verdict(stage, "lost").opens
    assert verdict(stage, "lost", loss_reason="price").opens


@pytest.mark.parametrize("final", ["won", "lost"])
def test_reopening_is_going_back(final: str) -> None:
    reopened = verdict(final, "demo")
    assert reopened.opens
    assert reopened.needs_motive


def test_a_passage_is_closed_to_other_roles_and_says_whose_it_is() -> None:
    refused = verdict("proposal", "won", roles=frozenset({"sales"}))
    assert not refused.opens
    assert refused.who == ("manager",)
    assert verdict("proposal", "won", roles=frozenset({"sales", "manager"})).opens
    assert verdict("proposal", "won", roles=None).opens


def test_where_nothing_is_drawn_nobody_passes() -> None:
    assert [one.reason for one in verdict("contact", "island", **FULL).blocked] == ["no_way"]


def test_an_archived_stage_is_not_there() -> None:
    with pytest.raises(KeyError):
        verdict("contact", "attic")


def test_a_record_begins_where_the_map_begins() -> None:
    begin = pipelines.first_stage(SALE)
    assert begin is not None
    assert begin.uid == "contact"


def test_a_record_without_a_stage_enters_by_the_entry_gate() -> None:
    entering = pipelines.gate(SALE, DEAL, {"stage": None}, "proposal", now=NOW, roles=None)
    assert [one.id for one in entering.unmet] == ["amount_known"]


def test_a_field_that_a_criterion_asks_for_says_so_and_counts_once_where_the_criterion_stands() -> None:
    asks = _origin("budget_known")
    stages = (
        _stage(
            "demo",
            begins=True,
            required=("budget",),
            origins={"budget": asks},
            exit=(_criterion("budget_known", "budget"),),
        ),
        _stage("proposal", required=("budget",), origins={"budget": asks}),
        _stage("won", "won"),
    )
    ways = (_passage("demo", "proposal"), _passage("proposal", "won"))
    sale = SALE.model_copy(update={"stages": stages, "transitions": ways})
    jump = pipelines.gate(sale, DEAL, {"stage": "demo"}, "won", now=NOW, roles=None)
    assert [(one.field.name, one.origin) for one in jump.missing] == [("budget", asks)]
    there = pipelines.standing(stages[0], DEAL, {"stage": "demo"}, now=NOW)
    assert (there.missing, there.done, there.total) == ((), 0, 1)
    later = pipelines.standing(stages[1], DEAL, {"stage": "proposal"}, now=NOW)
    assert ([one.origin for one in later.missing], later.total) == ([asks], 1)
