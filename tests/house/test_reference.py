"""The reference is written from the code, and current."""

from pathlib import Path

from portulan.server.cli.reference import document

WRITTEN = Path(__file__).parents[2] / "docs" / "reference.md"


def test_the_reference_is_current_and_when_it_is_not_make_docs_writes_it() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == document()
