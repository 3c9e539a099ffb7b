"""Conditions: read with every problem, met as documented, said in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from portulan.base.conditions import check, meet, say, walk
from portulan.base.conditions.meet import Circumstances
from portulan.base.conditions.schema import ConditionSchema, FieldShape, ObjectShape, RelationShape
from portulan.base.value import Words

NOW = Circumstances(datetime(2026, 5, 7, 12, tzinfo=UTC), me=7, my_team=frozenset({7, 8}))


def shape(kind: Any, label: str, **more: Any) -> FieldShape:
    return FieldShape(kind, Words(fr=label, en=label), **more)


SCHEMA = ConditionSchema(
    {
        "opportunity": ObjectShape(
            {
                "name": shape("text", "Nom"),
                "amount": shape("number", "Montant"),
                "close_on": shape("date", "Clôture"),
                "moved_at": shape("datetime", "Mouvement"),
                "won": shape("boolean", "Gagnée"),
                "source": shape(
                    "choice", "Source", choices={"seo": Words(fr="SEO"), "fair": Words(fr="Salon")}
                ),
                "tags": shape("choices", "Étiquettes", choices={"a": Words(fr="A"), "b": Words(fr="B")}),
                "owner": shape("person", "Responsable"),
                "account": shape("link", "Compte", to="account"),
            },
            {"activities": RelationShape("activity", Words(fr="Activités", en="Activities"))},
        ),
        "account": ObjectShape({"sector": shape("text", "Secteur")}),
        "activity": ObjectShape({"kind": shape("text", "Nature")}),
    }
)
DEAL: dict[str, Any] = {
    "name": "Étude Façade",
    "amount": Decimal(12000),
    "close_on": date(2026, 5, 18),
    "moved_at": datetime(2026, 5, 4, 8, tzinfo=UTC),
    "won": True,
    "source": "seo",
    "tags": ["a"],
    "owner": 8,
    "account": {"id": 3, "sector": "Industrie"},
    "activities": [{"kind": "call"}, {"kind": "mail"}],
}


def deep(levels: int) -> Any:
    data: Any = {"field": "name", "test": "empty"}
    for _ in range(levels):
        data = {"not": data}
    return data


def met(data: Any, values: dict[str, Any] = DEAL) -> bool:
    return meet.met_by(check.read(data, SCHEMA, "opportunity"), values, NOW)


@pytest.mark.parametrize(
    "data",
    [
        {"field": "name", "test": "contains", "value": "etude facade"},
        {"field": "name", "test": "starts_with", "value": "ÉTUDE"},
        {"field": "amount", "test": "greater", "value": 11999.99},
        {"field": "amount", "test": "between", "value": [12000, 13000]},
        {"field": "close_on", "test": "within_next", "value": {"amount": 15, "unit": "days"}},
        {"field": "close_on", "test": "within_next", "value": {"amount": 5, "unit": "working_days"}},
        {"field": "moved_at", "test": "older_than", "value": {"amount": 2, "unit": "days"}},
        {"field": "moved_at", "test": "on", "value": "2026-05-04"},
        {"field": "won", "test": "true"},
        {"field": "source", "test": "in", "value": ["fair", "seo"]},
        {"field": "tags", "test": "has_any", "value": ["a", "b"]},
        {"field": "tags", "test": "has_none", "value": ["b"]},
        {"field": "owner", "test": "equals", "value": {"actor": "my_team"}},
        {"field": "account", "test": "equals", "value": 3},
        {"field": "account.sector", "test": "equals", "value": "INDUSTRIE"},
        {"some": "activities", "where": {"field": "kind", "test": "equals", "value": "call"}},
        {"none": "activities", "where": {"field": "kind", "test": "equals", "value": "meeting"}},
        {"count": "activities", "test": "at_least", "value": 2},
        {"all": []},
        {"not": {"any": []}},
    ],
)
def test_a_deal_meets_it_and_not_its_contrary(data: Any) -> None:
    assert met(data)
    assert not met({"not": data})


@pytest.mark.parametrize("test", ["equals", "in", "greater", "between"])
def test_a_test_on_an_absent_amount_is_false(test: str) -> None:
    value: Any = {"in": [1], "between": [1, 2]}.get(test, 1)
    assert not met({"field": "amount", "test": test, "value": value}, {})


def test_an_absent_value_is_empty_and_is_denied() -> None:
    assert met({"field": "amount", "test": "empty"}, {})
    assert met({"field": "amount", "test": "not_equals", "value": 1}, {})
    assert not met({"field": "amount", "test": "not_empty"}, {})
    assert met({"field": "account.sector", "test": "empty"}, {"account": None})


def test_every_problem_is_said_at_once() -> None:
    with pytest.raises(check.ConditionNotValid) as refused:
        met(
            {
                "all": [
                    {"field": "nowhere", "test": "equals", "value": 1},
                    {"field": "amount", "test": "contains", "value": "x"},
                    {"not": {"field": "close_on", "test": "within_next", "value": "demain"}},
                    {"some": "invoices"},
                ]
            }
        )
    assert [problem.where for problem in refused.value.problems] == [
        "/all/0/field", "/all/1/test", "/all/2/not/value", "/all/3",
    ]  # fmt: skip
    assert all(problem.say("fr") and problem.say("en") for problem in refused.value.problems)


@pytest.mark.parametrize(
    "data",
    [
        None,
        3,
        {},
        {"all": 3},
        {"field": "name"},
        {"not": {"any": [7]}},
        {"field": "name", "test": []},
        deep(500),
    ],
)
def test_a_misshapen_condition_is_refused(data: Any) -> None:
    with pytest.raises(check.ConditionNotValid):
        met(data)


def test_a_condition_reads_as_a_french_sentence() -> None:
    condition = check.read(
        {
            "all": [
                {"field": "amount", "test": "greater", "value": 12500.5},
                {
                    "any": [
                        {"field": "won", "test": "true"},
                        {"field": "source", "test": "equals", "value": "fair"},
                    ]
                },
                {"field": "close_on", "test": "within_next", "value": {"amount": 15, "unit": "working_days"}},
            ]
        },
        SCHEMA,
        "opportunity",
    )
    assert say.say(condition, SCHEMA, "opportunity", "fr") == (
        "Montant dépasse 12\u202f500,5 et (Gagnée : oui ou Source est « Salon ») "
        "et Clôture tombe dans les 15 jours ouvrés à venir"
    )


def test_a_relation_reads_as_an_english_sentence() -> None:
    data = {
        "count": "activities", "test": "at_least", "value": 2,
        "where": {"field": "kind", "test": "equals", "value": "call"},
    }  # fmt: skip
    condition = check.read(data, SCHEMA, "opportunity")
    assert say.say(condition, SCHEMA, "opportunity", "en") == (
        "number of “activities” at least 2 such that Nature is “call”"
    )


def test_fields_are_found_and_renamed() -> None:
    condition = check.read(
        {"all": [{"field": "amount", "test": "empty"}, {"not": {"field": "name", "test": "empty"}}]},
        SCHEMA,
        "opportunity",
    )
    assert walk.fields_of(condition) == {"amount", "name"}
    assert walk.fields_of(walk.rename(condition, str.upper)) == {"AMOUNT", "NAME"}
