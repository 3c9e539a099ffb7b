"""How the parts of a printed map are drawn in SVG: shapes, lines, texts on several lines.

Every text is escaped.
"""

import colorsys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from portulan.maps.sight import DrawnLine, DrawnShape, Tone

TONES: Mapping[Tone, str] = {
    "plain": "#b9b6ad", "added": "#17845f", "moved": "#3552c8", "criteria": "#b5770f", "changed": "#7a4fc4",
    "removed": "#cf4020", "won": "#17845f", "lost": "#cf4020", "closed": "#656a75",
    "w0": "#8fb9ae", "w1": "#d9c27a", "w2": "#eba54a",
    "w3": "#de6d2d", "w4": "#b8321a",
}  # fmt: skip
INK, SOFT = "#1a1c22", "#555a65"
FONT = "'Inter Variable', Inter, 'DejaVu Sans', sans-serif"
#: Width of a letter at 12 points, and the lines that a box holds.
LETTER, _LINES = 6.4, 2


@dataclass(frozen=True)
class Hand:
    """How a text is written."""

    size: float = 12
    colour: str = INK
    weight: int = 500
    anchor: str = "start"


@dataclass(frozen=True)
class Box:
    """A rectangle with round corners; what it is filled and ringed with."""

    x: float
    y: float
    w: float
    h: float
    fill: str
    stroke: str = "none"
    radius: float = 0


def shape(one: DrawnShape) -> Iterator[str]:
    """Yield a step, what is measured there, and how many irritants it has."""
    colour = TONES[one.tone]
    if one.shape == "gateway":
        yield f'<path d="{_hexagon(one)}" fill="#fff" stroke="{colour}" stroke-width="1.4"/>'
    else:
        radius = one.h / 2 if one.shape == "final" else 9
        yield rect(Box(one.x, one.y, one.w, one.h, "#fff", colour, radius))
    if one.shape == "step":
        yield rect(Box(one.x, one.y + 8, 3.5, max(0.0, one.h - 16), colour, radius=1.5))
    parts = [(part, Hand(12, INK, anchor="middle")) for part in lines(one.label, one.w - 26, _LINES)]
    parts += [(one.said, Hand(11, SOFT, anchor="middle"))] if one.said else []
    top = one.y + one.h / 2 - (len(parts) - 1) * 7.5 + 4
    for row, (part, hand) in enumerate(parts):
        yield text(part, one.x + one.w / 2, top + row * 15, hand)
    if one.frictions:
        x, y = one.x + one.w - 6, one.y + 2
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8" fill="{TONES["removed"]}"/>'
        yield text(str(one.frictions), x, y + 4, Hand(10, "#fff", anchor="middle"))


def line(one: DrawnLine) -> Iterator[str]:
    """Yield a passage and its arrow."""
    colour = TONES[one.tone]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in one.points)
    dash = ' stroke-dasharray="5 4"' if one.back or one.tone == "added" else ""
    yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{one.width}"{dash}/>'
    yield f'<path d="{_arrow(one.points)}" fill="{colour}"/>'


def said_on(one: DrawnLine) -> Iterator[str]:
    """Yield what is written on a passage, to be drawn over every line."""
    x, y = one.at
    if one.label:
        yield text(one.label, x, y + one.words, Hand(11, SOFT, anchor="middle"))
    if one.said:
        half = len(one.said) * LETTER / 2 + 3
        yield rect(Box(x - half, y - 8, half * 2, 16, "#fff", radius=5))
        yield text(one.said, x, y + 4, Hand(11, anchor="middle"))


def _hexagon(one: DrawnShape) -> str:
    x, y, right, bottom, half = one.x, one.y, one.x + one.w, one.y + one.h, one.y + one.h / 2
    return f"M{x + 14} {y}H{right - 14}L{right} {half}L{right - 14} {bottom}H{x + 14}L{x} {half}Z"


def _arrow(points: Sequence[tuple[float, float]]) -> str:
    (fx, fy), (x, y) = points[-2], points[-1]
    length = ((x - fx) ** 2 + (y - fy) ** 2) ** 0.5 or 1.0
    c, s = (x - fx) / length * 7, (y - fy) / length * 7
    tips = ((x, y), (x - c - s * 0.55, y - s + c * 0.55), (x - c + s * 0.55, y - s - c * 0.55))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in tips) + "Z"


def text(said: str, x: float, y: float, hand: Hand = Hand()) -> str:
    """Return a text on one line."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="{hand.size}" '
        f'font-weight="{hand.weight}" fill="{hand.colour}" text-anchor="{hand.anchor}">'
        f"{escape(said)}</text>"
    )


def rect(box: Box) -> str:
    """Return a rectangle."""
    return (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.w:.1f}" height="{box.h:.1f}" rx="{box.radius}" '
        f'fill="{box.fill}" stroke="{box.stroke}" stroke-width="1.4"/>'
    )


def tint(hue: int, light: float) -> str:
    """Return a colour of a hue, as light as asked for."""
    r, g, b = colorsys.hls_to_rgb(hue / 360, light, 0.45)
    return f"#{round(r * 255):02x}{round(g * 255):02x}{round(b * 255):02x}"


def lines(said: str, width: float, most: int) -> list[str]:
    """Return the text on as many lines as there are, the last one cut when it does not fit."""
    letters = max(4, int(width / LETTER))
    rows = [""]
    for word in said.split():
        joined = f"{rows[-1]} {word}".strip()
        if len(joined) <= letters or not rows[-1]:
            rows[-1] = joined
        else:
            rows.append(word)
    kept = [row if len(row) <= letters else f"{row[: letters - 1]}…" for row in rows[:most]]
    if len(rows) > most:
        kept[-1] = f"{kept[-1][: letters - 1].rstrip('…')}…"
    return kept
