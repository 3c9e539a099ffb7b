"""How a value of a record reads in a file: as text in CSV, as a typed cell in a workbook.

Owns that titles, labels and words stand for what is stored. What is not readable is not given to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portulan.base import calendar as calendars
from portulan.base import tables, texts, workbooks
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field, Object
from portulan.records import runtime, sight, values

Row = Mapping[str, Any]
_WIDTHS = {"long_text": 60, "boolean": 10, "date": 12, "integer": 12, "percent": 12, "money": 15}
_FORMATS = {
    "date": workbooks.DAY,
    "datetime": workbooks.MOMENT,
    "money": workbooks.MONEY,
    "integer": "0",
}
_USUAL = 22


@dataclass(frozen=True)
class Reader:
    """Reads rows of an object in a language; `labels` are those of what is stored, by field and value."""

    lang: str
    labels: Mapping[str, Mapping[str, str]]

    def column(self, field: Field) -> workbooks.Column:
        """Return the column of a workbook that holds a field."""
        shown, width = _FORMATS.get(field.type, "General"), _WIDTHS.get(field.type, _USUAL)
        return workbooks.Column(field.label.say(self.lang), shown, width)

    def typed(self, field: Field, row: Row) -> Any:
        """Return what a row holds as a number, day, moment, truth or text; None when it holds nothing."""
        value = _read(field, row)
        if value is None or isinstance(value, bool | int | Decimal):
            return value
        match TYPES.get(field.type).kind:
            case "date":
                return value
            case "datetime":
                return value.astimezone(calendars.DEFAULT.tz).replace(microsecond=0)
        return self._text(field, value)

    def written(self, field: Field, row: Row) -> str:
        """Return what a row holds as the text of a cell, harmless to spreadsheets."""
        value = _read(field, row)
        if value is None:
            return ""
        match TYPES.get(field.type).kind:
            case "number":
                return str(value).replace(".", tables.HABITS[self.lang][1])
            case "boolean":
                return texts.say("records.yes" if value else "records.no", self.lang)
            case "datetime":
                return f"{value.astimezone(calendars.DEFAULT.tz):%Y-%m-%d %H:%M:%S}"
        return tables.inert(self._text(field, value))

    def _text(self, field: Field, value: Any) -> str:
        if isinstance(value, dict):
            return ", ".join(title or "…" for title in value.values())
        known = self.labels.get(field.uid, {})
        return ", ".join(known.get(one, str(one)) for one in (value if isinstance(value, list) else [value]))


def reader(kind: Object, lang: str) -> Reader:
    """Return who reads the rows of an object: choices, stages and pipelines by what people call them."""
    labels = {field.uid: {one.id: one.label.say(lang) for one in field.choices} for field in kind.fields}
    travelled = [one for one in runtime.current().blueprint.pipelines if one.object == kind.uid]
    if travelled:
        labels["pipeline"] = {one.uid: one.label.say(lang) for one in travelled}
        labels["stage"] = {stage.uid: stage.label.say(lang) for one in travelled for stage in one.stages}
    return Reader(lang, labels)


def _read(field: Field, row: Row) -> Any:
    linked = values.is_link(field) or field.type == "links"
    return row[sight.title_key(field)] if linked else row[values.attribute(field)]
