"""Who acts without an account, by a link: at a bounded rate, and who guesses links is slowed down."""

from datetime import datetime
from typing import ClassVar

from django.core.cache import cache

from portulan.base.refusals import Refusal

_MINUTE = 60


class TooFast(Refusal):
    """Too much comes at once from one device or one address."""

    status: ClassVar[int] = 429
    code: ClassVar[str] = "people.too_fast"


def bound(who: str, *, most: int, at: datetime) -> None:
    """Count an act of somebody in this minute.

    :raises TooFast: when there are more than `most`.
    """
    key = f"guest:{who}:{int(at.timestamp() // _MINUTE)}"
    cache.add(key, 0, timeout=2 * _MINUTE)
    if cache.incr(key) > most:
        raise TooFast
