"""Every channel shows the same rows and the same fields: generated from roles, objects and verbs."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.test import Client

import make
from portulan.automation import worker
from portulan.base import clock
from portulan.blueprint.schema import Object
from portulan.events.queries import Added
from portulan.people import operations as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.models import User
from portulan.records import documents, lines, operations, runtime
from portulan.server.live import desk
from sale import BLIND, SYSTEM, deal, record

pytestmark = pytest.mark.usefixtures("crm")
#: A word of every title, and what a hidden amount would say.
WORD, SECRET = "Goeland", "987654"
FORBIDDEN = 403


@pytest.fixture(autouse=True)
def _shelf(settings: Any, tmp_path: Path) -> None:
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"documents": place}


def somebody(name: str, role: str, team: str) -> tuple[int, Client]:
    one = make.person(f"{name}@nordet.example", role=role, team=team)
    people.set_profile(SYSTEM, user_id=one, territory=team.lower())
    client = Client()
    client.force_login(User.objects.get(pk=one))
    return one, client


def everybody() -> tuple[list[tuple[Actor, Client]], int]:
    """Return a person of each role and one of none, in one team; and somebody of another."""
    roles = [one.uid for one in runtime.current().blueprint.roles if not one.archived]
    folk = [somebody(role.replace("_", "-") or "personne", role, "Nord") for role in (*roles, "")]
    south, _ = somebody("sud", "sales", "Sud")
    return [(make.acting(one), client) for one, client in folk], south


def fill(kind: Object, owners: list[int | None]) -> list[int]:
    """Make a record for each owner, with a secret wherever a number is typed."""
    typed = [one for one in kind.fields if one.type in ("money", "integer") and not one.system]
    given: dict[str, Any] = {one.name: int(SECRET) for one in typed if one.name not in ("score", "health")}
    return [put(kind, one, {titled(kind): f"{WORD} {rank}", **given}) for rank, one in enumerate(owners)]


def titled(kind: Object) -> str:
    """Return the field that people type the title in: that of a quote is its number."""
    return "subject" if kind.uid == lines.QUOTE else "name"


def put(kind: Object, owner: int | None, given: dict[str, Any]) -> int:
    """Make a record of somebody; a line is theirs by what it is a part of."""
    of = {"owner": owner} if kind.uid not in lines.PARENTS else part_of(kind, owner)
    return operations.create(SYSTEM, object_name=kind.name, given={**given, **of}, at=make.AT)


def part_of(kind: Object, owner: int | None) -> dict[str, Any]:
    """Make what a line is a part of, and return the link."""
    whole = runtime.current().object(lines.PARENTS[kind.uid])
    return {whole.uid: put(whole, owner, {titled(whole): "Tout"})}


def annotate(kind: Object, rows: list[int]) -> None:
    """Put a document on each record."""
    for row in rows:
        file = documents.Received("note.txt", iter([b"note"]))
        documents.add(SYSTEM, object_name=kind.name, row_id=row, file=file, at=make.AT)


def listed(client: Client, name: str) -> set[int]:
    answer = client.get(f"/api/records/{name}?limit=200").json()
    return {row["id"] for row in answer["rows"]} if "rows" in answer else set()


def found(client: Client, name: str) -> set[int]:
    return {
        hit["id"] for hit in client.get(f"/api/search?words={WORD}&objects={name}&limit=50").json()["hits"]
    }


def exported(client: Client, name: str) -> set[int]:
    asked = client.post(f"/api/records/{name}/export", {"columns": ["name"]}, content_type="application/json")
    if asked.status_code == FORBIDDEN:
        return set()
    worker._do_job(clock.now())
    answer: Any = client.get(f"/api/exports/{asked.json()['job']}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return {int(line["id"]) for line in csv.DictReader(StringIO(text), delimiter=";")}


def heard(actor: Actor, kind: Object, rows: list[int]) -> set[int]:
    added = [Added(uuid4(), "record.updated", f"{kind.uid}:{row}", {}) for row in rows]
    return {one.data["id"] for one in desk._of_records(actor, added)}


def answered(client: Client, rows: list[int], address: str) -> set[int]:
    return {row for row in rows if client.get(address.format(row)).status_code == 200}


def test_every_channel_shows_the_rows_that_the_scope_gives_and_no_other() -> None:
    folk, south = everybody()
    for kind in runtime.current().blueprint.objects:
        rows = fill(kind, [folk[0][0].id, south, None])
        annotate(kind, rows)
        model = runtime.current().model(kind.name)
        for actor, client in folk:
            where = f"/api/records/{kind.name}"
            seen = {one.pk for one in model.objects.all() if rights.allows(actor, "read", "record", one)}
            taken = {
                one.pk
                for one in model.objects.filter(pk__in=seen)
                if rights.allows(actor, "export", "record", one)
            }
            channels = {
                "list": listed(client, kind.name),
                "record": answered(client, rows, f"{where}/{{}}"),
                "search": found(client, kind.name),
                "live channel": heard(actor, kind, rows),
                "timeline": answered(client, rows, f"{where}/{{}}/timeline"),
                "related": answered(client, rows, f"{where}/{{}}/related"),
                "documents": answered(client, rows, f"{where}/{{}}/documents"),
            }
            for channel, got in channels.items():
                assert got == seen, (actor.name, kind.name, channel)
            counted = client.get(f"{where}/summary").json().get("count", 0)
            assert counted == len(seen), (actor.name, kind.name, "count")
            assert exported(client, kind.name) == taken, (actor.name, kind.name, "export")


def test_every_role_does_to_each_row_what_its_verbs_give_and_nothing_else() -> None:
    folk, south = everybody()
    for kind in runtime.current().blueprint.objects:
        model = runtime.current().model(kind.name)
        for actor, client in folk:
            for row in fill(kind, [actor.id, south]):
                where = f"/api/records/{kind.name}/{row}"
                one = model.objects.get(pk=row)
                seen = rights.allows(actor, "read", "record", one)
                for verb, ask in (("update", client.patch), ("delete", client.delete)):
                    may = rights.allows(actor, verb, "record", one)  # type: ignore[arg-type]
                    body = {"version": one.version, "values": {titled(kind): f"{WORD} {verb}"}}
                    status = ask(where, orjson.dumps(body), content_type="application/json").status_code
                    expected = {200, 204} if seen and may else {403, 404} if not seen else {403}
                    assert status in expected, (actor.name, kind.name, verb, status)
            may = rights.allows(actor, "create", "record", kind.name)
            fresh: dict[str, Any] = {titled(kind): "Neuf"}
            if kind.uid in lines.PARENTS:
                fresh |= part_of(kind, actor.id)
            made = client.post(
                f"/api/records/{kind.name}", {"values": fresh}, content_type="application/json"
            )
            assert (made.status_code in {201, 204}) == may, (actor.name, kind.name, "create")


def test_a_field_that_is_hidden_is_hidden_on_every_channel() -> None:
    blind, client = somebody("aveugle", BLIND.uid, "Nord")
    account = record("account", name=WORD, revenue=int(SECRET), owner=blind)
    one = deal(name=WORD, amount=int(SECRET), account=account)
    change = {"version": 1, "given": {"amount": "5"}}
    operations.update(SYSTEM, object_name="opportunity", row_id=one, at=make.AT, **change)  # type: ignore[arg-type]
    deals, accounts = "/api/records/opportunity", "/api/records/account"
    told = [
        deals, f"{deals}/{one}", f"{deals}/summary?group_by=account", f"{deals}/{one}/timeline",
        f"{deals}/{one}/related", f"{deals}/{one}/position", f"{deals}/{one}/ahead", f"{accounts}/{account}",
        f"{accounts}/{account}/related", f"{accounts}/{account}/timeline", "/api/board/vente",
        f"/api/search?words={SECRET}", "/api/schema",
        "/api/pipelines/vente/changes", "/api/day", f"{deals}?words={SECRET}",
    ]  # fmt: skip
    for address in told:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert SECRET not in answer.content.decode(), address
        assert b"revenue" not in answer.content, address
    for asked in (
        "sort=amount", "sort=weighted", 'condition={"field":"amount","test":"not_empty"}',
        'condition={"field":"account.revenue","test":"not_empty"}',
    ):  # fmt: skip
        assert client.get(f"{deals}?{asked}").status_code == 422, asked
    for measured in ("measures=amount:sum", "group_by=amount"):
        assert client.get(f"{deals}/summary?{measured}").status_code == 422, measured
    view = {"name": "Vue", "object_name": "opportunity", "search": {"tri": "amount"}, "shared": "team"}
    assert client.post("/api/views", view, content_type="application/json").status_code == 201
    assert SECRET not in client.get("/api/views?object_name=opportunity").content.decode()


def test_a_view_shared_by_who_sees_all_shows_what_its_reader_may_see() -> None:
    _, boss = somebody("chef", "manager", "Nord")
    _, seller = somebody("vendeuse", "sales", "Nord")
    south = make.person("sud@nordet.example", role="sales", team="Sud")
    fill(runtime.current().object("opportunity"), [south])
    view = {"name": "Tout", "object_name": "opportunity", "search": {"mots": WORD}, "shared": "team"}
    boss.post("/api/views", view, content_type="application/json")
    (shared,) = seller.get("/api/views?object_name=opportunity").json()
    words = shared["search"]["mots"]
    counts = [
        len(one.get(f"/api/records/opportunity?words={words}").json()["rows"]) for one in (boss, seller)
    ]
    assert counts == [1, 0]
