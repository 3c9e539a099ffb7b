"""The contract between the server and the screens is written down, current, and names each shape once."""

from collections import Counter
from pathlib import Path

import ninja

from portulan.server.cli.contract import document

WRITTEN = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_contract_is_current_and_when_it_is_not_make_docs_writes_it() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == document()


def test_two_shapes_of_the_contract_never_bear_the_same_name() -> None:
    shapes = [*ninja.Schema.__subclasses__()]
    for shape in shapes:
        shapes += shape.__subclasses__()
    named = Counter(shape.__name__ for shape in shapes if shape.__module__.startswith("portulan.api"))
    assert not [name for name, times in named.items() if times > 1]
