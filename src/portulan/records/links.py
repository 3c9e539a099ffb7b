"""Fields of several links: a table of pairs for each, read and written as the sorted list of its ids.

Owns the attribute that a runtime model has for such a field. The list is read when somebody looks at it, and
written after its row, in the transaction that saves the row.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from portulan.blueprint.schema import Field, Object


class Linked:
    """The ids that a row links to through one field."""

    def __init__(self, name: str, pairs: type[Any]) -> None:
        """Name the field and the model of its pairs."""
        self._name = f"_linked_{name}"
        self.pairs = pairs

    def __get__(self, row: Any, owner: type[Any] | None = None) -> Any:
        """Return the sorted ids; on the class, the attribute itself."""
        if row is None:
            return self
        if self._name not in row.__dict__:
            row.__dict__[self._name] = of_rows(self.pairs, [row.pk])[row.pk] if row.pk else []
        return row.__dict__[self._name]

    def __set__(self, row: Any, ids: Collection[int] | None) -> None:
        """Keep the ids until the row is stored."""
        row.__dict__[self._name] = sorted(set(ids or ()))

    def store(self, row: Any) -> None:
        """Write the pairs of a row that were looked at or set."""
        if self._name not in row.__dict__:
            return
        wanted = set(row.__dict__[self._name])
        there = set(of_rows(self.pairs, [row.pk])[row.pk])
        if there - wanted:
            self.pairs.objects.filter(a_id=row.pk, b_id__in=there - wanted).delete()
        fresh = sorted(wanted - there)
        self.pairs.objects.bulk_create([self.pairs(a_id=row.pk, b_id=one) for one in fresh])


def fields_of(kind: Object) -> tuple[Field, ...]:
    """Return the live fields of several links."""
    return tuple(field for field in kind.fields if field.type == "links" and not field.archived)


def pairs_of(model: type[Any], name: str) -> type[Any]:
    """Return the model of the pairs of a field."""
    linked: Linked = getattr(model, name)
    return linked.pairs


def of_rows(pairs: type[Any], ids: Iterable[int]) -> dict[int, list[int]]:
    """Return what rows link to, in one query."""
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs.objects.filter(a_id__in=list(ids)).order_by("b_id").values_list("a_id", "b_id"):
        found[one].append(other)
    return found


def store(kind: Object, row: Any) -> None:
    """Write every list of links of a row that has just been saved."""
    for field in fields_of(kind):
        getattr(type(row), field.name).store(row)
