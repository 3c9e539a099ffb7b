"""The refused lines of an import: kept beside its file, given back as a CSV that runs nothing."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from portulan.base import tables, texts
from portulan.connectors.sorting import Outcome

_PIECE = 500


def add(path: Path, outcomes: Iterable[Outcome]) -> None:
    """List the refused among some lines."""
    with path.open("ab") as file:
        for one in outcomes:
            if one.fate == "refused":
                why = {
                    lang: " ".join(problem.say(lang) for problem in one.problems) for lang in texts.LANGUAGES
                }
                told = {"line": one.read.line.n, "why": why, "cells": one.read.line.cells}
                file.write(orjson.dumps(told) + b"\n")


def keep_until(path: Path, line: int) -> None:
    """Forget what was listed beyond a line: a work that is taken up again lists it anew."""
    kept = [one for one in listed(path) if one["line"] <= line] if line else []
    path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in kept))


def listed(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the refused lines."""
    if path.exists():
        with path.open("rb") as file:
            for raw in file:
                yield orjson.loads(raw)


def as_csv(path: Path, header: Sequence[str], lang: str) -> Iterator[str]:
    """Return the refused lines piece by piece: line, reason, then the cells as they were."""
    yield tables.BOM + tables.lines(
        [[texts.say("connectors.refused_line", lang), texts.say("connectors.refused_why", lang), *header]]
    )
    waiting: list[list[str]] = []
    for one in listed(path):
        waiting.append([str(one["line"]), one["why"][lang], *map(tables.inert, one["cells"])])
        if len(waiting) == _PIECE:
            yield tables.lines(waiting)
            waiting = []
    if waiting:
        yield tables.lines(waiting)
