"""What leaves a log as a file: variants, flow and cases as CSV, the picture as SVG, the chosen cases as XES.

Owns the columns of those files and the defence against formulas. Figures are those of the screen; lengths
of time are in hours. What holds rows of cases is for those who may take them out, and the log keeps that it
was done.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal
from uuid import UUID

from portulan.base import calendar as calendars
from portulan.base import tables, texts
from portulan.events import log as events
from portulan.mining import modelling, picture, queries, sentences, show, structured, tell, winners, write_xes
from portulan.mining.happenings import LogTaken
from portulan.mining.queries import FlowAsked
from portulan.mining.study import Study
from portulan.people import rights
from portulan.people.actor import Actor

Form = Literal["variants", "flow", "cases", "winning", "svg", "xes", "bpmn"]
#: What holds rows of cases, not only figures about many.
_ROWS: frozenset[Form] = frozenset({"cases", "xes"})
_MEDIA: dict[Form, tuple[str, str]] = {
    "variants": ("csv", "text/csv; charset=utf-8"),
    "flow": ("csv", "text/csv; charset=utf-8"),
    "cases": ("csv", "text/csv; charset=utf-8"),
    "winning": ("csv", "text/csv; charset=utf-8"),
    "svg": ("svg", "image/svg+xml"),
    "xes": ("xes", "application/xml"),
    "bpmn": ("bpmn", "application/xml"),
}
#: What the files that are no tables are named by.
_NAMED: dict[Form, str] = {"svg": "flow", "xes": "cases", "bpmn": "model"}
_BATCH, _HOUR = 2_000, 3_600


@dataclass(frozen=True)
class Taken:
    """A file to save: its name, its media type, its content in pieces."""

    name: str
    media: str
    pieces: Iterable[str]


def take(actor: Actor, *, log_id: UUID, form: Form, asked: FlowAsked, at: datetime) -> Taken:
    """Return what a view of a log gives to take away, and note that cases left.

    :raises NotAllowed: when the actor takes no cases out.
    :raises FilterNotValid: when a filter cannot be read or names what the log does not hold.
    """
    row = queries.row(actor, log_id=log_id)
    if form in _ROWS:
        rights.require(actor, "export", "log")
    study = queries.study(actor, log=str(log_id), filters=asked.filters, at=at)
    what = LogTaken(row.name, form, len(study.log.cases), asked.filters)
    events.append(what, actor=actor, subject=f"log:{log_id}", at=at)
    suffix, media = _MEDIA[form]
    name = f"{row.name} – {texts.say(f'mining.taken_{_NAMED.get(form, form)}', actor.lang)}.{suffix}"
    return Taken(name, media, _pieces(study, form, asked, row.name, actor.lang))


def _pieces(study: Study, form: Form, asked: FlowAsked, title: str, lang: str) -> Iterable[str]:
    match form:
        case "xes":
            return write_xes.written(study.log)
        case "bpmn":
            return [_model(study, title, lang)]
        case "svg":
            return [_picture(study, asked, title, lang)]
        case _:
            return _csv(_TABLES[form](study, lang), lang)


def _model(study: Study, title: str, lang: str) -> str:
    mined = modelling.needed(study)
    return structured.drawing(study, mined, title=title, lang=lang).as_bpmn().decode()


def _picture(study: Study, asked: FlowAsked, title: str, lang: str) -> str:
    shown = show.show(study, paths=asked.paths, steps=asked.steps)
    sentence = sentences.worst(study, study.blockages, lang) or ""
    order = shown.study.log.mean_places.tolist()
    return picture.picture(shown.flow, shown.view, order=order, title=title, sentence=sentence, lang=lang)


Row = list[Any]


def _variants(study: Study, lang: str) -> Iterator[Row]:
    yield _said(lang, "rank", "cases", "share", "median", "won", "path")
    for rank, one in enumerate(show.variants(study, most=len(study.variants.cases)), start=1):
        path = " → ".join(study.label(step) for step in one.steps)
        yield [rank, one.cases, one.share, _hours(one.median_seconds), one.won_share, path]


def _flow(study: Study, lang: str) -> Iterator[Row]:
    yield _said(lang, "from", "to", "times", "cases", "median", "p90", "working_median", "working_p90")
    found = study.flow
    waits = found.waits
    spans = (waits.median, waits.p90, waits.working_median, waits.working_p90)
    for edge in range(len(found.count)):
        ends = (study.labels[int(found.source[edge])], study.labels[int(found.target[edge])])
        told = (_hours(tell.number(float(span[edge]))) for span in spans)
        yield [*ends, int(found.count[edge]), int(found.edge_cases[edge]), *told]


def _cases(study: Study, lang: str) -> Iterator[Row]:
    log = study.log
    attributes = [name.removeprefix("case:") for name in log.case_rows.columns]
    yield [*_said(lang, "case", "first", "last", "events", "length", "variant"), *attributes]
    firsts, lasts, lengths = log.at[log.first], log.at[log.last], log.lengths
    for case, row in enumerate(log.case_rows.iter_rows() if attributes else ((),) * len(log.cases)):
        yield [
            log.cases[case],
            tell.moment(firsts[case]),
            tell.moment(lasts[case]),
            int(lengths[case]),
            _hours(float(study.cycles[case])),
            int(study.variants.of_case[case]) + 1,
            *row,
        ]


def _winning(study: Study, lang: str) -> Iterator[Row]:
    shares = ("won", "others", "others_won", "difference", "low", "high", "chance")
    yield _said(lang, "what", "least", "most", "cases", *shares)
    for one in winners.told(study, lang, most=None).patterns:
        bounds = (one.least, one.most) if one.what == "count" else map(_hours, (one.least, one.most))
        sides = (one.cases, one.won / one.cases, one.others, one.others_won / one.others)
        yield [one.subject, *bounds, *sides, one.difference, one.low, one.high, one.chance]


def _said(lang: str, *names: str) -> Row:
    return [texts.say(f"mining.column_{name}", lang) for name in names]


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / _HOUR


def _csv(rows: Iterator[Row], lang: str) -> Iterator[str]:
    """Yield rows as the text of a CSV file that runs nothing in a spreadsheet."""
    delimiter, decimal = tables.HABITS[lang]
    yield tables.BOM
    while batch := [[_cell(value, decimal) for value in row] for row in islice(rows, _BATCH)]:
        yield tables.lines(batch, delimiter)


def _cell(value: Any, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}".replace(".", decimal)
    if isinstance(value, datetime):
        return f"{value.astimezone(calendars.DEFAULT.tz):%Y-%m-%d %H:%M:%S}"
    return str(value) if isinstance(value, int) else tables.inert(str(value))


_TABLES: dict[Form, Callable[[Study, str], Iterator[Row]]] = {
    "variants": _variants,
    "flow": _flow,
    "cases": _cases,
    "winning": _winning,
}
