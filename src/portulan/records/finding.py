"""How records are found by what one types: the projection kept beside each change, and the search in it.

Search ignores case and accents, wants every word, and forgives a slip of the fingers when no record holds
the words as typed. Both databases find candidates by the same parts of words, through an index of trigrams;
ranking is the same arithmetic for both. It sees what lists see: the rows of the actor's scope, through
fields that they may read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from rapidfuzz import fuzz

from portulan.base.fold import fold
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field, Object
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import lines, runtime, scope, slips, values
from portulan.records.models import SearchEntry
from portulan.records.query import NEVER

#: Rows that the database hands over to be ranked.
_CANDIDATES = 200
_LONGEST = 400
_TRIGRAM = 3
_FORGIVING = 4
#: Least likeness, of 100, of a record found in spite of a slip.
_LIKE = 72


@dataclass(frozen=True)
class Hit:
    """A record found: what it is, its title, and how well it answers, of 100."""

    object: str
    id: int
    title: str
    score: float


def search(actor: Actor, *, words: str, objects: Iterable[str] = (), limit: int = 10) -> list[Hit]:
    """Return the records that answer the words best, of some objects or of all, in three queries at most.

    Lines are found when they are asked for, else with what they are a part of.
    """
    folded = fold(words).strip()
    wanted = set(objects)
    kinds = {
        kind.uid: kind
        for kind in runtime.current().blueprint.objects
        if not kind.archived and (kind.name in wanted if wanted else kind.uid not in lines.PARENTS)
    }
    if not folded or not kinds:
        return []
    seen = SearchEntry.objects.filter(_scope(actor, kinds.values()))
    found = _ranked(actor, kinds, _holding(seen, folded.split()), folded)
    if not found and len(folded) >= _FORGIVING:
        typed = slips.words(folded)
        found = _near(actor, kinds, _resembling(seen, slips.one(typed)), folded)
        found = found or _near(actor, kinds, _resembling(seen, slips.several(typed)), folded)
    return found[:limit]


def holding(actor: Actor, kind: Object, words: list[str], *, limit: int) -> set[int]:
    """Return the ids of some records of an object, within the actor's sight, that hold every folded word.

    Short words are held as they are, the others also within a word.
    """
    seen = SearchEntry.objects.filter(_scope(actor, [kind]))
    return set(_holding(seen, words, whole=True).values_list("row", flat=True)[:limit])


def rows_holding(kind: Object, words: list[str]) -> QuerySet[Any]:
    """Return the ids of the live records of an object that hold every folded word, lazily, whoever asks."""
    return _holding(SearchEntry.objects.filter(object=kind.uid), words).values("row")


def put(kind: Object, row: Any, changed: Iterable[str] | None = None) -> None:
    """Keep what a record is found by, in the caller's transaction; `changed` are the uids that changed."""
    put_many(kind, [row], changed)


def put_many(kind: Object, many: Sequence[Any], changed: Iterable[str] | None = None) -> None:
    """Keep what records are found by, in the caller's transaction; `changed` are the uids that changed."""
    if changed is not None and not _concerned(kind) & set(changed):
        return
    gone = [row.pk for row in many if getattr(row, "deleted_at", None) is not None]
    if gone:
        SearchEntry.objects.filter(object=kind.uid, row__in=gone).delete()
    read = _read_fields(kind)
    entries = []
    for row in many:
        if getattr(row, "deleted_at", None) is None:
            state = {field.name: getattr(row, values.attribute(field)) for field in read}
            entries.append(SearchEntry(**dict(zip(ATTRIBUTES, entry_of(kind, row.pk, state), strict=True))))
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["object", "row"],
        update_fields=["title", "folded", "holder"],
    )


ATTRIBUTES = ("object", "row", "title", "folded", "holder")


def entry_of(kind: Object, row_id: int, state: Mapping[str, Any]) -> tuple[str, int, str, str, int | None]:
    """Return the entry of a record, in the order of ATTRIBUTES; `state` holds its values by API name."""
    title = str(state.get(_title(kind)) or "")
    said = [title, *(str(state[one.name]) for one in _said(kind) if state.get(one.name))]
    holder = scope.holder_of(kind)
    return kind.uid, row_id, title, fold(" ".join(said))[:_LONGEST], state.get(holder) if holder else None


def _concerned(kind: Object) -> set[str]:
    return {field.uid for field in _read_fields(kind)} | {"deleted_at"}


def _read_fields(kind: Object) -> list[Field]:
    holder, title = scope.holder_of(kind), _title(kind)
    said = {field.name for field in _said(kind)} | {title, holder}
    return [field for field in values.live(kind).values() if field.name in said]


