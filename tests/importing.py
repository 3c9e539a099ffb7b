"""Files that become records: received, looked at, imported and given back, as the screens have it done."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from portulan.automation import worker
from portulan.base import clock
from portulan.connectors import operations, queries
from portulan.connectors.choices import Choices
from portulan.connectors.operations import Received
from portulan.people.actor import Actor
from portulan.records import runtime


def written(*lines: str) -> bytes:
    """Return a file of some lines."""
    return "\n".join(lines).encode()


def received(actor: Actor, object_name: str, raw: bytes, name: str = "fichier.csv") -> UUID:
    """Receive a file, and return its import."""
    return operations.upload(actor, object_name=object_name, file=Received(name, [raw]), at=clock.now())


def work() -> None:
    """Do all that waits."""
    while worker.run_once(at=clock.now() + timedelta(seconds=5)):
        pass


def looked(actor: Actor, import_id: UUID, **choices: Any) -> dict[str, Any]:
    """Decide, look at what the file would become, and return the import."""
    one = queries.get_import(actor, import_id=import_id)
    chosen = Choices.model_validate(one["choices"] | choices)
    operations.choose(actor, import_id=import_id, choices=chosen)
    operations.look(actor, import_id=import_id, at=clock.now())
    work()
    return queries.get_import(actor, import_id=import_id)


def imported(actor: Actor, object_name: str, raw: bytes, **choices: Any) -> dict[str, Any]:
    """Import a file, and return the import."""
    import_id = received(actor, object_name, raw)
    assert looked(actor, import_id, **choices)["state"] == "looked"
    operations.start(actor, import_id=import_id, at=clock.now())
    work()
    return queries.get_import(actor, import_id=import_id)


def undone(actor: Actor, one: dict[str, Any]) -> dict[str, Any]:
    """Give an import back, and return it."""
    operations.undo(actor, import_id=UUID(one["id"]), at=clock.now())
    work()
    return queries.get_import(actor, import_id=UUID(one["id"]))


def held(object_name: str, *names: str) -> list[tuple[Any, ...]]:
    """Return what the live records of an object hold."""
    model = runtime.current().model(object_name)
    return list(model.objects.filter(deleted_at=None).order_by("pk").values_list(*names))
