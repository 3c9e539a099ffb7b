"""How alike two organisations or two people are, told by points and by what they share.

Pure. Owns names without legal forms, mail domains that prove nothing, and the points. Two establishments of
one company are sisters, never duplicates. Refuses nothing: what is empty on one side says nothing.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from portulan.base.fold import fold

#: From these points on, of 100, two records deserve a look; from those, they are very likely one.
LOOK, SURE = 45, 70
_CLOSE = 85


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FORMS = _set(
    "sarl sas sasu eurl sa sci snc scop scic scp selarl selas earl gie gaec scea association assoc ste "
    "societe ets etablissement etablissements groupe group holding cie compagnie gmbh ag ltd llc inc bv "
    "nv spa srl plc"
)
_WEAK = _set("de du des la le les l d et a au aux en the of and")
_GENERIC = _set(
    "gmail.com googlemail.com orange.fr wanadoo.fr free.fr sfr.fr neuf.fr bbox.fr laposte.net outlook.com "
    "outlook.fr hotmail.com hotmail.fr live.fr live.com msn.com yahoo.fr yahoo.com icloud.com me.com "
    "aol.com gmx.fr gmx.com proton.me protonmail.com numericable.fr club-internet.fr"
)
_HOST = re.compile(r"^(?:[a-z]+://)?(?:www\.)?([^/:?#\s]+)")


@dataclass(frozen=True)
class Identity:
    """What an organisation or a person is known by; empty is unknown."""

    name: str = ""
    siren: str = ""
    siret: str = ""
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    postcode: str = ""
    city: str = ""
    street: str = ""


@dataclass(frozen=True)
class Likeness:
    """Points of 100, whether both are establishments of one company, and what speaks for it."""

    points: int
    sister: bool = False
    shared: tuple[str, ...] = field(default=())


def words_of(name: str) -> list[str]:
    """Return the words that tell a name apart: folded, without legal forms and small words."""
    spread = re.sub(r"\b(?:[a-z]\.){2,}[a-z]?", lambda one: one[0].replace(".", ""), fold(name))
    words = re.findall(r"[a-z0-9]+", spread.replace("&", " et "))
    return [word for word in words if word not in _FORMS and word not in _WEAK] or words


def domain_of(value: str) -> str:
    """Return the domain of a mail or of a site, or nothing when the whole world uses it."""
    host = _HOST.match(fold(value).rpartition("@")[2])
    found = host[1] if host else ""
    return "" if found in _GENERIC or "." not in found else found


def compare(one: Identity, other: Identity) -> Likeness:
    """Return how alike two are."""
    same_company = bool(one.siren) and one.siren == other.siren
    if same_company and one.siret and other.siret and one.siret != other.siret:
        return Likeness(SURE, sister=True, shared=("siren",))
    shared = _shared(one, other)
    points = nearness(one, other) + _number_points(one, other)
    if {"siret", "siren", "email"} & set(shared):
        points = max(points, SURE)
    elif "phone" in shared:
        points = max(points, LOOK)
    return Likeness(round(min(max(points, 0), 100)), shared=shared)


def nearness(one: Identity, other: Identity) -> float:
    """Return the points of names and places alone: what two have at most that share no number and no mail."""
    return _name_points(one, other) + _place_points(one, other)


def _shared(one: Identity, other: Identity) -> tuple[str, ...]:
    pairs = {
        "siret": bool(one.siret) and one.siret == other.siret,
        "siren": bool(one.siren) and one.siren == other.siren,
        "email": bool(one.emails & other.emails),
        "phone": bool(one.phones & other.phones),
        "domain": bool(one.domains & other.domains),
        "name": _name_points(one, other) >= 0.55 * _CLOSE,
        "postcode": bool(one.postcode) and one.postcode == other.postcode,
    }
    return tuple(name for name, holds in pairs.items() if holds)


def _name_points(one: Identity, other: Identity) -> float:
    left, right = _plain(one.name), _plain(other.name)
    if not left or not right:
        return 0
    return 0.40 * fuzz.token_sort_ratio(left, right) + 0.15 * fuzz.token_set_ratio(left, right)


@lru_cache(maxsize=2048)
def _plain(name: str) -> str:
    return " ".join(words_of(name))


@lru_cache(maxsize=2048)
def _folded(text: str) -> str:
    return fold(text)


def _place_points(one: Identity, other: Identity) -> float:
    points = _either(one.postcode, other.postcode, 8, -4)
    for left, right, weight in ((one.street, other.street, 20), (one.city, other.city, 12)):
        if left and right:
            points += weight * (fuzz.token_sort_ratio(_folded(left), _folded(right)) / 100 - 0.5)
    return points


def _number_points(one: Identity, other: Identity) -> float:
    points = _either(one.domains, other.domains, 15, -3) + _either(one.phones, other.phones, 12, -2)
    if one.siret and one.siret == other.siret:
        return points + 60
    return points + _either(one.siren, other.siren, 30, -50)


def _either(one: str | frozenset[str], other: str | frozenset[str], same: float, different: float) -> float:
    if not one or not other:
        return 0
    meets = one == other if isinstance(one, str) or isinstance(other, str) else bool(one & other)
    return same if meets else different
