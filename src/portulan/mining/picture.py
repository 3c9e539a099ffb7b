"""The picture of a flow as one SVG: wait is colour, frequency is thickness, both with a number."""

import math
from collections import Counter
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from portulan.mining import layers
from portulan.mining.flow import Flow
from portulan.mining.sentences import count, span
from portulan.mining.view import View

_W, _H, _GAP_X, _GAP_Y, _MARGIN = 176, 62, 96, 46, 40
_HEAD = 64
_DAY = 86_400
_SCALE = ((1, "#8fb9ae"), (3, "#d9c27a"), (7, "#eba54a"), (14, "#de6d2d"), (math.inf, "#b8321a"))
_STYLE = (
    "text{font:500 12px Inter,system-ui,sans-serif;fill:#1a1c22}"
    ".n{font-size:11px;fill:#555a65;font-variant-numeric:tabular-nums}"
    ".t{font-size:16px;font-weight:620}.s{font-size:12px;fill:#555a65}"
)


@dataclass(frozen=True)
class _Box:
    x: float
    y: float


def picture(
    flow: Flow, view: View, *, order: list[float], title: str, sentence: str, lang: str = "fr"
) -> str:
    """Return the SVG of what the view shows. `order` is the mean place of each step in its cases."""
    shown = sorted(np.flatnonzero(view.shown).tolist(), key=lambda edge: int(flow.count[edge]))
    boxes = _boxes(flow, shown, order)
    width = max((box.x for box in boxes.values()), default=0) + _W + _MARGIN
    height = max((box.y for box in boxes.values()), default=0) + _H + 2 * _MARGIN
    drawn = [_arc(flow, edge, boxes, lang) for edge in shown]
    drawn += [_node(flow, code, box, lang) for code, box in boxes.items()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" aria-label={quoteattr(title)}>'
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fbfaf7"/>'
        f'<text class="t" x="{_MARGIN}" y="34">{escape(title)}</text>'
        f'<text class="s" x="{_MARGIN}" y="54">{escape(sentence)}</text>{"".join(drawn)}</svg>\n'
    )


def _boxes(flow: Flow, shown: list[int], order: list[float]) -> dict[int, _Box]:
    """Return where each step stands, layers centred on each other."""
    arcs = [(int(flow.source[e]), int(flow.target[e])) for e in shown]
    places = layers.place(range(len(flow.steps)), arcs, order)
    sizes = Counter(place.layer for place in places.values())
    tallest = max(sizes.values(), default=0)
    return {
        code: _Box(
            _MARGIN + place.layer * (_W + _GAP_X),
            _HEAD + _MARGIN + (place.row + (tallest - sizes[place.layer]) / 2) * (_H + _GAP_Y),
        )
        for code, place in places.items()
    }


def colour(seconds: float) -> str:
    """Return the colour of a wait, from calm to late (under 1, 3, 7, 14 days, and above)."""
    days = 0.0 if math.isnan(seconds) else seconds / _DAY
    return next(tone for limit, tone in _SCALE if days < limit)


def _node(flow: Flow, code: int, box: _Box, lang: str) -> str:
    wait = float(flow.sojourns.median[code])
    left, right, low = box.x + 14, box.x + _W - 10, box.y + _H - 8
    label = "".join(
        f'<tspan x="{left:.0f}" dy="{16 if line else 0}">{escape(text)}</tspan>'
        for line, text in enumerate(_wrapped(flow.steps[code]))
    )
    facts = count(int(flow.step_cases[code]), lang)
    if not math.isnan(wait):
        facts = f"{span(wait, lang)} · {facts}"
    return (
        f'<g><rect x="{box.x:.0f}" y="{box.y:.0f}" width="{_W}" height="{_H}" rx="9" fill="#fff" '
        f'stroke="#dbd8d0"/><rect x="{box.x + 5:.0f}" y="{box.y + 7:.0f}" width="3" height="{_H - 14}" '
        f'rx="1.5" fill="{colour(wait)}"/><text x="{left:.0f}" y="{box.y + 20:.0f}">{label}</text>'
        f'<text class="n" text-anchor="end" x="{right:.0f}" y="{low:.0f}">{escape(facts)}</text></g>'
    )


def _arc(flow: Flow, edge: int, boxes: dict[int, _Box], lang: str) -> str:
    a, b = boxes[int(flow.source[edge])], boxes[int(flow.target[edge])]
    wait = float(flow.waits.median[edge])
    thick = 1 + 6 * math.sqrt(int(flow.count[edge]) / int(flow.count.max()))
    path, tip, middle = _curve(a, b)
    dash = ' stroke-dasharray="5 4"' if b.x <= a.x else ""
    label = f"{count(int(flow.count[edge]), lang)} · {span(wait, lang)}"
    half = 3.1 * len(label) + 6
    tone = colour(wait)
    return (
        f'<g><path d="{path}" fill="none" stroke="{tone}" stroke-width="{thick:.1f}" '
        f'stroke-opacity=".8"{dash}/>'
        f'<circle cx="{tip.x:.0f}" cy="{tip.y:.0f}" r="{2.5 + thick / 2:.1f}" fill="{tone}"/>'
        f'<rect x="{middle.x - half:.0f}" y="{middle.y - 9:.0f}" width="{2 * half:.0f}" height="18" rx="4" '
        f'fill="#fff" stroke="#e9e7e1"/><text class="n" text-anchor="middle" x="{middle.x:.0f}" '
        f'y="{middle.y + 4:.0f}">{escape(label)}</text></g>'
    )


def _curve(a: _Box, b: _Box) -> tuple[str, _Box, _Box]:
    """Return the path from a to b, its tip, and where its label stands."""
    if b.x > a.x:
        x1, y1, x2, y2 = a.x + _W, a.y + _H / 2, b.x, b.y + _H / 2
        bend = max((x2 - x1) / 2, 30)
        path = f"M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
        return path, _Box(x2, y2), _Box((x1 + x2) / 2, (y1 + y2) / 2)
    reach = 30 if a == b else 0
    x1, y1, x2, y2 = a.x + _W / 2 + reach, a.y + _H, b.x + _W / 2 - reach, b.y + _H
    low = max(y1, y2) + 34 + abs(x1 - x2) * 0.08
    path = f"M{x1:.0f} {y1:.0f}C{x1:.0f} {low:.0f} {x2:.0f} {low:.0f} {x2:.0f} {y2:.0f}"
    return path, _Box(x2, y2), _Box((x1 + x2) / 2, (y1 + y2) / 8 + low * 0.75)


def _wrapped(label: str) -> list[str]:
    words, lines = label.split(), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) > 22:  # noqa: PLR2004 - what fits in a box
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:  # noqa: PLR2004 - two lines fit
        lines = [lines[0], lines[1][:20] + "…"]
    return [line if len(line) < 26 else line[:25] + "…" for line in lines]  # noqa: PLR2004 - what fits in a box
