"""What a log can be filtered by: attributes with their usual values, its period, how long cases last."""

import numpy as np
import polars as pl

from portulan.mining.shapes import AttributeChoice, ChoicesAnswer, StepChoice, ValueChoice
from portulan.mining.study import Study
from portulan.mining.tell import moment

_MOST_VALUES, _MOST_ATTRIBUTES = 50, 40
#: Of more distinct texts than this share of the rows, none is worth choosing.
_TELLING = 0.5


def choices(study: Study) -> ChoicesAnswer:
    """Return what the cases of a log can be chosen by."""
    log = study.log
    shares = np.quantile(study.cycles, (0, 0.5, 0.9, 1)).tolist() if len(study.cycles) else [0.0] * 4
    ours = (study.owner,) if study.object_name else ()  # an id, and the last owner goes with the case
    frames = (log.case_rows, log.events.drop("seq", *ours, strict=False))
    found = (_attribute(frame[name]) for frame in frames for name in frame.columns)
    order = np.argsort(-study.flow.step_cases, kind="stable").tolist()
    return ChoicesAnswer(
        steps=tuple(
            StepChoice(id=study.ids[code], label=study.labels[code], cases=int(study.flow.step_cases[code]))
            for code in order
            if study.flow.step_cases[code]
        ),
        attributes=tuple(one for one in found if one is not None)[:_MOST_ATTRIBUTES],
        from_=moment(log.at.min()) if len(log.at) else None,
        to=moment(log.at.max()) if len(log.at) else None,
        shortest_seconds=shares[0],
        median_seconds=shares[1],
        p90_seconds=shares[2],
        longest_seconds=shares[3],
    )


def _attribute(column: pl.Series) -> AttributeChoice | None:
    """Return how an attribute can be chosen by; None when its values tell nothing apart."""
    known = column.drop_nulls()
    distinct = known.n_unique()
    if distinct < 2:  # noqa: PLR2004 - one value tells nothing apart
        return None
    label = column.name.removeprefix("case:")
    if column.dtype.is_numeric() and distinct > _MOST_VALUES:
        low, high = (float(str(bound)) for bound in (known.min(), known.max()))
        return AttributeChoice(name=column.name, label=label, values=(), low=low, high=high)
    if distinct > max(_TELLING * len(known), _MOST_VALUES) or column.dtype.is_temporal():
        return None
    counts = known.cast(pl.String).value_counts(sort=True, name="n").head(_MOST_VALUES)
    values = tuple(ValueChoice(value=str(value), count=int(n)) for value, n in counts.rows())
    return AttributeChoice(name=column.name, label=label, values=values, low=None, high=None)
