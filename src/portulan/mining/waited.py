"""Why cases waited, in sentences and figures, as it travels: a step, or a way to the next, cause by cause.

Owns who acts and which steps wait for the client, read from the columns and the labels of a log. What a log
cannot tell is said beside what it can; nobody is named.
"""

import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from portulan.base import texts
from portulan.base.fold import fold
from portulan.base.refusals import NotThere
from portulan.base.value import Value
from portulan.mining import sentences, waiting
from portulan.mining.store import Ints, Log
from portulan.mining.study import Study
from portulan.mining.waiting import CAUSES, OF_OWNERS, Cause, Facts, Shares, Split

#: Fewer waits say nothing of what usually happens.
LEAST = 10
_OWNERS = ("org:resource", "resource", "agent", "responsable", "owner", "utilisateur", "user")
_CLIENT = re.compile(
    r"attente.{0,20}(client|prospect|demandeur|usager|retour)"
    r"|(wait|await|pending).{0,20}(customer|client|user|requester|applicant)"
    r"|wacht.{0,20}klant"
)
#: Less than this share of open hours without a name is not worth a sentence.
_WORTH = 0.005


class WaitCause(Value):
    """A cause of waiting: seconds, its share of the waits and of their open hours, how many waits it touches.

    `known` is false where the log cannot tell; then nothing is claimed.
    """

    cause: Cause
    label: str
    known: bool
    seconds: float
    share: float
    open_share: float | None
    waits: int
    sentence: str


class WaitSplit(Value):
    """The waits after a step, or before `target` that follows it, parted among causes that add up to them."""

    step: str
    label: str
    target: str | None
    target_label: str | None
    waits: int
    seconds: float
    open_seconds: float
    early: bool
    sentence: str
    causes: tuple[WaitCause, ...]
    notes: tuple[str, ...]


def owner_of(log: Log, roles: Mapping[str, str]) -> str:
    """Return the column of the events that says who acts: by its role, else by its name; empty for none."""
    columns = log.events.columns
    for name, role in roles.items():
        if role == "resource" and name in columns:
            return name
    named = {fold(name): name for name in columns}
    return next((named[one] for one in _OWNERS if one in named), "")


def facts(study: Study) -> Facts:
    """Return what the events of a log say beside their steps."""
    events, owner = study.log.events, None
    if study.owner in events.columns:
        owner = _codes(events[study.owner])
    ends = (
        events["end_at"].fill_null(pl.Series(study.log.at)).to_numpy() if "end_at" in events.columns else None
    )
    outside = frozenset(code for code, label in enumerate(study.labels) if _CLIENT.search(fold(label)))
    return Facts(owner, ends, outside)


def _codes(column: pl.Series) -> Ints | None:
    """Return a code for each name, -1 where nobody is named; None when nobody ever is."""
    text = column.cast(pl.String)
    named = text.set(text == "", None)
    if named.null_count() == len(named):
        return None
    return named.cast(pl.Categorical).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()


def split(study: Study, chosen: npt.NDArray[np.bool_] | None, *, states: bool = False) -> Split:
    """Return the waits of a log by arc and cause, or those of the cases (m) that are chosen.

    With `states`, from one state of a case to the next, whatever happens meanwhile.
    """
    known = facts(study)
    parts = waiting.parted(study.log, study.calendar, known, _between(study) if states else None)
    return waiting.split(parts, study.log, known, chosen)


def _between(study: Study) -> tuple[Ints, Ints]:
    """Return the events of the log between which cases wait in a state."""
    codes = [study.code_of[step_id] for step_id in study.state_ids]
    place = np.flatnonzero(np.isin(study.log.step, codes))
    return place[study.states.follows], place[study.states.follows + 1]


def told(study: Study, found: Split, step: str, target: str | None, lang: str) -> WaitSplit:
    """Return why cases wait after a step, or before another that follows it.

    :raises NotThere: when the log has no such step.
    """
    if not {step, target or step} <= study.code_of.keys():
        raise NotThere
    shares = found.of(study.code_of[step], study.code_of[target] if target else None)
    causes = tuple(_cause(shares, place, found.known, lang) for place in range(len(CAUSES)))
    early = shares.waits < LEAST
    return WaitSplit(
        step=step,
        label=study.label(step),
        target=target,
        target_label=study.label(target) if target else None,
        waits=shares.waits,
        seconds=shares.total,
        open_seconds=float(shares.seconds[1:].sum()),
        early=early,
        sentence=_early(shares, lang) if early else _first(shares, causes, lang),
        causes=causes,
        notes=tuple(_notes(study, found, shares, lang)),
    )


def _cause(shares: Shares, place: int, known: frozenset[Cause], lang: str) -> WaitCause:
    cause, seconds = CAUSES[place], float(shares.seconds[place])
    opened = float(shares.seconds[1:].sum())
    part = seconds / shares.total if shares.total else 0.0
    waits = {"n": int(shares.touched[place]), "waits": sentences.count(int(shares.touched[place]), lang)}
    key = f"mining.waited_{cause}" if cause in known else "mining.waited_unknown"
    return WaitCause(
        cause=cause,
        label=texts.say(f"mining.cause_{cause}", lang),
        known=cause in known,
        seconds=seconds,
        share=part,
        open_share=seconds / opened if opened and cause != "closed" else None,
        waits=int(shares.touched[place]),
        sentence=texts.say(key, lang, share=sentences.share(part, lang), **waits),
    )


def _early(shares: Shares, lang: str) -> str:
    return texts.say("mining.waited_early", lang, n=shares.waits, least=LEAST)


def _first(shares: Shares, causes: tuple[WaitCause, ...], lang: str) -> str:
    """Return the sentence to read first: the closed hours, then the first cause of the open ones."""
    if not shares.total:
        return texts.say("mining.waited_nothing", lang, waits=sentences.count(shares.waits, lang))
    said = [texts.say("mining.waited_first", lang, share=sentences.share(causes[0].share, lang))]
    most = max(causes[1:], key=lambda one: one.seconds)
    if most.open_share:
        part = sentences.share(most.open_share, lang)
        key = "mining.waited_open_rest" if most.cause == "rest" else "mining.waited_open"
        said.append(texts.say(key, lang, cause=most.label.lower(), share=part))
    return " ".join(said)


def _notes(study: Study, found: Split, shares: Shares, lang: str) -> list[str]:
    """Return what the log cannot tell, and on which calendar the hours are counted."""
    notes = []
    opened = float(shares.seconds[1:].sum())
    if not found.known >= OF_OWNERS:
        notes.append("waited_nobody")
    elif "end_at" not in study.log.events.columns:
        notes.append("waited_moments")
    if "client" not in found.known:
        notes.append("waited_no_client")
    said = [texts.say(f"mining.{one}", lang) for one in notes]
    if found.known >= OF_OWNERS and opened and shares.unnamed / opened >= _WORTH:
        said.append(
            texts.say("mining.waited_unnamed", lang, share=sentences.share(shares.unnamed / opened, lang))
        )
    hours = study.calendar.week.total_seconds() / 3600
    zone = study.calendar.zone
    return [*said, texts.say("mining.waited_calendar", lang, hours=f"{hours:g}", zone=zone)]
