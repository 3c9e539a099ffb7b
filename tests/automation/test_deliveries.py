"""Webhooks: signed, tried again, given up with a notice; private addresses are never called."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

import make
from portulan.automation import deliveries, reaching, signing, worker
from portulan.automation.models import Delivery, Notice
from portulan.people import actor as actors
from portulan.people.models import User
from portulan.records import operations

SYSTEM = actors.system()
pytestmark = pytest.mark.django_db(transaction=True)


class Listener(BaseHTTPRequestHandler):
    """Answers what it is told to, and keeps what it hears."""

    status = 200
    heard: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Listener.heard.append((dict(self.headers), body))
        self.send_response(Listener.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def listener(settings: Any) -> Iterator[str]:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    Listener.heard, Listener.status = [], 200
    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/crm?x=1"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_rule_tells_another_server_and_signs(ruled: Any, listener: str) -> None:
    ruled(make.rule("tell", {"on": "created"}, {"do": "call_webhook", "url": listener, "fields": ["name"]}))
    operations.create(SYSTEM, object_name="opportunity", given={"name": "Pompes"}, at=make.AT)
    worker.settle(at=make.AT)
    assert worker.run_once(at=make.AT)
    ((headers, body),) = Listener.heard
    assert json.loads(body)["values"] == {"name": "Pompes"}
    moment, signed = (part.split("=")[1] for part in headers["Portulan-Signature"].split(","))
    (key,) = (each.encode() for each in signing.of_address(listener, at=make.AT))
    assert hmac.new(key, f"{moment}.".encode() + body, hashlib.sha256).hexdigest() == signed
    assert Delivery.objects.get().state == "done"


def test_a_server_that_refuses_is_tried_again_then_given_up_and_told(listener: str) -> None:
    admin = make.person("alix.morel@nordet.example")
    User.objects.filter(pk=admin).update(is_admin=True)
    Listener.status = 500
    deliveries.write(subject="opportunity:1", rule="tell", url=listener, body={}, at=make.AT)
    assert not deliveries.deliver_next(make.AT - timedelta(days=1))
    for days in range(deliveries.MOST_ATTEMPTS):
        assert deliveries.deliver_next(make.AT + timedelta(days=days))
    assert not deliveries.deliver_next(make.AT + timedelta(days=99))
    assert (Delivery.objects.get().state, Delivery.objects.get().status) == ("dead", 500)
    assert Notice.objects.get().code == "automation.notice_webhook_dead"
    Listener.status = 204
    deliveries.again(SYSTEM, delivery_id=Delivery.objects.get().pk, at=make.AT)
    assert deliveries.deliver_next(make.AT)
    assert Delivery.objects.get().state == "done"


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://localhost/", "https://10.1.2.3/", "https://169.254.169.254/latest",
        "https://[::1]/", "https://[::ffff:10.0.0.1]/", "http://93.184.216.34/", "https://u:p@93.184.216.34/",
        "file:///etc/passwd", "https:///", "gopher://93.184.216.34/",
    ],
    ids=str,
)  # fmt: skip
def test_a_private_address_is_never_called(url: str, settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = []
    with pytest.raises(reaching.AddressRefusedError):
        reaching.post(url, b"{}", {})
