"""Looks through the bytes of an update, and of a state, before anything applies them.

An update is read as Yjs writes it (version 1 of its encoding). Refuses bytes that are no update, and whatever
no map is made of: other types, other roots, values nested without end, counts that the bytes cannot hold.
"""

from collections.abc import Callable, Iterator

from portulan.base.refusals import NotValid, Problem

#: Roots that a document has.
ROOTS = frozenset({"map", "phases", "lanes", "steps", "passages", "positions"})
_DEEPEST = 60
_LARGEST = 2**53
_GC, _DELETED, _TYPE, _ANY, _SKIP = 0, 1, 7, 8, 10
_MAP_TYPE = 1
_WHOLE, _TEXT, _OBJECT, _ARRAY = 125, 119, 118, 117
#: The bytes of undefined, null, false, true, and of numbers, by their tag.
_SIZES = {127: 0, 126: 0, 121: 0, 120: 0, 124: 4, 123: 8, 122: 8}
_ORIGIN, _RIGHT_ORIGIN, _KEY = 0x80, 0x40, 0x20


class UpdateNotReadable(NotValid):
    """What was received is no update of a shared map."""

    code = "maps.update_not_readable"


def update(raw: bytes) -> None:
    """Do nothing when the bytes are an update of a map.

    :raises UpdateNotReadable: when they are not.
    """
    _look(raw, _update)


def state(raw: bytes) -> None:
    """Do nothing when the bytes are a state: what somebody has, by client.

    :raises UpdateNotReadable: when they are not.
    """
    _look(raw, _pairs)


def refusal() -> UpdateNotReadable:
    """Return the refusal of bytes that are no update of a map."""
    return UpdateNotReadable(Problem("update", "maps.update_not_readable"))


def _look(raw: bytes, through: Callable[["_Bytes"], None]) -> None:
    given = _Bytes(raw)
    try:
        through(given)
    except (IndexError, UnicodeDecodeError) as error:
        raise refusal() from error
    if given.left:
        raise refusal()


class _Bytes:
    """Bytes read from left to right; reading past their end is an IndexError."""

    def __init__(self, raw: bytes) -> None:
        self._raw, self._at = raw, 0

    @property
    def left(self) -> int:
        return len(self._raw) - self._at

    def byte(self) -> int:
        self._at += 1
        return self._raw[self._at - 1]

    def number(self) -> int:
        """Read a whole number, seven bits a byte."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            shift += 7
            if value > _LARGEST or shift > 63:  # noqa: PLR2004 - bits of a number
                raise IndexError
            if not byte & 128:
                return value

    def signed(self) -> None:
        """Pass over a whole number with a sign."""
        while self.byte() & 128:
            pass

    def count(self) -> Iterator[int]:
        """Read how many things follow: each takes a byte at least."""
        many = self.number()
        if many > self.left:
            raise IndexError
        return iter(range(many))

    def skip(self, many: int) -> bytes:
        if many > self.left:
            raise IndexError
        self._at += many
        return self._raw[self._at - many : self._at]

    def text(self) -> str:
        return self.skip(self.number()).decode()


def _pairs(given: _Bytes) -> None:
    for _ in given.count():
        given.number(), given.number()


def _update(given: _Bytes) -> None:
    for _ in given.count():
        structs = given.count()
        given.number(), given.number()
        for _struct in structs:
            _struct_of(given)
    for _ in given.count():
        given.number()
        _pairs(given)


def _struct_of(given: _Bytes) -> None:
    info = given.byte()
    if info & 31 in (_GC, _SKIP):
        given.number()
        return
    for flag in (_ORIGIN, _RIGHT_ORIGIN):
        if info & flag:
            given.number(), given.number()
    if not info & (_ORIGIN | _RIGHT_ORIGIN):
        _parent(given, has_key=bool(info & _KEY))
    _content(given, info & 31)


def _content(given: _Bytes, kind: int) -> None:
    if kind == _DELETED:
        given.number()
    elif kind == _ANY:
        for _ in given.count():
            _any(given, 0)
    elif kind != _TYPE or given.number() != _MAP_TYPE:
        raise refusal()


def _parent(given: _Bytes, *, has_key: bool) -> None:
    if given.number() == 1:
        if given.text() not in ROOTS:
            raise refusal()
    else:
        given.number(), given.number()
    if not has_key:
        raise refusal()
    given.text()


def _any(given: _Bytes, depth: int) -> None:
    tag = given.byte()
    if tag in (_OBJECT, _ARRAY) and depth < _DEEPEST:
        for _ in given.count():
            if tag == _OBJECT:
                given.text()
            _any(given, depth + 1)
    elif tag == _TEXT:
        given.text()
    elif tag == _WHOLE:
        given.signed()
    elif tag in _SIZES:
        given.skip(_SIZES[tag])
    else:
        raise refusal()
