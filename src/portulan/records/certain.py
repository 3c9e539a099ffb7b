"""How sure it is that two records are one, when nobody is there to look.

Pure. A close name never suffices, nor does any one other thing: a name and a number, an address of mail or a
place have to agree, and nothing that identifies may differ. Two establishments of one company are never one,
nor are records of which one might be the sister of the other. A mail domain, be it of the whole world or of a
group, proves nothing here. Refuses nothing.
"""

import re

from rapidfuzz import fuzz

from portulan.base.fold import fold
from portulan.records import alike
from portulan.records.alike import Identity

_SAME_NAME, _SAME_STREET = 92, 85
#: Forms that no other form of the same name is: who holds the walls, who holds the shares.
_APART = frozenset({"sci", "holding", "groupe", "group", "association", "assoc", "gie", "selarl", "scp"})
_WHOLE = 100


def points(one: Identity, other: Identity) -> int:
    """Return points of 100 that two records are one; nought when a person has to look."""
    likeness = alike.compare(one, other)
    if likeness.sister or _contradict(one, other) or not _same_name(one, other):
        return 0
    return min(likeness.points, _WHOLE) if _proofs(one, other) else 0


def _contradict(one: Identity, other: Identity) -> bool:
    """Return whether something that identifies differs, or two places may be two establishments."""
    pairs = ((one.siren, other.siren), (one.siret, other.siret), (one.postcode, other.postcode))
    if any(left and right and left != right for left, right in pairs):
        return True
    if _forms(one.name) != _forms(other.name):
        return True
    return bool(one.street and other.street) and not _same_street(one, other)


def _proofs(one: Identity, other: Identity) -> bool:
    """Return whether something besides the name says that it is one, and at one place where it has one."""
    if one.siret and one.siret == other.siret:
        return True
    if not _at_one_place(one, other):
        return False
    reached = bool(one.emails & other.emails) or bool(one.phones & other.phones)
    company = bool(one.siren) and one.siren == other.siren
    return reached or company or (bool(one.street and other.street) and not _reached_elsewhere(one, other))


def _at_one_place(one: Identity, other: Identity) -> bool:
    """Return whether both are in one postcode, or are people, who have no place of their own."""
    if one.postcode or other.postcode:
        return one.postcode == other.postcode
    return not any(each.siren or each.street for each in (one, other))


def _reached_elsewhere(one: Identity, other: Identity) -> bool:
    """Return whether everything by which they are reached differs."""
    pairs = ((one.emails, other.emails), (one.phones, other.phones))
    return all(left and right and not left & right for left, right in pairs)


def _same_name(one: Identity, other: Identity) -> bool:
    left, right = (" ".join(alike.words_of(each.name)) for each in (one, other))
    return bool(left and right) and fuzz.token_sort_ratio(left, right) >= _SAME_NAME


def _forms(name: str) -> set[str]:
    return {word for word in fold(name).split() if word in _APART}


def _same_street(one: Identity, other: Identity) -> bool:
    left, right = (" ".join(re.findall(r"[a-z0-9]+", fold(each.street))) for each in (one, other))
    numbers = [{word for word in each.split() if word.isdigit()} for each in (left, right)]
    return numbers[0] == numbers[1] and fuzz.token_sort_ratio(left, right) >= _SAME_STREET
