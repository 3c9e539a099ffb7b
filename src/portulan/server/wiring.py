"""Where upper rooms give lower ones what they need: every registry is filled here, once, at start."""

from portulan.automation import outbox, scenarios
from portulan.automation.jobs import JOBS
from portulan.blueprint.policy import BlueprintPolicy
from portulan.events import log
from portulan.maps.policy import MapPolicy
from portulan.mining import operations as mining
from portulan.mining.policy import LogPolicy
from portulan.people import rights
from portulan.people.policy import PersonPolicy
from portulan.records.policy import RecordPolicy


def wire() -> None:
    """Fill the registries of the product; doing it twice changes nothing."""
    for kind, policy in _POLICIES.items():
        rights.POLICIES.register(kind, policy)
    log.LISTENERS.register("automation", outbox.note)
    JOBS.register(scenarios.RUN, scenarios.run)
    JOBS.register(mining.IMPORT, mining.run_import)


_POLICIES: dict[str, rights.Policy] = {
    "map": MapPolicy(),
    "log": LogPolicy(),
    "person": PersonPolicy(),
    "blueprint": BlueprintPolicy(),
    "record": RecordPolicy(),
}
