"""What a map does not give a step is told, and drawn from practice where practice tells."""

import polars as pl
import pytest

from portulan.base.durations import Duration
from portulan.maps.diff import diff
from portulan.maps.model import Criterion, Delays, Lane, Map, Note, Passage, Phase, Step
from portulan.mining import lacking, store, study
from portulan.mining.archive import Archived
from portulan.mining.lacking import LACKS, Filling

HOUR = 3_600_000_000
MONDAY = 1_772_438_400_000_000  # 2 March 2026, nine o'clock in Paris
FULL = Step(
    id="contact",
    label="Contact",
    lane="vente",
    phase="f",
    exit=(Criterion(id="besoin", label="Le besoin est dit"),),
    contents=(Note(id="fiche", label="Fiche"),),
    documents=(Note(id="trame", label="Trame"),),
    delays=Delays(target=Duration(amount=2)),
)
BARE = Step(id="devis", label="Devis", lane="nobody", phase="f")
DRAWN = Map(
    uid="vente",
    title="Vente",
    phases=(Phase(id="f", label="F"),),
    lanes=(Lane(id="vente", label="Vente", role="sales"), Lane(id="nobody", label="?")),
    steps=(FULL, BARE),
    passages=(Passage(id="p", source="contact", target="devis"),),
)
LINES = {"criteria": "Critère", "content": "Contenu", "document": "Modèle"}


def lived(cases: int = 20) -> study.Study:
    """Return cases that leave the quote after three working hours, every other one after ten days."""
    rows = [
        (f"c{n}", step, MONDAY + (n * 7 * 24 + hours) * HOUR)
        for n in range(cases)
        for step, hours in (("Devis", 0), ("Signé", 3 if n % 2 else 240))
    ]
    log = store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))
    return study.of_archive(Archived(log, frozenset()))


def given(cases: int = 20) -> Filling:
    return lacking.filling(DRAWN, "devis", lived(cases), LINES)


def test_a_step_that_has_all_lacks_nothing_and_a_bare_one_everything() -> None:
    assert lacking.lacking(DRAWN, "contact") == ()
    assert lacking.lacking(DRAWN, "devis") == LACKS


def test_who_acts_just_before_and_the_delay_that_most_kept_are_read_from_the_map_and_from_practice() -> None:
    found = given()
    assert found.roles == ("sales",)
    assert found.delay == Duration(amount=8, unit="working_days")  # ten days hold two weekend days


def test_few_visits_propose_no_delay() -> None:
    few = given(cases=6)
    assert few.delay is None
    assert [one for one in LACKS if lacking.can_fill(one, few)] == [
        "criteria",
        "content",
        "owner",
        "document",
    ]


@pytest.mark.parametrize("lack", LACKS)
def test_what_is_filled_is_lacking_no_more_and_nothing_else_changes(lack: lacking.Lack) -> None:
    filled = lacking.filled(DRAWN, "devis", lack, given())
    assert lacking.lacking(filled, "devis") == tuple(one for one in LACKS if one != lack)
    assert len(diff(DRAWN, filled)) == 1
    assert filled.steps[0] == FULL
