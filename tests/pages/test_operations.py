"""Who may read may comment; who is concerned is told once; what is closed says why."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

import make
from portulan.automation import notices
from portulan.base.refusals import NotAllowed, NotThere
from portulan.events import queries as events
from portulan.maps import operations as maps
from portulan.pages import operations, queries
from portulan.pages.models import Thread
from portulan.pages.operations import Said, ThreadClosedAlready, ThreadNotValid
from portulan.pages.targets import Where
from portulan.people import actor as actors
from portulan.people import operations as people
from portulan.people import rights
from portulan.people.actor import Actor

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(hours=1)


def opened(actor: Actor, where: Where, body: str = "Pourquoi cette étape ?", kind: str = "question") -> UUID:
    return operations.open_thread(actor, where=where, said=Said(kind, body), at=make.AT)


def told(actor: Actor) -> list[str]:
    return [one["say"] for one in notices.notices(actor)]


def test_a_reader_comments_on_a_step_that_they_may_not_change(claire: Actor, step: Where) -> None:
    assert not rights.allows(claire, "update", "map")
    opened(claire, step)
    (thread,) = queries.threads(claire, target="map", ids=[step.id])
    assert (thread.element, thread.kind, thread.state) == ("proposition_envoyee", "question", "open")
    assert [one.body for one in thread.messages] == ["Pourquoi cette étape ?"]
    assert thread.author
    assert thread.author.name == "Claire Lambert"


def test_who_is_mentioned_is_told_once_and_where(claire: Actor, elodie: Actor, step: Where) -> None:
    opened(claire, step, f"@[{elodie.id}] une idée ? @[{elodie.id}]")
    (one,) = notices.notices(elodie)
    assert "Claire Lambert vous mentionne" in one["say"]
    assert "Cycle de vente" in one["say"]
    assert one["subject"] == f"map:{step.id}#proposition_envoyee"
    assert told(claire) == []


def test_an_answer_is_told_to_who_took_part_and_not_to_its_author(
    claire: Actor, elodie: Actor, step: Where
) -> None:
    thread = opened(claire, step)
    operations.reply(elodie, id=thread, body="Parce que.", at=LATER)
    assert ["a répondu" in one for one in told(claire)] == [True]
    assert ["a ouvert une discussion" in one for one in told(elodie)] == [True]
    operations.reply(claire, id=thread, body="Merci.", at=LATER)
    assert ["a répondu" in one for one in told(elodie)] == [True, False]


def test_a_mention_in_an_answer_is_one_notice_and_not_two(claire: Actor, elodie: Actor, step: Where) -> None:
    thread = opened(elodie, step, f"@[{claire.id}] ?")
    operations.reply(claire, id=thread, body=f"Oui @[{elodie.id}]", at=LATER)
    assert len(told(elodie)) == 1
    assert "vous mentionne" in told(elodie)[0]


def test_a_thread_is_closed_with_its_reason_and_opened_again(
    claire: Actor, elodie: Actor, step: Where
) -> None:
    thread = opened(claire, step)
    operations.close(elodie, id=thread, state="resolved", reason="Dit en réunion", at=LATER)
    (view,) = queries.threads(claire, target="map", ids=[step.id])
    assert (view.state, view.reason, view.closed_at) == ("resolved", "Dit en réunion", LATER)
    assert "Dit en réunion" in told(claire)[0]
    with pytest.raises(ThreadClosedAlready):
        operations.close(elodie, id=thread, at=LATER)
    operations.reopen(claire, id=thread, at=LATER)
    assert queries.threads(claire, target="map", ids=[step.id])[0].state == "open"
    kinds = [one.kind for one in events.of_case(f"map:{step.id}")]
    assert [one for one in kinds if one.startswith("thread.")] == [
        "thread.reopened",
        "thread.closed",
        "thread.opened",
    ]


def test_a_refusal_says_why(claire: Actor, elodie: Actor, step: Where) -> None:
    thread = opened(claire, step, kind="proposal")
    with pytest.raises(ThreadNotValid):
        operations.close(elodie, id=thread, state="refused", reason="  ", at=LATER)


def test_a_reader_does_not_close_what_another_opened(claire: Actor, elodie: Actor, step: Where) -> None:
    thread = opened(elodie, step)
    with pytest.raises(NotAllowed):
        operations.close(claire, id=thread, at=LATER)


def test_what_says_nothing_or_mentions_nobody_is_refused_with_every_reason(
    claire: Actor, step: Where
) -> None:
    with pytest.raises(ThreadNotValid) as refused:
        opened(claire, step, "\0 ")
    assert [one.code for one in refused.value.problems] == ["pages.body_missing"]
    with pytest.raises(ThreadNotValid) as refused:
        opened(claire, step, "@[999999] ?")
    assert [one.code for one in refused.value.problems] == ["pages.mention_cannot_read"]


def test_nobody_comments_on_what_is_not_there(claire: Actor, elodie: Actor, step: Where) -> None:
    with pytest.raises(NotThere):
        opened(claire, Where("map", uuid4()))
    with pytest.raises(NotThere):
        opened(claire, Where("map", step.id, "nulle_part"))
    thread = opened(claire, step)
    maps.delete(elodie, id=step.id, at=LATER)
    with pytest.raises(NotThere):
        operations.reply(claire, id=thread, body="Encore là ?", at=LATER)
    assert queries.threads(claire, target="map", ids=[step.id]) == []


def test_somebody_signed_out_reads_and_says_nothing(claire: Actor, step: Where) -> None:
    opened(claire, step)
    nobody = Actor(id=None)
    assert queries.threads(nobody, target="map", ids=[step.id]) == []
    with pytest.raises(NotThere):
        opened(nobody, step)


def test_each_gives_one_voice(claire: Actor, elodie: Actor, step: Where) -> None:
    thread = opened(claire, step, kind="irritant")
    for _ in range(2):
        operations.vote(claire, id=thread, given=True, at=LATER)
        operations.vote(elodie, id=thread, given=True, at=LATER)
    operations.vote(elodie, id=thread, given=False, at=LATER)
    (view,) = queries.threads(claire, target="map", ids=[step.id])
    assert (view.votes, view.voted) == (1, True)


def test_may_i_and_which_ones_agree(claire: Actor, elodie: Actor, step: Where) -> None:
    for one in (claire, elodie):
        opened(one, step)
    people.deactivate(actors.system(), user_id=elodie.id or 0, at=LATER)
    for actor in (claire, elodie, actors.system(), Actor(id=None)):
        for verb in ("read", "create", "update", "manage", "delete"):
            seen = set(rights.visible(actor, verb, "thread", Thread.objects.all()))
            assert seen == {one for one in Thread.objects.all() if rights.allows(actor, verb, "thread", one)}
