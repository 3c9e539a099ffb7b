"""A document has the rights of its record, harms nobody, is versioned, and leaves no file behind."""

import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import storages

import make
from portulan.base.refusals import NotAllowed, NotThere, Refusal
from portulan.people.actor import Actor
from portulan.records import documents, runtime, timeline
from portulan.records.documents import FileTooLarge, Received
from portulan.records.models import Document
from portulan.records.sniffing import FileNotAccepted, media_of
from sale import BLIND, SYSTEM, deal, record

pytestmark = pytest.mark.usefixtures("crm")
OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = b"%PDF-1.7\nUn devis"


def packed(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


def add(
    row: int, content: bytes = PDF, *, name: str = "devis.pdf", actor: Actor = SYSTEM, **more: UUID
) -> UUID:
    file = Received(name, iter([content]), **more)
    return documents.add(actor, object_name="opportunity", row_id=row, file=file, at=make.AT)


def listed(row: int, actor: Actor = SYSTEM) -> list[dict[str, object]]:
    return documents.documents(actor, object_name="opportunity", row_id=row)


def test_a_document_is_kept_with_its_versions_and_told_in_the_timeline() -> None:
    one = deal()
    add(one)
    series = UUID(str(listed(one)[0]["series"]))
    second = add(one, b"%PDF-1.7\nUn autre", name="../devis 2.pdf", series=series)
    (told,) = listed(one)
    assert (told["id"], told["n"], told["name"], told["shown"]) == (str(second), 2, "devis 2.pdf", True)
    assert [before["name"] for before in told["before"]] == ["devis.pdf"]  # type: ignore[attr-defined]
    with documents.get_content(SYSTEM, document_id=second).file as file:
        assert file.read() == b"%PDF-1.7\nUn autre"
    said = timeline.timeline(SYSTEM, object_name="opportunity", row_id=one)["rows"]
    assert [line["say"] for line in said[:2]] == [
        "a déposé la version 2 d’un document",
        "a déposé un document",
    ]
    with pytest.raises(NotThere):
        add(one, series=uuid4())
    with pytest.raises(NotThere):
        add(deal(), series=series)


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("Compte rendu : café".encode(), "text/plain"),
        (b"nom;ville\nNordet;Lille\n", "text/plain"),
        (packed("word/document.xml"), f"{OFFICE}.wordprocessingml.document"),
    ],
    ids=["pdf", "png", "jpeg", "text", "csv", "docx"],
)  # fmt: skip
def test_what_a_file_is_comes_from_what_it_holds(content: bytes, media: str, tmp_path: Path) -> None:
    path = tmp_path / "anything.exe"
    path.write_bytes(content)
    assert media_of(path) == media


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0\x03",
        b"\x7fELF\x02\0",
        b"#!/bin/sh\nrm -rf /",
        b"  <!DOCTYPE html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'>",
        packed("word/document.xml", "word/vbaProject.bin"),
        packed("payload.js"),
        b"PK\x03\x04broken",
        b"",
    ],
    ids=["exe", "elf", "script", "html", "svg", "macros", "archive", "broken", "empty"],
)
def test_what_could_act_by_itself_is_refused_with_its_cause(content: bytes) -> None:
    one = deal()
    with pytest.raises(FileNotAccepted) as refused:
        add(one, content, name="facture.pdf")
    assert "PDF" in refused.value.say("fr")
    assert listed(one) == []


def test_a_file_too_large_is_refused(settings: Any) -> None:
    settings.MOST_DOCUMENT_BYTES = 1024**2
    with pytest.raises(FileTooLarge, match="1"):
        add(deal(), PDF + b"x" * 1024**2)


def test_a_document_is_seen_by_who_sees_its_record_and_changed_by_who_changes_it() -> None:
    claire = make.actor()
    stranger = make.acting(make.person("aveugle@nordet.example", role=BLIND.uid, team="Nord"))
    nobody = make.acting(make.person("personne@nordet.example"))
    one = deal(claire)
    kept = add(one, actor=claire)
    refusals: list[tuple[Actor, type[Refusal]]] = [(stranger, NotAllowed), (nobody, NotThere)]
    for actor, refusal in refusals:
        with pytest.raises(refusal):
            add(one, actor=actor)
        with pytest.raises(refusal):
            documents.remove(actor, document_id=kept, at=make.AT)
    assert listed(one, stranger)
    with pytest.raises(NotThere):
        listed(one, nobody)
    with pytest.raises(NotThere):
        documents.get_content(nobody, document_id=kept)


def test_a_document_that_is_removed_leaves_no_file() -> None:
    one = deal()
    first = add(one)
    place = documents._place(first)
    assert storages["documents"].exists(place)
    documents.remove(SYSTEM, document_id=first, at=make.AT)
    assert not storages["documents"].exists(place)
    assert listed(one) == []
    with pytest.raises(NotThere):
        documents.get_content(SYSTEM, document_id=first)


def test_files_are_erased_with_their_names() -> None:
    account = record("account", name="Nordet")
    file = Received("CV Anne Quivern.pdf", iter([PDF]))
    documents.add(SYSTEM, object_name="account", row_id=account, file=file, at=make.AT)
    kind = runtime.current().object("account")
    assert documents.erase(kind, [account], at=make.AT) == 1
    assert not Document.objects.exclude(name="").exists()
