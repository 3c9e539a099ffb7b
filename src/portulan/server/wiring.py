"""Where upper rooms give lower ones what they need: every registry is filled here, once, at start."""

from portulan.maps.policy import MapPolicy
from portulan.people import rights
from portulan.people.policy import PersonPolicy
from portulan.records.policy import RecordPolicy


def wire() -> None:
    """Fill the registries of the product; doing it twice changes nothing."""
    for kind, policy in _POLICIES.items():
        rights.POLICIES.register(kind, policy)


_POLICIES: dict[str, rights.Policy] = {
    "map": MapPolicy(),
    "person": PersonPolicy(),
    "record": RecordPolicy(),
}
