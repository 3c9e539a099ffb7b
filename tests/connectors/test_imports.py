"""A file becomes records: seen before it is written, written once, given back whole."""

import io
import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from importing import held, imported, looked, received, undone, work, written
from portulan.automation.jobs import Cancelled, JobContext
from portulan.base import clock
from portulan.base.refusals import NotAllowed, NotThere
from portulan.connectors import erasing, operations, places, queries, running, undoing
from portulan.connectors.operations import AlreadyImported, ChoicesNotValid, NotLookedAt
from portulan.events import log
from portulan.events import queries as events
from portulan.people.actor import Actor
from portulan.records import finding, replay, rows, runtime
from portulan.records import operations as records
from sale import SYSTEM, deal, record

pytestmark = pytest.mark.usefixtures("crm")


ACCOUNTS = written(
    "Raison sociale;SIREN;Téléphone;Code postal;Pays;Fonction libre",
    "DUPONT ET FILS S.A.R.L.;443 061 841;0262 12 34 56;97400;FR;x",
    "acme sas;;06 12 34 56 78;75 001;France;y",
    "Sans numéro;123;;;;z",
)


def test_columns_are_guessed_lines_are_cleaned_and_bad_ones_refused_with_their_reason(alix: Actor) -> None:
    import_id = received(alix, "account", ACCOUNTS)
    one = looked(alix, import_id)
    assert one["choices"]["columns"] == {
        "Raison sociale": "name", "SIREN": "siren", "Téléphone": "phone", "Code postal": "postcode",
        "Pays": "country",
    }  # fmt: skip
    assert one["choices"]["keys"] == ["siren"]
    counts = one["report"]["counts"]
    assert (counts["create"], counts["refused"]) == (2, 1)
    assert one["report"]["cleaned"]["name"]["examples"][0] == [
        "DUPONT ET FILS S.A.R.L.",
        "Dupont et Fils SARL",
    ]
    assert held("account", "name") == []
    refused = "".join(queries.refused_csv(alix, import_id=import_id))
    assert "4;« 123 » ne convient pas au champ « SIREN ».;Sans numéro;123" in refused
    operations.start(alix, import_id=import_id, at=clock.now())
    work()
    assert held("account", "name", "phone", "postcode", "country") == [
        ("Dupont et Fils SARL", "+262262123456", "97400", "France"),
        ("acme SAS", "+33612345678", "75001", "France"),
    ]
    assert finding.search(SYSTEM, words="dupont")
    assert not list(replay.unlike(SYSTEM))


def test_the_same_file_twice_creates_nothing_twice(alix: Actor) -> None:
    imported(alix, "account", ACCOUNTS)
    before = held("account", "pk", "name", "version")
    again = imported(alix, "account", ACCOUNTS)
    assert (again["result"]["create"], again["result"]["update"], again["result"]["skip"]) == (0, 0, 2)
    assert held("account", "pk", "name", "version") == before


def test_an_update_changes_what_differs_and_undoing_gives_it_back_unless_somebody_changed_it(
    alix: Actor,
) -> None:
    kept, other = (record("account", name=name, siren=siren) for name, siren in SIRENS)
    raw = written("nom;siren;ville", f"Bellerive;{SIRENS[0][1]};Lyon", f"Cordage;{SIRENS[1][1]};Brest")
    one = imported(alix, "account", raw)
    assert one["result"]["update"] == 2
    update = {"city": "Quimper"}
    records.update(SYSTEM, object_name="account", row_id=other, version=2, given=update, at=clock.now())
    after = undone(alix, one)
    assert after["undone"] == {"binned": 0, "given_back": 2, "kept": 1}
    assert held("account", "pk", "name", "city") == [
        (kept, SIRENS[0][0], None),
        (other, SIRENS[1][0], "Quimper"),
    ]
    assert [left["id"] for left in queries.kept(alix, import_id=UUID(one["id"]))] == [other]
    assert not list(replay.unlike(SYSTEM))


SIRENS = (("Atelier", "443061841"), ("Beaulieu", "552100554"))


