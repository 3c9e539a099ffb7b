"""A coded log written as XES (IEEE 1849-2016), case by case: any tool that mines processes reads it.

Owns the names of the standard extensions that it uses. Characters that XML cannot hold are left out.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from portulan.mining.store import Log
from portulan.mining.tell import moment

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">\n'
    '<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>\n'
    '<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>\n'
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BATCH = 200


def written(log: Log) -> Iterator[str]:
    """Yield the log as the text of an XES file, some cases at a time."""
    labels = [_attribute("concept:name", label) for label in log.steps]
    of_events = [name for name in log.events.columns if name != "seq"]
    of_cases = [name.removeprefix("case:") for name in log.case_rows.columns]
    yield _HEAD
    for begin in range(0, len(log.cases), _BATCH):
        end = min(begin + _BATCH, len(log.cases))
        first, last = int(log.offsets[begin]), int(log.offsets[end])
        rows = log.events.select(of_events)[first:last].rows() if of_events else [()] * (last - first)
        heads = log.case_rows[begin:end].rows() if of_cases else [()] * (end - begin)
        pieces = []
        for case in range(begin, end):
            told = _attributes(of_cases, heads[case - begin])
            pieces.append(f"<trace>{_attribute('concept:name', log.cases[case])}{told}\n")
            for event in range(int(log.offsets[case]), int(log.offsets[case + 1])):
                stamp = _attribute("time:timestamp", moment(log.at[event]))
                told = _attributes(of_events, rows[event - first])
                pieces.append(f"<event>{labels[log.step[event]]}{stamp}{told}</event>\n")
            pieces.append("</trace>\n")
        yield "".join(pieces)
    yield "</log>\n"


def _attributes(names: list[str], values: tuple[Any, ...]) -> str:
    pairs = zip(names, values, strict=True)
    return "".join(_attribute(name, value) for name, value in pairs if value is not None)


def _attribute(name: str, value: Any) -> str:
    match value:
        case bool():
            kind, said = "boolean", str(value).lower()
        case int():
            kind, said = "int", str(value)
        case float():
            kind, said = "float", repr(value)
        case datetime():
            kind, said = "date", value.isoformat(timespec="microseconds")
        case _:
            kind, said = "string", str(value)
    key, told = (quoteattr(_NOT_XML.sub("", text)) for text in (name, said))
    return f"<{kind} key={key} value={told}/>"
