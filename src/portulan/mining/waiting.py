"""Why cases wait: each wait between two events of a case parted among its causes, to the microsecond.

Owns the order in which causes claim what is left of a wait: closed hours, the client, the hand-over, a batch,
other cases, a later arrival that went first, nothing that the log tells. What a log cannot tell (nobody
named on its events) claims nothing and is said by `known`. Waiting as in Lashkevich et al., Why am I waiting?
Data-driven analysis of waiting times in business processes (2023), where nothing says when an act began.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from portulan.base.calendar import Openings, WorkingCalendar
from portulan.mining import acts
from portulan.mining.acts import Acts
from portulan.mining.store import Ints, Log

Cause = Literal["closed", "client", "handover", "batch", "busy", "overtaken", "rest"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
#: What is known only where events say who acts.
OF_OWNERS: frozenset[Cause] = frozenset({"handover", "batch", "busy"})
Mask = npt.NDArray[np.bool_]
_MICRO = 1_000_000


@dataclass(frozen=True)
class Facts:
    """What the n events of a log say beside their steps.

    `owner` (n) holds codes of who acts, -1 where nobody is named, None where no event says it; `ends` (n)
    when each act ended in UTC microseconds, None where acts have one moment; `outside` the codes of the
    steps that wait for the client.
    """

    owner: Ints | None = None
    ends: Ints | None = None
    outside: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Parts:
    """The w waits of a log: `at`, `to` (w) the events they lie between, `micros` (7, w) what causes claim.

    A column adds up to the wait, from the end of an act to the event that ends the wait. `named` (w) says of
    which waits the causes that are about owners were sought.
    """

    at: Ints
    to: Ints
    micros: Ints
    named: Mask


def parted(
    log: Log, calendar: WorkingCalendar, facts: Facts, between: tuple[Ints, Ints] | None = None
) -> Parts:
    """Return every wait of a log parted among its causes: from each event to the next of its case.

    `between` names the events (w) that other waits lie between, each after the other in one case.

    Closed hours are those of the calendar. An open hour then goes to the first that claims it: the client,
    when the step waits for them; the hand-over, until the first act of whoever takes over; a batch, when the
    owner resumes three cases of the step within a quarter of an hour; the owner's acts on other cases (from
    start to end where the log has both, else at most an hour before each); the time since a case that came
    to the step later left it.
    """
    here, there = (log.follows, log.follows + 1) if between is None else between
    if not len(here):
        none = np.zeros(0, dtype=np.int64)
        return Parts(none, none, np.zeros((len(CAUSES), 0), dtype=np.int64), np.zeros(0, dtype=np.bool_))
    scene = _Scene(log, facts, (here, there), calendar.laid_out(*_span(log, facts)))
    micros = np.zeros((len(CAUSES), len(here)), dtype=np.int64)
    left = scene.closes - scene.opens
    micros[0] = scene.end - scene.begin - left
    outside = np.isin(log.step[here], list(facts.outside))
    micros[1] = np.where(outside, left, 0)
    named = ~outside & (scene.taker >= 0)
    if facts.owner is not None:
        micros[2:5] = np.where(named, scene.of_owners(named), 0)
    micros[5] = np.where(outside, 0, scene.overtaken(left - micros[1:5].sum(axis=0)))
    micros[6] = left - micros[1:6].sum(axis=0)
    return Parts(here, there, micros, named | outside)


def _span(log: Log, facts: Facts) -> tuple[int, int]:
    last = int(log.at.max())
    return int(log.at.min()), last if facts.ends is None else max(last, int(facts.ends.max()))


class _Scene:
    """The waits of a log on two clocks: `begin`, `end` in UTC, `opens`, `closes` in working microseconds."""

    def __init__(self, log: Log, facts: Facts, between: tuple[Ints, Ints], laid: Openings) -> None:
        here, self.there = between
        self.log, self.facts, self.here, self.laid = log, facts, here, laid
        self.end = log.at[self.there]
        ended = log.at if facts.ends is None else np.maximum(facts.ends, log.at)
        self.begin = np.minimum(ended[here], self.end)
        self.worked = laid.worked(log.at)
        self.opens = self.worked[here] if facts.ends is None else laid.worked(self.begin)
        self.closes = self.worked[self.there]
        #: From when on the owner has the case, and how long they are at others from then on.
        self.since, self.at_others = self.opens.copy(), np.zeros((2, len(here)), dtype=np.int64)

    @cached_property
    def taker(self) -> Ints:
        """Who ends each wait (w), -1 where nobody is named."""
        owner = self.facts.owner
        return np.full(len(self.here), -1) if owner is None else np.asarray(owner[self.there])

    @cached_property
    def acts(self) -> Acts:
        """What owners do, on both clocks."""
        ends = None if self.facts.ends is None else self.laid.worked(np.maximum(self.facts.ends, self.log.at))
        owner = self.facts.owner if self.facts.owner is not None else np.zeros(0, dtype=np.int64)
        return acts.acts(owner, self.log.at, self.worked, ends)

    @cached_property
    def passed(self) -> Ints:
        """When each wait (w) was first overtaken, in working time; its end where it never was."""
        when = acts.overtaken(self.log.step[self.here].astype(np.int64), self.begin, self.end)
        return np.minimum(self.laid.worked(when), self.closes)

    def of_owners(self, named: Mask) -> Ints:
        """Return what hand-overs, batches and other cases (3, w) claim of waits, where somebody is named."""
        found = np.zeros((3, len(self.here)), dtype=np.int64)
        giver = self.facts.owner[self.here] if self.facts.owner is not None else self.taker
        over = named & (giver >= 0) & (giver != self.taker) & (self.end > self.begin)
        self.since[over] = self.worked[self.acts.first_after(self.taker[over], self.begin[over])]
        found[0] = self.since - self.opens
        batched = np.zeros(len(self.here), dtype=np.bool_)
        group = self.taker[named] * len(self.log.steps) + self.log.step[self.here][named]
        batched[named] = acts.together(group, self.end[named], self.log.case[self.here][named])
        found[1] = np.where(batched, self.closes - self.since, 0)
        self.since[batched] = self.closes[batched]
        some = np.flatnonzero(named & ~batched & (self.closes > self.since))
        for row, when in enumerate((self.since, np.maximum(self.since, self.passed))):
            upto = self.closes[some]
            self.at_others[row, some] = self.acts.elsewhere(self.there[some], when[some], upto)
        found[2] = self.at_others[0]
        return found

    def overtaken(self, left: Ints) -> Ints:
        """Return how much of what is `left` of each wait (w) comes after it was overtaken."""
        late = self.closes - np.maximum(self.since, self.passed) - self.at_others[1]
        found: Ints = np.minimum(late, left)
        return found


@dataclass(frozen=True)
class Shares:
    """What the causes claim of some waits: seconds (7), how many they touch (7), of how many and how long.

    `unnamed` is how many seconds of open hours end with an event that names nobody.
    """

    waits: int
    seconds: npt.NDArray[np.float64]
    touched: Ints
    unnamed: float

    @property
    def total(self) -> float:
        """How long the waits last together, in seconds."""
        return float(self.seconds.sum())


@dataclass(frozen=True)
class Split:
    """The waits of a log by arc: `source`, `target`, `count`, `unnamed` (e), `seconds`, `touched` (7, e).

    `known` holds the causes that the log can tell.
    """

    source: Ints
    target: Ints
    count: Ints
    seconds: npt.NDArray[np.float64]
    touched: Ints
    unnamed: npt.NDArray[np.float64]
    known: frozenset[Cause]

    def of(self, source: int, target: int | None = None) -> Shares:
        """Return what is known of the waits after a step, or of those before one that follows it."""
        mine = (self.source == source) & (True if target is None else self.target == target)
        return Shares(
            int(self.count[mine].sum()),
            self.seconds[:, mine].sum(axis=1),
            self.touched[:, mine].sum(axis=1),
            float(self.unnamed[mine].sum()),
        )


def split(parts: Parts, log: Log, facts: Facts, chosen: Mask | None = None) -> Split:
    """Return the waits of a log added up by arc and by cause, or those of the cases (m) that are chosen.

    Owners are followed over the whole log: what they do on cases that are not chosen keeps them busy too.
    """
    k = max(len(log.steps), 1)
    kept = slice(None) if chosen is None else chosen[log.case[parts.at]]
    at, to, micros = parts.at[kept], parts.to[kept], parts.micros[:, kept]
    arcs, place = np.unique(log.step[at].astype(np.int64) * k + log.step[to], return_inverse=True)
    e = len(arcs)
    unnamed = np.where(parts.named[kept], 0, micros[1:].sum(axis=0)) / _MICRO
    return Split(
        source=arcs // k,
        target=arcs % k,
        count=np.bincount(place, minlength=e),
        seconds=np.stack([np.bincount(place, weights=row / _MICRO, minlength=e) for row in micros]),
        touched=np.stack([np.bincount(place[row > 0], minlength=e) for row in micros]),
        unnamed=np.bincount(place, weights=unnamed, minlength=e).astype(np.float64),
        known=_known(facts),
    )


def _known(facts: Facts) -> frozenset[Cause]:
    unknown = frozenset[Cause]() if facts.owner is not None else OF_OWNERS
    return frozenset(CAUSES) - unknown - (frozenset[Cause]() if facts.outside else {"client"})
