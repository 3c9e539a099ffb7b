"""The contract between the server and the screens is written down, and current."""

from pathlib import Path

from portulan.server.cli.contract import document

WRITTEN = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_contract_is_current_and_when_it_is_not_make_docs_writes_it() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == document()
