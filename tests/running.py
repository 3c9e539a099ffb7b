"""The product really running for a test: `portulan up` on free ports, on a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psycopg

T = TypeVar("T")


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[str]
    port: int
    live_port: int
    environment: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def status(self, address: str) -> int:
        try:
            with urllib.request.urlopen(self.url + address, timeout=5) as answer:  # noqa: S310 - our own address
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def command(self, *arguments: str) -> None:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "portulan.server", *arguments],
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr


def until(seen: Callable[[], T], *, seconds: float = 150.0) -> T:
    """Poll until something is seen, within a bound."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = seen()
        if found:
            return found
    raise AssertionError("not seen in time")


def descendants(pid: int) -> dict[int, str]:
    """Return the living processes below a process, with their commands."""
    parents, commands = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
                commands[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
            except (FileNotFoundError, ProcessLookupError):
                continue
            state, parent = stat.rpartition(")")[2].split()[:2]
            if state != "Z":
                parents[int(entry.name)] = int(parent)
    found, waiting = {}, [pid]
    while waiting:
        above = waiting.pop()
        for child in [child for child, parent in parents.items() if parent == above]:
            found[child] = commands[child]
            waiting.append(child)
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


@contextmanager
def running(folder: Path, *, port: int, live_port: int, **settings: str) -> Iterator[Running]:
    """Start the product, yield it once it answers, end it if the test did not."""
    with own_database(folder, port) as database:
        environment = os.environ | {
            "PORTULAN_DATA": str(folder),
            "PORTULAN_PORT": str(port),
            "PORTULAN_LIVE_PORT": str(live_port),
            "PORTULAN_WORKERS": "1",
            "DATABASE_URL": database,
            **settings,
        }
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        process = subprocess.Popen(
            [sys.executable, "-m", "portulan.server", "up"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        product = Running(process, port, live_port, environment)
        try:
            yield product
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            finally:
                process.kill()
                if process.stdout:
                    process.stdout.close()


@contextmanager
def own_database(folder: Path, number: int) -> Iterator[str]:
    """Yield the address of a fresh database of the kind the tests run on."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{folder / 'portulan.sqlite3'}"
        return
    name = f"up_{number}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield url.rpartition("/")[0] + f"/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
