"""`portulan up` starts the whole product, mends it, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from running import alive, descendants, free_ports, running, until


def workers(pid: int) -> set[int]:
    return {
        child
        for child, command in descendants(pid).items()
        if command.rstrip().endswith("portulan.server work")
    }


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_product_starts_answers_mends_itself_and_stops_cleanly(
    tmp_path: Path, ending: signal.Signals
) -> None:
    port, live_port = free_ports(2)
    with running(tmp_path, port=port, live_port=live_port) as product:
        until(lambda: product.status("/") == 200)
        assert product.status("/api/session") == 401
        pid = product.process.pid
        (first,) = until(lambda: workers(pid))
        os.kill(first, signal.SIGKILL)
        (second,) = until(lambda: workers(pid) - {first})
        assert second != first
        children = descendants(pid)
        product.process.send_signal(ending)
        assert product.process.wait(20) == 0
        assert not [child for child in children if alive(child)]
        said = product.process.stdout.read() if product.process.stdout else ""
    assert f"http://127.0.0.1:{port}" in said
    assert "portulan user create" in said
    assert "« worker » s’est arrêté" in said


def test_a_taken_port_is_refused_by_name(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environment = os.environ | {"PORTULAN_DATA": str(tmp_path), "PORTULAN_PORT": str(port)}
        done = subprocess.run(
            [sys.executable, "-m", "portulan.server", "up"],
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 2
    assert f"Le port {port} de 127.0.0.1 est déjà pris" in done.stderr
    assert "PORTULAN_PORT" in done.stderr
