"""Why cases wait is said in sentences, with what the log cannot tell, and names nobody."""

import polars as pl
import pytest

from portulan.base.refusals import NotThere
from portulan.mining import store, study, waited
from portulan.mining.archive import Archived
from portulan.mining.study import Study

HOUR = 3_600_000_000
MONDAY = 1_772_438_400_000_000  # 2 March 2026, nine o'clock in Paris


def log_of(steps: tuple[str, str], *, who: str | None = "Ada", cases: int = 12) -> Study:
    rows = [
        (f"c{n}", step, MONDAY + (n * 7 * 24 + day * 24) * HOUR, who)
        for n in range(cases)
        for day, step in enumerate(steps)
    ]
    log = store.code(pl.DataFrame(rows, schema={**store.COLUMNS, "agent": pl.String}, orient="row"))
    return study.of_archive(Archived(log, frozenset()), owner=waited.owner_of(log, {}))


def told(whole: Study, step: str, target: str | None = None) -> waited.WaitSplit:
    return waited.told(whole, waited.split(whole, None), step, target, "fr")


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_shares_of_causes_make_the_whole_and_the_first_is_said() -> None:
    found = told(log_of(("Devis", "Signé")), "devis")
    assert sum(one.share for one in found.causes) == pytest.approx(1)
    assert sum(one.open_share or 0 for one in found.causes) == pytest.approx(1)
    assert plain(found.sentence).startswith("73 % de l’attente tombe hors des heures ouvrées.")
    assert found.waits == 12
    assert "Ada" not in found.model_dump_json()


def test_a_step_that_waits_for_the_client_is_known_by_its_label() -> None:
    found = told(log_of(("En attente du client", "Signé")), "en_attente_du_client", "signe")
    client = next(one for one in found.causes if one.cause == "client")
    assert (client.known, client.open_share, client.waits) == (True, 1, 12)
    assert found.target_label == "Signé"


def test_a_log_that_names_nobody_says_so_and_claims_nothing() -> None:
    found = told(log_of(("Devis", "Signé"), who=None), "devis")
    unknown = {one.cause for one in found.causes if not one.known}
    assert unknown == {"client", "handover", "batch", "busy"}
    assert not any(one.seconds for one in found.causes if not one.known)
    assert any("qui agit" in note for note in found.notes)


def test_few_waits_say_nothing_and_an_unknown_step_is_not_there() -> None:
    few = log_of(("Devis", "Signé"), cases=3)
    assert told(few, "devis").early
    assert "3 attentes seulement" in plain(told(few, "devis").sentence)
    with pytest.raises(NotThere):
        told(few, "relance")


def test_who_acts_is_found_by_the_role_of_the_column_then_by_its_name() -> None:
    rows = [("c", "a", MONDAY, "x", "y")]
    columns = {**store.COLUMNS, "Agent": pl.String, "Guichet": pl.String}
    log = store.code(pl.DataFrame(rows, schema=columns, orient="row"))
    assert waited.owner_of(log, {}) == "Agent"
    assert waited.owner_of(log, {"Guichet": "resource"}) == "Guichet"
    assert waited.owner_of(log, {"Parti": "resource"}) == "Agent"


def test_a_state_lasts_until_the_next_whatever_happens_meanwhile() -> None:
    rows = [
        (f"c{n}", step, MONDAY + (n * 7 * 24 + hour) * HOUR)
        for n in range(12)
        for step, hour in (("DEVIS", 0), ("Appel", 1), ("SIGNÉ", 3))
    ]
    log = store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))
    whole = study.of_archive(Archived(log, frozenset({"DEVIS", "SIGNÉ"})))
    found = waited.split(whole, None, states=True)
    assert told(whole, "devis").seconds == 12 * 3600
    assert waited.told(whole, found, "devis", None, "fr").seconds == 12 * 3 * 3600
