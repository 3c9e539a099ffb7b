"""What people say, told to those whom it concerns: in the transaction of what was said, each person once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from portulan.automation import notices
from portulan.people import actor as actors
from portulan.people import queries as people

#: How each happening is told to those who watch, by kind of event; a proposal has words of its own.
_WATCHED = {
    "thread.opened": "automation.notice_thread_opened",
    "thread.replied": "automation.notice_thread_replied",
    "thread.reopened": "automation.notice_thread_reopened",
    "care.assigned": "automation.notice_care",
    "term.defined": "automation.notice_term_rival",
    "term.settled": "automation.notice_term_settled",
}
_PROPOSED = "automation.notice_proposed"
_CLOSED = {
    "resolved": "automation.notice_thread_resolved",
    "accepted": "automation.notice_accepted",
    "refused": "automation.notice_refused",
}
_REMINDED = ("automation.notice_review_soon", "automation.notice_review_due", "automation.notice_review_late")
_ADVANCED = "map.irritant_advanced"
_TOLD = frozenset(
    {*_WATCHED, _ADVANCED, "thread.closed", "review.reminded", "activity.mentioned", "deletion.asked"}
)


def note(events: Sequence[Any]) -> None:
    """Tell those mentioned, then those who watch, what was said and what is to be reviewed."""
    said = [one for one in events if one.kind in _TOLD]
    if not said:
        return
    authors = people.named(actors.system(), ids={one.actor_id for one in said if one.actor_id is not None})
    for one in said:
        name = authors[one.actor_id].name if one.actor_id in authors else "Portulan"
        if one.kind == "activity.mentioned":
            facts = {"name": name, "where": one.data["title"]}
            told, on = one.data["mentions"], one.data["on"]
            notices.tell(told, "automation.notice_mentioned", facts, subject=on, at=one.at)
        elif one.kind == "deletion.asked":
            facts = {"name": name, "title": one.data["title"], "motive": one.data["motive"]}
            code = "automation.notice_deletion" + ("_followed" if one.data.get("followed") else "")
            notices.tell(one.data["owners"], code, facts, subject=one.data["on"], at=one.at)
        else:
            _tell(one, {"name": name, **_facts(one.data)}, one.at)


def _tell(event: Any, facts: Mapping[str, Any], at: datetime) -> None:
    data = event.data
    mentioned = {*data.get("mentions", ())} - {event.actor_id}
    watching = {*data["watchers"]} - mentioned - {event.actor_id}
    subject = f"{data['on']}#{data['element']}" if data.get("element") else data["on"]
    notices.tell(mentioned, "automation.notice_mentioned", facts, subject=subject, at=at)
    notices.tell(watching, _code(event), facts, subject=subject, at=at)


def _code(event: Any) -> str:
    if event.kind == "review.reminded":
        return _REMINDED[min(event.data["level"], 2)]
    if event.kind == _ADVANCED:
        return f"automation.notice_irritant_{event.data['stage']}"
    if event.kind == "thread.closed":
        return _CLOSED[event.data["state"]]
    if event.kind == "thread.opened" and event.data["what"] == "proposal":
        return _PROPOSED
    return _WATCHED[event.kind]


def _facts(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what the sentences hold: where, the reason of a closing, what answers an irritant."""
    where = f"{data['label']} – {data['title']}" if data.get("label") else data["title"]
    return {"where": where, "reason": data.get("reason", ""), "answer": data.get("answer", "")}
