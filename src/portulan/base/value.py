"""Frozen values that travel as JSON.

Owns the one base class of everything that is drawn, compiled and sent. Refuses
unknown keys, so that a misspelt property is a clear error and never lost.
"""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

#: Identifier of an element (step, field, object...): also a column name and a Python name.
ElementId = Annotated[str, StringConstraints(pattern=r"^[a-z](?:_?[a-z0-9])*$", max_length=48)]
#: An escaped NUL in JSON; after an odd number of backslashes it is a written backslash and four letters.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def holds_nul(written: str) -> bool:
    """Return whether a JSON text holds the one character that no database stores."""
    return "\\u0000" in written and _NUL.search(written) is not None


class Value(BaseModel):
    """An immutable value, equal by content, readable from and writable to JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Value):
    """A label in the languages of the product; French is the source of truth."""

    fr: str
    en: str = ""

    def say(self, lang: str) -> str:
        """Return the label in `lang`, in French where there is no translation."""
        return (self.en or self.fr) if lang == "en" else self.fr
