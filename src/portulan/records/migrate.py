"""From a blueprint to the next: the changes that Django's own autodetector finds, in one transaction.

Refuses to run inside a transaction, since SQLite's guard of foreign keys could not be set aside there.
A failure in the middle leaves no trace on either database. Says what it is at to whoever asked: indexes are
made once the values are in place.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NoReturn, cast

from django.db import DatabaseError, connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.migration import Migration
from django.db.migrations.operations import AddIndex
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.db.models import Model

from portulan.base.refusals import NotValid, Problem
from portulan.blueprint.schema import Blueprint
from portulan.records import state as states
from portulan.records.columns import Kinds

_LOCK = 0x706F7274
#: Called with what begins: lock, records, schema, backfill, indexes, checks; `done` comes before the commit.
Tell = Callable[[str], None]
_TELL: ContextVar[Tell] = ContextVar("tell", default=lambda _: None)


class NoQuestions(MigrationQuestioner):
    """Answers for a machine: identity is the uid, so a rename is never guessed nor a default invented."""

    def __init__(self) -> None:
        super().__init__(defaults={}, specified_apps=set(), dry_run=True)

    def ask_initial(self, _app_label: str) -> bool:
        """Answer yes, without which the plan is silently empty."""
        return True

    def ask_rename(self, *_asked: Any) -> bool:
        """Answer no."""
        return False

    def ask_rename_model(self, *_asked: Any) -> bool:
        """Answer no."""
        return False

    def ask_not_null_addition(self, field_name: str, model_name: str) -> NoReturn:
        """Refuse: the columns of the product are never NOT NULL without a default."""
        raise ValueError(f"{model_name}.{field_name} is required without a default")


class DataAtRisk(NotValid):
    """A change would damage stored values."""

    code = "records.data_at_risk"


@dataclass(frozen=True)
class Ddl:
    """What must change in the database: new tables made from the target, then the migrations."""

    source: ProjectState
    target: ProjectState
    created: tuple[tuple[str, str], ...]
    migrations: tuple[Migration, ...]
    tables: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether the database already looks like that."""
        return not (self.created or self.migrations)


def ddl_of(old: Blueprint, new: Blueprint, kinds: Kinds) -> Ddl:
    """Return what must change in the database; only changed objects are compared.

    :raises DataAtRisk: when a field would change its type in place or vanish without being archived.
    """
    _refuse_loss(old, new)
    before, after = ({kind.uid: kind for kind in one.objects} for one in (old, new))
    changed = {uid for uid in before.keys() | after.keys() if before.get(uid) != after.get(uid)}
    stubs = (_links(old, changed) | _links(new, changed)) - changed
    source, target = (states.physical(one, kinds, only=changed, stubs=stubs) for one in (old, new))
    created = tuple(key for key in target.models if key not in source.models)
    for key in created:
        source.add_model(target.models[key].clone())
    found = MigrationAutodetector(source, target, NoQuestions()).changes(MigrationGraph())
    migrations = tuple(one for label in sorted(found) for one in found[label])
    tables = tuple(str(target.models[key].options["db_table"]) for key in target.models)
    return Ddl(source, target, created, migrations, tables)


@contextmanager
def told(tell: Tell) -> Iterator[None]:
    """Have somebody told, in the transaction, what is being done to the database meanwhile."""
    token = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(token)


def under_way() -> bool:
    """Return whether somebody is changing the database: their process may be gone and their statement not."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return not cursor.fetchone()[0]


def run(
    ddl: Ddl, *, within: Callable[[], None] = lambda: None, after: Callable[[], None] = lambda: None
) -> None:
    """Change the database in one transaction; in it, `within` runs before the tables change, `after` after.

    :raises RuntimeError: when called inside a transaction.
    """
    tell = _TELL.get()
    with _editing(ddl.tables) as editor:
        tell("lock")
        if connection.vendor == "postgresql":
            _lock()
        tell("records")
        within()
        tell("schema")
        if connection.vendor == "postgresql":
            editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for key in ddl.created:
            editor.create_model(ddl.target.apps.get_model(*key))
        indexes = [_only(one, AddIndex) for one in ddl.migrations]
        state = ddl.source
        for migration in (_without(one, AddIndex) for one in ddl.migrations):
            state = migration.apply(state, editor)
        tell("backfill")
        after()
        tell("indexes")
        for migration in indexes:
            state = migration.apply(state, editor)


def _only(migration: Migration, kind: type) -> Migration:
    return _with(migration, [one for one in migration.operations if isinstance(one, kind)])


def _without(migration: Migration, kind: type) -> Migration:
    return _with(migration, [one for one in migration.operations if not isinstance(one, kind)])


def _with(migration: Migration, operations: list[Any]) -> Migration:
    made: Any = Migration(migration.name, migration.app_label)
    made.operations = operations
    return cast("Migration", made)


def _refuse_loss(old: Blueprint, new: Blueprint) -> None:
    """Refuse what SQLite would store askew and PostgreSQL would not undo."""
    columns = {(one.uid, field.column): field for one in new.objects for field in one.fields}
    problems = []
    for one in old.objects:
        for field in one.fields:
            after = columns.get((one.uid, field.column))
            facts = {"field": field.label.fr, "object": one.label.fr}
            if after is None:
                problems.append(Problem(f"{one.uid}/{field.uid}", "records.field_vanishes", facts))
            elif after.type != field.type:
                problems.append(Problem(f"{one.uid}/{field.uid}", "records.type_in_place", facts))
    if problems:
        raise DataAtRisk(*problems)


def _links(blueprint: Blueprint, uids: set[str]) -> set[str]:
    return {field.to for kind in blueprint.objects if kind.uid in uids for field in kind.fields if field.to}


def _lock() -> None:
    """Let one process at a time change the database, and the server soon notice that it is gone.

    A server that cannot look whether its client is still there refuses to; nothing else depends on it.
    """
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_connection_check_interval = '2s'")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '3s'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@contextmanager
def _editing(tables: tuple[str, ...]) -> Iterator[BaseDatabaseSchemaEditor]:
    """Keep one transaction around the changes, foreign keys checked at its end and on again after it."""
    if connection.in_atomic_block:
        raise RuntimeError("the database is not changed inside a transaction")
    sqlite = connection.vendor == "sqlite"
    if sqlite:
        connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            editor: Any = _editor()
            BaseDatabaseSchemaEditor.__enter__(editor)
            yield editor
            BaseDatabaseSchemaEditor.__exit__(editor, None, None, None)
            _TELL.get()("checks")
            if sqlite:
                connection.check_constraints([name for name in tables if name in _existing()])
            _TELL.get()("done")
    finally:
        if sqlite:
            connection.enable_constraint_checking()


def _editor() -> Any:
    """Return the editor of this database; SQLite adds a NOT NULL column with a constant default in place."""
    of_django: Any = connection.SchemaEditorClass
    if connection.vendor != "sqlite":
        return of_django(connection, atomic=False)

    class InPlace(of_django):  # type: ignore[misc]
        def add_field(self, model: type[Model], field: Any) -> None:
            if field.has_db_default() and not field.unique and not field.is_relation:
                BaseDatabaseSchemaEditor.add_field(self, model, field)
            else:
                super().add_field(model, field)

    return InPlace(connection, atomic=False)


def _existing() -> set[str]:
    return set(connection.introspection.table_names())
