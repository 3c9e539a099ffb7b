"""A map as a picture: what the canvas shows, drawn for paper as SVG, and laid out on A4 or A3 as PDF.

Owns how a printed map looks: title, date, legend, pages. The canvas says where everything stands and what it
says; every text is escaped and every number bounded. Refuses to draw more than a map holds.
"""

from collections.abc import Iterator
from datetime import date
from html import escape
from math import ceil
from typing import Literal

from babel.dates import format_date

from portulan.base import paper as papers
from portulan.base import texts
from portulan.maps.files import File
from portulan.maps.ink import (
    FONT,
    LETTER,
    SOFT,
    TONES,
    Box,
    Hand,
    line,
    lines,
    rect,
    said_on,
    shape,
    text,
    tint,
)
from portulan.maps.model import Map
from portulan.maps.sight import Sight, Tone

Paper = Literal["svg", "a4", "a3"]

_WAITS: tuple[Tone, ...] = ("w0", "w1", "w2", "w3", "w4")
_GAPS: tuple[Tone, ...] = ("added", "moved", "criteria", "changed", "removed")
_GROUND = "#fbfaf7"
_LEFT, _HEAD, _FOOT, _RIGHT = 130.0, 92.0, 46.0, 30.0
#: Millimetres of the sheet and its margin, and pixels in one of them.
_SHEETS: dict[Paper, tuple[float, float]] = {"a4": (297, 210), "a3": (420, 297)}
_MARGIN, _PIXELS, _PAGE_FOOT = 10.0, 96 / 25.4, 24.0
#: Below the first scale letters are too small to read: the second is taken, over several sheets.
_SMALLEST, _READABLE, _SHARED = 0.42, 0.6, 40.0


def drawing(drawn: Map, sight: Sight, *, paper: Paper, lang: str, on: date) -> File:
    """Return the picture of a map on a day, as an SVG or as a PDF of one or several sheets.

    :raises PdfNotHere: when a PDF is asked for and the machine cannot lay one out.
    """
    if paper == "svg":
        whole = _svg(drawn, sight, lang, on)
        return File(f"{drawn.uid}.svg", "image/svg+xml", whole.encode())
    html = _sheets(drawn, sight, paper, lang, on)
    return File(f"{drawn.uid}.pdf", "application/pdf", papers.write_pdf(html))


def _size(sight: Sight) -> tuple[float, float]:
    return _LEFT + sight.width + _RIGHT, _HEAD + sight.height + _FOOT


def _svg(drawn: Map, sight: Sight, lang: str, on: date) -> str:
    width, height = _size(sight)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" aria-label="{escape(drawn.title)}">'
        f"{_inside(drawn, sight, lang, on)}</svg>\n"
    )


def _inside(drawn: Map, sight: Sight, lang: str, on: date) -> str:
    width, height = _size(sight)
    parts = [
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="{_GROUND}"/>',
        *_title(drawn, lang, on),
        *_ground(sight, width),
        f'<g transform="translate({_LEFT} {_HEAD})">',
        *(part for one in sight.lines for part in line(one)),
        *(part for one in sight.lines for part in said_on(one)),
        *(part for one in sight.shapes for part in shape(one)),
        "</g>",
        *_legend(sight, lang, height - 18),
    ]
    return "".join(parts)


def _sheets(drawn: Map, sight: Sight, paper: Paper, lang: str, on: date) -> str:
    """Return the HTML of the sheets: one when the map stays readable on it, else as many as it takes."""
    inside = _inside(drawn, sight, lang, on)
    long, short = ((side - 2 * _MARGIN) * _PIXELS for side in _SHEETS[paper])
    windows = _windows(_size(sight), (long, short - _PAGE_FOOT))
    pages = []
    for n, (x, y, w, h) in enumerate(windows, 1):
        said = f"{drawn.title} · {texts.say('maps.drawing_page', lang, n=n, all=len(windows))}"
        pages.append(
            f'<section><svg viewBox="{x:.1f} {y:.1f} {w:.1f} {h:.1f}" width="{long:.1f}" '
            f'height="{short - _PAGE_FOOT:.1f}">{inside}</svg><p>{escape(said)}</p></section>'
        )
    style = (
        f"@page{{size:{paper.upper()} landscape;margin:{_MARGIN}mm}}body{{margin:0;font:8pt {FONT};"
        f"color:{SOFT}}}section{{break-after:page}}section:last-child{{break-after:auto}}svg{{display:block}}"
        "p{margin:6px 0 0}"
    )
    head = f"<meta charset=utf-8><title>{escape(drawn.title)}</title><style>{style}</style>"
    return f"<!doctype html><html lang={lang}>{head}<body>{''.join(pages)}</body></html>"


