"""What an information is known by, whichever way a case came: the quick answer is the plain one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.maps import sources
from portulan.maps.model import Information, Map, Passage, Step
from portulan.maps.ways import Ways

NAMES = ["budget", "echeance", "decideur"]


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """A map of a few steps tied in any way: loops, several beginnings, passages from nowhere."""
    ids = [f"s{n}" for n in range(draw(st.integers(1, 7)))]
    steps = tuple(
        Step(id=one, label=one, lane="a", phase="p", begins=draw(st.booleans()), information=draw(entries()))
        for one in ids
    )
    end = st.sampled_from([*ids, "nowhere"])
    fills = st.sampled_from([(), ("budget",)])
    ties = draw(st.lists(st.tuples(end, end, fills), max_size=14))
    ways = tuple(Passage(id=f"w{n}", source=a, target=b, during=c) for n, (a, b, c) in enumerate(ties))
    return Map(uid="m", title="M", steps=steps, passages=ways)


def entries() -> st.SearchStrategy[tuple[Information, ...]]:
    names = st.lists(st.sampled_from(NAMES), unique=True, max_size=2)
    uses = st.sampled_from(["used", "produced"])
    return st.builds(
        lambda named, use: tuple(Information(id=one, label=one, use=use) for one in named), names, uses
    )


def plainly_unknown(drawn: Map, ways: Ways) -> list[tuple[str, str]]:
    """Return what no step produces before the one that uses it, each step looked at for itself."""
    found = []
    for step in drawn.steps:
        there = sources.before(ways, step.id) | {step.id}
        made = {key for way in drawn.passages if way.source in there for key in way.during}
        made |= {
            one.id
            for other in drawn.steps
            if other.id in there
            for one in other.information
            if one.use == "produced"
        }
        found += [(step.id, one.id) for one in step.information if one.use == "used" and one.id not in made]
    return found


@given(drawn=maps())
@settings(max_examples=300, deadline=None)
def test_what_is_not_produced_by_then_is_found_whatever_the_loops(drawn: Map) -> None:
    ways = Ways(drawn)
    assert [(one.element, one.about) for one in sources.lint(drawn, ways)] == plainly_unknown(drawn, ways)
