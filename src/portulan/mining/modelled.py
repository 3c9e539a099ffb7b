"""The model in blocks of a log, as it travels: its elements, its worth, what it leaves out."""

from portulan.base import texts
from portulan.base.value import Value
from portulan.maps.model import Step
from portulan.mining import portfolio, sentences, show, structured
from portulan.mining.portfolio import Mined
from portulan.mining.shapes import HiddenStep, SearchAnswer
from portulan.mining.study import Study
from portulan.mining.tell import number


class ModelElement(Value):
    """An element of a model in blocks: a step, a gateway (`together`: all its ways are taken), the end."""

    id: str
    label: str
    kind: str
    together: bool
    cases: int | None
    seconds: float | None


class ModelWay(Value):
    """A way between two elements."""

    id: str
    source: str
    target: str


class ModelAnswer(Value):
    """The model in blocks of a log, how well it tells of it, the steps it leaves out, and the search for it.

    Without a `sentence`, no search has ended yet; a log that cannot be cut in blocks has no elements and no
    shares; a `patient` search lasted longer.
    """

    elements: tuple[ModelElement, ...] = ()
    ways: tuple[ModelWay, ...] = ()
    fitness: float | None = None
    precision: float | None = None
    score: float | None = None
    size: int = 0
    most: int
    coverage: float = 0.0
    dropped: tuple[HiddenStep, ...] = ()
    patient: bool = False
    sentence: str = ""
    search: SearchAnswer | None = None


def nothing() -> ModelAnswer:
    """Return that no model is known yet."""
    return ModelAnswer(most=portfolio.MOST_ELEMENTS)


def answer(study: Study, found: Mined | None, *, patient: bool, lang: str) -> ModelAnswer:
    """Return the model of a log as it travels, or that it has none."""
    if found is None:
        said = texts.say("mining.not_structurable", lang)
        return ModelAnswer(sentence=said, patient=patient, most=portfolio.MOST_ELEMENTS)
    drawn = structured.drawing(study, found, title="model", lang=lang)
    return ModelAnswer(
        elements=tuple(_element(study, one, together=one.id in drawn.together) for one in drawn.map.steps),
        ways=tuple(ModelWay(id=one.id, source=one.source, target=one.target) for one in drawn.map.passages),
        fitness=found.judgement.fitness,
        precision=found.judgement.precision,
        score=found.judgement.score,
        size=found.size,
        most=portfolio.MOST_ELEMENTS,
        coverage=structured.moves(study, found).view.coverage,
        dropped=tuple(show.hidden_step(study, code) for code in found.dropped),
        patient=patient,
        sentence=_sentence(study, found, lang),
    )


def _element(study: Study, one: Step, *, together: bool) -> ModelElement:
    code = study.code_of.get(one.id)
    measured = code is not None and one.kind == "task"
    return ModelElement(
        id=one.id,
        label=one.label,
        kind=one.kind,
        together=together,
        cases=int(study.flow.step_cases[code]) if measured else None,
        seconds=number(float(study.flow.sojourns.median[code])) if measured else None,
    )


def _sentence(study: Study, found: Mined, lang: str) -> str:
    shares = {
        "fitness": sentences.share(found.judgement.fitness, lang),
        "precision": sentences.share(found.judgement.precision, lang),
    }
    if not found.dropped:
        return texts.say("mining.model_whole", lang, **shares)
    first = found.dropped[0]
    events = sentences.count(int(study.flow.step_count[first]), lang)
    named = {"step": study.labels[first], "events": events, "n": len(found.dropped)}
    return texts.say("mining.model_said", lang, **shares, **named)
