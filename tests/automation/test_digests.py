"""Who chose it gets what waits for them by mail, once a working day, never what they may not see."""

import email
import email.policy
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import make
from portulan.automation import absences, digests, letter, mails, notices, worker
from portulan.automation.models import Digest, DigestChoice
from portulan.base.refusals import NotValid
from portulan.people import actor as actors
from portulan.people import operations as people
from portulan.people.actor import Actor
from portulan.records import operations
from postman import Postman
from sale import deal, record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("crm")]
#: Nine o’clock in Paris, on the Monday after.
MONDAY = datetime(2026, 5, 11, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def claire() -> Actor:
    return make.actor()


def told(reader: Actor, text: str, subject: str = "") -> None:
    notices.tell([reader.id or 0], "automation.notice_rule", {"text": text}, subject=subject, at=make.AT)


def due(reader: Actor, at: datetime, **given: Any) -> int:
    return record("activity", reader, **{"kind": "task", "due_at": at.isoformat(), **given})


def work(at: datetime) -> None:
    """Let the worker do all that is about digests at a moment."""
    while worker._tell_of_the_day(at):
        pass


def heard(postman: type[Postman]) -> list[tuple[str, str, str]]:
    """Return the title, the plain text and the HTML of each mail that arrived."""
    read = [email.message_from_bytes(one.encode(), policy=email.policy.default) for one in postman.heard]
    return [
        (
            one["subject"].strip(),
            one.get_body(("plain",)).get_content().replace("\r\n", "\n"),  # type: ignore[union-attr]
            one.get_body(("html",)).get_content(),  # type: ignore[union-attr]
        )
        for one in read
    ]


def states() -> list[str]:
    return list(Digest.objects.order_by("id").values_list("state", flat=True))


def test_nobody_gets_a_digest_unasked(claire: Actor, postman: type[Postman]) -> None:
    told(claire, "Bonjour")
    work(MONDAY)
    assert (digests.choice(claire), postman.heard) == ({"hour": None, "leaves": True}, [])


def test_what_is_unread_overdue_and_due_today_leaves_once_a_working_day(
    claire: Actor, postman: type[Postman], settings: Any
) -> None:
    settings.PUBLIC_URL = "https://crm.example.com"
    digests.choose(claire, hour=9, at=MONDAY - 72 * HOUR)
    sold = deal(claire, name="Étau <b>")
    told(claire, "À voir", f"opportunity:{sold}")
    due(claire, MONDAY - 48 * HOUR, name="Rappeler", opportunity=sold)
    for place in range(12):
        due(claire, MONDAY + HOUR, name=f"Tâche {place:02}")
    for at in (MONDAY - 48 * HOUR, MONDAY - HOUR, MONDAY, MONDAY + HOUR, MONDAY + 9 * HOUR):
        work(at)
    ((title, text, html),) = heard(postman)
    assert title == (
        "Récapitulatif : 1 notification non lue, 1 activité en retard, 12 activités pour aujourd’hui"
    )
    assert f"- À voir\n  https://crm.example.com/fiches/opportunity/{sold}\n" in text
    assert "9 mai · Rappeler · Étau <b>" in text
    assert ("Tâche 09" in text, "Tâche 10" in text, "Et 2 autres :" in text) == (True, False, True)
    assert "Étau &lt;b&gt;" in html
    assert "Étau <b>" not in html
    work(MONDAY + 24 * HOUR)
    assert (len(postman.heard), states()) == (2, ["sent", "sent"])


def test_another_hour_on_the_same_day_sends_nothing_twice(claire: Actor, postman: type[Postman]) -> None:
    told(claire, "À voir")
    digests.choose(claire, hour=9, at=MONDAY - HOUR)
    work(MONDAY)
    digests.choose(claire, hour=12, at=MONDAY + HOUR)
    work(MONDAY + 5 * HOUR)
    assert (len(postman.heard), states()) == (1, ["sent"])


def test_nothing_leaves_when_nothing_waits_or_it_is_not_wanted_or_the_person_is_gone(
    claire: Actor, postman: type[Postman]
) -> None:
    gone, tired = make.actor("bruno.martin@nordet.example"), make.actor("elodie.renard@nordet.example")
    for one in (claire, gone, tired):
        digests.choose(one, hour=9, at=MONDAY - HOUR)
    told(gone, "À voir")
    told(tired, "À voir")
    while digests.open_next(MONDAY):
        pass
    people.deactivate(actors.system(), user_id=gone.id or 0, at=MONDAY)
    digests.stop(tired)
    work(MONDAY)
    assert (postman.heard, states()) == ([], ["nothing"] * 3)


def test_a_digest_leaves_out_what_its_reader_may_not_see(claire: Actor, postman: type[Postman]) -> None:
    digests.choose(claire, hour=9, at=MONDAY - HOUR)
    sold = deal(claire)
    told(claire, "Secret", f"opportunity:{sold}")
    told(claire, "Ouvert")
    operations.delete(actors.system(), object_name="opportunity", row_id=sold, at=MONDAY)
    work(MONDAY)
    ((title, text, html),) = heard(postman)
    assert title == "Récapitulatif : 1 notification non lue"
    assert "Ouvert" in text
    assert "Secret" not in text + html


def test_a_digest_speaks_the_language_of_its_reader(claire: Actor, postman: type[Postman]) -> None:
    people.set_profile(actors.system(), user_id=claire.id or 0, lang="en")
    told(claire, "See")
    digests.choose(claire, hour=9, at=MONDAY - HOUR)
    work(MONDAY)
    assert [one[0] for one in heard(postman)] == ["Digest: 1 unread notification"]


def test_a_refused_digest_is_tried_again_then_given_up_and_administrators_are_told(
    claire: Actor, postman: type[Postman]
) -> None:
    chief = make.acting(make.person("alix.morel@nordet.example"))
    people.set_administrator(actors.system(), user_id=chief.id or 0, is_admin=True, at=make.AT)
    postman.mood = "refuses"
    told(claire, "À voir")
    digests.choose(claire, hour=9, at=MONDAY - HOUR)
    for hours in range(6):
        work(MONDAY + 2 * hours * HOUR)
    assert (postman.heard, states(), len(notices.notices(chief))) == ([], ["failed"], 1)


@pytest.mark.parametrize("how", ["hangs_up", "dies"])
def test_a_digest_that_may_have_left_is_never_sent_again(
    claire: Actor, postman: type[Postman], how: str
) -> None:
    told(claire, "À voir")
    digests.choose(claire, hour=9, at=MONDAY - HOUR)
    digests.open_next(MONDAY)
    if how == "dies":
        digests.claim(MONDAY)
    postman.mood = how
    work(MONDAY + HOUR)
    postman.mood = "takes"
    work(MONDAY + 2 * HOUR)
    assert (postman.heard, states()) == ([], ["uncertain"])


def test_two_workers_make_and_take_one_digest(claire: Actor, postman: type[Postman]) -> None:
    told(claire, "À voir")
    digests.choose(claire, hour=9, at=MONDAY - HOUR)
    assert [digests.open_next(MONDAY) for _ in "ab"] == [True, False]
    first, second = digests.claim(MONDAY), digests.claim(MONDAY)
    assert first is not None
    assert second is None
    digests.send(first, digests.write(first, at=MONDAY), at=MONDAY)
    digests.send(first, digests.write(first, at=MONDAY), at=MONDAY + HOUR)
    assert states() == ["sent"]


def test_who_is_away_gets_nothing_until_they_are_back(claire: Actor, postman: type[Postman]) -> None:
    told(claire, "À voir")
    digests.choose(claire, hour=9, at=MONDAY - HOUR)
    absences.be_away(claire, person=claire.id or 0, begins_at=MONDAY - HOUR, ends_at=MONDAY + 12 * HOUR)
    work(MONDAY)
    assert states() == []
    work(MONDAY + 24 * HOUR)
    assert states() == ["sent"]


def test_a_mail_reader_stops_the_digest_in_one_click_and_reading_the_address_does_not(
    claire: Actor, postman: type[Postman], client: Client
) -> None:
    told(claire, "À voir")
    digests.choose(claire, hour=9, at=MONDAY - HOUR)
    work(MONDAY)
    (sent,) = postman.heard
    read = email.message_from_string(sent, policy=email.policy.default)
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way = urlsplit("".join(read["List-Unsubscribe"].split()).strip("<>")).path
    assert (client.get(way).status_code, digests.choice(claire)["hour"]) == (405, 9)
    assert client.post(way + "x").status_code == 404
    assert client.post(way, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert digests.choice(claire)["hour"] is None


def test_a_digest_is_read_in_as_many_queries_whatever_waits(claire: Actor) -> None:
    def queries(tasks: int) -> int:
        for _ in range(tasks):
            sold = deal(claire)
            told(claire, "À voir", f"opportunity:{sold}")
            due(claire, MONDAY - 48 * HOUR, name="Rappeler", opportunity=sold)
        with CaptureQueriesContext(connection) as asked:
            assert letter.letter(claire, at=MONDAY)
        return len(asked)

    assert queries(1) == queries(9)


def test_without_a_server_the_choice_is_refused_and_says_so(claire: Actor, settings: Any) -> None:
    settings.SMTP_HOST = ""
    with pytest.raises(mails.NoServer):
        digests.choose(claire, hour=9, at=MONDAY)
    assert digests.choice(claire) == {"hour": None, "leaves": False}


def test_an_hour_is_one_of_the_clock(claire: Actor, postman: type[Postman]) -> None:
    for hour in (-1, 24):
        with pytest.raises(NotValid):
            digests.choose(claire, hour=hour, at=MONDAY)
    assert not DigestChoice.objects.exists()