def _windows(
    size: tuple[float, float], sheet: tuple[float, float]
) -> list[tuple[float, float, float, float]]:
    """Return what each sheet shows of a picture: its left, its top, its width and its height."""
    scale = min(1.0, *(there / here for here, there in zip(size, sheet, strict=True)))
    if scale < _SMALLEST:
        scale = _READABLE
    across, down = (side / scale for side in sheet)
    columns, rows = (
        max(1, ceil((here - _SHARED) / (there - _SHARED)))
        for here, there in zip(size, (across, down), strict=True)
    )
    return [
        (column * (across - _SHARED), row * (down - _SHARED), across, down)
        for row in range(rows)
        for column in range(columns)
    ]


def _title(drawn: Map, lang: str, on: date) -> Iterator[str]:
    scope = drawn.scope
    day = format_date(on, format="long", locale=lang)
    said = [
        texts.say(f"maps.state_{drawn.state}", lang),
        scope.cycle,
        ", ".join((*scope.segments, *scope.countries, *scope.entities)),
        texts.say("maps.drawing_dated", lang, date=day),
    ]
    yield text(drawn.title, 16, 30, Hand(18, weight=640))
    yield text(" · ".join(part for part in said if part), 16, 50, Hand(12, SOFT))


def _ground(sight: Sight, width: float) -> Iterator[str]:
    for band in sight.bands:
        y, middle = _HEAD + band.y, _HEAD + band.y + band.h / 2
        yield rect(Box(0, y, width, band.h, tint(band.hue, 0.965), tint(band.hue, 0.9)))
        yield rect(Box(0, y, 4, band.h, tint(band.hue, 0.6)))
        for row, part in enumerate(lines(band.label, _LEFT - 24, 3)):
            yield text(part, 14, middle - 3 + row * 14, Hand(11.5, weight=580))
    for column in sight.columns:
        yield text(column.label, _LEFT + column.x + 22, _HEAD - 12, Hand(12, SOFT, 580))


def _legend(sight: Sight, lang: str, y: float) -> Iterator[str]:
    """Explain the colours and signs that the picture uses, and no others."""
    used = {one.tone for one in sight.shapes} | {one.tone for one in sight.lines}
    marks: list[tuple[list[str], str]] = [
        ([TONES[tone]], texts.say(f"maps.drawing_tone_{tone}", lang)) for tone in _GAPS if tone in used
    ]
    if used & set(_WAITS):
        marks.append(([TONES[tone] for tone in _WAITS], texts.say("maps.drawing_tone_wait", lang)))
    if any(one.frictions for one in sight.shapes):
        marks.append(([TONES["removed"]], texts.say("maps.drawing_frictions", lang)))
    x = 16.0
    for colours, said in marks:
        for colour in colours:
            yield rect(Box(x, y - 9, 12, 10, colour, radius=2))
            x += 14
        yield text(said, x + 4, y, Hand(11, SOFT))
        x += len(said) * LETTER + 30
    if any(one.back for one in sight.lines):
        stroke = f'stroke="{TONES["plain"]}" stroke-width="1.5" stroke-dasharray="5 4"'
        yield f'<path d="M{x} {y - 4}h26" {stroke}/>'
        yield text(texts.say("maps.drawing_back", lang), x + 32, y, Hand(11, SOFT))
