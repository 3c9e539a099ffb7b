"""What the people of Nordet say of their maps: irritants and answers, a question, a proposal, meanings."""

from datetime import datetime
from uuid import UUID

from portulan.maps import irritants, proposals, queries
from portulan.maps.irritants import Fate
from portulan.maps.proposals import Sketch
from portulan.pages import glossary
from portulan.pages import operations as pages
from portulan.pages.glossary import Meaning
from portulan.pages.operations import Said
from portulan.pages.targets import Where
from portulan.people import actor as actors
from portulan.people import queries as directory
from portulan.people.actor import Actor

#: Who says what, of which step of the sales cycle, and who agrees.
_IRRITANTS = (
    ("nadia.cherif", "proposition_envoyee", "Personne ne sait quand relancer", "Commerciaux", 3),
    ("hugo.perrin", "negociation", "Chaque remise attend une réunion", "Commerciaux", 2),
    ("karim.haddad", "gagne", "Le bon de commande arrive sans numéro de client", "ADV", 2),
)
_VOICES = (("paul.vasseur", "tom.girard", "marc.besson"), ("tom.girard",), ("nadia.cherif",))
#: What the owner of the maps answers to an irritant: a step of the map, and how one will know.
_FATES = {
    "Personne ne sait quand relancer": Fate(
        "proposition_envoyee", "Propositions relancées sous 5 jours ouvrés"
    ),
    "Les propositions restent sans réponse, sans relance prévue": Fate(
        "proposition_envoyee", "Part des propositions sans réponse"
    ),
    "Chaque remise attend une réunion": Fate("negociation", "Délai médian d’un accord"),
    "Le bon de commande arrive sans numéro de client": Fate(
        "negociation", "Affaires gagnées avec leur numéro"
    ),
}
_AMOUNT = {"field": "amount", "test": "greater", "value": "50000"}
_WORDS = (
    ("ines.fabre", Meaning("Lead chaud", "A demandé une démonstration ce mois-ci", "Marketing")),
    (
        "nadia.cherif",
        Meaning("Lead chaud", "A un budget et une échéance à moins de trois mois", "Ventes Sud"),
    ),
    ("marc.besson", Meaning("Grosse affaire", "Plus de 50 000 €", "Ventes", "opportunity", _AMOUNT)),
)


def talk(at: datetime) -> None:
    """Have people say what they think of the map of sales and of its words."""
    found = queries.find_map_of(actors.system(), uid="vente", state="to_be")
    if found is None:
        return
    for said, voices in zip(_IRRITANTS, _VOICES, strict=True):
        author, step, words, who, severity = said
        where, hurts = Where("map", found, step), Said("irritant", words, who, severity)
        thread = pages.open_thread(_acting(author), where=where, said=hurts, at=at)
        for voice in voices:
            pages.vote(_acting(voice), id=thread, given=True, at=at)
    asked = Said("question", "La démonstration compte-t-elle quand elle est faite à distance\u202f?")
    question = pages.open_thread(
        _acting("hugo.perrin"), where=Where("map", found, "demo_realisee"), said=asked, at=at
    )
    pages.reply(_acting("marc.besson"), id=question, body="Oui, dès que le décideur y est.", at=at)
    _propose(found, at)
    _answer(at)
    for author, meaning in _WORDS:
        glossary.define(_acting(author), meaning=meaning, at=at)


def _propose(found: UUID, at: datetime) -> None:
    """Have a seller propose to say on the map how fast one calls back."""
    author = _acting("nadia.cherif")
    known = queries.get_map(author, id=found)
    step = known.map.step("premier_contact")
    drawn = known.map.model_copy(
        update={
            "steps": tuple(
                one.model_copy(
                    update={"description": f"{one.description} Rappeler sous deux heures ouvrées."}
                )
                if one.id == step.id
                else one
                for one in known.map.steps
            )
        }
    )
    sketch = Sketch(known.map, drawn, known.layout)
    proposals.propose(author, id=found, sketch=sketch, why="Ceux qui rappellent vite gagnent plus.", at=at)


def _answer(at: datetime) -> None:
    owner = _acting("elodie.renard")
    for one in irritants.irritants(owner):
        if one.label in _FATES:
            irritants.settle(owner, map_id=one.map_id, key=one.key, fate=_FATES[one.label], at=at)


def _acting(name: str) -> Actor:
    return directory.actor_named(actors.system(), email=f"{name}@nordet.example")
