"""Who Nordet Industrie is, and who it sells to: people, teams, products, accounts, contacts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from portulan.server.demo import names
from portulan.server.demo.story import Story, Turn

NAME = "Nordet Industrie"
#: Public on purpose: the demo company is for everybody.
PASSWORD = "boussole-et-sextant"  # noqa: S105 - a public password


@dataclass(frozen=True)
class Colleague:
    """A person of the company."""

    name: str
    role: str
    team: str
    territory: str = ""
    is_admin: bool = False

    @property
    def email(self) -> str:
        """Their address, which also names them in stories."""
        return f"{names.address(self.name).replace('-', '.', 1)}@nordet.example"


TEAMS: tuple[tuple[str, str | None], ...] = (
    ("Direction", None),
    ("Ventes", None),
    ("Ventes Nord", "Ventes"),
    ("Ventes Sud", "Ventes"),
    ("Marketing", None),
    ("Support", None),
    ("ADV", None),
)
PEOPLE = (
    Colleague("Alix Morel", "direction", "Direction", is_admin=True),
    Colleague("Élodie Renard", "revops", "Direction"),
    Colleague("Marc Besson", "manager", "Ventes"),
    Colleague("Claire Lambert", "sales", "Ventes Nord", "nord"),
    Colleague("Tom Girard", "sales", "Ventes Nord", "ouest"),
    Colleague("Paul Vasseur", "sales", "Ventes Nord", "idf"),
    Colleague("Nadia Cherif", "sales", "Ventes Sud", "sud"),
    Colleague("Hugo Perrin", "sales", "Ventes Sud", "est"),
    Colleague("Inès Fabre", "marketing", "Marketing"),
    Colleague("Yann Legoff", "support", "Support"),
    Colleague("Sofia Mendes", "support", "Support"),
    Colleague("Karim Haddad", "adv", "ADV"),
)
SELLERS = {one.territory: one.email for one in PEOPLE if one.role == "sales"}
ADMINISTRATOR = PEOPLE[0].email
#: Who answers for the maps.
OWNER = PEOPLE[1].email
_SEGMENTS = {"s1": "pme", "s10": "pme", "s50": "eti", "s250": "grand_compte"}
_ROLES = ("decideur", "influenceur", "utilisateur_final", "prescripteur", "sponsor", "opposant")


def products(born: datetime) -> Iterator[Story]:
    """Yield what the company sells."""
    pools = names.pools()
    n = 0
    for family, kinds in pools["families"].items():
        for place, kind in enumerate(kinds):
            price = round(pools["prices"][family] * (1 + place * 0.35))
            values = {
                "name": f"{family} : {kind}",
                "code": f"N{n + 1:03d}",
                "family": family,
                "price": f"{price}.00",
            }
            yield Story("product", f"product/{n}", (Turn(born, ADMINISTRATOR, values),))
            n += 1


def accounts(seed: int, count: int, born: datetime) -> Iterator[Story]:
    """Yield the companies that it sells to."""
    weights = names.pools()["sector_weights"]
    seen: dict[str, int] = {}
    for n in range(count):
        chance = Random(f"{seed}/account/{n}")  # noqa: S311 - a simulation
        sector = chance.choices(list(weights), list(weights.values()))[0]
        seen[sector] = seen.get(sector, -1) + 1
        yield _account(n, sector, names.company(seen[sector], sector), chance, born)


def contacts(seed: int, account: Story, born: datetime) -> Iterator[Story]:
    """Yield the people met at an account, between one and four."""
    n = int(account.key.partition("/")[2])
    chance = Random(f"{seed}/contact/{n}")  # noqa: S311 - a simulation
    pools, owner = names.pools(), account.values["owner"]
    for place in range(chance.choices((1, 2, 3, 4), (18, 36, 34, 12))[0]):
        first, last = names.person(chance)
        values = {
            "name": f"{first} {last}",
            "first_name": first,
            "account": account.key,
            "job_title": chance.choice(pools["job_titles"]),
            "role": "decideur" if place == 0 else chance.choice(_ROLES),
            "email": f"{names.address(first)}.{names.address(last)}@{account.values['website'][12:]}",
            "mobile": names.mobile(n * 4 + place),
            "owner": owner,
        }
        yield Story("contact", f"contact/{n}.{place}", (Turn(born, owner, values),))


def _account(n: int, sector: str, name: str, chance: Random, born: datetime) -> Story:
    pools = names.pools()
    city, postcode, territory = chance.choice(pools["cities"])
    size = chance.choices(list(_SEGMENTS), (12, 48, 30, 10))[0]
    owner = SELLERS[territory]
    values = {
        "name": name,
        "siren": names.siren(n + 1),
        "sector": sector,
        "size": size,
        "segment": "distributeur" if sector == "retail" else _SEGMENTS[size],
        "territory": territory,
        "website": f"https://www.{names.address(name)}.example",
        "phone": names.telephone(territory, n),
        "street": f"{chance.randint(1, 140)} {chance.choice(pools['streets'])}",
        "postcode": postcode,
        "city": city,
        "country": "FR",
        "status": "prospect",
        "owner": owner,
    }
    return Story("account", f"account/{n}", (Turn(born, owner, values),))
