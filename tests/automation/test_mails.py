"""Mails leave through the company’s server once; a broken connection is never tried twice."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

import make
from portulan.automation import mails
from portulan.automation.models import Mail

pytestmark = pytest.mark.django_db(transaction=True)


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


def written() -> Mail:
    facts = {"subject": "opportunity:1", "rule": "r", "to": "k@acme.example", "body": "Bonjour"}
    return mails.write(**facts, title="Suite\r\nBcc: x@y.example", at=make.AT)


def state() -> str:
    return str(Mail.objects.get().state)


def test_without_a_server_a_mail_is_only_shown(settings: Any) -> None:
    settings.SMTP_HOST = ""
    written()
    assert (state(), mails.send_next(make.AT)) == ("shown", False)


def test_a_mail_leaves_once_under_its_own_id(postman: type[Postman]) -> None:
    mail = written()
    assert mails.send_next(make.AT)
    assert not mails.send_next(make.AT + timedelta(days=9))
    (said,) = postman.heard
    assert f"Message-ID: <{mail.pk}@portulan>" in said
    assert "\nBcc:" not in said
    assert state() == "sent"


def test_a_refused_mail_is_tried_again_then_given_up(postman: type[Postman]) -> None:
    postman.mood = "refuses"
    written()
    for days in range(mails.MOST_ATTEMPTS):
        assert mails.send_next(make.AT + timedelta(days=days))
    assert not mails.send_next(make.AT + timedelta(days=99))
    assert (state(), postman.heard) == ("failed", [])


def test_a_connection_that_breaks_leaves_it_uncertain_and_never_sent_again(postman: type[Postman]) -> None:
    postman.mood = "hangs_up"
    written()
    assert mails.send_next(make.AT)
    postman.mood = "takes"
    assert not mails.send_next(make.AT + timedelta(days=9))
    assert (state(), postman.heard) == ("uncertain", [])


def test_a_worker_that_died_while_sending_leaves_it_uncertain(postman: type[Postman]) -> None:
    written()
    Mail.objects.update(state="claimed", lease_until=make.AT)
    assert not mails.send_next(make.AT + timedelta(hours=1))
    assert state() == "uncertain"
