"""Outside a throw-away house: a process of its own, without our environment, its outcomes read as they come.

Nothing of the real installation reaches it: neither the database, nor the data folder, nor a secret. A house
that breaks down or takes too long is a red outcome for the scenario under way; the next ones get another.
"""

import logging
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from portulan.automation.outcome import Outcome, crashed, words
from portulan.automation.script import Case, Script

#: Seconds without an outcome after which a house is given up.
PATIENCE = 60.0
#: Characters kept of what a broken house cried.
_LONGEST_CRY = 4000
_COMMAND = (sys.executable, "-m", "portulan.server", "scenarios", "play")
log = logging.getLogger(__name__)
_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT")


def outcomes(script: Script, *, patience: float = PATIENCE) -> Iterator[Outcome]:
    """Yield what comes of each scenario, in order."""
    waiting = list(script.cases)
    while waiting:
        with _house(script.model_copy(update={"cases": tuple(waiting)}), patience) as house:
            for line in house.lines():
                waiting.pop(0)
                yield Outcome.model_validate_json(line)
        if waiting:
            yield _broken(waiting.pop(0), house, patience)


def _broken(case: Case, house: "_House", patience: float) -> Outcome:
    if house.given_up.is_set():
        reason = words("automation.red_too_long", seconds=round(patience))
    else:
        log.error("a house broke down on scenario %s: %s", case.scenario.id, house.said)
        reason = words("automation.red_crashed")
    return crashed(case.map, case.scenario.id, reason)


@dataclass
class _House:
    """A running house, watched."""

    process: "subprocess.Popen[bytes]"
    patience: float
    given_up: threading.Event
    said: str = ""

    def lines(self) -> Iterator[bytes]:
        """Yield its lines; one that stays silent too long is ended."""
        out = self.process.stdout
        while out is not None:
            watch = threading.Timer(self.patience, self._give_up)
            watch.start()
            line = out.readline()
            watch.cancel()
            if not line.endswith(b"\n"):
                return
            yield line

    def end(self) -> None:
        """End the process and what it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _give_up(self) -> None:
        self.given_up.set()
        self.end()


@contextmanager
def _house(script: Script, patience: float) -> Iterator[_House]:
    with (
        tempfile.TemporaryDirectory(prefix="portulan-") as folder,
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as said,
    ):
        given.write(script.model_dump_json(by_alias=True).encode())
        given.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own command, without a shell
            _COMMAND,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=said,
            cwd=folder,
            env=_environment(Path(folder)),
            start_new_session=True,
        )
        house = _House(process, patience, threading.Event())
        try:
            yield house
        finally:
            house.end()
            said.seek(0)
            house.said = said.read()[-_LONGEST_CRY:].decode(errors="replace")
            if process.stdout is not None:
                process.stdout.close()


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment of a house: what Python needs, and nothing that leads to the real data."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "portulan.server.throwaway",
        "DATABASE_URL": "sqlite://:memory:",
        "PORTULAN_DATA": str(folder),
        "PORTULAN_SECRET_KEY": secrets.token_urlsafe(48),
    }