def test_a_made_record_that_somebody_worked_on_stays_and_is_listed(alix: Actor) -> None:
    one = imported(alix, "account", written("nom;ville", "Bellerive;Lyon", "Cordage;Brest"))
    (row, _), _ = held("account", "pk", "name")
    records.update(
        SYSTEM, object_name="account", row_id=row, version=1, given={"city": "Nice"}, at=clock.now()
    )
    assert undone(alix, one)["undone"] == {"binned": 1, "given_back": 0, "kept": 1}
    assert held("account", "name") == [("Bellerive",)]
    assert [left["id"] for left in queries.kept(alix, import_id=UUID(one["id"]))] == [row]


def test_what_is_near_is_proposed_confirmed_and_remembered(alix: Actor) -> None:
    product = record("product", name="GTX Pro")
    raw = written("affaire,produit", "Un,GTXPro", "Deux,GTX Pro", "Trois,Inconnu")
    import_id = received(alix, "opportunity", raw)
    one = looked(alix, import_id)
    (unknown,) = one["report"]["unknown"]
    said = {each["said"]: each["proposals"] for each in unknown["values"]}
    assert [(p["value"], p["why"]) for p in said["GTXPro"]] == [(product, "letters")]
    assert one["report"]["counts"]["refused"] == 2
    values = {"GTXPro": product, "Inconnu": None}
    operations.same(alix, import_id=import_id, target="product", values=values, at=clock.now())
    assert looked(alix, import_id)["report"]["counts"]["create"] == 3
    assert imported(alix, "opportunity", raw)["result"]["create"] == 3
    assert [row[0] for row in held("opportunity", "product_id")] == [product, product, None]


def test_a_gate_refuses_a_line_as_it_refuses_the_screen_and_a_motive_of_who_may_overrides(
    alix: Actor,
) -> None:
    raw = written("affaire;étape;montant", "Un;Contact;10", "Deux;Demo;20")
    import_id = received(alix, "opportunity", raw)
    one = looked(alix, import_id)
    (refused,) = one["report"]["samples"]["refused"]
    assert refused["problems"] == ["Le critère « Critère called » n’est pas rempli."]
    forced = imported(alix, "opportunity", raw, motive="Reprise d’historique")
    assert (forced["result"]["create"], forced["result"]["forced"]) == (2, 1)
    assert [row[0] for row in held("opportunity", "stage")] == ["contact", "demo"]
    pk = held("opportunity", "pk")[1][0]
    kinds = [event.kind for event in reversed(events.of_subject(f"opportunity:{pk}"))]
    assert kinds == ["record.created", "gate.overridden", "record.moved"]
    assert {event.provenance for event in events.of_subject(f"opportunity:{pk}")} == {"import"}
    assert not list(replay.unlike(SYSTEM))


def test_the_past_keeps_its_dates_and_undoing_bins_it(alix: Actor) -> None:
    raw = written(
        "affaire,deal_stage,engage_date,moved", "Un,Won,10/20/2016,3/1/2017", "Deux,Lost,10/25/2016,3/14/2017"
    )
    columns = {"affaire": "name", "deal_stage": "stage", "engage_date": "created_at", "moved": "moved_at"}
    one = imported(alix, "opportunity", raw, columns=columns, motive="Reprise d’historique")
    assert one["result"]["create"] == 2
    dates = [
        (made.date().isoformat(), closed.date().isoformat())
        for made, closed in held("opportunity", "created_at", "closed_at")
    ]
    assert dates == [("2016-10-19", "2017-02-28"), ("2016-10-24", "2017-03-13")]
    assert not list(replay.unlike(SYSTEM))
    assert undone(alix, one)["undone"]["binned"] == 2
    assert held("opportunity", "pk") == []
    assert not list(replay.unlike(SYSTEM))


def test_links_to_what_the_file_itself_makes_are_written_at_the_end(alix: Actor) -> None:
    one = imported(alix, "account", written("company,subsidiary_of", "Fille,Mère", "Mère,"))
    assert one["result"]["create"] == 2
    (daughter, parent), (mother, none) = held("account", "pk", "parent_id")
    assert (parent, none) == (mother, None)
    assert daughter != mother
    assert undone(alix, one)["undone"] == {"binned": 2, "given_back": 0, "kept": 0}


def test_external_ids_are_known_again(alix: Actor) -> None:
    raw = written("Deal - ID,Deal - Title,Deal - Value", "17,Une affaire,100", "18,Une affaire,200")
    one = imported(alix, "opportunity", raw)
    assert (one["preset"], one["choices"]["keys"]) == ("Pipedrive", ["external_id"])
    assert one["result"]["create"] == 2
    again = imported(alix, "opportunity", raw.replace(b"200", b"250"))
    assert (again["result"]["update"], again["result"]["skip"]) == (1, 1)


