"""A list is taken out by the worker, with the rights of that moment; what is stopped leaves no file."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

import make
from portulan.automation import exports, worker
from portulan.automation import operations as queue
from portulan.automation.jobs import Cancelled, JobContext
from portulan.automation.models import Job
from portulan.base import clock
from portulan.base.refusals import NotAllowed, NotThere, NotValid
from portulan.events import queries as events
from portulan.people import operations as people
from portulan.people.actor import Actor
from portulan.records import export, privacy, scope
from portulan.records.asked import Asked
from portulan.records.export import Wanted
from sale import BLIND, SYSTEM, deal, record

pytestmark = pytest.mark.usefixtures("crm")


@pytest.fixture(autouse=True)
def shelf(settings: Any, tmp_path: Path) -> Path:
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"documents": place}
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "exports"


def asked(actor: Actor, **wanted: Any) -> UUID:
    return exports.ask(
        actor,
        object_name="opportunity",
        wanted=Wanted(Asked(), **wanted),
        at=clock.now() - timedelta(seconds=1),
    )


def worked() -> None:
    while worker._do_job(clock.now()):
        pass


def fetched(actor: Actor, job: UUID) -> bytes:
    with exports.get_content(actor, id=job, at=clock.now()).file as file:
        return bytes(file.read())


def kept(shelf: Path) -> list[str]:
    return [path.name for path in shelf.iterdir()] if shelf.exists() else []


def exported() -> int:
    return sum(event.kind == "record.exported" for event in events.of_subject("object:opportunity"))


@pytest.fixture
def claire() -> Actor:
    return make.actor()


def test_a_list_is_written_then_fetched_by_who_asked_and_nobody_else(claire: Actor, shelf: Path) -> None:
    deal(claire, name="À moi")
    deal(name="À d’autres")
    job = asked(claire)
    with pytest.raises(exports.NotReady):
        fetched(claire, job)
    worked()
    text = fetched(claire, job).decode()
    assert "À moi" in text
    assert "À d’autres" not in text
    row = Job.objects.get(pk=job)
    assert (row.state, row.progress) == ("done", 1)
    assert row.result is not None
    assert (row.result["count"], row.result["name"][:9]) == (1, "Affaires ")
    assert exported() == 1
    for other in (SYSTEM, make.actor("bruno@nordet.example")):
        with pytest.raises(NotThere):
            fetched(other, job)


def test_a_right_taken_away_before_the_worker_comes_keeps_the_rows_in_the_house(
    claire: Actor, shelf: Path
) -> None:
    deal(claire, name="À moi")
    job = asked(claire)
    people.revoke_role(SYSTEM, user_id=claire.id or 0, role="sales", at=make.AT)
    worked()
    row = Job.objects.get(pk=job)
    assert (row.state, kept(shelf), exported()) == ("failed", [], 0)
    assert row.refused is not None


def test_a_right_taken_away_before_the_file_is_fetched_keeps_it_in_the_house(claire: Actor) -> None:
    deal(claire, name="À moi", amount="5")
    job = asked(claire, columns=("name", "amount"))
    worked()
    assert b"5,00" in fetched(claire, job)
    people.revoke_role(SYSTEM, user_id=claire.id or 0, role="sales", at=make.AT)
    people.grant_role(SYSTEM, user_id=claire.id or 0, role=BLIND.uid, at=make.AT)
    with pytest.raises(NotAllowed):
        fetched(make.acting(claire.id or 0), job)


def test_a_file_is_made_again_once_rights_reach_other_rows(claire: Actor) -> None:
    deal(name="À d’autres", amount="5")
    for one in (claire.id or 0, make.person("alix.morel@nordet.example")):
        people.set_administrator(SYSTEM, user_id=one, is_admin=True, at=make.AT)
    wide = asked(make.acting(claire.id or 0), columns=("name",))
    worked()
    assert "À d’autres" in fetched(make.acting(claire.id or 0), wide).decode()
    people.set_administrator(SYSTEM, user_id=claire.id or 0, is_admin=False, at=make.AT)
    with pytest.raises(exports.ExportOutlived):
        fetched(make.acting(claire.id or 0), wide)


def test_a_file_filtered_by_what_is_hidden_since_is_not_given(claire: Actor) -> None:
    deal(claire, name="À moi", amount="5")
    condition = {"field": "amount", "test": "at_least", "value": 5}
    job = exports.ask(
        claire, object_name="opportunity", wanted=Wanted(Asked(condition), columns=("name",)), at=make.AT
    )
    worked()
    assert "À moi" in fetched(claire, job).decode()
    hidden = make.acting(claire.id or 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scope, "_access", lambda field, _: 0 if field.uid == "amount" else 2)
        with pytest.raises(NotValid):
            fetched(hidden, job)


def test_what_is_stopped_while_it_is_written_leaves_no_file_and_is_not_counted(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, claire: Actor
) -> None:
    monkeypatch.setattr(export, "_PAGE", 1)
    monkeypatch.setattr(worker, "_TELL_EVERY", timedelta())
    for rank in range(3):
        deal(claire, name=f"Étude {rank}")
    job = asked(claire, format="xlsx")

    def pages(*args: Any, _pages: Any = export._pages) -> Any:
        for page in _pages(*args):
            queue.cancel(claire, id=job, at=clock.now())
            yield page

    monkeypatch.setattr(export, "_pages", pages)
    worked()
    row = Job.objects.get(pk=job)
    assert (row.state, kept(shelf), exported()) == ("cancelled", [], 0)
    with pytest.raises(exports.ExportGone):
        fetched(claire, job)


def test_what_is_stopped_once_it_is_written_leaves_no_file_either(shelf: Path, claire: Actor) -> None:
    deal(claire, name="À moi")
    job = asked(claire)
    Job.objects.filter(pk=job).update(cancel_asked_at=clock.now())
    one = Job.objects.get(pk=job)
    with pytest.raises(Cancelled):
        exports.run(JobContext(one.pk, one.payload, one.created_by_id, lambda *_: True))
    assert (kept(shelf), exported()) == ([], 0)


def test_a_job_done_again_after_its_worker_was_killed_leaves_one_file(shelf: Path, claire: Actor) -> None:
    deal(claire, name="À moi")
    job = asked(claire)
    storages["documents"].save(f"exports/{job}", ContentFile(b"half"))
    worked()
    assert kept(shelf) == [str(job)]
    assert "À moi" in fetched(claire, job).decode()


def test_a_night_removes_what_is_old_stopped_or_left_by_the_dead(shelf: Path, claire: Actor) -> None:
    deal(claire, name="À moi")
    fresh, old, stopped = (asked(claire) for _ in range(3))
    worked()
    Job.objects.filter(pk=old).update(ended_at=clock.now() - exports.KEPT)
    Job.objects.filter(pk=stopped).update(cancel_asked_at=clock.now())
    for name in (str(uuid4()), "odd"):
        storages["documents"].save(f"exports/{name}", ContentFile(b"x"))
    for name, age in (("dead", 2 * exports.KEPT), ("in hand", timedelta())):
        path = exports.workshop() / name
        path.write_bytes(b"x")
        moment = (clock.now() - age).timestamp()
        os.utime(path, (moment, moment))
    with pytest.raises(exports.ExportGone):
        fetched(claire, old)
    night = exports.begin(at=make.AT)
    assert exports.begin(at=make.AT + timedelta(hours=1)) == night
    worked()
    assert (kept(shelf), [path.name for path in exports.workshop().iterdir()]) == ([str(fresh)], ["in hand"])
    assert Job.objects.get(pk=night).result == {"removed": 5}
    assert Job.objects.filter(kind=exports.SWEEP, state="queued").count() == 1


def test_no_file_of_a_list_outlives_a_person_who_is_forgotten(shelf: Path, claire: Actor) -> None:
    person = record("contact", name="Goeland", first_name="Livia", email="livia@goeland.example")
    deal(claire, name="À moi")
    asked(claire)
    worked()
    assert len(kept(shelf)) == 1
    privacy.anonymise(SYSTEM, object_name="contact", row_id=person, motive="Demande reçue", at=make.AT)
    assert kept(shelf) == []
