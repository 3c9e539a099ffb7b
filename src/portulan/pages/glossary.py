"""The words of the company: what each means, for which team, who answers for it, and as which condition.

Owns conflicts: two teams that mean different things by one word, until one meaning is kept. Refuses a
condition that does not hold on its object, and an older version written over a newer one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from babel.lists import format_list
from django.db import transaction
from django.db.models import QuerySet

from portulan.base import texts
from portulan.base.conditions import check
from portulan.base.conditions.named import words_in
from portulan.base.conditions.say import say
from portulan.base.conditions.schema import ConditionSchema
from portulan.base.fold import fold
from portulan.base.refusals import NotNow, NotThere, NotValid, Problem
from portulan.base.registry import Registry
from portulan.events import log
from portulan.pages import happenings
from portulan.pages.models import Term
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.queries import Person
from portulan.people.rights import Verb

LONGEST_WORD, LONGEST_TEAM, LONGEST_MEANING = 80, 60, 2000
#: What conditions may speak about, given by the room that knows the objects.
SCHEMAS: Registry[Callable[[], ConditionSchema]] = Registry("schema of conditions")
_CRM = "crm"


class Users(Protocol):
    """A room whose conditions may use the words of the glossary."""

    def uses(self, actor: Actor) -> Mapping[str, Sequence[str]]:
        """Return what uses each term, in words; what the actor may not see is counted without its name."""
        ...

    def reword(self, actor: Actor, term: str, meaning: dict[str, Any], at: datetime) -> None:
        """Let everything that uses a term mean by it what is given."""
        ...


#: Who uses the words, given by the rooms that hold conditions.
USERS: Registry[Users] = Registry("users of words")


class TermInUse(NotNow):
    """Conditions use the word by its name."""

    code = "pages.term_in_use"


class TermNotValid(NotValid):
    """What is said of a word does not hold."""

    code = "pages.term_not_valid"


class TermChangedMeanwhile(NotNow):
    """Somebody changed the meaning since it was read."""

    code = "pages.term_changed_meanwhile"


@dataclass(frozen=True)
class Meaning:
    """A word and what it means for a team; a condition says it of the records of an object."""

    word: str
    definition: str
    team: str = ""
    object_name: str = ""
    condition: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class TermView:
    """A meaning of a word; `rivals` are those of other teams that differ."""

    id: UUID
    word: str
    team: str
    definition: str
    object_name: str
    condition: Mapping[str, Any] | None
    says: str
    owner: Person | None
    version: int
    updated_at: datetime
    rivals: tuple[UUID, ...]
    uses: tuple[str, ...]
    may_change: bool
    may_settle: bool


def terms(actor: Actor) -> list[TermView]:
    """Return every meaning in force, by word, then by team."""
    rows = list(_live(actor, "read").order_by("folded", "team", "id"))
    using = _uses(actor)
    named = people.named(actor, ids={row.owner_id for row in rows if row.owner_id is not None})
    changing, settling = (set(_live(actor, verb).values_list("pk", flat=True)) for verb in _CHANGING)
    return [
        TermView(
            id=row.pk,
            word=row.word,
            team=row.team,
            definition=row.definition,
            object_name=row.object_name,
            condition=row.condition,
            says=_said(row, actor.lang),
            owner=named.get(row.owner_id or 0),
            version=row.version,
            updated_at=row.updated_at,
            rivals=tuple(one.pk for one in _rivals(row, rows)),
            uses=tuple(using.get(row.pk.hex, ())),
            may_change=row.pk in changing,
            may_settle=row.pk in settling,
        )
        for row in rows
    ]


def define(actor: Actor, *, meaning: Meaning, at: datetime) -> UUID:
    """Say what a word means for a team, and answer for it; those who mean something else are told.

    :raises TermNotValid: when the word or the meaning does not hold, or the team defined it already.
    :raises ConditionNotValid: when the condition does not hold on its object.
    """
    rights.require(actor, "create", "term")
    fields = _checked(meaning, None)
    with transaction.atomic():
        row = Term.objects.create(**fields, owner_id=actor.id, updated_at=at)
        _tell(actor, happenings.TermDefined, row, at)
    return row.pk


def redefine(actor: Actor, *, id: UUID, version: int, meaning: Meaning, at: datetime) -> int:  # noqa: A002 - the noun of the row
    """Change what a word means for a team and return the new version; what uses the word follows.

    :raises TermChangedMeanwhile: when somebody changed it since `version`.
    :raises TermInUse: when it is used as a condition on records that it would no longer be said of.
    """
    with transaction.atomic():
        row = _held(actor, "update", id)
        if row.version != version:
            raise TermChangedMeanwhile
        fields = _checked(meaning, row)
        if not fields["condition"] or fields["object_name"] != row.object_name:
            _require_unused(actor, row)
        Term.objects.filter(pk=row.pk).update(**fields, version=version + 1, updated_at=at)
        row.refresh_from_db()
        _tell(actor, happenings.TermDefined, row, at)
        _reword(actor, row.pk.hex, row, at)
    return version + 1


def keep(actor: Actor, *, id: UUID, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Keep one meaning of a word; the others go, those who owned them are told, what used them follows.

    :raises TermInUse: when another one is used as a condition and the one kept is none on the same records.
    """
    with transaction.atomic():
        row = _held(actor, "manage", id)
        others = _rivals(
            row, list(Term.objects.select_for_update().filter(folded=row.folded, archived_at=None))
        )
        for other in others:
            if not row.condition or other.object_name != row.object_name:
                _require_unused(actor, other)
            _reword(actor, other.pk.hex, row, at)
        _tell(actor, happenings.TermSettled, row, at)
        Term.objects.filter(pk__in=[one.pk for one in others]).update(archived_at=at, kept_instead=row)


