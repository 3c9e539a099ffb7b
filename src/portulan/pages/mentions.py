"""People mentioned in a text: `@[12]` stands for the person 12, whatever they are called."""

import re
from collections.abc import Iterable, Mapping

_MENTION = re.compile(r"@\[(\d{1,9})\]")


def mentioned(body: str) -> list[int]:
    """Return the people that a text mentions, each once, in order."""
    return list(dict.fromkeys(int(found) for found in _MENTION.findall(body)))


def named(body: str, names: Mapping[int, str]) -> str:
    """Return a text with people by their names, where they are known."""
    return _MENTION.sub(
        lambda found: f"@{names[int(found[1])]}" if int(found[1]) in names else found[0], body
    )


def all_mentioned(bodies: Iterable[str]) -> set[int]:
    """Return the people that some texts mention."""
    return {one for body in bodies for one in mentioned(body)}
