"""Folded text in SQL: the twin, on both databases, of `base.fold.fold`.

SQLite calls the Python function itself; PostgreSQL computes it with what every installation has
(ICU lower case, normal form, no extension). Owns what differs between them here.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, IntegerField, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, IntegerGreaterThan
from django.db.models.sql.compiler import SQLCompiler

from portulan.base.fold import fold

_MARKS = "[\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20f0]"
_POSTGRES = (
    "lower(regexp_replace(normalize(translate(replace(replace(replace("
    "lower((%(expressions)s)::text COLLATE \"und-x-icu\"), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),"
    f" '’\u00a0\u202f', '''  '), NFKD), '{_MARKS}', '', 'g'))"
)


class Folded(Func):
    """A text without case, accents and ligatures."""

    function = "portulan_fold"
    output_field = TextField()
    arity = 1

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        """Return the call of the Python function, made known to this connection."""
        connection.ensure_connection()
        connection.connection.create_function("portulan_fold", 1, _fold, deterministic=True)
        return super().as_sql(compiler, connection, **context)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        """Return the expression in plain PostgreSQL."""
        return super().as_sql(compiler, connection, template=_POSTGRES, **context)


def contains(path: str, text: str) -> IntegerGreaterThan:
    """Return the lookup "the field contains the text", folded."""
    return IntegerGreaterThan(_place(path, text), 0)


def starts_with(path: str, text: str) -> Exact:
    """Return the lookup "the field starts with the text", folded."""
    return Exact(_place(path, text), 1)


def equals(path: str, text: str) -> Exact:
    """Return the lookup "the field is the text", folded."""
    return Exact(Folded(F(path)), Value(fold(text)))


def _place(path: str, text: str) -> StrIndex:
    return StrIndex(Folded(F(path)), Value(fold(text)), output_field=IntegerField())


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)