def remove(actor: Actor, *, id: UUID, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Put a meaning of a word into the bin.

    :raises TermInUse: when conditions use it, with each of them.
    """
    with transaction.atomic():
        row = _held(actor, "update", id)
        _require_unused(actor, row)
        Term.objects.filter(pk=row.pk).update(archived_at=at)
        what = happenings.TermRemoved(f"term:{row.pk}", row.word)
        log.append(what, actor=actor, subject=f"term:{row.pk}", at=at)


def restore(actor: Actor, *, id: UUID, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Take a meaning of a word out of the bin.

    :raises TermNotValid: when its team defined the word again meanwhile.
    """
    with transaction.atomic():
        row = _held(actor, "update", id, archived=True)
        _require_place(row.folded, row.team, row)
        Term.objects.filter(pk=row.pk).update(archived_at=None, kept_instead=None)
        what = happenings.TermRestored(f"term:{row.pk}", row.word)
        log.append(what, actor=actor, subject=f"term:{row.pk}", at=at)


_CHANGING: tuple[Verb, Verb] = ("update", "manage")


def _live(actor: Actor, verb: Verb) -> QuerySet[Term]:
    return rights.visible(actor, verb, "term", Term.objects.filter(archived_at__isnull=True))


def _held(actor: Actor, verb: Verb, term_id: UUID, *, archived: bool = False) -> Term:
    rows = rights.visible(actor, "read", "term", Term.objects.select_for_update())
    row = rows.filter(pk=term_id, archived_at__isnull=not archived).first()
    if row is None:
        raise NotThere
    rights.require(actor, verb, "term", row)
    return row


def _rivals(row: Term, rows: Sequence[Term]) -> list[Term]:
    """Return the meanings of the same word that say something else."""
    return [
        one
        for one in rows
        if one.pk != row.pk
        and one.folded == row.folded
        and (fold(one.definition), one.condition) != (fold(row.definition), row.condition)
    ]


def named(row: Term) -> dict[str, Any]:
    """Return a meaning as a condition that bears its name."""
    return {"all": [row.condition], "term": row.pk.hex, "word": row.word}


def _uses(actor: Actor) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in USERS:
        for term, uses in USERS.get(name).uses(actor).items():
            found.setdefault(term, []).extend(uses)
    return found


def _require_unused(actor: Actor, row: Term) -> None:
    uses = _uses(actor).get(row.pk.hex, [])
    if uses:
        raise TermInUse(word=row.word, uses=format_list(uses, locale=actor.lang))


def _reword(actor: Actor, term: str, row: Term, at: datetime) -> None:
    if row.condition:
        for name in USERS:
            USERS.get(name).reword(actor, term, named(row), at)


def _tell(actor: Actor, what: Any, row: Term, at: datetime) -> None:
    others = _rivals(row, list(Term.objects.filter(folded=row.folded, archived_at=None)))
    told = sorted({one.owner_id for one in others if one.owner_id not in (None, actor.id)})
    said = what(f"term:{row.pk}", row.word, row.team, told)
    log.append(said, actor=actor, subject=f"term:{row.pk}", at=at)


def _checked(meaning: Meaning, row: Term | None) -> dict[str, Any]:
    """Return the columns of a meaning.

    :raises TermNotValid: with every reason.
    """
    word, team = (" ".join(one.replace("\0", "").split()) for one in (meaning.word, meaning.team))
    definition = meaning.definition.replace("\0", "").strip()
    sizes = (
        ("word", word, LONGEST_WORD),
        ("team", team, LONGEST_TEAM),
        ("definition", definition, LONGEST_MEANING),
    )
    problems = [
        Problem(name, "pages.line_too_long", {"most": most}) for name, text, most in sizes if len(text) > most
    ]
    problems += [
        Problem(name, f"pages.{name}_missing") for name, text, _ in sizes if not text and name != "team"
    ]
    if problems:
        raise TermNotValid(*problems)
    _require_place(fold(word), team, row)
    condition = dict(meaning.condition) if meaning.condition else None
    if condition is not None:
        if any(words_in(condition)):
            raise TermNotValid(Problem("condition", "pages.term_of_terms"))
        check.read(condition, SCHEMAS.get(_CRM)(), meaning.object_name)
    return {
        "word": word,
        "folded": fold(word)[:LONGEST_WORD],
        "team": team,
        "definition": definition,
        "object_name": meaning.object_name if condition else "",
        "condition": condition,
    }


def _require_place(folded: str, team: str, row: Term | None) -> None:
    taken = Term.objects.filter(folded=folded, team=team, archived_at=None)
    if (taken.exclude(pk=row.pk) if row else taken).exists():
        raise TermNotValid(Problem("word", "pages.word_taken"))


def _said(row: Term, lang: str) -> str:
    """Return the condition of a meaning in words; of one that no longer holds, that it does not."""
    if row.condition is None:
        return ""
    schema = SCHEMAS.get(_CRM)()
    try:
        return say(check.read(row.condition, schema, row.object_name), schema, row.object_name, lang)
    except check.ConditionNotValid:
        return texts.say("pages.condition_lapsed", lang)
