"""The command line does its jobs, most of them without a database, and refuses with a reason."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from portulan.records.snapshot import Snapshot
from portulan.server.cli import app

CSV = "Dossier;Étape;Date\n" + "\n".join(
    f"D{n // 3};{['Appel', 'Devis', 'Signé'][n % 3]};{1 + n % 3 + n // 9:02}/03/2024 10:00"
    for n in range(180)
)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "affaires.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_a_log_becomes_a_picture_and_sentences(log: Path, tmp_path: Path) -> None:
    picture = tmp_path / "carte.svg"
    done = CliRunner().invoke(app, ["log", "map", str(log), "--svg", str(picture)])
    assert done.exit_code == 0
    assert "60 dossiers, 180 événements, 3 étapes" in done.stdout
    assert ET.parse(picture).getroot().tag.endswith("svg")  # noqa: S314 - our own picture


def test_a_log_is_told_as_json(log: Path) -> None:
    done = CliRunner().invoke(app, ["log", "map", str(log), "--json"])
    assert done.exit_code == 0
    assert '"cases": 60' in done.stdout


def test_a_file_that_is_no_log_ends_with_two_and_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "vide.csv"
    path.write_text("", encoding="utf-8")
    done = CliRunner().invoke(app, ["log", "map", str(path)])
    assert done.exit_code == 2
    assert "Le fichier est vide." in done.output


def test_the_plan_of_a_starter_reads_as_sentences(tmp_path: Path) -> None:
    export = tmp_path / "blueprint.json"
    done = CliRunner().invoke(app, ["plan", "--starter", "vente", "--export", str(export)])
    assert done.exit_code == 0
    assert "Créer le pipeline « Cycle de vente »" in done.stdout
    assert export.stat().st_size > 1000


def test_a_file_that_is_no_map_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "carte.json"
    path.write_text('{"uid": "x"}', encoding="utf-8")
    done = CliRunner().invoke(app, ["plan", str(path)])
    assert done.exit_code == 2
    assert "title" in done.output


@pytest.mark.django_db
def test_a_log_is_imported_from_the_command_line(log: Path, tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    done = CliRunner().invoke(app, ["log", "import", str(log), "--name", "Affaires", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["name"], told["state"], told["cases"]) == ("Affaires", "ready", 60)
    won = CliRunner().invoke(app, ["log", "winning", told["id"]])
    assert won.exit_code == 0, won.output
    assert "ne dit pas quels dossiers" in won.stdout
    waits = CliRunner().invoke(app, ["log", "why", told["id"], "appel"])
    assert "de l’attente tombe hors des heures ouvrées." in waits.stdout
    assert CliRunner().invoke(app, ["log", "why", told["id"], "ailleurs"]).exit_code == 2
    ours = CliRunner().invoke(app, ["log", "changes", "own:ailleurs"])
    assert (ours.exit_code, ours.exception.__class__) == (2, SystemExit)
    bad = tmp_path / "vide.csv"
    bad.write_text("", encoding="utf-8")
    assert CliRunner().invoke(app, ["log", "import", str(bad)]).exit_code == 2
    assert len(list((tmp_path / "logs").iterdir())) == 1


def test_a_part_is_called_otherwise_here_then_given_back_to_the_map(vente: Snapshot) -> None:
    def said(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["blueprint", *arguments])
        assert done.exit_code == 0, done.output
        return done.stdout

    said("call", "stages", "vente/negociation", "Marchandage", "--en", "Haggling")
    assert "stages vente/negociation  Marchandage * (Négociation)" in said("local")
    assert "stages vente/negociation  Haggling * (" in said("local", "--lang", "en")
    said("give-back", "stages", "vente/negociation")
    assert "vente/negociation" not in said("local")
    assert CliRunner().invoke(app, ["blueprint", "call", "rules", "x", "y"]).exit_code != 0
    said("call", "objects", "opportunity", "Dossier", "--plural", "Dossiers")
    assert "objects opportunity  Dossier / Dossiers * (Affaire)" in said("local")
    said("paint", "stages", "vente/negociation", "violet")
    assert "stages vente/negociation  Négociation  violet" in said("local")
    said("paint", "stages", "vente/negociation")
    assert "violet" not in said("local")
    refused = CliRunner().invoke(app, ["blueprint", "paint", "stages", "vente/negociation", "rose"])
    assert refused.exit_code != 0
