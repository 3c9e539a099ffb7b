"""The model in blocks of a log: searched for as a job, kept, then read at once.

Owns which search serves a question: what a patient one found serves everybody. Refuses, with what to do, a
file or a map of a model that nobody has searched for.
"""

import json
from datetime import datetime
from uuid import UUID

from portulan.automation.jobs import JobContext
from portulan.base import clock
from portulan.base.refusals import NotNow
from portulan.mining import modelled, portfolio, queries, searches, sequences, tree, unfold
from portulan.mining.judge import Judgement
from portulan.mining.modelled import ModelAnswer
from portulan.mining.portfolio import Mined
from portulan.mining.searches import Asked
from portulan.mining.study import Study
from portulan.people.actor import Actor

SEARCH = "log.model"
#: How much longer a search may last when somebody asks for it.
PATIENT = 5


class NotStructurable(NotNow):
    """No setting cuts the log in blocks."""

    code = "mining.not_structurable"


class NotSearched(NotNow):
    """Nobody has searched for the model of these cases yet."""

    code = "mining.model_not_searched"


def model(actor: Actor, *, log: str, filters: str = "", at: datetime) -> ModelAnswer:
    """Return the model in blocks of a log, what it leaves out, and how the search for it goes."""
    study = queries.study(actor, log=log, filters=filters, at=at)
    known = _found(study)
    told = modelled.nothing()
    if known is not None:
        key, raw = known
        patient = key == _key(study, patient=True)

        def answered() -> ModelAnswer:
            return modelled.answer(study, _read(study, raw), patient=patient, lang=actor.lang)

        told = study.answer(("model", key, actor.lang), answered)
    how = searches.search(actor, *(_key(study, patient=one) for one in (False, True)))
    return told.model_copy(update={"search": how})


def ask(actor: Actor, *, log: str, filters: str = "", patient: bool = False, at: datetime) -> UUID:
    """Queue the search for the model of a log and return the job."""
    study = queries.study(actor, log=log, filters=filters, at=at)
    asked = Asked(SEARCH, _key(study, patient=patient), {"filters": filters, "patient": patient})
    return searches.ask(actor, asked=asked, log=log, at=at)


def run(job: JobContext) -> dict[str, str]:
    """Search for the model of a log."""
    log, filters, patient = (job.payload[one] for one in ("log", "filters", "patient"))

    def look(actor: Actor) -> tuple[str, bytes]:
        study = queries.study(actor, log=log, filters=filters, at=clock.now())
        held = sequences.of_log(study.log, study.variants)
        effort = portfolio.EFFORT * (PATIENT if patient else 1)
        mined = portfolio.mine(held, study.labels, effort=effort, tell=job.progress)
        return _key(study, patient=patient), _written(mined)

    return searches.run(job, look)


def needed(study: Study) -> Mined:
    """Return the model in blocks of a log that was searched for.

    :raises NotSearched: when it was not.
    :raises NotStructurable: when it has none.
    """
    known = _found(study)
    if known is None:
        raise NotSearched
    mined = _read(study, known[1])
    if mined is None:
        raise NotStructurable
    return mined


def _key(study: Study, *, patient: bool) -> str:
    return searches.digest(study, SEARCH, portfolio.VERSION, patient)


def _found(study: Study) -> tuple[str, bytes] | None:
    """Return the key and the text of what the most patient search found."""
    keys = [_key(study, patient=one) for one in (True, False)]
    known = searches.found(*keys)
    return next(((key, known[key]) for key in keys if key in known), None)


def _written(mined: Mined | None) -> bytes:
    if mined is None:
        return b"null"
    told = {
        "tree": tree.packed(mined.tree),
        "fitness": mined.judgement.fitness,
        "precision": mined.judgement.precision,
        "dropped": mined.dropped,
        "tried": mined.tried,
    }
    return json.dumps(told).encode()


def _read(study: Study, raw: bytes) -> Mined | None:
    told = json.loads(raw)
    if told is None:
        return None
    whole = tree.unpacked(told["tree"])
    judged = Judgement(told["fitness"], told["precision"])
    return Mined(whole, unfold.unfold(whole, study.labels), judged, tuple(told["dropped"]), told["tried"])
