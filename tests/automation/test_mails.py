"""Mails leave through the company’s server once; a broken connection is never tried twice."""

from datetime import timedelta
from typing import Any

import pytest

import make
from portulan.automation import mails
from portulan.automation.models import Mail
from postman import Postman

pytestmark = pytest.mark.django_db(transaction=True)


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
