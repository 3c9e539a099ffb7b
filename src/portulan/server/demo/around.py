"""What stands around the deals: leads that nobody sold to yet, contracts of what was won.

Pure, and told of the company with its small print only.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from portulan.server.demo import names
from portulan.server.demo.company import PEOPLE, SELLERS
from portulan.server.demo.journey import DAY
from portulan.server.demo.story import Story, Turn
from portulan.server.demo.world import World

_MARKETING, _ADV = (next(one.email for one in PEOPLE if one.role == role) for role in ("marketing", "adv"))
#: Telephone numbers beyond those of accounts.
_BEYOND = 4000
_RECENT = 120 * DAY
_SOURCES = ("web_form", "webinar", "fair", "seo", "email_campaign", "referral")
#: What is sold by the year.
_YEARLY = ("Maintenance", "Supervision")
_YEAR = timedelta(days=365)
#: The months of notice of a contract, and the share of those that go on unless somebody says no.
_NOTICES, _TACIT = (2, 3), 0.85


def leads(world: World, number: int) -> Iterator[Story]:
    """Yield people who showed an interest these last four months, of companies that are no account."""
    unused = {sector: count(_last(sector), -1) for sector in names.pools()["sector_weights"]}
    for n in range(number):
        chance = world.chance("lead", n)
        at = world.hours.at(world.until - _RECENT * chance.random() ** 1.5)
        sector = chance.choice(list(unused))
        company = names.company(next(unused[sector]), sector)
        yield Story("lead", f"lead/{n}", (Turn(at, _MARKETING, _lead(n, company, chance)),))


def contracts(world: World, deals: Sequence[Story]) -> Iterator[Story]:
    """Yield the contract that each deal won of what is sold by the year became, renewed until now."""
    families = {one.key: one.values["family"] for one in world.products}
    for deal in deals:
        won = next((turn for turn in deal.turns if turn.to == "gagne"), None)
        if won is None or families[deal.values["product"]] not in _YEARLY:
            continue
        chance = world.chance("contract", deal.key)
        starts = won.at.date() + timedelta(days=chance.randint(5, 30))
        values = {
            name: deal.values[name] for name in ("name", "account", "contact", "product", "amount", "owner")
        }
        renews = _renewal(starts, world.until_at.date())
        values |= {"starts_on": starts.isoformat(), "renews_on": renews.isoformat()}
        values["health"] = min(10, max(1, round(chance.gauss(7, 1.8))))
        values |= {
            "ends_on": (renews - timedelta(days=1)).isoformat(),
            "notice_months": chance.choice(_NOTICES),
        }
        values["tacit"] = chance.random() < _TACIT
        yield Story("contract", deal.key.replace("opportunity", "contract"), (Turn(won.at, _ADV, values),))


def _last(sector: str) -> int:
    """Return the place of the last name that needs no number; accounts take theirs from the first on."""
    pools = names.pools()
    return len(pools["company_heads"]) * len(pools["company_tails"][sector]) - 1


def _lead(n: int, company: str, chance: Random) -> dict[str, Any]:
    pools = names.pools()
    first, last = names.person(chance)
    _, _, territory = chance.choice(pools["cities"])
    return {
        "name": f"{first} {last}",
        "company": company,
        "job_title": chance.choice(pools["job_titles"]),
        "email": f"{names.address(first)}.{names.address(last)}@{names.address(company)}.example",
        "phone": names.telephone(territory, _BEYOND + n),
        "source": chance.choice(_SOURCES),
        "segment": chance.choices(("pme", "eti", "grand_compte"), (6, 3, 1))[0],
        "territory": territory,
        "score": min(100, max(0, round(chance.gauss(48, 22)))),
        "owner": SELLERS[territory],
    }


def _renewal(starts: date, until: date) -> date:
    return next(day for n in count(1) if (day := starts + n * _YEAR) > until)
