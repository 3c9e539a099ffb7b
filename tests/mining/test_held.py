"""A log that another version stored is read again from its file, or refused, with what to do."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import make
from portulan.mining import erasing, held, operations, places, queries
from portulan.mining.models import ImportedLog
from portulan.people import actor as actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
NADIA = re.compile("Nadia")
CSV = "dossier,étape,quand\n" + "\n".join(f"Nadia {n % 9},{step},{3 + n % 7:02}/04/2024" for n, step in
    enumerate(["Appel", "Devis", "Gagné"] * 12)) + "\n"  # fmt: skip
ROLES = {"dossier": "case", "étape": "step", "quand": "time"}


@pytest.fixture
def log(tmp_path: Path, settings: Any) -> ImportedLog:
    """An imported log whose events lie as an older version left them: under names that are not read."""
    settings.DATA_DIR = tmp_path
    path = tmp_path / "ventes.csv"
    path.write_text(CSV, encoding="utf-8")
    log_id = operations.import_file(SYSTEM, path=path, roles=ROLES, at=make.AT)
    one = ImportedLog.objects.get(pk=log_id)
    folder = places.version(one.pk, one.folder)
    for file in folder.glob("*.parquet"):
        file.rename(file.with_suffix(".arrow"))
    return one


def test_a_log_of_an_older_version_is_read_again_from_its_file(log: ImportedLog) -> None:
    study = queries.study(SYSTEM, log=str(log.pk), at=datetime(2026, 11, 30, tzinfo=UTC))
    assert (len(study.log.cases), len(study.log.step)) == (log.cases, log.events)
    assert log.last_at is not None
    assert int(study.log.at.max()) == round(log.last_at.timestamp() * 1e6)
    assert next(iter(queries.rejected_csv(SYSTEM, log_id=log.pk)))
    assert {one.suffix for one in held.folder(log).iterdir()} == {".parquet", ".json", ".arrow"}


def test_a_log_whose_file_is_gone_too_is_refused_with_what_to_do(log: ImportedLog) -> None:
    places.upload(log.pk, log.suffix).unlink()
    with pytest.raises(held.LogNotHeld) as refused:
        queries.study(SYSTEM, log=str(log.pk), at=make.AT)
    said = refused.value.say("fr").replace("\u202f", " ")
    assert "« ventes »" in said
    assert "importez de nouveau" in said
    with pytest.raises(held.LogNotHeld):
        queries.rejected_csv(SYSTEM, log_id=log.pk)


def test_who_is_forgotten_leaves_a_log_of_an_older_version_too(log: ImportedLog) -> None:
    assert erasing.sweep(NADIA) == 1
    study = queries.study(SYSTEM, log=str(log.pk), at=make.AT)
    assert not any("Nadia" in case for case in study.log.cases)


def test_what_can_be_read_no_more_does_not_outlive_who_is_forgotten(log: ImportedLog) -> None:
    places.upload(log.pk, log.suffix).unlink()
    erasing.sweep(NADIA)
    assert not places.version(log.pk, log.folder).exists()


def test_a_folder_that_vanished_is_written_again(log: ImportedLog) -> None:
    shutil.rmtree(places.version(log.pk, log.folder))
    assert len(queries.study(SYSTEM, log=str(log.pk), at=make.AT).log.step) == log.events
