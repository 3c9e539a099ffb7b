"""The projection that search reads, and the index of its text: trigrams on both databases."""

from typing import Any

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

POSTGRES = (
    ("CREATE INDEX records_search_text ON records_searchentry USING gin (folded gin_trgm_ops)",),
    ("DROP INDEX records_search_text",),
)
SQLITE = (
    (
        "CREATE VIRTUAL TABLE records_search_text USING fts5("
        "folded, content='records_searchentry', content_rowid='id', tokenize='trigram')",
        "CREATE TRIGGER records_search_add AFTER INSERT ON records_searchentry BEGIN "
        "INSERT INTO records_search_text(rowid, folded) VALUES (new.id, new.folded); END",
        "CREATE TRIGGER records_search_drop AFTER DELETE ON records_searchentry BEGIN "
        "INSERT INTO records_search_text(records_search_text, rowid, folded) "
        "VALUES ('delete', old.id, old.folded); END",
        "CREATE TRIGGER records_search_change AFTER UPDATE OF folded ON records_searchentry BEGIN "
        "INSERT INTO records_search_text(records_search_text, rowid, folded) "
        "VALUES ('delete', old.id, old.folded); "
        "INSERT INTO records_search_text(rowid, folded) VALUES (new.id, new.folded); END",
        "CREATE INDEX records_search_start ON records_searchentry (folded)",
    ),
    (
        "DROP INDEX records_search_start",
        "DROP TRIGGER records_search_add",
        "DROP TRIGGER records_search_drop",
        "DROP TRIGGER records_search_change",
        "DROP TABLE records_search_text",
    ),
)


def _run(editor: Any, way: int) -> None:
    for statement in (POSTGRES if editor.connection.vendor == "postgresql" else SQLITE)[way]:
        editor.execute(statement)


def make(_apps: Any, editor: Any) -> None:
    _run(editor, 0)


def drop(_apps: Any, editor: Any) -> None:
    _run(editor, 1)


class Migration(migrations.Migration):
    initial = True
    dependencies: list[Any] = []

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("object", models.CharField(max_length=48)),
                ("row", models.BigIntegerField()),
                ("title", models.TextField()),
                ("folded", models.TextField()),
                ("holder", models.BigIntegerField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("object", "row"), name="search_once")],
            },
        ),
        migrations.RunPython(make, drop),
    ]
