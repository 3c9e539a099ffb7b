"""The key of a server is shown once; renewed, the one before signs for a day more."""

from datetime import timedelta
from typing import Any

import pytest

import make
from portulan.automation import signing
from portulan.base.refusals import NotAllowed, NotThere
from portulan.events import queries as events
from portulan.people import actor as actors

SYSTEM = actors.system()
HOST = "ailleurs.example:8443"
DAY = timedelta(days=1)


@pytest.fixture
def called(ruled: Any) -> None:
    told = ({"do": "call_webhook", "url": f"https://{HOST}/{path}"} for path in ("a", "b"))
    ruled(make.rule("tell", {"on": "created"}, *told))


def test_a_key_is_shown_once_and_known_by_its_end_afterwards(called: None) -> None:
    (before,) = signing.keys(SYSTEM)
    assert (before["host"], before["shown_at"]) == (HOST, None)
    key = signing.show(SYSTEM, host=HOST, at=make.AT)
    (after,) = signing.keys(SYSTEM)
    assert key.endswith(after["hint"])
    assert len(after["hint"]) == 4
    assert after["shown_at"] == make.AT
    with pytest.raises(signing.KeyAlreadyShown):
        signing.show(SYSTEM, host=HOST, at=make.AT)
    assert signing.of_address(f"https://{HOST}/c", at=make.AT) == (key,)


def test_a_renewed_key_signs_beside_the_one_before_for_a_day(called: None) -> None:
    first = signing.show(SYSTEM, host=HOST, at=make.AT)
    second = signing.renew(SYSTEM, host=HOST, at=make.AT)
    assert first != second
    address = f"https://{HOST}/a"
    assert signing.of_address(address, at=make.AT + DAY / 2) == (second, first)
    assert signing.of_address(address, at=make.AT + DAY) == (second,)
    with pytest.raises(signing.KeyAlreadyShown):
        signing.show(SYSTEM, host=HOST, at=make.AT)
    kinds = [one.kind for one in events.of_subject(f"webhook:{HOST}")]
    assert sorted(kinds) == ["webhook.key_renewed", "webhook.key_shown"]


def test_only_builders_see_keys_and_only_of_servers_that_rules_call(called: None) -> None:
    seller = make.actor()
    for ask in (signing.show, signing.renew):
        with pytest.raises(NotAllowed):
            ask(seller, host=HOST, at=make.AT)
        with pytest.raises(NotThere):
            ask(SYSTEM, host="autre.example", at=make.AT)
    with pytest.raises(NotAllowed):
        signing.keys(seller)
