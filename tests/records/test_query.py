"""The law: a condition selects in SQL exactly the rows that meet it in memory, nulls and accents included."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portulan.base.conditions import check, walk
from portulan.base.conditions.meet import Circumstances, met_by
from portulan.base.conditions.schema import ConditionSchema, FieldShape, ObjectShape, RelationShape
from portulan.base.value import Words
from portulan.records import folding, keyset, query

LAB = Apps()
AT = datetime(2026, 5, 7, 12, tzinfo=UTC)
NOW = Circumstances(AT, me=7, my_team=frozenset({7, 8}))
TEXTS = (
    "Étude Façade",
    "etude facade",
    "CŒUR d’été",
    "coeur d'ete",
    "Zoé",
    "",
    None,
    "ÉTUDE",
    "100 %",
    "a_b\\c",
)
NUMBERS = (None, Decimal(0), Decimal("12.50"), Decimal(12000), Decimal("-3.00"))
WORDS = Words(fr="Champ")


class Account(models.Model):
    sector = models.CharField(max_length=50, null=True)  # noqa: DJ001 - nulls are the point

    class Meta:
        apps = LAB
        app_label = "lab"


class Deal(models.Model):
    name = models.CharField(max_length=50, null=True)  # noqa: DJ001 - nulls are the point
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    close_on = models.DateField(null=True)
    moved_at = models.DateTimeField(null=True)
    won = models.BooleanField(null=True)
    source = models.CharField(max_length=20, null=True)  # noqa: DJ001 - nulls are the point
    tags = models.JSONField(null=True)
    owner = models.ForeignKey(Account, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    account = models.ForeignKey(Account, models.DO_NOTHING, null=True, related_name="+")

    class Meta:
        apps = LAB
        app_label = "lab"


class Activity(models.Model):
    kind = models.CharField(max_length=20, null=True)  # noqa: DJ001 - nulls are the point
    deal = models.ForeignKey(Deal, models.DO_NOTHING, related_name="+")

    class Meta:
        apps = LAB
        app_label = "lab"


SCHEMA = ConditionSchema(
    {
        "deal": ObjectShape(
            {
                "name": FieldShape("text", WORDS),
                "amount": FieldShape("number", WORDS),
                "close_on": FieldShape("date", WORDS),
                "moved_at": FieldShape("datetime", WORDS),
                "won": FieldShape("boolean", WORDS),
                "source": FieldShape("choice", WORDS),
                "tags": FieldShape("choices", WORDS),
                "owner": FieldShape("person", WORDS),
                "account": FieldShape("link", WORDS, to="account"),
            },
            {"activities": RelationShape("activity", WORDS)},
        ),
        "account": ObjectShape({"sector": FieldShape("text", WORDS)}),
        "activity": ObjectShape({"kind": FieldShape("text", WORDS)}),
    }
)
GROUND = query.Ground(SCHEMA, NOW, lambda _object, _relation: (Activity._default_manager.all(), "deal_id"))


def _values(dice: Random, accounts: list[Account]) -> dict[str, Any]:
    days = dice.choice([None, *range(-40, 40, 7)])
    account = dice.choice([None, *accounts])
    return {
        "name": dice.choice(TEXTS),
        "amount": dice.choice(NUMBERS),
        "close_on": None if days is None else date(2026, 5, 7) + timedelta(days=days),
        "moved_at": None if days is None else AT + timedelta(days=days),
        "won": dice.choice([None, True, False]),
        "source": dice.choice([None, "", "seo", "fair"]),
        "tags": dice.choice([None, [], ["a"], ["a", "b"], ["b", "ab"]]),
        "owner_id": dice.choice([None, 7, 8, 9]),
        "account_id": account and account.pk,
    }


def _in_memory(deal: dict[str, Any], account: Account | None, kinds: list[Any]) -> dict[str, Any]:
    names = ("name", "amount", "close_on", "moved_at", "won", "source", "tags")
    return {
        **{name: deal[name] for name in names},
        "owner": deal["owner_id"],
        "account": account and {"id": account.pk, "sector": account.sector},
        "activities": [{"kind": kind} for kind in kinds],
    }


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[int, dict[str, Any]]]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in (Account, Deal, Activity):
                editor.create_model(model)
        yield _fill()
        with connection.schema_editor() as editor:
            for model in (Activity, Deal, Account):
                editor.delete_model(model)


class Rows(dict[int, dict[str, Any]]):
    def __repr__(self) -> str:
        return f"{len(self)} rows"


def _fill() -> Rows:
    dice = Random(7)  # noqa: S311 - the same rows each time
    accounts = [Account._default_manager.create(sector=sector) for sector in TEXTS]
    by_id = {account.pk: account for account in accounts}
    made = Rows()
    for _number in range(120):
        values = _values(dice, accounts)
        deal = Deal._default_manager.create(**values)
        kinds = [dice.choice(["call", "mail", None]) for _ in range(dice.randrange(4))]
        for kind in kinds:
            Activity._default_manager.create(kind=kind, deal=deal)
        made[deal.pk] = _in_memory(values, by_id.get(values["account_id"]), kinds)
    return made


_texts = st.sampled_from([text for text in TEXTS if text])
_numbers = st.sampled_from([0, 12.5, "12000", -3, 7])
_days = st.integers(-40, 40).map(lambda n: (date(2026, 5, 7) + timedelta(days=n)).isoformat())
_moments = st.integers(-40, 40).map(lambda n: (AT + timedelta(days=n)).isoformat())
_people = st.sampled_from([7, 9, {"actor": "me"}, {"actor": "my_team"}])
_durations = st.fixed_dictionaries(
    {"amount": st.integers(0, 30), "unit": st.sampled_from(["days", "weeks", "working_days", "hours"])}
)


def _tests(field: str, names: list[str], one: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    values = {
        "in": st.lists(one, min_size=1, max_size=3), "not_in": st.lists(one, min_size=1, max_size=3),
        "has_any": st.lists(one, min_size=1, max_size=3), "has_all": st.lists(one, min_size=1, max_size=3),
        "has_none": st.lists(one, min_size=1, max_size=3), "between": st.lists(one, min_size=2, max_size=2),
        "on": _days, **dict.fromkeys(["within_next", "within_last", "older_than", "later_than"], _durations),
        **dict.fromkeys(["empty", "not_empty", "true", "false"], st.none()),
    }  # fmt: skip
    return st.sampled_from(names).flatmap(
        lambda name: st.fixed_dictionaries(
            {"field": st.just(field), "test": st.just(name), "value": values.get(name, one)}
        )
    )


_SAME = ["equals", "not_equals", "in", "not_in", "empty", "not_empty"]
_ORDER = ["greater", "at_least", "less", "at_most", "between"]
_TIME = ["within_next", "within_last", "older_than", "later_than", "before", "after", "on"]
_TEXT = [*_SAME, "contains", "not_contains", "starts_with"]
_leaf = st.one_of(
    _tests("name", _TEXT, _texts),
    _tests("account.sector", _TEXT, _texts),
    _tests("amount", _SAME + _ORDER, _numbers),
    _tests("close_on", _SAME + _ORDER + _TIME, _days),
    _tests("moved_at", _SAME + _ORDER + _TIME, _moments),
    _tests("won", ["true", "false", "empty", "not_empty"], st.none()),
    _tests("source", _SAME, st.sampled_from(["seo", "fair"])),
    _tests(
        "tags", ["has_any", "has_all", "has_none", "empty", "not_empty"], st.sampled_from(["a", "b", "ab"])
    ),
    _tests("owner", _SAME, _people),
    _tests("account", _SAME, st.integers(1, 12)),
)
_inner = _tests("kind", _TEXT, st.sampled_from(["call", "mail", "ma"]))
_related = st.one_of(
    st.fixed_dictionaries({"some": st.just("activities")}, optional={"where": _inner}),
    st.fixed_dictionaries({"none": st.just("activities")}, optional={"where": _inner}),
    st.fixed_dictionaries(
        {
            "count": st.just("activities"),
            "test": st.sampled_from(["equals", "greater", "at_least", "less", "at_most"]),
            "value": st.integers(0, 3),
        },
        optional={"where": _inner},
    ),
)
_conditions = st.recursive(
    _leaf | _related,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=5,
)


@pytest.mark.django_db
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=_conditions)
def test_a_condition_selects_the_rows_that_meet_it(rows: dict[int, dict[str, Any]], data: Any) -> None:
    condition = check.read(data, SCHEMA, "deal")
    selected = Deal._default_manager.filter(query.q_of(condition, "deal", GROUND))
    expected = {pk for pk, values in rows.items() if met_by(condition, values, NOW)}
    assert set(selected.values_list("pk", flat=True)) == expected


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=_conditions)
def test_no_row_without_what_a_condition_presumes_meets_it(rows: dict[int, Any], data: Any) -> None:
    condition = check.read(data, SCHEMA, "deal")
    for path in walk.presumed(condition):
        head = path.partition(".")[0]
        assert not any(met_by(condition, values | {head: None}, NOW) for values in rows.values())


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["façade ETUDE", "coeur", "d'été"])
def test_a_search_finds_every_word_whatever_the_accents(rows: dict[int, Any], text: str) -> None:
    found = set(
        Deal._default_manager.filter(query.folded_search("name", text)).values_list("name", flat=True)
    )
    assert found
    assert len({folded for folded in found if folded}) >= 2


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["amount", "close_on", "moved_at", "source", "_name"])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_by_key_show_each_row_once_in_order(
    rows: dict[int, Any], column: str, *, descending: bool
) -> None:
    keys = [keyset.Key(column, descending)]
    deals = Deal._default_manager.annotate(_name=folding.Folded("name")).order_by(*keyset.order(keys))
    names = ("id", column)
    seen: list[int] = []
    page = list(deals.values(*names)[:7])
    while page:
        seen += [row["id"] for row in page]
        page = list(deals.filter(keyset.after(keys, keyset.cursor(keys, page[-1]))).values(*names)[:7])
    assert seen == list(deals.values_list("pk", flat=True))
    assert len(seen) == len(rows)


def test_a_cursor_of_another_sort_is_refused() -> None:
    made = keyset.cursor([keyset.Key("amount")], {"amount": Decimal(1), "id": 3})
    for keys, text in (([keyset.Key("amount", descending=True)], made), ([keyset.Key("amount")], "12")):
        with pytest.raises(keyset.CursorNotValid):
            keyset.after(keys, text)
