"""What the canvas shows of a map: where everything stands, what it says, in which colour.

Owns the bounds: every number is finite and every text short, for it comes from a browser.
"""

from typing import Annotated, Literal

from pydantic import Field

from portulan.base.value import Value
from portulan.maps.model import MOST_PASSAGES, MOST_STEPS

Gap = Literal["added", "moved", "criteria", "changed", "removed"]
Tone = Gap | Literal["plain", "won", "lost", "closed", "w0", "w1", "w2", "w3", "w4"]
Place = Annotated[float, Field(ge=-1e5, le=1e5, allow_inf_nan=False)]
Length = Annotated[float, Field(ge=0, le=1e5, allow_inf_nan=False)]
Text = Annotated[str, Field(max_length=400)]


class DrawnBand(Value):
    """A lane, from its top."""

    label: Text
    hue: int = Field(default=220, ge=0, le=360)
    y: Place
    h: Length


class DrawnPhase(Value):
    """A phase, from its left side."""

    label: Text
    x: Place


class DrawnShape(Value):
    """A step as the canvas shows it; `said` is what is measured there."""

    label: Text
    shape: Literal["step", "gateway", "final"] = "step"
    x: Place
    y: Place
    w: Length
    h: Length
    tone: Tone = "plain"
    said: Text = ""
    frictions: int = Field(default=0, ge=0, le=999)


class DrawnLine(Value):
    """A passage as the canvas shows it: what is measured stands at `at`, its label so far above or below."""

    points: list[tuple[Place, Place]] = Field(min_length=2, max_length=60)
    at: tuple[Place, Place]
    words: float = Field(default=-10, ge=-40, le=40, allow_inf_nan=False)
    label: Text = ""
    said: Text = ""
    tone: Tone = "plain"
    width: float = Field(default=1.5, ge=0.5, le=8)
    back: bool = False


class Sight(Value):
    """What the canvas shows of a map."""

    width: Length
    height: Length
    bands: list[DrawnBand] = Field(default=[], max_length=200)
    columns: list[DrawnPhase] = Field(default=[], max_length=200)
    shapes: list[DrawnShape] = Field(default=[], max_length=MOST_STEPS)
    lines: list[DrawnLine] = Field(default=[], max_length=MOST_PASSAGES)
