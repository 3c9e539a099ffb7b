"""The least of a real mail server, on a port of this machine, and what it heard."""

import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest


class Postman(socketserver.StreamRequestHandler):
    """The least of a mail server (RFC 5321): takes everything, refuses it, or hangs up in the middle."""

    mood = "takes"
    heard: list[str] = []

    def handle(self) -> None:
        self._say("220 ici")
        while line := self.rfile.readline().decode().strip():
            if line.upper() == "DATA":
                if Postman.mood == "hangs_up":
                    return
                self._say("354 oui")
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    text += self.rfile.readline()
                Postman.heard.append(text.decode())
                self._say("250 pris")
            elif Postman.mood == "refuses" and line.upper().startswith("RCPT"):
                self._say("550 inconnu")
            else:
                self._say("250 oui")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def postman(settings: Any) -> Iterator[type[Postman]]:
    Postman.heard, Postman.mood = [], "takes"
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_TLS = "127.0.0.1", server.server_address[1], False
    yield Postman
    server.shutdown()
    thread.join()
    server.server_close()
