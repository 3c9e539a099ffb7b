"""A log is dropped, its columns checked, imported by the worker, looked at, and deleted."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import make
from portulan.automation import worker
from portulan.base import clock
from portulan.mining import operations, places, queries
from portulan.mining.models import ImportedLog
from portulan.mining.queries import LogNotReady
from portulan.people import actor as actors
from portulan.people.models import User
from portulan.records import load
from portulan.records.load import Past, Step

pytestmark = pytest.mark.django_db
HELPDESK = Path(__file__).parents[2] / "examples" / "helpdesk.xes.gz"
STEPS = ["Appel", "Devis", "Signé"]
CSV = "Dossier;Étape;Date;Agent;Montant\n" + "\n".join(
    f"D{n // 3};{STEPS[n % 3]};{1 + n % 3 + n // 60:02}/03/2024 10:00;Léa;{1000 + n // 3}" for n in range(180)
)
WALL = CSV + "".join(
    f"\nB{n};Appel;0{1 + n % 9}/03/2024 09:00;Tom;2000\nB{n};Devis;1{n % 9}/03/2024 09:00;Tom;2000"
    for n in range(60)
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def manager() -> Client:
    return signed_in("paul.marchand@nordet.example", "manager")


def signed_in(email: str, role: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=make.person(email, role=role)))
    return client


def dropped(client: Client, content: bytes | str, name: str = "affaires.csv") -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post("/api/logs", {"file": SimpleUploadedFile(name, raw)})


def imported(client: Client, content: bytes | str, name: str = "affaires.csv", **how: Any) -> str:
    log: str = dropped(client, content, name).json()["id"]
    how.setdefault("roles", {})
    started = client.post(f"/api/logs/{log}/import", how, content_type="application/json")
    assert started.status_code == 200, started.content
    assert worker.run_once(at=clock.now())
    return log


def test_a_csv_goes_from_the_drop_to_its_flow(manager: Client) -> None:
    log = dropped(manager, WALL).json()["id"]
    assert manager.get(f"/api/logs/{log}").json()["state"] == "uploaded"
    seen = manager.get(f"/api/logs/{log}/preview").json()
    roles = {column["name"]: column["guess"] for column in seen["columns"]}
    assert roles == {
        "Dossier": "case", "Étape": "activity", "Date": "time", "Agent": "resource",
        "Montant": "case_attribute",
    }  # fmt: skip
    job = manager.post(f"/api/logs/{log}/import", {"roles": roles}, content_type="application/json").json()
    assert manager.get(f"/api/logs/{log}").json()["state"] == "importing"
    assert worker.run_once(at=clock.now())
    assert manager.get(f"/api/jobs/{job['job']}").json()["result"]["cases"] == 120
    known = manager.get("/api/logs").json()[0]
    assert (known["state"], known["events"], known["cases"], known["steps"]) == ("ready", 300, 120, 3)
    flow = manager.get(f"/api/logs/{log}/flow", {"paths": 1, "steps": 1}).json()
    assert {(edge["source"], edge["target"], edge["count"]) for edge in flow["edges"]} == {
        ("appel", "devis", 120), ("devis", "signe", 60),
    }  # fmt: skip
    assert sum(variant["cases"] for variant in flow["variants"]) == 120
    assert flow["from"].startswith("2024-03-01")


def test_where_it_blocks_is_told_with_its_cases_and_amounts(manager: Client) -> None:
    log = imported(manager, WALL)
    told = manager.get(f"/api/logs/{log}/blocked").json()
    worst = told["steps"][0]
    assert (worst["step"], worst["waiting_cases"], worst["too_early"]) == ("devis", 60, False)
    assert worst["low"] <= worst["blocked_share"] <= worst["high"]
    assert worst["amount_waiting"] == "120000.00"
    assert "« Devis »" in told["sentence"].replace("\u202f", " ").replace("\u00a0", " ")
    assert "120 k€" in told["sentence"].replace("\u00a0", " ")
    first = manager.get(f"/api/logs/{log}/cases", {"step": "devis", "blocked": "true"}).json()
    assert len(first["rows"]) == 50
    assert first["rows"][0]["waiting_seconds"] >= first["rows"][-1]["waiting_seconds"] > 0
    second = manager.get(
        f"/api/logs/{log}/cases", {"step": "devis", "blocked": "true", "after": first["next"]}
    ).json()
    assert (len(second["rows"]), second["next"]) == (10, None)
    waits = manager.get(f"/api/logs/{log}/waits", {"step": "devis"}).json()
    assert sum(one["count"] for one in waits["bins"]) == 60
    assert waits["median"] == 86_400


def test_events_are_given_as_dots_and_a_case_is_replayed(manager: Client) -> None:
    log = imported(manager, WALL)
    dots = manager.get(f"/api/logs/{log}/dots").json()
    assert (len(dots["cases"]), dots["offsets"][-1], len(dots["at"])) == (120, 300, 300)
    only = orjson.dumps([{"kind": "through", "step": "signe"}]).decode()
    assert len(manager.get(f"/api/logs/{log}/dots", {"filters": only}).json()["cases"]) == 60
    part = manager.get(f"/api/logs/{log}/dots", {"most": 30}).json()
    assert len(part["at"]) <= 30 < len(dots["at"])
    assert manager.get(f"/api/logs/{log}/dots", {"most": 30_000}).status_code == 422
    told = manager.get(f"/api/logs/{log}/replay", {"case": "D7"}).json()
    assert [one["label"] for one in told["events"]] == ["Appel", "Devis", "Signé"]
    assert told["events"][1]["wait_seconds"] == 86_400
    assert manager.get(f"/api/logs/{log}/replay", {"case": "D99"}).status_code == 404


def test_the_helpdesk_log_is_imported(manager: Client) -> None:
    log = imported(manager, HELPDESK.read_bytes(), "../../etc/helpdesk.xes.gz")
    known = manager.get(f"/api/logs/{log}").json()
    assert (known["name"], known["cases"], known["events"]) == ("helpdesk", 4580, 21348)
    flow = manager.get(f"/api/logs/{log}/flow").json()
    assert flow["coverage"] >= 0.8
    assert flow["hidden_edges"][0]["share"] > 0
    narrow = manager.get(f"/api/logs/{log}/flow", {"steps": "0.5"}).json()
    assert (len(narrow["steps"]), len(narrow["hidden_steps"])) == (7, 7)


def test_rows_that_do_not_fit_come_back_with_their_reason_and_run_nothing(manager: Client) -> None:
    log = imported(manager, CSV + '\nD9;"=cmd|calc";hier;Léa;3\nD9;Appel\n')
    answer = manager.get(f"/api/logs/{log}/rejected.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "La date n’est pas lisible." in text
    assert "'=cmd|calc" in text
    assert len(text.splitlines()) == 3
    assert manager.get(f"/api/logs/{log}").json()["rejected"] == 2


def test_a_person_says_that_the_month_comes_first(manager: Client) -> None:
    american = CSV.replace("/03/2024", "/04/2024")
    french = manager.get(f"/api/logs/{imported(manager, american)}").json()
    turned = manager.get(f"/api/logs/{imported(manager, american, day_first=False)}").json()
    assert (french["from"][:7], turned["from"][:7]) == ("2024-04", "2024-01")


def test_an_import_that_is_refused_says_why_and_can_be_done_again(manager: Client) -> None:
    log = imported(manager, CSV, roles={"Dossier": "case", "Étape": "activity"})
    known = manager.get(f"/api/logs/{log}").json()
    assert (known["state"], known["cases"]) == ("failed", None)
    assert "Aucune colonne ne contient de dates lisibles" in known["error"]
    again = manager.post(f"/api/logs/{log}/import", {"roles": {}}, content_type="application/json")
    assert again.status_code == 200
    worker.run_once(at=clock.now())
    assert manager.get(f"/api/logs/{log}").json()["state"] == "ready"


def test_an_import_that_waits_is_stopped_and_its_log_deleted(manager: Client, tmp_path: Path) -> None:
    log = dropped(manager, CSV).json()["id"]
    manager.post(f"/api/logs/{log}/import", {"roles": {}}, content_type="application/json")
    busy = manager.post(f"/api/logs/{log}/import", {"roles": {}}, content_type="application/json")
    assert (busy.status_code, busy.json()["code"]) == (409, "mining.being_imported")
    assert manager.delete(f"/api/logs/{log}").status_code == 409
    assert manager.post(f"/api/logs/{log}/cancel").json()["state"] == "cancelled"
    assert not worker.run_once(at=clock.now())
    assert manager.delete(f"/api/logs/{log}").status_code == 204
    assert manager.get(f"/api/logs/{log}").status_code == 404
    assert list((tmp_path / "logs").iterdir()) == []


def test_a_log_imported_again_keeps_one_version_on_disk(manager: Client, tmp_path: Path) -> None:
    log = imported(manager, CSV)
    manager.post(f"/api/logs/{log}/import", {"roles": {}}, content_type="application/json")
    assert worker.run_once(at=clock.now())
    assert len(list((tmp_path / "logs" / log).iterdir())) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "mining.file_empty"), (b"PK\x03\x04 a workbook", "mining.file_binary")],
)
def test_a_file_that_cannot_be_a_log_is_refused_at_the_door(
    manager: Client, tmp_path: Path, content: bytes, code: str
) -> None:
    answer = dropped(manager, content)
    assert answer.status_code == 422
    assert code in {problem["code"] for problem in answer.json()["problems"]} or content == b""
    assert not list(tmp_path.glob("logs/*"))


def test_a_file_over_the_limit_is_refused(manager: Client, settings: Any) -> None:
    settings.MOST_UPLOAD_BYTES = 1000
    small = dropped(manager, CSV)
    assert (small.status_code, small.json()["code"]) == (422, "mining.upload_too_large")
    large = dropped(manager, b"x" * 100_000)
    assert (large.status_code, large.json()["code"]) == (422, "mining.upload_too_large")


def test_everybody_looks_and_those_who_steer_import(manager: Client) -> None:
    log = imported(manager, CSV)
    sales = signed_in("lea.petit@nordet.example", "sales")
    assert sales.get(f"/api/logs/{log}/flow").status_code == 200
    assert sales.get(f"/api/logs/{log}").json()["may_delete"] is False
    assert dropped(sales, CSV).status_code == 403
    assert sales.delete(f"/api/logs/{log}").status_code == 403
    start = sales.post(f"/api/logs/{log}/import", {"roles": {}}, content_type="application/json")
    assert start.status_code == 403
    assert Client().get("/api/logs").status_code == 401


@pytest.mark.parametrize("path", ["flow", "blocked", "cases", "waits?step=devis"])
def test_a_log_that_is_not_imported_says_what_to_do(manager: Client, path: str) -> None:
    log = dropped(manager, CSV).json()["id"]
    answer = manager.get(f"/api/logs/{log}/{path}")
    assert (answer.status_code, answer.json()["code"]) == (409, "mining.not_ready")
    assert manager.get(f"/api/logs/ailleurs/{path}").status_code == 404


def test_an_unknown_step_is_not_there(manager: Client) -> None:
    log = imported(manager, CSV)
    assert manager.get(f"/api/logs/{log}/waits", {"step": "nulle_part"}).status_code == 404


def test_a_file_is_imported_at_once_for_the_command_line(tmp_path: Path) -> None:
    boss = make.actor("anne.royer@nordet.example", role="direction")
    log = operations.import_file(boss, path=HELPDESK, name="Support", at=make.AT)
    operations.describe(boss, log_id=log, source="Verenich", credit="CC BY 4.0")
    known = queries.get_log(boss, log_id=log)
    assert (known.name, known.credit, known.state) == ("Support", "CC BY 4.0", "ready")
    assert places.folder(log).exists()


def test_a_log_becomes_a_map_on_which_it_is_measured(manager: Client) -> None:
    log = imported(manager, WALL)
    wanted = {"title": "Ventes constatées", "subject": "opportunity", "paths": 1}
    drawn = manager.post(f"/api/logs/{log}/discover", wanted, content_type="application/json").json()[
        "map_id"
    ]
    known = manager.get(f"/api/maps/{drawn}").json()
    assert (known["map"]["state"], known["map"]["title"]) == ("as_is", "Ventes constatées")
    assert [finding for finding in known["findings"] if finding["severity"] == "error"] == []
    told = manager.get(f"/api/maps/{drawn}/overlay", {"log": log}).json()
    assert (told["worst"], told["unmapped"], told["totals"]["cases"]) == ("devis", [], 120)
    assert told["steps"]["devis"]["amount_waiting"] == "120000.00"
    assert sum(one["count"] for one in told["passages"].values()) == 180
    again = manager.post(f"/api/logs/{log}/discover", wanted, content_type="application/json")
    assert again.json()["map_id"] != drawn
    variant = manager.post(
        f"/api/logs/{log}/discover", {"state": "to_be", "variant": 0}, content_type="application/json"
    )
    assert manager.get(f"/api/maps/{variant.json()['map_id']}").json()["map"]["state"] == "to_be"
    missing = manager.post(f"/api/logs/{log}/discover", {"variant": 99}, content_type="application/json")
    assert missing.status_code == 404
    sales = signed_in("lea.petit@nordet.example", "sales")
    assert sales.post(f"/api/logs/{log}/discover", wanted, content_type="application/json").status_code == 403


def test_a_log_is_measured_on_another_map_once_its_labels_are_placed(manager: Client) -> None:
    log = imported(manager, CSV.replace("Appel", "Premier contact"))
    body = {"title": "Vente", "state": "to_be", "subject": "opportunity", "starter": "vente"}
    drawn = manager.post("/api/maps", body, content_type="application/json").json()["id"]
    guess = manager.get(f"/api/maps/{drawn}/mapping", {"log": log}).json()
    assert guess["Premier contact"] == "premier_contact"
    before = manager.get(f"/api/maps/{drawn}/overlay", {"log": log}).json()
    assert set(before["unmapped"]) == set(guess)
    saved = {**guess, "Devis": "proposition_envoyee", "Signé": "gagne"}
    put = manager.put(f"/api/maps/{drawn}/mapping?log={log}", saved, content_type="application/json")
    assert put.status_code == 200
    assert manager.get(f"/api/maps/{drawn}/mapping", {"log": log}).json() == saved
    after = manager.get(f"/api/maps/{drawn}/overlay", {"log": log}).json()
    assert (after["unmapped"], after["steps"]["premier_contact"]["cases"]) == ([], 60)
    wrong = manager.put(
        f"/api/maps/{drawn}/mapping?log={log}", {"Devis": "lune"}, content_type="application/json"
    )
    assert wrong.status_code == 422


def test_our_own_events_are_measured_on_their_map(vente: Any, manager: Client) -> None:
    body = {"title": "Vente", "state": "to_be", "subject": "opportunity", "starter": "vente"}
    drawn = manager.post("/api/maps", body, content_type="application/json").json()["id"]
    past = Past(
        make.AT,
        {"name": "Pilote", "amount": "900"},
        steps=[Step(make.AT + timedelta(days=2), to="premier_contact")],
    )
    load.load(actors.system(), object_name="opportunity", pasts=[past] * 3)
    told = manager.get(f"/api/maps/{drawn}/overlay", {"log": "own"}).json()
    assert told["steps"]["premier_contact"]["waiting_cases"] == 3
    assert (
        manager.get("/api/pipelines/vente/measures").json()["premier_contact"]["amount_waiting"] == "2700.00"
    )
    rows = manager.get("/api/logs/own:vente/cases", {"step": "premier_contact", "blocked": "true"}).json()[
        "rows"
    ]
    assert {row["record"]["title"] for row in rows} == {"Pilote"}
    assert manager.get(f"/api/records/opportunity/{rows[0]['record']['id']}/ahead").json() is None
    assert manager.get("/api/records/opportunity/999999/ahead").status_code == 404
    assert manager.get("/api/logs/own:vente/foresight").json()["early"]


def test_the_flow_of_some_cases_is_asked_by_a_stack_of_filters(manager: Client) -> None:
    log = imported(manager, WALL)
    known = manager.get(f"/api/logs/{log}/choices").json()
    assert "Agent" in {each["label"] for each in known["attributes"]}
    asked = '[{"kind":"through","step":"signe"}]'
    whole = manager.get(f"/api/logs/{log}/flow").json()
    some = manager.get(f"/api/logs/{log}/flow", {"filters": asked}).json()
    moving = manager.get(f"/api/logs/{log}/flow", {"filters": asked, "moving": "true"}).json()
    assert (whole["cases"], some["cases"], some["all_cases"]) == (120, 60, 120)
    assert moving["rough"]
    assert [(each["id"], each["count"]) for each in moving["edges"]] == [
        (each["id"], each["count"]) for each in some["edges"]
    ]
    page = manager.get(f"/api/logs/{log}/cases", {"filters": asked}).json()
    assert all(row["case"].startswith("D") for row in page["rows"])
    refused = manager.get(f"/api/logs/{log}/flow", {"filters": '[{"kind":"through","step":"zz"}]'})
    assert refused.status_code == 422
    assert "zz" in refused.content.decode()


def test_a_log_is_held_against_its_map(manager: Client) -> None:
    log = imported(manager, WALL)
    made = manager.post(f"/api/logs/{log}/discover", {}, content_type="application/json").json()["map_id"]
    told = manager.get(f"/api/maps/{made}/conformance", {"log": log}).json()
    assert told["cases"] == 120
    assert (
        told["share"]
        == manager.get(f"/api/maps/{made}/overlay", {"log": log}).json()["totals"]["conformance"]
    )
    some = '[{"kind":"through","step":"signe"}]'
    assert manager.get(f"/api/maps/{made}/conformance", {"log": log, "filters": some}).json()["cases"] == 60


def test_cases_are_aligned_with_a_map_and_those_that_need_a_correction_are_listed(manager: Client) -> None:
    log = imported(manager, WALL)
    whole = "D500;Appel;01/03/2024 10:00;Léa;1\nD500;Signé;02/03/2024 10:00;Léa;1"
    other = imported(manager, f"{CSV}\n{whole}")
    made = manager.post(f"/api/logs/{log}/discover", {}, content_type="application/json").json()["map_id"]
    steps = {"Appel": "appel", "Devis": "devis", "Signé": "signe"}
    path = f"/api/maps/{made}/mapping?log={other}"
    assert manager.put(path, steps, content_type="application/json").status_code == 200
    told = manager.get(f"/api/maps/{made}/alignment", {"log": other}).json()
    assert (told["cases"], told["checked"], told["checked_variants"]) == (61, 1, 2)
    assert [(one["key"], one["cases"]) for one in told["corrections"]] == [("skipped:devis", 1)]
    asked: dict[str, Any] = {"log": other, "correction": "skipped:devis"}
    cases = manager.get(f"/api/maps/{made}/alignment/cases", asked).json()
    assert [row["case"] for row in cases["rows"]] == ["D500"]
    assert manager.get(f"/api/maps/{made}/alignment/cases", asked | {"correction": "no"}).status_code == 404
    assert manager.get(f"/api/maps/{made}/alignment", {"log": other, "seconds": "6"}).status_code == 422


def test_a_view_of_a_log_is_taken_away_without_what_a_spreadsheet_would_run(manager: Client) -> None:
    log = imported(manager, CSV.replace("Léa", "=cmd()").replace("Signé", "=SUM(A1)"))
    stack = '[{"kind":"through","step":"devis"}]'

    def taken(form: str, client: Client = manager) -> Any:
        return client.get(f"/api/logs/{log}/taken/{form}", {"filters": stack, "paths": "1"})

    variants = b"".join(taken("variants").streaming_content).decode("utf-8-sig").splitlines()
    assert variants[1].endswith("Appel → Devis → =SUM(A1)")
    assert variants[1].startswith("1;60;1,0000;48,0000;")
    flow = b"".join(taken("flow").streaming_content).decode("utf-8-sig")
    assert "Devis;'=SUM(A1);60;60;24,0000" in flow
    cases = b"".join(taken("cases").streaming_content).decode("utf-8-sig").splitlines()
    assert len(cases) == 61
    picture = taken("svg")
    assert picture["Content-Disposition"].startswith("attachment")
    assert b"<svg" in b"".join(picture.streaming_content)
    assert b"".join(taken("xes").streaming_content).count(b"<trace>") == 60
    rep = signed_in("claire.lambert@nordet.example", "sales")
    assert taken("variants", rep).status_code == 200
    assert taken("xes", rep).status_code == 403


def test_an_analysis_is_kept_opened_removed_and_put_back(manager: Client) -> None:
    log = imported(manager, CSV)
    body = {"name": "Devis", "search": {"filtres": [{"kind": "through", "step": "devis"}]}}
    kept = manager.post(f"/api/logs/{log}/analyses", body, content_type="application/json").json()
    assert kept["mine"]
    where = f"/api/analyses/{kept['id']}"
    renamed = manager.put(where, body | {"name": "Vus au devis"}, content_type="application/json").json()
    assert renamed["name"] == "Vus au devis"
    assert manager.delete(where).status_code == 204
    assert manager.get(f"/api/logs/{log}/analyses").json() == []
    assert manager.post(f"{where}/restore").status_code == 200
    assert [one["name"] for one in manager.get(f"/api/logs/{log}/analyses").json()] == ["Vus au devis"]


def test_two_periods_of_a_log_are_compared_and_its_changes_told(manager: Client) -> None:
    log = imported(manager, CSV)
    sides = {
        "before": '[{"kind":"period","until":"2024-03-02T00:00:00Z"}]',
        "after": '[{"kind":"period","since":"2024-03-02T00:00:00Z"}]',
    }
    told = manager.get(f"/api/logs/{log}/comparison", sides).json()
    assert told["before_cases"] + told["after_cases"] == 60
    assert told["differences"][0]["what"] == "length"
    assert manager.get(f"/api/logs/{log}/comparison", sides | {"after": "["}).status_code == 422
    assert manager.get(f"/api/logs/{log}/changes").json()["changes"] == []


def test_what_wins_is_told_leads_to_its_cases_and_is_taken_out(manager: Client) -> None:
    rows = [
        f"D{n};{step};{day:02}/03/2024 10:00;{canal}"
        for n in range(80)
        for day, (step, canal) in enumerate(
            [
                ("Échange", "Appel"),
                ("Échange", "Visite" if n % 8 else "E-mail"),
                ("Signé" if n < 40 else "Perdu", ""),
            ]
            if n < 40
            else [("Échange", "E-mail"), ("Perdu", "")],
            start=1,
        )
    ]
    log = imported(manager, "Dossier;Étape;Date;Canal\n" + "\n".join(rows))
    told = manager.get(f"/api/logs/{log}/winning").json()
    assert (told["won"], told["lost"], told["early"], told["steps"]) == (40, 40, False, False)
    call = next(one for one in told["patterns"] if one["channels"] == ["Appel"])
    assert (call["cases"], call["won"], call["others_won"]) == (40, 40, 0)
    page = manager.get(f"/api/logs/{log}/cases", {"filters": call["stack"]}).json()
    assert {row["case"] for row in page["rows"]} == {f"D{n}" for n in range(40)}
    taken = manager.get(f"/api/logs/{log}/taken/winning").getvalue().decode()
    assert taken.splitlines()[0].startswith("\ufeffQuoi;")
    assert len(taken.splitlines()) > len(told["patterns"])
    refused = manager.get(f"/api/logs/{log}/cases", {"filters": '[{"kind":"contacts","channels":["Fax"]}]'})
    assert refused.status_code == 422
    assert "Fax" in refused.content.decode()


def test_what_is_foreseen_is_told_step_by_step_with_how_well_it_did(manager: Client) -> None:
    told = manager.get(f"/api/logs/{imported(manager, CSV)}/foresight").json()
    assert (told["learnt"], told["cases"], told["right"], told["tells_next"]) == (40, 20, 1.0, True)
    calls = next(one for one in told["steps"] if one["label"] == "Appel")
    assert (calls["next_label"], calls["share"], calls["n"]) == ("Devis", 1.0, 60)
    assert "Appris sur 40 dossiers finis" in told["sentences"][0]


def test_why_cases_wait_is_told_cause_by_cause_and_what_goes_with_blocking(manager: Client) -> None:
    log = imported(manager, WALL)
    told = manager.get(f"/api/logs/{log}/why", {"step": "devis"}).json()
    causes = {one["cause"]: one for one in told["split"]["causes"]}
    assert sum(one["share"] for one in causes.values()) == pytest.approx(1)
    assert (causes["handover"]["known"], causes["client"]["known"]) == (True, False)
    assert 0 < told["passing"]["blocked"] < 60  # the last to come have not waited so long
    assert "Tom" not in str(told)
    way = manager.get(f"/api/logs/{log}/why", {"step": "appel", "target": "devis"}).json()
    assert (way["split"]["waits"], way["passing"]) == (120, None)
    assert manager.get(f"/api/logs/{log}/why", {"step": "ailleurs"}).status_code == 404


def test_what_a_step_lacks_is_proposed_to_the_target_in_one_click(manager: Client) -> None:
    log = imported(manager, WALL)
    wanted = {"title": "Vente", "state": "to_be", "subject": "opportunity", "variant": 0}
    made = manager.post(f"/api/logs/{log}/discover", wanted, content_type="application/json").json()["map_id"]
    where = f"/api/maps/{made}/steps/devis/lacks"
    lacks = {one["lack"]: one for one in manager.get(where, {"log": log}).json()}
    assert lacks["content"]["may_propose"]
    body = {"lack": "content", "log": log}
    thread = manager.post(where, body, content_type="application/json").json()["thread"]
    again = {one["lack"]: one for one in manager.get(where, {"log": log}).json()}
    assert (again["content"]["proposal"], again["content"]["may_propose"]) == (thread, False)


def model_of(client: Client, log: str) -> Any:
    return client.get(f"/api/logs/{log}/model").json()


def search_model(client: Client, log: str, *, patient: bool = False) -> str:
    asked = {"patient": patient}
    job: str = client.post(f"/api/logs/{log}/model", asked, content_type="application/json").json()["job"]
    return job


def test_the_model_in_blocks_is_searched_for_taken_as_bpmn_and_made_a_map(manager: Client) -> None:
    log = imported(manager, WALL)
    wanted = {"title": "Structurée", "blocks": True}
    early = manager.post(f"/api/logs/{log}/discover", wanted, content_type="application/json")
    assert (early.status_code, early.json()["code"]) == (409, "mining.model_not_searched")
    job = search_model(manager, log)
    assert search_model(manager, log) == job
    assert model_of(manager, log)["search"]["state"] == "queued"
    assert worker.run_once(at=clock.now())
    told = model_of(manager, log)
    assert [one["label"] for one in told["elements"] if one["kind"] == "task"] == ["Appel", "Devis", "Signé"]
    assert (told["fitness"], told["precision"], told["dropped"]) == (1, 1, [])
    assert told["size"] <= told["most"] == 50
    assert (told["search"]["state"], told["patient"]) == ("done", False)
    bpmn = manager.get(f"/api/logs/{log}/taken/bpmn")
    assert bpmn["Content-Disposition"].count(".bpmn")
    assert b"exclusiveGateway" in bpmn.getvalue()
    made = manager.post(f"/api/logs/{log}/discover", wanted, content_type="application/json").json()["map_id"]
    drawn = manager.get(f"/api/maps/{made}").json()["map"]
    assert [one["id"] for one in drawn["steps"]] == ["appel", "devis", "signe"]


def test_a_model_that_was_found_serves_everybody_and_the_same_log_under_another_name(manager: Client) -> None:
    log = imported(manager, WALL)
    search_model(manager, log, patient=True)
    assert worker.run_once(at=clock.now())
    again = imported(manager, WALL, name="autre.csv")
    told = model_of(signed_in("claire.lambert@nordet.example", "sales"), again)
    assert (told["patient"], told["size"], told["search"]["may_stop"]) == (True, 7, False)
    assert manager.delete(f"/api/logs/{log}").status_code == 204
    assert model_of(manager, again)["search"] is None


def test_a_search_is_stopped_by_who_asked_and_asked_for_again(manager: Client) -> None:
    log = imported(manager, WALL)
    job = search_model(manager, log)
    sales = signed_in("claire.lambert@nordet.example", "sales")
    assert not model_of(sales, log)["search"]["may_stop"]
    assert sales.post(f"/api/jobs/{job}/cancel").status_code == 404
    assert manager.post(f"/api/jobs/{job}/cancel").status_code == 200
    told = model_of(manager, log)
    assert (told["search"]["state"], told["sentence"]) == ("cancelled", "")
    assert search_model(manager, log) != job
    assert worker.run_once(at=clock.now())
    assert model_of(manager, log)["size"] == 7


def test_a_search_that_is_refused_says_why_in_the_language_of_who_reads(manager: Client) -> None:
    log = imported(manager, WALL)
    search_model(manager, log)
    row = ImportedLog.objects.get(pk=log)
    ImportedLog.objects.filter(pk=log).update(folder="")
    assert worker.run_once(at=clock.now())
    row.save(update_fields=["folder"])
    told = model_of(manager, log)["search"]
    assert (told["state"], told["error"]) == ("failed", LogNotReady().say("fr"))
    User.objects.filter(email="paul.marchand@nordet.example").update(lang="en")
    assert model_of(manager, log)["search"]["error"] == LogNotReady().say("en")


def test_what_the_picture_is_worth_is_told_with_what_it_leaves_out(manager: Client) -> None:
    log = imported(manager, WALL)
    told = manager.get(f"/api/logs/{log}/flow/worth").json()
    assert (told["fitness"], told["precision"], told["checked"]) == (1, 1, 1)
    assert told["sentence"].startswith("La carte ne laisse rien de côté")
    some = manager.get(f"/api/logs/{log}/flow/worth", {"steps": "0.5"}).json()
    assert some["fitness"] < 1
    assert "l’étape « Signé » (60 événements)" in some["sentence"]