def test_two_lines_about_one_record_and_two_records_under_one_key_are_refused(alix: Actor) -> None:
    for _ in range(2):
        deal(name="Double")
    raw = written("affaire;montant", "Double;1", "Seule;2", "Seule;3")
    one = looked(alix, received(alix, "opportunity", raw))
    assert [sample["problems"] for sample in one["report"]["samples"]["refused"]] == [
        ["2 fiches portent cette clé : fusionnez-les ou choisissez une clé plus précise."],
        ["Même fiche que la ligne 3 du fichier."],
    ]


def test_sister_establishments_are_never_taken_for_one(alix: Actor) -> None:
    record("account", name="Siège", siren="443061841", siret="44306184100047")
    raw = written("nom;siren;siret", "Agence;443061841;44306184100013")
    one = looked(alix, received(alix, "account", raw))
    assert one["report"]["counts"]["create"] == 1
    assert one["report"]["hints"] == {"sister": 1}


def test_an_import_is_seen_by_its_author_and_nobody_without_the_right_begins_one(alix: Actor) -> None:
    import_id = received(alix, "account", ACCOUNTS)
    claire = make.actor(role="blind")
    with pytest.raises(NotThere):
        queries.get_import(claire, import_id=import_id)
    with pytest.raises(NotAllowed):
        received(claire, "account", ACCOUNTS)


TEXT = st.text("abcde éÀ'", min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXT, TEXT), max_size=5), st.lists(st.tuples(TEXT, TEXT), max_size=6))
def test_an_import_then_its_undoing_leaves_the_same_records(
    alix: Actor, there: Sequence[tuple[str, str]], lines: Sequence[tuple[str, str]]
) -> None:
    runtime.current().model("account").objects.update(deleted_at=make.AT)
    for name, city in there:
        record("account", name=name, city=city)
    kind = runtime.current().object("account")
    model = runtime.current().model("account")

    def state() -> dict[int, dict[str, Any]]:
        live = model.objects.filter(deleted_at=None)
        return {
            row.pk: {k: v for k, v in rows.stored(kind, row).items() if k != "updated_at"} for row in live
        }

    before = state()
    raw = written("nom;ville", *(f'"{name}";"{city}"' for name, city in lines))
    if lines:
        undone(alix, imported(alix, "account", raw))
    assert state() == before


def test_what_is_imported_live_is_told_to_those_who_listen_and_what_is_silent_is_not(
    alix: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        log.LISTENERS, "_things", {"test": lambda rows: told.extend(row.kind for row in rows)}
    )
    imported(alix, "account", written("nom;ville", "Atelier;Lyon"))
    assert told == ["import.done"]
    imported(alix, "account", written("nom;ville", "Atelier;Brest", "Bellerive;Lyon"), live=True)
    assert sorted(told) == ["import.done", "import.done", "record.created", "record.updated"]


