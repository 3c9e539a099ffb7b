"""Deals walking the sales map: two steps hold nine tenths of what blocks, a demo sometimes rushes everything.

Pure. Every passage that a deal takes fills what its gate asks for, so that the history could have been
lived through the screens.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

from portulan.maps.model import FINAL
from portulan.server.demo import names
from portulan.server.demo.company import PEOPLE
from portulan.server.demo.journey import DAY, Habit, Visit, Way, usual, walk
from portulan.server.demo.story import Story, Turn
from portulan.server.demo.world import World

_BEGINS, _WON, _LOST = "prospection", "gagne", "perdu"
_SLOW = 2.4
#: Ways out of each step: where to, how often, at what pace; the first is the way forward.
_WAYS: Mapping[str, tuple[Way, ...]] = {
    "prospection": (Way("premier_contact", 0.982), Way(_LOST, 0.018, 2.0)),
    "premier_contact": (Way("demo_realisee", 0.64, hot=0.16), Way(_LOST, 0.36, _SLOW)),
    "demo_realisee": (
        Way("proposition_envoyee", 0.935),
        Way(_LOST, 0.025, 2.0),
        Way("premier_contact", 0.04),
    ),
    "proposition_envoyee": (
        Way("negociation", 0.50),
        Way(_LOST, 0.43, _SLOW),
        Way("demo_realisee", 0.07, 0.6),
    ),
    "negociation": (Way(_WON, 0.84), Way(_LOST, 0.05, 1.4), Way("proposition_envoyee", 0.11, 0.7)),
}
_CONVERSION, _FOLLOWED, _FOLLOWED_SINCE = 1.28, 0.31, 0.62
_REASONS = {
    "prospection": ("no_answer", "timing"),
    "premier_contact": ("no_answer", "no_answer", "no_budget", "timing"),
    "demo_realisee": ("product_gap", "competitor"),
    "proposition_envoyee": ("no_decision", "no_decision", "price", "competitor", "no_answer"),
    "negociation": ("price", "competitor"),
}
_NEXT = {
    "prospection": "Trouver le bon interlocuteur",
    "premier_contact": "Qualifier le besoin et le décideur",
    "demo_realisee": "Chiffrer la proposition",
    "proposition_envoyee": "Relancer sur la proposition",
    "negociation": "Obtenir l’accord de l’ADV",
}
_TALK = {
    "premier_contact": ("call", "Appel de découverte"),
    "demo_realisee": ("meeting", "Démonstration"),
    "proposition_envoyee": ("email", "Envoi de la proposition"),
    "negociation": ("meeting", "Point de négociation"),
}
_SOURCES = ("fair", "web_form", "referral", "outbound", "seo", "partner", "webinar", "email_campaign", "sea")
_SOURCE_WEIGHTS = (20, 18, 14, 14, 10, 8, 7, 5, 4)
#: Share of the deals in flight of which nobody planned the next step.
_ADRIFT = 0.12
_ADV = next(one.email for one in PEOPLE if one.role == "adv")


def habits(world: World) -> tuple[Mapping[str, Habit], Mapping[str, Habit]]:
    """Return how the company lives its sales map: before and since its way of working changed."""
    before = {step: Habit(usual(world.sales, step) * 0.75, 0.6, ways) for step, ways in _WAYS.items()}
    proposal = before["proposition_envoyee"]
    forward, *others = proposal.ways
    better = Way(forward.to, forward.weight * _CONVERSION, forward.pace)
    lost = Way(_LOST, others[0].weight - forward.weight * (_CONVERSION - 1), others[0].pace)
    since = Habit(proposal.usual, proposal.spread, (better, lost, *others[1:]))
    return before, {**before, "proposition_envoyee": since}


class Seller:
    """Tells the deals of accounts, one account at a time."""

    def __init__(self, world: World) -> None:
        """Learn the habits once."""
        self._world = world
        self._before, self._since = habits(world)

    def deals(self, account: Story, contacts: Sequence[Story], mean: float) -> Iterator[Story]:
        """Yield the deals of an account, about `mean` of them."""
        chance = self._world.chance("deals", account.key)
        for n in range(max(0, round(chance.gauss(mean, mean / 3)))):
            number = f"{account.key.partition('/')[2]}.{n}"
            yield self._deal(number, account, contacts)

    def _deal(self, number: str, account: Story, contacts: Sequence[Story]) -> Story:
        world, chance = self._world, self._world.chance("deal", number)
        start = world.until * chance.random() ** 0.75
        lived = self._before if start < world.changed else self._since
        visits = walk(lived, _BEGINS, chance, minute=start, until=world.until)
        told = _Deal(world, chance, account)
        turns = [told.birth(visits[0], contacts)]
        turns += [told.move(before, after) for before, after in pairwise(visits)]
        return Story("opportunity", f"opportunity/{number}", tuple(turns))


class _Deal:
    """One deal being told: what it is worth, and what each turn fills."""

    def __init__(self, world: World, chance: Random, account: Story) -> None:
        self._world, self._chance, self._account = world, chance, account
        self._product = chance.choice(world.products)
        price = float(self._product.values["price"])
        size = {"pme": 0.6, "distributeur": 1.0, "eti": 1.3, "grand_compte": 2.6}
        worth = price * size[account.values["segment"]] * chance.lognormvariate(0.3, 0.6)
        self._amount = max(900, round(worth / 50) * 50)
        self._owner = account.values["owner"]

    def birth(self, visit: Visit, contacts: Sequence[Story]) -> Turn:
        chance, account = self._chance, self._account.values
        values: dict[str, Any] = {
            "name": f"{self._product.values['name']} – {account['name']}",
            "account": self._account.key,
            "contact": contacts[0].key if contacts else None,
            "product": self._product.key,
            "source": chance.choices(_SOURCES, _SOURCE_WEIGHTS)[0],
            "segment": account["segment"],
            "territory": account["territory"],
            "priority": chance.choices(("low", "normal", "high"), (2, 6, 2))[0],
            "close_on": self._day(visit.minute + chance.uniform(35, 75) * DAY),
            "owner": self._owner,
        }
        if chance.random() < 0.6:  # noqa: PLR2004 - a first estimate, more often than not
            values["amount"] = f"{round(self._amount * chance.uniform(0.7, 1.3) / 100) * 100}.00"
        return Turn(self._at(visit), self._owner, values, to=visit.step)

    def move(self, before: Visit, after: Visit) -> Turn:
        by = _ADV if after.step == _WON and self._chance.random() < 0.3 else self._owner  # noqa: PLR2004 - the ADV signs some
        undrawn = (before.step, after.step) == ("demo_realisee", "premier_contact")
        motive = self._chance.choice(names.pools()["back_motives"]) if undrawn else ""
        return Turn(self._at(after), by, self._filled(before, after), to=after.step, motive=motive)

    def _filled(self, before: Visit, after: Visit) -> dict[str, Any]:
        values: dict[str, Any] = {}
        match after.step:
            case "demo_realisee" if before.step == "premier_contact":
                need = self._chance.choice(names.pools()["needs"])
                values |= {"besoin_exprime": need, "decideur_identifie": True}
                values |= {
                    "date_demo": self._day(after.minute),
                    "participants_demo": "Direction, maintenance",
                }
            case "demo_realisee":
                values["date_demo"] = self._day(after.minute)
            case "proposition_envoyee":
                values |= {"amount": f"{self._amount}.00", "budget_valide": f"{self._amount * 1.1:.2f}"}
                values["proposition_envoyee_le"] = self._day(after.minute)
            case "gagne":
                values |= {"conditions_validees": True, "remise": str(self._chance.choice((0, 3, 5, 8, 10)))}
            case "perdu":
                values["loss_reason"] = self._chance.choice(_REASONS[before.step])
        return values

    def _at(self, visit: Visit) -> Any:
        return self._world.hours.at(visit.minute)

    def _day(self, minute: float) -> str:
        return self._world.hours.day(minute).isoformat()


def activities(world: World, deal: Story) -> Iterator[Story]:
    """Yield what was said and done about a deal, and what is still to do."""
    chance = world.chance("activities", deal.key)
    told: list[tuple[str, str, Any, Any]] = []
    for turn in deal.turns:
        if turn.to in _TALK:
            told.append((*_TALK[turn.to], turn.at, turn.at))
        if turn.to == "proposition_envoyee":
            told += _follow_up(world, chance, turn, deal.turns[-1])
    last = deal.turns[-1]
    if last.to is not None and world.sales.step(last.to).kind not in FINAL and chance.random() > _ADRIFT:
        told.append(("task", _NEXT[last.to], _planned(world, chance, last.at), None))
    for n, (kind, name, due, done) in enumerate(told):
        values = {
            "name": name,
            "kind": kind,
            "opportunity": deal.key,
            "account": deal.values["account"],
            "contact": deal.values["contact"],
            "due_at": due.isoformat(),
            "done_at": done and done.isoformat(),
            "owner": deal.values["owner"],
        }
        at = min(done or last.at, world.until_at)
        yield Story("activity", f"activity/{deal.key}/{n}", (Turn(at, deal.values["owner"], values),))


def following(deal: Story, said: Sequence[Story]) -> Story:
    """Return the deal with what it shows of its activities: the last one, the next step and its day."""
    done = max((one.values["done_at"] for one in said if one.values["done_at"]), default=None)
    waits = [one.values for one in said if not one.values["done_at"]]
    first = min(waits, key=lambda values: values["due_at"]) if waits else None
    shown = {
        "last_activity_at": done,
        "next_step": first and first["name"],
        "next_step_on": first and first["due_at"][:10],
    }
    *before, last = deal.turns
    return replace(deal, turns=(*before, replace(last, values={**last.values, **shown})))


def _planned(world: World, chance: Random, since: Any) -> Any:
    """Return when the next step is due: planned at the last move, else put off until these days."""
    due = since + timedelta(days=chance.randint(2, 25))
    if due < world.until_at - timedelta(days=5):
        due = world.until_at + timedelta(days=chance.randint(-5, 12))
    return world.hours.at(world.hours.minute(due))


def _follow_up(world: World, chance: Random, turn: Turn, last: Turn) -> list[tuple[str, str, Any, Any]]:
    minute = world.hours.minute(turn.at)
    often = _FOLLOWED if minute < world.changed else _FOLLOWED_SINCE
    at = world.hours.at(minute + chance.uniform(2, 5) * DAY)
    lived = at < world.until_at and (last.at > at or last is turn)
    return [("call", "Relance de la proposition", at, at)] if chance.random() < often and lived else []
