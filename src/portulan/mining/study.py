"""A log under study: what is asked of it again and again, computed once.

Owns the join between codes and what people see: an id and a label for each step.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from portulan.base import calendar as calendars
from portulan.base.calendar import WorkingCalendar
from portulan.base.refusals import NotThere
from portulan.mining import blocked, endings, flow, names, store, touches, variants, visits
from portulan.mining.archive import Archived
from portulan.mining.blocked import Blockage
from portulan.mining.flow import Flow
from portulan.mining.store import Ints, Log
from portulan.mining.touches import Channels, Touches
from portulan.mining.variants import Variants
from portulan.mining.visits import OPEN, Endings, Floats, Visits

A = TypeVar("A")
#: What one event costs in memory once its visits are known, about.
_BYTES_AN_EVENT = 120
#: How many answers a study keeps.
_ANSWERS = 8


@dataclass(frozen=True)
class Study:
    """A log whose k steps have `ids` and `labels`, and whose cases may bear amounts.

    `log` holds every event; `states` the events of the steps where a case can block, whose codes `ends`
    uses; `until` is the moment of extraction in UTC microseconds. `amounts` (m) go by
    case; `object_name` is that of the records, in our own log, whose ids name the cases.
    """

    log: Log
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    states: Log
    ends: Endings
    until: int
    calendar: WorkingCalendar = calendars.DEFAULT
    amounts: Floats | None = field(default=None, repr=False)
    object_name: str = ""
    #: The column of `log.events` that says who acts, none when no column does.
    owner: str = ""
    #: Reads what our own log does not hold itself: the contacts about its records, and their channels.
    contacts: Callable[[], tuple[pl.DataFrame, Channels]] | None = field(default=None, repr=False)
    #: What was asked of the study beside its own properties, by what was asked.
    answers: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def answer(self, asked: Hashable, work_out: Callable[[], A]) -> A:
        """Return what was worked out for a question, once while it is among the last that were asked."""
        known: A = self.answers.pop(asked) if asked in self.answers else work_out()
        self.answers[asked] = known
        while len(self.answers) > _ANSWERS:
            del self.answers[next(iter(self.answers))]
        return known

    @cached_property
    def flow(self) -> Flow:
        """The flow of every step."""
        return flow.flow(self.log, self.calendar)

    @cached_property
    def variants(self) -> Variants:
        """The variants, the most followed first."""
        return variants.variants(self.log)

    @cached_property
    def paths(self) -> Log:
        """One case of each variant, in their order: what depends on paths alone is worked out on these."""
        return variants.paths(self.log, self.variants)

    @cached_property
    def visits(self) -> Visits:
        """The visits to the states."""
        return visits.visits(self.states, self.ends, self.calendar, until=self.until)

    @cached_property
    def blockages(self) -> list[Blockage]:
        """What is known of each state in time of the clock; none when no ending is known."""
        return blocked.blocked(self.visits) if self.ends.every else []

    @cached_property
    def cycles(self) -> Floats:
        """How long each case (m) lasted from its first to its last event, in seconds."""
        return (self.log.at[self.log.last] - self.log.at[self.log.first]) / 1_000_000

    @cached_property
    def touches(self) -> Touches:
        """The contacts of each case (m), until it ended.

        :raises NotAllowed: in our own log, when who looks may not read them.
        """
        ends = frozenset(self.states.steps[code] for code in self.ends.every)
        if self.contacts is None:
            return touches.of_log(self.log, ends, self.ids, self.labels)
        rows, channels = self.contacts()
        return touches.of_rows(self.log, rows, channels, ends)

    @cached_property
    def final(self) -> Ints:
        """The last state of each case (m) that has any, as a code of `states`; -1 for the others."""
        if self.states is self.log:
            return self.log.step[self.log.last].astype(np.int64)
        of_case = dict(zip(self.states.cases, self.states.step[self.states.last].tolist(), strict=True))
        return np.array([of_case.get(case, -1) for case in self.log.cases], dtype=np.int64)

    @cached_property
    def code_of(self) -> dict[str, int]:
        """The code of each step id in `log`."""
        return {step_id: code for code, step_id in enumerate(self.ids)}

    @cached_property
    def state_ids(self) -> tuple[str, ...]:
        """The step id of each code of `states`."""
        known = dict(zip(self.log.steps, self.ids, strict=True))
        return tuple(known[name] for name in self.states.steps)

    @cached_property
    def state_code_of(self) -> dict[str, int]:
        """The code of each step id in `states`."""
        return {step_id: code for code, step_id in enumerate(self.state_ids)}

    @cached_property
    def case_of_state(self) -> Ints:
        """The case in `log` of each case of `states`."""
        if self.states is self.log:
            return np.arange(len(self.log.cases), dtype=np.int64)
        known = {case: code for code, case in enumerate(self.log.cases)}
        return np.array([known[case] for case in self.states.cases], dtype=np.int64)

    @property
    def bytes(self) -> int:
        """About how many bytes it holds."""
        mine = len(self.log.step) * _BYTES_AN_EVENT + int(self.log.events.estimated_size())
        return mine + sum(one.bytes for one in list(self.answers.values()) if isinstance(one, Study))

    def flow_of(self, chosen: npt.NDArray[np.bool_], *, rough: bool = False) -> Flow:
        """Return the flow of some cases (m): counts come from their variants, waits from their events."""
        cases = np.bincount(self.variants.of_case[chosen], minlength=len(self.variants.cases))
        return flow.flow(self.log, self.calendar, chosen, rough=rough, paths=(self.paths, cases))

    def label(self, step_id: str) -> str:
        """Return the label of a step."""
        return self.labels[self.code_of[step_id]]

    def open_at(self, step_id: str) -> Ints:
        """Return the visits (positions in `visits`) that are open at a step now, the longest wait first."""
        code = self.state_code_of.get(step_id, -1)
        here = np.flatnonzero((self.visits.step == code) & (self.visits.exit == OPEN))
        return here[np.argsort(-self.visits.elapsed[here], kind="stable")]

    def outcome(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Return which cases (m) ended well, and which ended as lost."""
        return np.isin(self.final, list(self.ends.won)), np.isin(self.final, list(self.ends.lost))


