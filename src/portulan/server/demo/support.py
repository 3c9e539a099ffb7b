"""Tickets walking the support map: most are solved within days, many wait for the client.

Pure. Like deals, every passage fills what its gate asks for.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import Any

from portulan.server.demo import names
from portulan.server.demo.company import PEOPLE
from portulan.server.demo.journey import DAY, Habit, Visit, Way, usual, walk
from portulan.server.demo.story import Story, Turn
from portulan.server.demo.world import World

_BEGINS, _CLOSED = "recu", "clos"
_WAYS: Mapping[str, tuple[Way, ...]] = {
    "recu": (Way("qualifie", 1.0),),
    "qualifie": (Way("affecte", 0.92), Way(_CLOSED, 0.08, 0.5)),
    "affecte": (Way("traite", 0.68), Way("attente_client", 0.32, 0.6)),
    "traite": (Way(_CLOSED, 0.72), Way("attente_client", 0.20), Way("affecte", 0.08)),
    "attente_client": (Way("affecte", 0.45, 0.6), Way(_CLOSED, 0.55, 1.4)),
}
_CHANNELS = {"email": 40, "phone": 28, "portal": 18, "chat": 9, "api": 5}
_SEVERITIES = {"minor": 55, "major": 35, "critical": 10}
_NATURES = {"panne": 38, "question": 34, "evolution": 12, "facturation": 9, "reclamation": 7}
_CAUSES = ("usage", "defaut", "installation", "livraison", "facture", "autre_cause")
_EXPECTED = ("precision", "piece", "accord", "essai")
_AGENTS = tuple(one.email for one in PEOPLE if one.role == "support")


class Desk:
    """Tells the tickets of accounts, one account at a time."""

    def __init__(self, world: World) -> None:
        """Learn the habits once."""
        self._world = world
        self._habits = {
            step: Habit(usual(world.support, step) * 0.7, 0.7, ways) for step, ways in _WAYS.items()
        }

    def tickets(self, account: Story, contacts: Sequence[Story], mean: float) -> Iterator[Story]:
        """Yield the tickets of an account, about `mean` of them."""
        chance = self._world.chance("tickets", account.key)
        for n in range(max(0, round(chance.gauss(mean, mean)))):
            yield self._ticket(f"{account.key.partition('/')[2]}.{n}", account, contacts)

    def _ticket(self, number: str, account: Story, contacts: Sequence[Story]) -> Story:
        world, chance = self._world, self._world.chance("ticket", number)
        start = chance.uniform(0, world.until)
        visits = walk(self._habits, _BEGINS, chance, minute=start, until=world.until)
        told = _Ticket(world, chance)
        turns = [told.birth(visits[0], account, contacts)]
        turns += [told.move(before, after) for before, after in pairwise(visits)]
        return Story("ticket", f"ticket/{number}", tuple(turns))


class _Ticket:
    """One ticket being told: who answers, and what each turn fills."""

    def __init__(self, world: World, chance: Random) -> None:
        self._world, self._chance = world, chance
        self._agent = chance.choice(_AGENTS)

    def birth(self, visit: Visit, account: Story, contacts: Sequence[Story]) -> Turn:
        chance = self._chance
        symptom = chance.choice(names.pools()["symptoms"])
        values = {
            "name": f"{symptom} – {account.values['name']}",
            "account": account.key,
            "contact": chance.choice(contacts).key if contacts else None,
            "channel": self._drawn(_CHANNELS),
            "product": chance.choice(self._world.products).key,
            "description": f"{symptom}. Le client demande une réponse rapide.",
            "owner": None,
        }
        return Turn(self._world.hours.at(visit.minute), self._agent, values, to=visit.step)

    def move(self, before: Visit, after: Visit) -> Turn:
        return Turn(
            self._world.hours.at(after.minute), self._agent, self._filled(before, after), to=after.step
        )

    def _filled(self, before: Visit, after: Visit) -> dict[str, Any]:
        values: dict[str, Any] = {}
        if before.step == "qualifie":
            values |= {"severity": self._drawn(_SEVERITIES), "nature_demande": self._drawn(_NATURES)}
        if before.step == "attente_client":
            values["reponse_client_le"] = self._world.hours.day(after.minute).isoformat()
        if before.step == "traite":
            values |= {"solution_apportee": "Réglage refait et vérifié avec le client."}
            values["cause_trouvee"] = self._chance.choice(_CAUSES)
        match after.step:
            case "affecte":
                due = self._world.hours.at(after.minute + 2 * DAY)
                values |= {"owner": self._agent, "echeance_annoncee": due.isoformat()}
            case "attente_client":
                values["attendu_du_client"] = self._chance.choice(_EXPECTED)
            case "clos":
                values |= self._closing(before)
        return values

    def _closing(self, before: Visit) -> dict[str, Any]:
        if before.step == "qualifie":
            return {"motif_cloture": self._chance.choice(("doublon", "hors_contrat"))}
        why = "sans_reponse" if before.step == "attente_client" and self._chance.random() < 0.5 else "resolu"  # noqa: PLR2004 - half of those who wait never answer
        return {"motif_cloture": why, "satisfaction": self._chance.choices((2, 3, 4, 5), (1, 2, 5, 4))[0]}

    def _drawn(self, weights: Mapping[str, int]) -> str:
        return self._chance.choices(list(weights), list(weights.values()))[0]
