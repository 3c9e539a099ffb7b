"""A field that changes its type: its values are converted into a fresh column, the former ones stay.

What does not convert is left out of the new column and kept in the former one; `misfits` says what, before
anything is done. Going back takes each former value again, unless it was changed in between.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model

from portulan.base.fold import fold
from portulan.blueprint.carry import Retyped
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field
from portulan.records import values

_BATCH = 2000
_FRENCH_NUMBER = str.maketrans({",": ".", " ": None, "\u00a0": None, "\u202f": None, "€": None, "%": None})


@dataclass(frozen=True)
class Misfits:
    """What will not convert: on how many rows, with some examples."""

    rows: int
    examples: tuple[str, ...]


def convert(value: Any, source: Field, target: Field) -> Any:
    """Return a stored value as one of another type, None where it does not convert."""
    if value is None:
        return None
    said = _said(value, source)
    if isinstance(said, str) and TYPES.get(target.type).kind == "number":
        said = said.translate(_FRENCH_NUMBER)
    try:
        return values.read(said, target)
    except ValueError:
        return _by_label(value, source, target)


def misfits(model: type[Model], name: str, change: Retyped) -> Misfits:
    """Return what of the column called `name` would not convert."""
    found = model._default_manager.exclude(**{f"{name}__isnull": True})  # noqa: SLF001 - any model
    counted = found.values_list(name).annotate(n=Count("pk"))
    lost = [(value, n) for value, n in counted if convert(value, change.source, change.target) is None]
    return Misfits(sum(n for _, n in lost), tuple(str(value) for value, _ in lost[:3]))


def copy(model: type[Any], change: Retyped) -> None:
    """Fill the new column from the former one; `model` is the physical one, its fields named by column."""
    before, after = change.source.column, change.target.column
    rows = model.objects.filter(**{f"{before}__isnull": False}).only("pk", before, after)
    batch: list[Any] = []
    for row in rows.iterator(chunk_size=_BATCH):
        value, kept = getattr(row, before), getattr(row, after)
        if kept is not None and convert(kept, change.target, change.source) == value:
            continue
        setattr(row, after, convert(value, change.source, change.target))
        batch.append(row)
        if len(batch) == _BATCH:
            model.objects.bulk_update(batch, [after])
            batch.clear()
    model.objects.bulk_update(batch, [after])


def _said(value: Any, source: Field) -> Any:
    """Return the value as its reader of another type takes it: text, or the label of a choice."""
    dumped = values.dump(value)
    if TYPES.get(source.type).kind == "choice":
        labels = {choice.id: choice.label.fr for choice in source.choices}
        return labels.get(dumped, dumped)
    return dumped if isinstance(dumped, bool | list) else str(dumped)


def _by_label(value: Any, source: Field, target: Field) -> Any:
    said = fold(str(_said(value, source)))
    return next((one.id for one in target.choices if said in (fold(one.label.fr), one.id)), None)
