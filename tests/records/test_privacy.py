"""A person is given everything that is kept of them, and leaves no trace when they are forgotten."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest
from django.apps import apps
from django.db import connection

import make
from portulan.automation import operations as jobs
from portulan.automation import privacy as forgetting
from portulan.automation import queries as queue
from portulan.automation import worker
from portulan.base.fold import fold
from portulan.base.refusals import NotAllowed
from portulan.connectors import operations as doors
from portulan.mining import operations as mining
from portulan.mining import queries as studies
from portulan.people.sharing import Wanted
from portulan.records import (
    consents,
    documents,
    finding,
    merge,
    operations,
    portrait,
    privacy,
    queries,
    replay,
    retention,
    runtime,
    saved,
    summary,
    sweeping,
)
from portulan.records.asked import Asked
from portulan.records.models import Consent
from sale import SYSTEM, deal, force, record

pytestmark = pytest.mark.usefixtures("crm")
#: What only this person is known by.
MAIL, PHONE, NAME, FIRST = "zelie.quîvernois@example.com", "+33 6 39 98 41 27", "Quîvernois", "Zélie"
TRACES = ("quivernois", "39984127", "39 98 41 27", "39.98.41.27")
LATER = make.AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Path) -> None:
    place = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "documents"},
    }
    settings.DATA_DIR = tmp_path
    settings.STORAGES = settings.STORAGES | {"documents": place}


def tables() -> Iterator[tuple[str, str]]:
    """Yield every row of every table as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("django_") or table.endswith(("_data", "_idx", "_docsize", "_config")):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of tables
            for row in cursor.fetchall():
                yield table, " ".join(map(str, row))


def files(root: Path) -> Iterator[tuple[str, str]]:
    """Yield every file as text, names included; packed ones unfolded."""
    for path in sorted(root.rglob("*")):
        if path.suffix == ".parquet":
            yield str(path), str(pl.read_parquet(path).to_dicts())
        elif path.is_file():
            raw = path.read_bytes()
            plain = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
            yield str(path), f"{path.name} {plain.decode('utf-8', 'replace')}"


def traces(root: Path) -> set[str]:
    """Return where the person is still named, however it is written."""
    found = set()
    for place, text in (*tables(), *files(root)):
        said = fold(orjson.loads(f'"{text}"') if "\\u" in text and '"' not in text else _unescaped(text))
        if any(trace in said for trace in TRACES):
            found.add(place)
    return found


def _unescaped(text: str) -> str:
    return text.replace("\\u00ee", "î").replace("\\u00e9", "é").replace("\\u00c9", "É")


def zelie(**given: Any) -> int:
    return record(
        "contact", name=NAME, first_name=FIRST, email=MAIL, phone=PHONE, job_title="Acheteuse", **given
    )


def agreed(*, given: bool = True, proof: str = "Formulaire") -> consents.Said:
    return consents.Said("newsletter", "consent", given, proof, make.AT)


def everywhere(person: int, root: Path) -> dict[str, Any]:
    """Have a person named in every place that can name one."""
    twin = zelie()
    merge.merge(SYSTEM, object_name="contact", pair=merge.Pair(person, twin), taken=[], at=make.AT)
    account = record("account", name="Nordet")
    one = deal(name=f"Projet de {NAME}", contact=person, account=account, amount="120")
    change: Any = {"version": _version(person), "given": {"name": f"{NAME} Le Bihan"}}
    operations.update(SYSTEM, object_name="contact", row_id=person, at=make.AT, **change)
    record(
        "activity",
        name=f"Appel à {FIRST}",
        kind="call",
        contact=person,
        body=f"{NAME} rappelle au 06 39 98 41 27",
    )
    record("ticket", name="Panne", description=f"Écrire à {MAIL.upper()}")
    file = documents.Received(f"CV {NAME}.txt", iter([f"{FIRST} {NAME}".encode()]))
    documents.add(SYSTEM, object_name="contact", row_id=person, file=file, at=make.AT)
    claire = make.actor()
    view = Wanted("Ma vue", {"mots": MAIL})
    saved.save(claire, object_name="contact", wanted=view, at=make.AT)
    said = agreed(proof=f"Mail de {MAIL}")
    consents.record(SYSTEM, object_name="contact", row_id=person, said=said, at=make.AT)
    keeping = retention.Keeping((person,), f"{FIRST} {NAME} rappellera", LATER.date() + timedelta(days=9))
    retention.keep(SYSTEM, object_name="contact", keeping=keeping, at=make.AT)
    jobs.enqueue(SYSTEM, kind="duplicates.look", payload={"words": PHONE}, at=LATER + timedelta(days=400))
    log = root / "ventes.csv"
    lines = [f"{FIRST} {NAME},Demande,2026-01-0{day}" for day in (1, 2)]
    log.write_text("\n".join(["dossier,étape,date", *lines, "Autre,Demande,2026-01-03"]))
    roles = {"dossier": "case", "étape": "step", "date": "time"}
    imported = mining.import_file(SYSTEM, path=log, name="Ventes", roles=roles, at=make.AT)
    log.unlink()
    sheet = f"Nom,E-mail\nAutre,x@example.com\n{FIRST} {NAME},{MAIL}\n".encode()
    doors.upload(
        claire, object_name="contact", file=doors.Received("contacts.csv", iter([sheet])), at=make.AT
    )
    force(one, "demo")
    return {"log": str(imported), "deal": one, "twin": twin}


def _version(person: int) -> int:
    return int(queries.get_record(SYSTEM, object_name="contact", row_id=person)["version"])


