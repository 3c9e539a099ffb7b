"""What a file seems to hold before it is imported: columns, samples, and what must be asked.

Reads the head of the file only. XES files say what their columns are: only the CSV ones are guessed.
"""

from pathlib import Path
from typing import Literal

from portulan.base import texts
from portulan.base.value import Value
from portulan.mining import read_csv
from portulan.mining.read_csv import Guess, Table

_HEAD = 4 * 1024**2
_SAMPLES = 5
_NEEDED = ("case", "step", "time")
#: A role that two columns could play about as well is asked.
_UNSURE = 0.5
#: What the screens call the roles that bear another name in this room.
SHOWN = {"step": "activity"}


class Column(Value):
    """A column and what it seems to be; `runner_up` is what it could be instead."""

    name: str
    guess: str
    runner_up: str | None
    confidence: float
    format: str | None
    samples: tuple[str, ...]


class Preview(Value):
    """The columns of a file and the questions that a person should answer before the import."""

    kind: Literal["csv", "xes"]
    columns: tuple[Column, ...]
    questions: tuple[str, ...]


def preview(path: Path, lang: str) -> Preview:
    """Return what the head of a file seems to hold.

    :raises FileNotReadable: when it cannot be parsed.
    """
    if ".xes" in path.suffixes:
        return Preview(kind="xes", columns=(), questions=())
    table = read_csv.read_table(path, most_bytes=_HEAD)
    guesses = read_csv.guess_roles(table.frame)
    return Preview(
        kind="csv",
        columns=tuple(_column(table, name, guess) for name, guess in guesses.items()),
        questions=tuple(_questions(guesses, lang)),
    )


def _column(table: Table, name: str, guess: Guess) -> Column:
    filled = table.frame[name].drop_nulls()
    samples = filled.filter(filled != "").head(200).unique(maintain_order=True).head(_SAMPLES).to_list()
    return Column(
        name=name,
        guess=SHOWN.get(guess.role, guess.role),
        runner_up=SHOWN.get(guess.runner_up or "", guess.runner_up),
        confidence=round(guess.confidence, 2),
        format=guess.reading.order if guess.reading else None,
        samples=tuple(sample[:120] for sample in samples),
    )


def _questions(guesses: dict[str, Guess], lang: str) -> list[str]:
    asked = []
    by_role = {guess.role: (name, guess) for name, guess in reversed(guesses.items())}
    for role in _NEEDED:
        if role not in by_role:
            asked.append(texts.say(f"mining.no_{role}_column", lang))
        elif by_role[role][1].confidence < _UNSURE:
            asked.append(texts.say(f"mining.unsure_{role}", lang, column=by_role[role][0]))
    reading = by_role["time"][1].reading if "time" in by_role else None
    if reading is not None and not reading.sure:
        asked.append(texts.say("mining.ask_day_first", lang, column=by_role["time"][0]))
    return asked
