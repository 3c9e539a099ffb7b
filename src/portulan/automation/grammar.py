"""What rules may be made of: every trigger and every action, with what each asks for.

Owns no list: triggers are those that a drawing may hold, actions those that are registered, and what they ask
for is read from their shapes.
"""

from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel

from portulan.automation.actions import ACTIONS
from portulan.base import texts
from portulan.base.durations import Duration
from portulan.maps import rules

#: What a property is filled with; those not named here are kept as they are and edited nowhere.
_INPUTS = {
    "field": "field", "stage": "stage", "passage": "passage", "kind": "activity", "to": "person",
    "role": "role", "object": "object", "values": "values", "label": "text", "text": "text", "motive": "text",
}  # fmt: skip


@dataclass(frozen=True)
class Input:
    """Something that a trigger or an action asks for."""

    name: str
    label: str
    input: str
    required: bool


@dataclass(frozen=True)
class Word:
    """A trigger or an action: its name, what it is called, what it asks for."""

    name: str
    label: str
    inputs: tuple[Input, ...]


def triggers(lang: str) -> tuple[Word, ...]:
    """Return the triggers of rules."""
    return tuple(_word(shape, "on", lang) for shape in _shapes(rules.Trigger))


def actions(lang: str) -> tuple[Word, ...]:
    """Return the actions of rules that can be performed."""
    words = (_word(shape, "do", lang) for shape in _shapes(rules.Action))
    return tuple(word for word in words if word.name in ACTIONS)


def _shapes(union: Any) -> tuple[type[BaseModel], ...]:
    return get_args(get_args(union)[0])


def _word(shape: type[BaseModel], key: str, lang: str) -> Word:
    (name,) = get_args(shape.model_fields[key].annotation)
    asked = [
        Input(one, texts.say(f"automation.input_{one}", lang), kind, field.is_required())
        for one, field in shape.model_fields.items()
        if (kind := _kind(one, field.annotation)) is not None
    ]
    return Word(name, texts.say(f"automation.{key}_{name}", lang), tuple(asked))


def _kind(name: str, annotation: Any) -> str | None:
    kinds = (annotation, *get_args(annotation))
    if Duration in kinds:
        return "duration"
    return "boolean" if bool in kinds else _INPUTS.get(name)
