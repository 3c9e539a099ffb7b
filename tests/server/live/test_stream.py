"""The live channel of the running product: who may listen, what they hear, where they resume."""

import http.client
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

import make
from running import Running, free_ports, running, until

EMAIL = "alix.morel@nordet.example"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    port, live_port = free_ports(2)
    with running(tmp_path_factory.mktemp("live"), port=port, live_port=live_port) as one:
        until(lambda: one.status("/") == 200)
        one.command("user", "create", EMAIL, "--name", "Alix Morel", "--password", make.PASSWORD, "--admin")
        yield one


@pytest.fixture(scope="module")
def alix(product: Running) -> "Browser":
    return Browser(product)


class Browser:
    """Somebody signed in, as a browser is: cookies, CSRF token, origin."""

    def __init__(self, product: Running) -> None:
        self.product = product
        self.cookies = CookieJar()
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.cookies))
        self._opener.open(product.url + "/").close()
        self.send("POST", "/_allauth/browser/v1/auth/login", {"email": EMAIL, "password": make.PASSWORD})

    def send(self, method: str, address: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.cookie("csrftoken")}
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.product.url + address, data, headers, method=method)  # noqa: S310 - our own address
        with self._opener.open(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def cookie(self, name: str) -> str:
        return next((one.value or "" for one in self.cookies if one.name == name), "")

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.product.live_port, timeout=20)

    @contextmanager
    def listen(self, **headers: str) -> Iterator[http.client.HTTPResponse]:
        given = {"Origin": self.product.url, "Cookie": f"sessionid={self.cookie('sessionid')}"}
        with closing(
            http.client.HTTPConnection("127.0.0.1", self.product.live_port, timeout=20)
        ) as connection:
            connection.request("GET", "/events", headers={**given, **headers})
            with connection.getresponse() as answer:
                yield answer


def heard(stream: http.client.HTTPResponse, event: str) -> dict[str, str]:
    """Read the stream up to an event of that name."""
    block: dict[str, str] = {}
    while True:
        line = stream.readline().decode().rstrip("\n")
        if not line and block.get("event") == event:
            return block
        if not line:
            block = {}
            continue
        name, _, value = line.partition(": ")
        block[name] = value


def draw(by: Browser, title: str) -> str:
    made = by.send("POST", "/api/maps", {"title": title, "state": "to_be", "subject": "opportunity"})
    return str(made["id"])


def test_what_changes_is_heard_and_a_listener_who_comes_back_resumes(alix: Browser) -> None:
    url = alix.send("GET", "/api/session")["live"]
    assert url == f"http://127.0.0.1:{alix.product.live_port}"
    with alix.listen() as stream:
        assert stream.status == 200
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.headers["Access-Control-Allow-Origin"] == alix.product.url
        first = draw(alix, "Recouvrement")
        block = heard(stream, "map.changed")
    assert json.loads(block["data"])["id"] == first
    second = draw(alix, "Fidélisation")
    with alix.listen(**{"Last-Event-ID": block["id"]}) as stream:
        missed = heard(stream, "map.changed")
    assert json.loads(missed["data"])["id"] == second


def test_strangers_are_refused(alix: Browser) -> None:
    for headers, status in (
        ({"Cookie": ""}, 401),
        ({"Cookie": "sessionid=invented"}, 401),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Host": "elsewhere.example"}, 403),
    ):
        with alix.listen(**headers) as answer:
            assert answer.status == status


def test_a_session_that_ends_is_silent(product: Running) -> None:
    mine, other = Browser(product), Browser(product)
    with mine.listen() as stream:
        assert stream.status == 200
        stream.readline()
        with suppress(HTTPError):  # signed out is answered as 401
            mine.send("DELETE", "/_allauth/browser/v1/auth/session")
        draw(other, "Parrainage")
        assert b"map.changed" not in stream.read()


def test_the_pages_may_call_the_live_channel_and_nothing_else(alix: Browser) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", alix.product.port, timeout=10)) as connection:
        connection.request("GET", "/")
        with connection.getresponse() as answer:
            policy = answer.headers["Content-Security-Policy"]
    live = f"127.0.0.1:{alix.product.live_port}"
    assert f"connect-src 'self' http://{live} ws://{live};" in policy
