"""A condition as a sentence, in French or in English, with the labels of the schema."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal

from portulan.base import calendar, texts
from portulan.base.conditions import operands
from portulan.base.conditions.model import All, AnyOf, Condition, Count, Named, NoneOf, Not, Some, Test
from portulan.base.conditions.schema import ConditionSchema, FieldShape


def say(condition: Condition, schema: ConditionSchema, object_name: str, lang: str) -> str:
    """Return the condition as a sentence without a final stop."""
    match condition:
        case Named():
            return texts.say("base.say_named", lang, word=condition.word)
        case All():
            return _join(condition.all, "and", schema, object_name, lang)
        case AnyOf():
            return _join(condition.any, "or", schema, object_name, lang)
        case Not():
            inner = say(condition.not_, schema, object_name, lang)
            return texts.say("base.say_not", lang, inner=inner)
        case Test():
            return _say_test(condition, schema, object_name, lang)
        case _:
            return _say_related(condition, schema, object_name, lang)


def _say_related(
    condition: Some | NoneOf | Count, schema: ConditionSchema, object_name: str, lang: str
) -> str:
    match condition:
        case Some():
            return _say_relation("some", condition.some, condition.where, schema, (object_name, lang))
        case NoneOf():
            return _say_relation("none", condition.none, condition.where, schema, (object_name, lang))
        case Count():
            facts = {"test": condition.test, "value": condition.value}
            return _say_relation(
                "count", condition.count, condition.where, schema, (object_name, lang), **facts
            )


def _join(parts: tuple[Condition, ...], word: str, schema: ConditionSchema, name: str, lang: str) -> str:
    if not parts:
        return texts.say(f"base.say_empty_{word}", lang)
    said = []
    for part in parts:
        sentence = say(part, schema, name, lang)
        said.append(f"({sentence})" if _is_group(part) and len(parts) > 1 else sentence)
    return texts.say(f"base.say_join_{word}", lang).join(said)


def _is_group(part: Condition) -> bool:
    return isinstance(part, All | AnyOf) and not isinstance(part, Named)


def _say_relation(
    which: str,
    relation: str,
    where: Condition | None,
    schema: ConditionSchema,
    place: tuple[str, str],
    **facts: Any,
) -> str:
    name, lang = place
    shape = schema.find_relation(name, relation)
    label = shape.label.say(lang).lower() if shape else relation
    if "test" in facts:
        facts["test"] = texts.say(f"base.say_compare_{facts['test']}", lang, value=facts.pop("value"))
    sentence = texts.say(f"base.say_{which}", lang, relation=label, **facts)
    if where is None or shape is None:
        return sentence
    return texts.say("base.say_where", lang, sentence=sentence, inner=say(where, schema, shape.to, lang))


def _say_test(test: Test, schema: ConditionSchema, name: str, lang: str) -> str:
    shape = schema.find_field(name, test.field)
    label = shape.label.say(lang) if shape else test.field
    form = operands.OPERANDS[test.test].form
    return texts.say(f"base.say_test_{test.test}", lang, field=label, **_facts(test, form, shape, lang))


def _facts(test: Test, form: str, shape: FieldShape | None, lang: str) -> dict[str, str]:
    match form:
        case "none":
            return {}
        case "duration":
            duration = operands.parse_duration(test.value)
            span = texts.say(f"base.say_unit_{duration.unit}", lang, n=duration.amount)
            return {"value": span}
        case "many":
            many = [_say_value(one, shape, lang) for one in _list(test.value)]
            return {"value": format_list(many, style="or", locale=lang)}
        case "pair":
            low, high = (_say_value(one, shape, lang) for one in _list(test.value))
            return {"low": low, "high": high}
        case _:
            return {"value": _say_value(test.value, shape, lang)}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _say_value(value: Any, shape: FieldShape | None, lang: str) -> str:
    if isinstance(value, dict) and "actor" in value:
        return texts.say(f"base.say_actor_{value['actor']}", lang)
    if shape is None or shape.kind not in _SAID:
        quoted = shape.choices[value].say(lang) if shape and value in shape.choices else str(value)
        return texts.say("base.say_quoted", lang, value=quoted)
    said: str = _SAID[shape.kind](operands.parse(value, shape), lang)
    return said


def _number(value: Decimal, lang: str) -> str:
    return format_decimal(value, locale=lang)


def _date(value: date, lang: str) -> str:
    return format_date(value, format="long", locale=lang)


def _datetime(value: datetime, lang: str) -> str:
    return format_datetime(value, format="short", tzinfo=calendar.DEFAULT.tz, locale=lang)


_SAID: dict[str, Any] = {
    "number": _number,
    "date": _date,
    "datetime": _datetime,
    "link": lambda value, _: f"n° {value}",
    "person": lambda value, _: f"n° {value}",
}
