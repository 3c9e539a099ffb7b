"""Where the elements of a map stand: a second document that the compiler never reads."""

from pydantic import Field

from portulan.base.value import ElementId, Value


class Position(Value):
    """The top left corner of an element, in canvas pixels; `placed` when a person put it there."""

    x: float = Field(allow_inf_nan=False)
    y: float = Field(allow_inf_nan=False)
    placed: bool = False


class Layout(Value):
    """Positions by element id; an element that is absent is laid out automatically."""

    positions: dict[ElementId, Position] = {}