def _said(kind: Object) -> list[Field]:
    """Return the fields by which a record is found beside its title: what is written in a line."""
    title = _title(kind)
    return [
        field
        for field in values.live(kind).values()
        if TYPES.get(field.type).storage == "text"
        and TYPES.get(field.type).kind == "text"
        and not field.system
        and field.name != title
    ]


def _title(kind: Object) -> str:
    return next(field.name for field in kind.fields if field.uid == kind.title)


def _scope(actor: Actor, kinds: Iterable[Object]) -> Q:
    return reduce(or_, (_scope_of(actor, kind) for kind in kinds), NEVER)


def _scope_of(actor: Actor, kind: Object) -> Q:
    given = scope.scope_of(runtime.current().blueprint, actor, kind, "read")
    mine = Q(object=kind.uid)
    match given:
        case "all":
            return mine
        case "own":
            return mine & Q(holder=actor.id)
        case "team":
            return mine & Q(holder__in=sorted(actor.teammate_ids | {actor.id or 0}))
        case "territory":
            return mine & (Q(holder=actor.id) | Q(holder__in=people.same_territory(actor)))
    return NEVER


def _holding(seen: QuerySet[SearchEntry], words: list[str], *, whole: bool = False) -> QuerySet[SearchEntry]:
    """Return the entries that hold every word; `whole`: those of one or two letters are no beginnings."""
    short = _whole if whole else _beginning
    if connection.vendor == "postgresql":
        for word in words:
            seen = seen.filter(folded__contains=word) if len(word) >= _TRIGRAM else seen.filter(short(word))
        return seen
    long = [word for word in words if len(word) >= _TRIGRAM]
    if long:
        seen = seen.filter(pk__in=_matching(" AND ".join(map(_quoted, long))))
    for word in words:
        if len(word) < _TRIGRAM:
            seen = seen.filter(short(word)) if long else seen.filter(_range(word, whole=whole))
    return seen


def _beginning(word: str) -> Q:
    return Q(folded__startswith=word) | Q(folded__contains=f" {word}")


def _whole(word: str) -> Q:
    within = Q(folded__startswith=f"{word} ") | Q(folded__contains=f" {word} ")
    return within | Q(folded__endswith=f" {word}") | Q(folded=word)


def _range(word: str, *, whole: bool) -> Q:
    """Return what an index of whole lines finds: those that begin so."""
    if whole:
        return Q(folded=word) | Q(folded__gte=f"{word} ", folded__lt=f"{word}!")
    return Q(folded__gte=word, folded__lt=f"{word}\U0010ffff")


def _resembling(seen: QuerySet[SearchEntry], ways: slips.Ways) -> QuerySet[SearchEntry]:
    """Return the entries that hold what was typed in one of the ways."""
    if connection.vendor == "postgresql":
        return seen.filter(reduce(or_, (_parts(way) for way in ways), NEVER))
    said = " OR ".join("(" + " AND ".join(map(_quoted, way)) + ")" for way in ways)
    return seen.filter(pk__in=_matching(said)) if said else seen.none()


def _parts(way: tuple[str, ...]) -> Q:
    return reduce(and_, (Q(folded__contains=part) for part in way))


def _near(actor: Actor, kinds: Mapping[str, Object], rows: QuerySet[SearchEntry], folded: str) -> list[Hit]:
    return [hit for hit in _ranked(actor, kinds, rows, folded) if hit.score >= _LIKE]


def _matching(asked: str) -> RawSQL:
    sql = "SELECT rowid FROM records_search_text WHERE folded MATCH %s"
    return RawSQL(sql, [asked])  # noqa: S611 - a constant with its parameter apart


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _ranked(actor: Actor, kinds: Mapping[str, Object], rows: QuerySet[SearchEntry], folded: str) -> list[Hit]:
    raw = rows.values_list("object", "row", "title", "folded")[:_CANDIDATES]
    blind = {uid for uid, kind in kinds.items() if sees_titles_only(actor, kind)}
    hits = []
    for uid, row, title, held in raw:
        heading = fold(title)
        if uid in blind and not all(word in heading for word in folded.split()):
            continue
        hits.append(Hit(kinds[uid].name, row, title, _score(folded, heading, held)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.title, hit.id))


def sees_titles_only(actor: Actor, kind: Object) -> bool:
    """Return whether something that records are found by is hidden from the actor."""
    readable = {field.name for field in scope.readable(runtime.current().blueprint, actor, kind)}
    return not {field.name for field in _said(kind)} <= readable


def _score(folded: str, heading: str, held: str) -> float:
    """Return how well a record answers: its title first, whole words before parts."""
    if heading.startswith(folded):
        return 100.0
    if f" {folded}" in f" {heading}":
        return 98.0
    likeness = max(fuzz.WRatio(folded, heading), 0.9 * fuzz.partial_ratio(folded, held))
    return min(likeness, 97.0)