def test_a_person_who_is_forgotten_is_nowhere_and_nothing_that_is_counted_changes(tmp_path: Path) -> None:
    person = zelie()
    made = everywhere(person, tmp_path)
    before, shape = totals(), mined(made["log"])
    assert len(traces(tmp_path)) > 8
    forgetting.ask(
        SYSTEM, object_name="contact", row_id=person, motive=f"Demande de {FIRST} {NAME}", at=LATER
    )
    done = privacy.anonymise(
        SYSTEM, object_name="contact", row_id=person, motive=f"Demande de {FIRST} {NAME}", at=LATER
    )
    assert traces(tmp_path) == set()
    assert totals() == before
    assert mined(made["log"]) == shape
    assert done["documents"] == 1
    assert list(replay.unlike(SYSTEM)) == []
    told = queries.get_record(SYSTEM, object_name="contact", row_id=person)
    assert (told["title"], told["values"]["email"]) == ("Anonymisé", None)
    assert finding.search(SYSTEM, words="quivernois") == []
    assert not Consent.objects.exclude(proof="").exists()
    again = privacy.anonymise(SYSTEM, object_name="contact", row_id=person, motive="Encore", at=LATER)
    assert (again["places"], list(replay.unlike(SYSTEM))) == (0, [])


def totals() -> Any:
    asked = {"asked": Asked(), "at": make.AT, "measures": "amount:sum,amount:count", "group_by": "stage"}
    kinds = [one.name for one in runtime.current().blueprint.objects]
    return [
        summary.summary(SYSTEM, object_name="opportunity", **asked),  # type: ignore[arg-type]
        *(summary.summary(SYSTEM, object_name=name, asked=Asked(), at=make.AT)["count"] for name in kinds),
    ]


def mined(log: str) -> Any:
    study = studies.study(SYSTEM, log=log, at=make.AT)
    return len(study.log.cases), list(study.log.step), list(study.log.at), study.log.steps


def test_only_who_may_delete_every_person_forgets_one() -> None:
    person = zelie()
    for actor in (make.actor(), make.actor("marie@nordet.example", role="marketing")):
        with pytest.raises(NotAllowed):
            privacy.anonymise(actor, object_name="contact", row_id=person, motive="Demande", at=LATER)
    with pytest.raises(privacy.MotiveMissing):
        privacy.anonymise(SYSTEM, object_name="contact", row_id=person, motive=" ", at=LATER)
    with pytest.raises(privacy.NotAPerson):
        privacy.anonymise(SYSTEM, object_name="account", row_id=record("account"), motive="Demande", at=LATER)


def test_somebody_else_of_the_same_name_keeps_it() -> None:
    person = zelie()
    other = record("contact", name=NAME, first_name="Armand", email="armand@example.com")
    privacy.anonymise(SYSTEM, object_name="contact", row_id=person, motive="Demande", at=LATER)
    told = queries.get_record(SYSTEM, object_name="contact", row_id=other)
    assert (told["title"], told["values"]["first_name"]) == (NAME, "Armand")


def test_forgetting_is_work_in_the_name_of_who_asked() -> None:
    revops = make.actor("elodie@nordet.example", role="revops")
    person = zelie()
    job = forgetting.ask(revops, object_name="contact", row_id=person, motive="Demande", at=make.AT)
    while worker.run_once(at=LATER):
        pass
    assert queue.get_job(revops, id=job).state == "done"
    assert queries.get_record(revops, object_name="contact", row_id=person)["title"] == "Anonymisé"


@pytest.mark.parametrize("form", ["json", "pdf"])
def test_a_person_is_given_everything_that_is_kept_of_them(form: Any) -> None:
    person = zelie()
    record("activity", name="Appel", kind="call", contact=person)
    made = portrait.portrait(SYSTEM, object_name="contact", row_id=person, form=form, at=LATER)
    if form == "pdf":
        assert made.startswith(b"%PDF")
        return
    told = orjson.loads(made)
    assert {"field": "E-mail", "value": MAIL} in told["values"]
    assert [one["name"] for one in told["activities"]] == ["Appel"]
    assert told["history"][-1]["what"]
    nobody = make.acting(make.person("support@nordet.example", role="sales"))
    with pytest.raises(NotAllowed):
        portrait.portrait(nobody, object_name="contact", row_id=person, form=form, at=LATER)


def test_what_was_said_last_counts_and_a_consent_needs_its_proof() -> None:
    person = zelie()
    where: dict[str, Any] = {"object_name": "contact", "row_id": person}
    with pytest.raises(consents.ConsentNotValid):
        consents.record(SYSTEM, **where, said=agreed(proof=" "), at=make.AT)
    consents.record(SYSTEM, **where, said=agreed(), at=make.AT)
    consents.record(SYSTEM, **where, said=agreed(given=False), at=LATER)
    told = consents.consents(SYSTEM, **where)
    stands = {one["purpose"]: one["said"] for one in told["stands"]}
    assert (stands["newsletter"]["given"], stands["prospecting"], len(told["said"])) == (False, None, 2)


def test_who_saw_a_person_is_kept_once_an_hour_and_told_to_who_may_forget() -> None:
    person, claire = zelie(), make.actor()
    for minutes in (0, 5, 70):
        at = make.AT + timedelta(minutes=minutes)
        consents.saw(claire, object_name="contact", row_id=person, at=at)
    consents.saw(claire, object_name="account", row_id=person, at=make.AT)
    seen = consents.readings(SYSTEM, object_name="contact", row_id=person)
    assert [one["by"] for one in seen] == [claire.name] * 2
    with pytest.raises(NotAllowed):
        consents.readings(claire, object_name="contact", row_id=person)


def test_every_table_of_the_product_is_swept_or_left_for_a_reason() -> None:
    swept = {model._meta.app_label for model in sweeping._models()}
    known = {one.label for one in apps.get_app_configs() if one.name.startswith("portulan.")}
    assert known - swept <= {"people", "server"}
