"""The shape of a condition: immutable values that travel as JSON.

A condition is all / any / not of tests on fields, or a test on related records.
A field is named by its API name, through links with dots (`account.sector`).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue

from portulan.base.value import Value

TestName = Literal[
    "equals", "not_equals", "in", "not_in", "contains", "not_contains", "starts_with",
    "greater", "at_least", "less", "at_most", "between", "empty", "not_empty", "true", "false",
    "has_any", "has_all", "has_none",
    "within_next", "within_last", "older_than", "later_than", "before", "after", "on",
]  # fmt: skip


class Test(Value):
    """A test of one field: `{"field": "amount", "test": "greater", "value": 1000}`.

    The value of a relative date test is a duration `{"amount": 15, "unit": "days"}`; the
    value of a person test may be the token `{"actor": "me"}` or `{"actor": "my_team"}`.
    """

    field: str
    test: TestName
    value: JsonValue = None


class All(Value):
    """Every condition holds; an empty list always holds."""

    all: tuple[Condition, ...]


class Named(All):
    """What a word of the glossary means, under its name; `conditions.named` keeps it up to date."""

    term: str
    word: str


class AnyOf(Value):
    """At least one condition holds; an empty list never holds."""

    any: tuple[Condition, ...]


class Not(Value):
    """The condition does not hold."""

    not_: Condition = Field(alias="not")


class Some(Value):
    """At least one record of a relation meets the condition."""

    some: str
    where: Condition | None = None


class NoneOf(Value):
    """No record of a relation meets the condition."""

    none: str
    where: Condition | None = None


class Count(Value):
    """The number of records of a relation that meet the condition passes the test."""

    count: str
    test: Literal["equals", "greater", "at_least", "less", "at_most"]
    value: int
    where: Condition | None = None


Condition = Named | All | AnyOf | Not | Test | Some | NoneOf | Count

for _shape in (Named, All, AnyOf, Not, Some, NoneOf, Count):
    _shape.model_rebuild()
