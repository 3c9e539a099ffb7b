"""The whole simulation, account by account: the same seed and the same end tell the same stories."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain

from portulan.maps.model import Map
from portulan.server.demo import around, company, sales, support
from portulan.server.demo.story import Story, Turn
from portulan.server.demo.world import Size, World


def simulate(seed: int, until: datetime, maps: tuple[Map, Map], size: Size) -> Iterator[list[Story]]:
    """Yield the products, a list of stories per account, what is linked to before what links, then leads."""
    products = tuple(company.products(World(seed, until, maps, ()).born))
    world = World(seed, until, maps, products)
    seller, desk = sales.Seller(world), support.Desk(world)
    yield list(products)
    for account in company.accounts(seed, size.accounts, world.born):
        contacts = list(company.contacts(seed, account, world.born)) if size.details else []
        deals = list(seller.deals(account, contacts, size.deals))
        said = {deal.key: list(sales.activities(world, deal)) for deal in deals} if size.details else {}
        deals = [sales.following(deal, said.get(deal.key, ())) for deal in deals]
        tickets = desk.tickets(account, contacts, size.tickets)
        yield [
            _client_since(account, deals),
            *contacts,
            *deals,
            *chain.from_iterable(said.values()),
            *tickets,
            *(around.contracts(world, deals) if size.details else ()),
        ]
    if size.details:
        yield list(around.leads(world, size.accounts // 3))


def _client_since(account: Story, deals: list[Story]) -> Story:
    won = [turn for deal in deals for turn in deal.turns if turn.to == "gagne"]
    if not won:
        return account
    first = min(won, key=lambda turn: turn.at)
    return replace(account, turns=(*account.turns, Turn(first.at, first.by, {"status": "client"})))