def of_archive(archived: Archived, *, until: int | None = None, owner: str = "") -> Study:
    """Return the study of an imported log: ids come from labels, endings are guessed."""
    log = archived.log
    states = endings.keep_steps(log, archived.states) if archived.states else log
    return Study(
        log=log,
        ids=names.step_ids(log.steps),
        labels=log.steps,
        states=states,
        ends=endings.guess_endings(states),
        until=until if until is not None else int(log.at.max()) if len(log.at) else 0,
        amounts=_amounts(log),
        owner=owner,
    )


def _amounts(log: Log) -> Floats | None:
    """Return the amount of each case where an attribute bears one, else nothing."""
    for name in log.case_rows.columns:
        if any(word in name.lower() for word in ("amount", "montant", "value")):
            read = (
                log.case_rows[name]
                .cast(pl.String)
                .str.replace(",", ".")
                .str.replace_all("[\u202f\u00a0 €]", "")
            )
            number = read.cast(pl.Float64, strict=False)
            if number.null_count() <= 0.5 * max(len(number), 1):  # half of the cases at least bear one
                return number.fill_null(np.nan).to_numpy()
    return None


def narrowed(study: Study, chosen: npt.NDArray[np.bool_]) -> Study:
    """Return the study of some cases (m) only; codes and ids of steps stay."""
    log = store.of_cases(study.log, chosen)
    states = log if study.states is study.log else store.of_cases(study.states, chosen[study.case_of_state])
    return replace(
        study,
        log=log,
        states=states,
        amounts=study.amounts[chosen] if study.amounts is not None else None,
    )


def of_variant(study: Study, rank: int) -> Study:
    """Return the study of the cases of one variant, by its rank.

    :raises NotThere: when there is no such variant.
    """
    if not 0 <= rank < len(study.variants.cases):
        raise NotThere
    return narrowed(study, study.variants.of_case == rank)
