"""Where the elements of a map stand: a second document that the compiler never reads."""

from portulan.base.value import ElementId, Value


class Position(Value):
    """The top left corner of an element, in canvas pixels; `placed` when a person put it there."""

    x: float
    y: float
    placed: bool = False


class Layout(Value):
    """Positions by element id; an element that is absent is laid out automatically."""

    positions: dict[ElementId, Position] = {}
