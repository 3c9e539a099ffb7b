"""Functions and modules stay small, and no file bears a name that means nothing."""

import ast
from pathlib import Path

import pytest

import portulan

SOURCE = Path(portulan.__file__).parent
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
NAMELESS = {"utils", "helpers", "common", "core", "misc", "manager", "handler", "service"}


def code_lines(path: Path) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_is_short_and_so_are_its_functions(path: Path) -> None:
    assert path.stem not in NAMELESS
    assert code_lines(path) <= 300
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 45, f"{node.name} is too long"


def test_nine_modules_in_ten_are_under_two_hundred_lines() -> None:
    short = sum(code_lines(path) < 200 for path in MODULES)
    assert short >= 0.9 * len(MODULES)


def test_the_worker_alone_catches_everything() -> None:
    catching = {path.name for path in MODULES if "except Exception" in path.read_text(encoding="utf-8")}
    assert catching <= {"worker.py"}
