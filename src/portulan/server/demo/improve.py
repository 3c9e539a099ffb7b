"""What Nordet published and did not build yet: the next version of its sales map, which waits as a plan."""

from datetime import datetime

from portulan.automation import scenarios
from portulan.maps import operations, queries
from portulan.maps.model import Answered, Automatic, Information, Map
from portulan.people import actor as actors
from portulan.people import queries as directory
from portulan.server.demo import company

_NUMBER = Information(
    id="commande_client",
    label="Numéro de commande du client",
    type="text",
    born="Bon de commande du client",
    circulates="Repris sur la facture",
    stored="Fiche de l’affaire",
)
_LARGE = Automatic.model_validate(
    {
        "id": "au_grande_affaire",
        "label": "Prévenir la direction dès qu’une affaire de plus de 50 000 € se négocie",
        "rule": {
            "condition": {"field": "amount", "test": "greater", "value": 50000},
            "actions": [
                {"do": "notify", "to": "direction", "text": "Une grande affaire entre en négociation."}
            ],
        },
    }
)
#: What the owner of the maps wants of the next version: irritants of the map as it is, and what answers them.
_ANSWERS = (
    Answered(element="negociation", friction="fr_ressaisie_erp"),
    Answered(element="demo_realisee", friction="fr_besoin_redemande"),
)


def improve(at: datetime) -> None:
    """Draw what lacks to « Négociation », publish it, and play the scenarios on what it would build."""
    actor = directory.actor_named(actors.system(), email=company.OWNER)
    found = queries.find_map_of(actor, uid="vente", state="to_be")
    if found is None:
        return
    known = queries.get_map(actor, id=found)
    operations.save(
        actor, id=found, version=known.version, drawn=_improved(known.map), layout=known.layout, at=at
    )
    operations.publish(actor, id=found, at=at)
    scenarios.prove(actor, at=at)


def _improved(drawn: Map) -> Map:
    step = drawn.step("negociation")
    better = step.model_copy(
        update={
            "information": (*step.information, _NUMBER),
            "automations": (*step.automations, _LARGE),
        }
    )
    return drawn.model_copy(
        update={
            "answers": _ANSWERS,
            "steps": tuple(better if one.id == step.id else one for one in drawn.steps),
        }
    )
