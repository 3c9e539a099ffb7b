"""What a proposal changed, measured on our own events: told 90 days after it was published.

When the plan that holds it is applied later, it is measured from that day on. Owns the comparison of the same
length of time before and after, of visits that began and ended in it. Refuses to compare too few cases: how
many there are is told instead. The figures are those of every case.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import dropwhile, takewhile
from typing import Any
from uuid import UUID

import numpy as np

from portulan.automation import notices
from portulan.automation import operations as queue
from portulan.automation.jobs import JobContext
from portulan.base.refusals import NotThere
from portulan.events import queries as events
from portulan.maps import proposals
from portulan.maps import queries as maps
from portulan.mining import own, sentences
from portulan.mining.study import Study
from portulan.mining.visits import ADVANCE, OPEN
from portulan.pages import queries as said
from portulan.pages import reviews
from portulan.pages.targets import Where
from portulan.people import actor as actors
from portulan.people import queries as people

TELL = "proposal.effect"
AFTER = timedelta(days=90)
FEWEST, _MOST_STEPS = 10, 3
_PUBLISHED, _ACCEPTED = "map.published", "map.proposal_accepted"
_APPLIED = "blueprint.applied"
#: The moments of a log are in microseconds.
_SECOND = 1_000_000


@dataclass(frozen=True)
class Passed:
    """The visits to a step that began and ended in a period: how many, how long, the share that went on."""

    n: int = 0
    median_seconds: float = float("nan")
    share: float = float("nan")


def note(added: Sequence[Any]) -> None:
    """Plan to tell the effect of the proposals that a map just published was the first to hold."""
    for one in added:
        if one.kind == _PUBLISHED and one.data["state"] == "to_be":
            for thread in _held(one):
                payload = {"thread": thread, "map": one.subject.partition(":")[2]}
                _plan({**payload, "pipeline": one.data["uid"]}, since=one.at)


def tell(job: JobContext) -> dict[str, Any]:
    """Tell the author of a proposal and those who answer for its map what it changed, step by step."""
    thread, map_id = UUID(job.payload["thread"]), UUID(job.payload["map"])
    since, system = datetime.fromisoformat(job.payload["since"]), actors.system()
    applied = None if "applied" in job.payload else _applied(since)
    if applied is not None:
        _plan({**job.payload, "applied": True}, since=applied)
        return {"told": 0}
    try:
        drawn = maps.get_map(system, id=map_id).map
        touched = {one.element for one in proposals.proposal(system, id=thread).changes}
    except NotThere:  # the map went to the bin meanwhile: nobody waits for its figures
        return {"told": 0}
    steps = [step for step in drawn.steps if step.id in touched][:_MOST_STEPS]
    langs = {person: people.get_actor(system, id=person).lang for person in _concerned(map_id, thread)}
    study = _study(job.payload["pipeline"], since + AFTER)
    for step in steps:
        before, after = (_passed(study, step.id, begin) for begin in (since - AFTER, since))
        for person, lang in langs.items():
            facts = {"step": step.label, **_facts(before, after, lang)}
            code = "too_few" if min(before.n, after.n) < FEWEST else "measured"
            subject = f"map:{map_id}#{step.id}"
            notices.tell([person], f"mining.effect_{code}", facts, subject=subject, at=since + AFTER)
    return {"told": len(steps)}


def _plan(payload: Mapping[str, Any], *, since: datetime) -> None:
    """Plan to tell what changed from a moment on, once it lasted long enough."""
    told = {**payload, "since": since.isoformat()}
    key = f"{TELL}:{payload['thread']}:{'applied' if 'applied' in payload else 'published'}"
    queue.enqueue(actors.system(), kind=TELL, payload=told, dedup_key=key, at=since, wait=AFTER)


def _applied(since: datetime) -> datetime | None:
    """Return when the first plan after a publication was applied; None when nothing had to be."""
    return (
        events.of_kinds((_APPLIED,), since=since, until=since + AFTER)
        .order_by("at", "id")
        .values_list("at", flat=True)
        .first()
    )


def _held(published: Any) -> Iterator[str]:
    """Yield the threads of the proposals accepted between a publication of a map and the one before."""
    past = events.of_subject(published.subject, kinds=(_PUBLISHED, _ACCEPTED), limit=1000)
    earlier = list(dropwhile(lambda one: one.pk != published.pk, past))[1:]
    for one in takewhile(lambda one: one.kind != _PUBLISHED, earlier):
        yield one.data["thread"]


def _concerned(map_id: UUID, thread: UUID) -> set[int]:
    """Return the author of a proposal and those who answer for its map, of those who work here."""
    system = actors.system()
    threads = said.threads(system, target="map", ids=[map_id], kinds=("proposal",))
    authors = {one.author.id for one in threads if one.id == thread and one.author}
    working = {one.id for one in people.directory(system)}
    return (authors | set(reviews.keepers(Where("map", map_id)))) & working


def _study(pipeline: str, at: datetime) -> Study | None:
    """Return our own events of a process, None when no pipeline was built from its map."""
    try:
        return own.study(actors.system(), pipeline=pipeline, at=at)
    except NotThere:
        return None


def _passed(study: Study | None, step: str, begin: datetime) -> Passed:
    """Return the visits to a step within the period that begins at a moment."""
    if study is None or step not in study.state_code_of:
        return Passed()
    seen, first = study.visits, round(begin.timestamp() * _SECOND)
    left = seen.entered + seen.elapsed * _SECOND
    inside = (seen.entered >= first) & (left < first + AFTER.total_seconds() * _SECOND)
    here = inside & (seen.step == study.state_code_of[step]) & (seen.exit != OPEN)
    n = int(np.count_nonzero(here))
    if n == 0:
        return Passed()
    return Passed(n, float(np.median(seen.elapsed[here])), float(np.mean(seen.exit[here] == ADVANCE)))


def _facts(before: Passed, after: Passed, lang: str) -> dict[str, str]:
    facts = {"before": sentences.count(before.n, lang), "after": sentences.count(after.n, lang)}
    if min(before.n, after.n) >= FEWEST:
        for name, one in (("before", before), ("after", after)):
            facts[f"{name}_median"] = sentences.span(one.median_seconds, lang)
            facts[f"{name}_share"] = sentences.share(one.share, lang)
    return facts