def test_an_import_that_was_stopped_goes_on_where_it_was_and_doubles_nothing(
    alix: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    names = [f"Compte {n}" for n in range(7)]
    import_id = received(alix, "account", written("nom", *names))
    looked(alix, import_id)
    job = JobContext(import_id, {"import": str(import_id)}, alix.id, lambda share, _message: share < 0.3)
    with pytest.raises(Cancelled):
        running.run(job)
    assert 0 < len(held("account", "pk")) < len(names)
    assert queries.get_import(alix, import_id=import_id)["state"] == "stopped"
    operations.start(alix, import_id=import_id, at=clock.now())
    work()
    assert [name for (name,) in held("account", "name")] == names
    assert undone(alix, queries.get_import(alix, import_id=import_id))["undone"]["binned"] == len(names)


def test_a_column_named_after_a_link_is_that_link_and_not_the_name(alix: Actor) -> None:
    raw = written("opportunity_id,sales_agent,product,account,deal_stage", "1,Ana,GTX,Isdom,Won")
    one = queries.get_import(alix, import_id=received(alix, "opportunity", raw))
    assert one["choices"]["columns"] == {
        "opportunity_id": "external_id",
        "sales_agent": "owner",
        "product": "product",
        "account": "account",
        "deal_stage": "stage",
    }
    assert one["choices"]["title"] == ["account", "product"]


def workbook(**tabs: list[tuple[Any, ...]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows_ in tabs.items():
        sheet = book.create_sheet(name)
        for row in rows_:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def test_the_sheet_that_is_picked_is_the_one_that_is_seen_and_imported(alix: Actor) -> None:
    raw = workbook(
        Villes=[("Nom", "Code postal"), ("Orléans", "45000")],
        Clients=[("Raison sociale", "Téléphone"), ("Un", "0262123456"), ("Deux", "0612345678")],
    )
    import_id = received(alix, "account", raw, "classeur.xlsx")
    one = queries.get_import(alix, import_id=import_id)
    assert (one["sheet"], one["header"]) == ("Villes", ["Nom", "Code postal"])
    assert one["sheets"] == [{"name": "Villes", "lines": 1}, {"name": "Clients", "lines": 2}]
    looked(alix, import_id)
    operations.pick(alix, import_id=import_id, sheet="Clients")
    one = queries.get_import(alix, import_id=import_id)
    assert (one["header"], one["report"]) == (["Raison sociale", "Téléphone"], None)
    assert one["choices"]["columns"] == {"Raison sociale": "name", "Téléphone": "phone"}
    assert one["samples"][0]["values"] == ["Un", "Deux"]
    with pytest.raises(NotLookedAt):
        operations.start(alix, import_id=import_id, at=clock.now())
    assert looked(alix, import_id)["report"]["counts"]["create"] == 2
    operations.start(alix, import_id=import_id, at=clock.now())
    work()
    assert held("account", "name") == [("Un",), ("Deux",)]
    with pytest.raises(AlreadyImported):
        operations.pick(alix, import_id=import_id, sheet="Villes")


def test_a_sheet_that_the_workbook_lacks_is_refused_by_its_name(alix: Actor) -> None:
    import_id = received(alix, "account", workbook(A=[("Nom",), ("Un",)], B=[("Nom",), ("Deux",)]), "c.xlsx")
    with pytest.raises(ChoicesNotValid) as refused:
        operations.pick(alix, import_id=import_id, sheet="C")
    assert [one.facts for one in refused.value.problems] == [{"name": "C"}]


def test_a_person_who_is_forgotten_is_sought_on_every_sheet(alix: Actor) -> None:
    raw = workbook(Villes=[("Nom",), ("Orléans",)], Notes=[(None,), ("livia@goeland.example",)])
    import_id = received(alix, "account", raw, "c.xlsx")
    path = places.upload(import_id, ".xlsx")
    assert path.exists()
    assert erasing.sweep(re.compile("livia@goeland[.]example")) == 1
    assert not path.exists()


def test_an_undoing_sends_as_many_statements_for_many_lines_as_for_few(alix: Actor) -> None:
    def statements(count: int) -> int:
        raw = written("nom;ville", *(f"Compte {count} {n};Lyon" for n in range(count)))
        one = imported(alix, "account", raw)
        job = JobContext(UUID(one["id"]), {"import": one["id"]}, alix.id, lambda *_: True)
        with CaptureQueriesContext(connection) as captured:
            assert running.undo(job)["binned"] == count
        return len(captured)

    assert statements(400) == statements(4)


def test_an_undoing_that_was_stopped_goes_on_where_it_was_and_keeps_what_somebody_changed(
    alix: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = imported(alix, "account", written("nom", *(f"Compte {n}" for n in range(7))))
    first = held("account", "pk")[0][0]
    given = {"city": "Nice"}
    records.update(SYSTEM, object_name="account", row_id=first, version=1, given=given, at=clock.now())
    monkeypatch.setattr(undoing, "_BATCH", 2)
    job = JobContext(UUID(one["id"]), {"import": one["id"]}, alix.id, lambda share, _message: share < 0.5)
    with pytest.raises(Cancelled):
        running.undo(job)
    assert len(held("account", "pk")) == 3
    assert undone(alix, one)["undone"]["kept"] == 1
    assert held("account", "pk", "city") == [(first, "Nice")]
    assert [left["id"] for left in queries.kept(alix, import_id=UUID(one["id"]))] == [first]
    assert [hit.id for hit in finding.search(SYSTEM, words="Compte")] == [first]
    assert not list(replay.unlike(SYSTEM))
