"""Who a map names: the roles that act on it, and those it asks something although no step is theirs."""

from collections.abc import Iterator

from portulan.maps.findings import Finding, warning
from portulan.maps.model import Automatic, Map
from portulan.maps.rules import HIERARCHY, AskApproval, Assign, CreateTask, Notify

#: Professions that a customer process forgets at its own risk.
OFTEN_FORGOTTEN = ("finance", "adv", "support")


def lint(drawn: Map) -> Iterator[Finding]:
    """Return the roles that are forgotten: never named, or asked something where no step is theirs."""
    if not drawn.steps:
        return
    acting = roles_acting(drawn)
    for role in OFTEN_FORGOTTEN:
        if role not in acting:
            yield warning(f"forgotten_{role}", drawn.steps[0].id, role)
    known = {*acting, *OFTEN_FORGOTTEN}
    for role, element in _concerned(drawn).items():
        if role not in known:
            yield warning("forgotten_actor", element, role, role=role)


def roles_acting(drawn: Map) -> set[str]:
    """Return the roles that have a lane or a step."""
    lanes = {lane.role for lane in drawn.lanes if lane.role}
    return lanes | {actor for step in drawn.steps for actor in step.actors}


def _concerned(drawn: Map) -> dict[str, str]:
    """Return the roles that something is asked of or told, each with the first element that does."""
    found: dict[str, str] = {}
    for step in drawn.steps:
        approvers = [role for one in step.approvals for role in one.approvers if role != HIERARCHY]
        for role in (*_told(step.automations), *approvers):
            found.setdefault(role, step.id)
    for way in drawn.passages:
        for role in _told(way.after):
            found.setdefault(role, way.id)
    return found


def _told(notes: tuple[Automatic, ...]) -> Iterator[str]:
    for action in (one for note in notes if note.rule for one in note.rule.actions):
        match action:
            case CreateTask() | Notify():
                if action.to != "owner":
                    yield action.to
            case Assign():
                yield action.role
            case AskApproval(role=role) if role != HIERARCHY:
                yield role
