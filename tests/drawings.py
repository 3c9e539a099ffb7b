"""Maps of every shape, with where they stand: what laws about maps are proven on."""

from typing import Any

from hypothesis import strategies as st

from portulan.base.conditions.model import Test as FieldTest
from portulan.base.durations import Duration
from portulan.maps.layout import Layout, Position
from portulan.maps.measures import DrawnMeasure
from portulan.maps.model import (
    Answered,
    Before,
    Criterion,
    Delays,
    Emotion,
    Information,
    Lane,
    Map,
    Note,
    Passage,
    Phase,
    Signal,
    Step,
    SubMap,
    Touchpoint,
    Watch,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
DURATIONS = st.none() | st.builds(
    Duration,
    amount=st.integers(0, 500),
    unit=st.sampled_from(["minutes", "hours", "days", "weeks", "months", "working_hours", "working_days"]),
)
KINDS = ["task", "interest", "evaluation", "decision", "wait", "won", "lost", "closed", "gateway"]


def step(n: int, lanes: int, phases: int) -> st.SearchStrategy[Step]:
    return st.builds(
        Step,
        id=st.just(f"s{n}"),
        label=TEXTS,
        kind=st.sampled_from(KINDS),
        lane=st.integers(0, lanes - 1).map(lambda one: f"l{one}"),
        phase=st.integers(0, phases - 1).map(lambda one: f"f{one}"),
        begins=st.booleans(),
        description=TEXTS,
        delays=st.builds(Delays, target=DURATIONS, maximum=DURATIONS),
        information=st.lists(st.builds(Information, id=st.just(f"i{n}"), label=TEXTS), max_size=1).map(tuple),
        documents=st.lists(st.builds(Note, id=st.just(f"i{n}"), label=TEXTS), max_size=1).map(tuple),
        exit=st.just((Criterion(id="c", label="C", condition=FieldTest(field="a", test="empty")),)),
        **shown(n),
    )


def shown(n: int) -> dict[str, st.SearchStrategy[Any]]:
    """What the views of a map read of a step."""
    uids = st.none() | st.just("autre_carte")
    condition = st.none() | st.just(FieldTest(field="a", test="equals", value="appel"))
    watch = st.none() | st.builds(Watch, object=st.just("activity"), condition=condition)
    roles = st.lists(st.sampled_from(["sales", "adv"]), max_size=2, unique=True).map(tuple)
    return {
        "decides": roles,
        "informed": roles,
        "emotion": st.none() | st.builds(Emotion, value=st.integers(-2, 2), words=TEXTS),
        "signals": few(st.builds(Signal, id=st.just(f"g{n}"), label=TEXTS, watch=watch)),
        "touchpoints": few(st.builds(Touchpoint, id=st.just(f"t{n}"), label=TEXTS, watch=watch)),
        "compliance": few(st.builds(Note, id=st.just(f"n{n}"), label=TEXTS, detail=TEXTS)),
        "submaps": few(
            st.builds(
                SubMap, id=st.just(f"m{n}"), label=TEXTS, map=uids, use=st.sampled_from(["detail", "special"])
            )
        ),
        "continues": uids,
        "rollout": st.integers(1, 3),
    }


def few(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(one, max_size=1).map(tuple)


def passage(n: int, steps: int) -> st.SearchStrategy[Passage]:
    ends = st.integers(0, steps - 1).map(lambda one: f"s{one}")
    conditions = st.none() | st.builds(FieldTest, field=st.just("a"), test=st.just("equals"), value=TEXTS)
    before = st.builds(Before, condition=conditions)
    return st.builds(
        Passage,
        id=st.just(f"p{n}"),
        source=ends,
        target=ends,
        label=TEXTS,
        before=before,
        fires_after=DURATIONS,
    )


def measure(steps: int) -> st.SearchStrategy[DrawnMeasure]:
    places = st.none() | st.integers(0, max(steps - 1, 0)).map(lambda one: f"s{one}")
    return st.builds(
        DrawnMeasure,
        id=st.just("me"),
        label=TEXTS,
        element=places,
        how=st.sampled_from(["count", "sum", "rate"]),
        field=st.none() | st.just("amount"),
        part=st.none() | st.just(FieldTest(field="a", test="empty")),
        definition=TEXTS,
        goal=st.none() | st.floats(-1000, 1000),
        roles=st.lists(st.sampled_from(["sales", "adv"]), max_size=2, unique=True).map(tuple),
    )


@st.composite
def drawings(draw: st.DrawFn) -> tuple[Map, Layout]:
    lanes, phases, steps = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(0, 6))
    ways = draw(st.integers(0, 8)) if steps else 0
    drawn = Map(
        uid="carte",
        title=draw(TEXTS.filter(bool)),
        state=draw(st.sampled_from(["as_is", "to_be"])),
        lanes=tuple(Lane(id=f"l{n}", label=draw(TEXTS), role="sales") for n in range(lanes)),
        phases=tuple(Phase(id=f"f{n}", label=draw(TEXTS)) for n in range(phases)),
        steps=tuple(draw(step(n, lanes, phases)) for n in range(steps)),
        passages=tuple(draw(passage(n, steps)) for n in range(ways)),
        variant_of=draw(st.none() | st.just("vente")),
        measures=draw(few(measure(steps))),
        answers=draw(few(st.just(Answered(element="s0", friction="ressaisie")))),
    )
    numbers = st.floats(-5000, 5000)
    places = st.builds(Position, x=numbers, y=numbers, placed=st.booleans())
    ids = [f"s{n}" for n in range(steps)] + ["l0"]
    return drawn, Layout(positions=draw(st.dictionaries(st.sampled_from(ids), places)))
