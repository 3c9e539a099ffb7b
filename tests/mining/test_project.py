"""A log is measured on a map it was not found in: by places, through gateways, against the map's delays."""

import polars as pl
import pytest

from portulan.maps.model import Lane, Map, Passage, Phase, Step
from portulan.mining import match, project, store, study
from portulan.mining.archive import Archived
from portulan.mining.project import Projection
from portulan.mining.study import Study

DAY = 86_400_000_000


def studied(*cases: tuple[str, tuple[int, ...]]) -> Study:
    """Return the study of cases: steps as letters, and the day of each."""
    rows = [
        (f"c{n}", step, 1_700_000_000_000_000 + day * DAY)
        for n, (steps, days) in enumerate(cases)
        for step, day in zip(steps, days, strict=True)
    ]
    return study.of_archive(
        Archived(store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row")), frozenset())
    )


def a_map(**delays: int) -> Map:
    kinds = {"a": "task", "b": "task", "g": "gateway", "w": "won", "l": "lost"}
    aims = {name: {"target": {"amount": days, "unit": "days"}} for name, days in delays.items()}
    steps = tuple(
        Step.model_validate(
            {"id": s, "label": s.upper(), "kind": k, "lane": "l1", "phase": "p1", "delays": aims.get(s, {})}
        )
        for s, k in kinds.items()
    )
    ways = (("ab", "a", "b"), ("bg", "b", "g"), ("gw", "g", "w"), ("gl", "g", "l"))
    return Map(
        uid="vu", title="Vu", steps=steps,
        phases=(Phase(id="p1", label="P"),), lanes=(Lane(id="l1", label="L"),),
        passages=tuple(Passage(id=i, source=s, target=t) for i, s, t in ways),
    )  # fmt: skip


def on(found: Study, drawn: Map, **places: str) -> Projection:
    return project.place(found, drawn, [places.get(label) for label in found.labels])


def test_a_move_through_a_gateway_counts_on_both_passages() -> None:
    seen = studied(*[("abw", (0, 1, 3))] * 3, ("abl", (0, 2, 4)))
    told = project.overlay(on(seen, a_map(), a="a", b="b", w="w", l="l"), "x", "fr")
    assert {name: one.count for name, one in told.passages.items()} == {"ab": 4, "bg": 4, "gw": 3, "gl": 1}
    assert told.passages["bg"].median_seconds == 2 * 86_400
    assert (told.extra, told.totals.conformance) == ((), 1)
    assert told.totals.won_share == 0.75


def test_a_move_that_the_map_does_not_draw_stands_beside_it_and_lowers_the_conformance() -> None:
    seen = studied(*[("abw", (0, 1, 3))] * 3, ("aw", (0, 5)))
    told = project.overlay(on(seen, a_map(), a="a", b="b", w="w"), "x", "fr")
    assert [(one.source, one.target, one.count) for one in told.extra] == [("a", "w", 1)]
    assert told.totals.conformance == pytest.approx(0.75)


def test_repeats_are_one_stay_and_labels_without_a_place_are_listed() -> None:
    seen = studied(("aaxbw", (0, 1, 2, 3, 4)))
    told = project.overlay(on(seen, a_map(), a="a", b="b", w="w"), "x", "fr")
    assert told.unmapped == ("x",)
    assert (told.steps["a"].visits, told.steps["a"].median_seconds) == (1, 3 * 86_400)
    assert told.extra == ()


def test_several_labels_are_one_step() -> None:
    seen = studied(("aybw", (0, 1, 2, 3)))
    told = project.overlay(on(seen, a_map(), a="a", y="a", b="b", w="w"), "x", "fr")
    assert (told.steps["a"].cases, told.passages["ab"].count) == (1, 1)


def test_the_delay_of_the_map_is_the_horizon_and_the_worst_step_is_named() -> None:
    slow = [("abw", (0, 1, 9))] * 40
    stuck = [("ab", (0, 1))] * 60
    seen = studied(*slow, *stuck, ("a", (40,)))
    told = project.overlay(on(seen, a_map(b=10), a="a", b="b", w="w"), "x", "fr")
    assert told.worst == "b"
    assert told.steps["b"].horizon_seconds == 10 * 86_400
    assert told.steps["b"].blocked_share == pytest.approx(0.6)
    assert told.steps["b"].waiting_cases == 60
    strict = project.overlay(on(seen, a_map(b=5), a="a", b="b", w="w"), "x", "fr")
    assert strict.steps["b"].blocked_share == pytest.approx(1.0)


def test_labels_are_matched_by_their_words() -> None:
    drawn = a_map().model_copy(
        update={
            "steps": tuple(
                Step(id=f"s{n}", label=label, lane="l1", phase="p1")
                for n, label in enumerate(["Premier contact", "Proposition envoyée", "Gagné"])
            )
        }
    )
    assert match.match(["PREMIER_CONTACT", "Envoi proposition", "gagne", "Expédition"], drawn) == {
        "PREMIER_CONTACT": "s0", "Envoi proposition": "s1", "gagne": "s2", "Expédition": None,
    }  # fmt: skip
