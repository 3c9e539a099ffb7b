"""Practice is drawn into a map once: a passage, a longer delay; never twice, never beside the map."""

from itertools import pairwise

import polars as pl
import pytest

from portulan.base.durations import Duration
from portulan.maps.model import Delays, Lane, Map, Passage, Phase, Step, StepKind
from portulan.mining import adopt, archive, project, store, study
from portulan.mining.adopt import Practice

DAY = 86_400_000_000
BEGUN = 1_700_000_000_000_000


def drawn() -> Map:
    kinds: dict[str, StepKind] = {"appel": "interest", "devis": "task", "relance": "task", "gagne": "won"}
    steps = tuple(
        Step(
            id=uid,
            label="Gagné" if uid == "gagne" else uid.capitalize(),
            kind=kind,
            lane="l",
            phase="p",
            begins=uid == "appel",
            delays=Delays(target=Duration(amount=5)) if uid == "devis" else Delays(),
        )
        for uid, kind in kinds.items()
    )
    ways = tuple(Passage(id=f"p{n}", source=a, target=b) for n, (a, b) in enumerate(pairwise(kinds)))
    ground = {"lanes": (Lane(id="l", label="L"),), "phases": (Phase(id="p", label="P"),)}
    return Map(uid="vente", title="Vente", steps=steps, passages=ways, **ground)


def stays(*days: int) -> study.Study:
    rows = [
        (f"c{n}", label, BEGUN + place * DAY)
        for n, length in enumerate(days)
        for label, place in (("Appel", 0), ("Devis", 1), ("Gagné", 1 + length))
    ]
    frame = pl.DataFrame(rows, schema=store.COLUMNS, orient="row")
    return study.of_archive(archive.Archived(store.code(frame), frozenset()))


def test_a_delay_becomes_what_nine_stays_in_ten_keep_to() -> None:
    log = stays(*[1] * 8, 12, 20)
    found = project.place(log, drawn(), log.ids)
    shown = adopt.practice(log, found, log.ids, "slow:devis>")
    assert shown.longest == Duration(amount=13, unit="days")
    slower = adopt.adopt(drawn(), shown)
    assert slower.step("devis").delays.target == shown.longest
    with pytest.raises(adopt.DrawnAlready):
        adopt.adopt(slower, shown)


def test_a_passage_is_drawn_once_and_between_steps_of_the_map() -> None:
    wanted = Practice("skipped", "appel", "relance", "Appel")
    once = adopt.adopt(drawn(), wanted)
    assert len(once.passages) == len(drawn().passages) + 1
    with pytest.raises(adopt.DrawnAlready):
        adopt.adopt(once, wanted)
    with pytest.raises(adopt.NotOnTarget):
        adopt.adopt(drawn(), Practice("back", "visite", "appel", "Visite"))
    with pytest.raises(adopt.NotOnTarget):
        adopt.adopt(drawn(), Practice("unknown", "ailleurs", "", "Visite"))
