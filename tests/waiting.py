"""A database that waits for a lock, as the real one does: what several threads at once need."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection


@pytest.fixture
def own_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """On SQLite, a copy of the database in a file: the one in memory refuses instead of waiting."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    with sqlite3.connect(tmp_path / "own.sqlite3") as copy:
        memory.backup(copy)
    copy.close()
    connection.connection = None
    connection.settings_dict["NAME"] = str(tmp_path / "own.sqlite3")
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.connection = memory
