"""What rules and scenarios may be made of: triggers, actions, acts, expectations, and what each asks for.

Owns no list: they are those that a drawing may hold, actions those that are registered, and what they ask for
is read from their shapes.
"""

from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from portulan.automation.actions import ACTIONS
from portulan.base import texts
from portulan.base.durations import Duration
from portulan.maps import rules, scenarios

#: What a property is filled with; those not named here are kept as they are and edited nowhere.
_INPUTS = {
    "field": "field", "stage": "stage", "passage": "passage", "kind": "activity", "to": "person",
    "role": "role", "object": "object", "values": "values", "label": "text", "text": "text", "motive": "text",
    "address": "address", "title": "text", "body": "long_text", "url": "text", "fields": "fields",
    "name": "text", "steps": "steps", "copied": "copied", "link": "link", "pools": "pools",
}  # fmt: skip


_STORY_INPUTS = {
    "by": "who", "person": "who", "record": "record", "object": "object", "values": "values", "to": "stage",
    "stage": "stage", "motive": "text", "kind": "activity", "label": "text", "condition": "condition",
    "role": "role", "missing": "fields", "unmet": "criteria", "count": "number", "verb": "verb",
    "text": "text", "measure": "measure", "standing": "standing",
}  # fmt: skip


@dataclass(frozen=True)
class Input:
    """Something that a word asks for, what it is filled with, what it is when nobody says."""

    name: str
    label: str
    input: str
    required: bool
    default: str | int | bool | None


@dataclass(frozen=True)
class Word:
    """A trigger, an action, an act or an expectation: its name, what it is called, what it asks for."""

    name: str
    label: str
    inputs: tuple[Input, ...]


def triggers(lang: str) -> tuple[Word, ...]:
    """Return the triggers of rules."""
    return tuple(_word(shape, "on", "on", _INPUTS, lang) for shape in _shapes(rules.Trigger))


def actions(lang: str) -> tuple[Word, ...]:
    """Return the actions of rules that can be performed."""
    words = (_word(shape, "do", "do", _INPUTS, lang) for shape in _shapes(rules.Action))
    return tuple(word for word in words if word.name in ACTIONS)


def acts(lang: str) -> tuple[Word, ...]:
    """Return what people do in scenarios."""
    return tuple(_word(shape, "do", "act", _STORY_INPUTS, lang) for shape in _shapes(scenarios.Act))


def expectations(lang: str) -> tuple[Word, ...]:
    """Return what scenarios expect."""
    shapes = _shapes(scenarios.Expectation)
    return tuple(_word(shape, "expect", "expect", _STORY_INPUTS, lang) for shape in shapes)


def _shapes(union: Any) -> tuple[type[BaseModel], ...]:
    return get_args(get_args(union)[0])


def _word(shape: type[BaseModel], key: str, said: str, inputs: dict[str, str], lang: str) -> Word:
    (name,) = get_args(shape.model_fields[key].annotation)
    asked = [
        Input(one, texts.say(f"automation.input_{one}", lang), kind, field.is_required(), _default(field))
        for one, field in shape.model_fields.items()
        if one != key and (kind := _kind(shape, one, field, inputs)) is not None
    ]
    return Word(name, texts.say(f"automation.{said}_{name}", lang), tuple(asked))


def _kind(shape: type[BaseModel], name: str, field: FieldInfo, inputs: dict[str, str]) -> str | None:
    kinds = (field.annotation, *get_args(field.annotation))
    if shape is scenarios.Create and name == "record":
        return "alias"
    if Duration in kinds:
        return "duration"
    if shape is scenarios.Mailed and name == "to":
        return "record"
    return "boolean" if bool in kinds else inputs.get(name)


def _default(field: FieldInfo) -> str | int | bool | None:
    return field.default if isinstance(field.default, str | int | bool) else None
