"""Walks over a condition: the fields it reads, and the same condition under other field names."""

from collections.abc import Callable, Iterator

from portulan.base.conditions.meet import DENIALS
from portulan.base.conditions.model import All, AnyOf, Condition, Count, NoneOf, Not, Some, Test


def fields_of(condition: Condition) -> frozenset[str]:
    """Return the dotted paths of the fields that the condition tests on the record itself."""
    return frozenset(_fields(condition))


def presumed(condition: Condition) -> tuple[str, ...]:
    """Return the paths of the fields without whose values the condition cannot hold, in order.

    Those under any and not are left out: what else holds there, or does not, nobody knows.
    """
    match condition:
        case All():
            return tuple(dict.fromkeys(path for part in condition.all for path in presumed(part)))
        case Test():
            return () if condition.test == "empty" or condition.test in DENIALS else (condition.field,)
        case _:
            return ()


def relations_of(condition: Condition) -> frozenset[str]:
    """Return the relations of the record that the condition looks into."""
    return frozenset(relation for relation, _ in looks_of(condition))


def looks_of(condition: Condition) -> tuple[tuple[str, Condition | None], ...]:
    """Return the relations that the condition looks into, each with what it asks of the related records."""
    match condition:
        case Some():
            return ((condition.some, condition.where),)
        case NoneOf():
            return ((condition.none, condition.where),)
        case Count():
            return ((condition.count, condition.where),)
        case _:
            return tuple(look for part in parts_of(condition) for look in looks_of(part))


def rename(condition: Condition, name: Callable[[str], str]) -> Condition:
    """Return the condition with each tested path given to `name`; nested relations are left alone."""
    match condition:
        case All():
            return condition.model_copy(update={"all": tuple(rename(part, name) for part in condition.all)})
        case AnyOf():
            return AnyOf(any=tuple(rename(part, name) for part in condition.any))
        case Not():
            return Not.model_validate({"not": rename(condition.not_, name)})
        case Test():
            return condition.model_copy(update={"field": name(condition.field)})
        case _:
            return condition


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions directly inside all, any and not."""
    match condition:
        case All():
            return condition.all
        case AnyOf():
            return condition.any
        case Not():
            return (condition.not_,)
        case _:
            return ()


def _fields(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Test):
        yield condition.field
    for part in parts_of(condition):
        yield from _fields(part)
