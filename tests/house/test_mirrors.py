"""One room name stands in five places, and every query and operation names who acts."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import portulan

SOURCE = Path(portulan.__file__).parent
ROOT = Path(__file__).parents[2]
ROOMS = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))
INHABITED = [room for room in ROOMS if len(list((SOURCE / room).glob("*.py"))) > 1]
#: Not rooms: what the front desk owns for itself, tests that cross the house.
FRONT_DESK = {"actors", "answers", "app", "session"}
#: The second module of a room whose front desk is long.
SECOND = {
    "analyses": "mining",
    "approvals": "automation",
    "assignment": "automation",
    "conversion": "records",
    "deviations": "mining",
    "documents": "records",
    "duplicates": "records",
    "exports": "automation",
    "mending": "maps",
    "outside": "automation",
    "plans": "blueprint",
    "local": "blueprint",
    "presences": "maps",
    "privacy": "records",
    "quotes": "records",
}
ACROSS = {"house", "journeys"}
#: Functions without an actor, each for its reason.
ACTORLESS = {
    "people.operations.create_first_administrator": "nobody can act yet",
    "people.queries.actor_of": "it makes the actor",
    "people.queries.initials": "a function of a name",
    "blueprint.queries.newest": "every request begins with it",
    "blueprint.queries.blueprint_of": "the blueprint is what rights are read from",
    "maps.queries.starter_titles": "what the product comes with is everybody's",
    "mining.queries.state": "a function of a row already read",
    "mining.operations.run_import": "a job acts for who queued it",
    "records.operations.asked_field": "a function of a verdict",
    "records.operations.lacks": "a function of a verdict",
    "records.operations.beginning": "a function of the blueprint",
    "events.queries": "the rights on a subject are asked in the room that owns it",
}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_in_one_sentence_what_it_is(room: str) -> None:
    tree = ast.parse((SOURCE / room / "__init__.py").read_text(encoding="utf-8"))
    assert len(tree.body) == 1
    assert (ast.get_docstring(tree) or "").strip().endswith(".")


@pytest.mark.parametrize("room", [room for room in INHABITED if room != "api"])
def test_a_room_with_code_has_its_page_and_its_tests(room: str) -> None:
    assert (ROOT / "docs" / "rooms" / f"{room}.md").exists()
    assert (ROOT / "tests" / room).is_dir()


def test_nothing_stands_in_the_five_places_under_a_name_that_is_no_room() -> None:
    assert {path.stem for path in (SOURCE / "api").glob("[!_]*.py")} - FRONT_DESK - SECOND.keys() <= set(
        ROOMS
    )
    assert {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] != "_"} <= {
        *ROOMS,
        *ACROSS,
    }
    assert {path.stem for path in (ROOT / "docs" / "rooms").iterdir()} <= set(ROOMS)
    assert {path.name for path in (ROOT / "web" / "src" / "rooms").iterdir()} <= set(ROOMS)


def doors(room: str, module: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    path = SOURCE / room / f"{module}.py"
    if path.exists():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{room}.{module}.{node.name}", node


@pytest.mark.parametrize("module", ["queries", "operations"])
def test_every_query_and_every_operation_takes_who_acts_first_and_the_rest_by_name(module: str) -> None:
    for room in ROOMS:
        for name, node in doors(room, module):
            if name in ACTORLESS or name.rpartition(".")[0] in ACTORLESS:
                continue
            assert [one.arg for one in node.args.args] == ["actor"], name
