"""The reference, written from the code: field types, tests of conditions, events, jobs, a line each."""

import inspect
from collections.abc import Iterator
from dataclasses import fields

import typer

from portulan.automation.jobs import JOBS
from portulan.base.conditions.operands import OPERANDS
from portulan.blueprint.fields.types import TYPES
from portulan.events.types import KINDS


def document() -> str:
    """Return the reference as Markdown, always written the same way."""
    return "\n".join(["# Reference", "", "Written by `make docs` from the code.", *_lines(), ""])


def reference() -> None:
    """Print the reference."""
    typer.echo(document(), nl=False)


def _lines() -> Iterator[str]:
    yield from ("", "## Field types", "", "| type | stored as | in a condition |", "|---|---|---|")
    for name in TYPES:
        kind = TYPES.get(name)
        yield f"| `{name}` | {kind.storage} | {kind.kind} |"
    yield from ("", "## Tests of conditions", "", "| test | fits | value |", "|---|---|---|")
    for name, operand in OPERANDS.items():
        yield f"| `{name}` | {', '.join(operand.kinds)} | {operand.form} |"
    yield from ("", "## Events", "", "| event | what happened | data |", "|---|---|---|")
    for name in sorted(KINDS):
        declared = KINDS.get(name)
        said = (inspect.getdoc(declared) or "").splitlines()[0]
        data = ", ".join(f"`{one.name.rstrip('_')}`" for one in fields(declared))
        yield f"| `{name}` | {said} | {data} |"
    yield from ("", "## Jobs", "", "| job | what it does |", "|---|---|")
    for name in sorted(one for one in JOBS if JOBS.get(one).__module__.startswith("portulan.")):
        yield f"| `{name}` | {(inspect.getdoc(JOBS.get(name)) or '').splitlines()[0]} |"
