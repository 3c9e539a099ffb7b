"""What is handed to a throw-away house: the blueprint to build there and the scenarios to play, as JSON."""

from portulan.base.value import Value
from portulan.blueprint.schema import Blueprint
from portulan.maps.scenarios import Scenario


class Case(Value):
    """A scenario and the map that it belongs to."""

    map: str
    scenario: Scenario


class Script(Value):
    """Scenarios to play on a blueprint; with a role, everybody in them acts in that role."""

    blueprint: Blueprint
    cases: tuple[Case, ...]
    role: str | None = None
