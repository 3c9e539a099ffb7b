"""One supervisor for the processes of the product: starts them, watches them, stops them together."""

import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import FrameType

_GRACE_SECONDS = 8


def supervise(commands: Sequence[Sequence[str]]) -> int:
    """Run the commands until one ends or a signal asks to stop; return an exit code.

    A process that ends by itself takes the others down: a half-running product helps nobody, and
    the machine's own service manager starts it again.
    """
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, ask)
    children = [subprocess.Popen(command) for command in commands]  # noqa: S603 - our own commands
    ended = None
    while ended is None and not stop.wait(0.3):
        ended = next((child for child in children if child.poll() is not None), None)
    _end(children)
    if ended is not None:
        print(f"A process ended by itself with code {ended.returncode}.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
