"""One parent for the processes of the product: starts them, restarts the dead, stops all of them.

Owns the children's lives only: each runs in a session of its own, so that one signal ends it with
everything it started. Refuses nothing; a child that keeps dying is started again ever more slowly.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

GRACE_SECONDS = 10.0
_TURN_SECONDS = 0.1
_FIRST_PAUSE, _LONGEST_PAUSE, _STEADY = 0.5, 30.0, 20.0


@dataclass(frozen=True)
class Child:
    """A process to keep alive: its name, its command, what its environment adds."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def supervise(
    children: Sequence[Child],
    *,
    stop: threading.Event,
    each_turn: Callable[[], None] = lambda: None,
    say: Callable[[str, Mapping[str, object]], None] = lambda _name, _facts: None,
) -> None:
    """Keep the children alive until `stop` is set, then end them all.

    `each_turn` is called several times a second; `say` learns of `server.child_died` and its facts.
    """
    lives = [_Life(child) for child in children]
    try:
        while not stop.is_set():
            for life in lives:
                life.tend(say)
            each_turn()
            stop.wait(_TURN_SECONDS)
    finally:
        _end(lives)


class _Life:
    """A child's present process, and how long to wait before the next one."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self._pause = _FIRST_PAUSE
        self._born = self._due = 0.0

    def tend(self, say: Callable[[str, Mapping[str, object]], None]) -> None:
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self._mourn(now, say)
        if self.process is None and now >= self._due:
            self._born = now
            self.process = subprocess.Popen(  # noqa: S603 - the product's own commands
                self.child.command, env=os.environ | dict(self.child.environment), start_new_session=True
            )

    def signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    def _mourn(self, now: float, say: Callable[[str, Mapping[str, object]], None]) -> None:
        self.signal(signal.SIGKILL)
        code = self.process.returncode if self.process else None
        self.process = None
        self._pause = _FIRST_PAUSE if now - self._born > _STEADY else min(self._pause * 2, _LONGEST_PAUSE)
        self._due = now + self._pause
        say("server.child_died", {"name": self.child.name, "code": code, "seconds": f"{self._pause:g}"})


def _end(lives: Sequence[_Life]) -> None:
    for life in lives:
        if life.process is not None:
            life.process.terminate()
    until = time.monotonic() + GRACE_SECONDS
    for life in lives:
        if life.process is None:
            continue
        try:
            life.process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            life.signal(signal.SIGKILL)
            life.process.wait()
        life.signal(signal.SIGKILL)
