"""Takes an update in and takes out of the document what it brought that is no map.

What fits nowhere is erased at once, so that nobody who draws ever sees it: the rest of the update stays, and
its writer goes on.
"""

from collections.abc import Callable
from typing import Any

from pycrdt import Doc, merge_updates
from pycrdt import Map as YMap

from portulan.maps.model import MOST_PASSAGES, MOST_STEPS
from portulan.maps.shared import order, screen, shape

#: Elements of one kind that a document keeps: what is hidden counts.
_MOST = {"steps": MOST_STEPS, "passages": MOST_PASSAGES, "lanes": 500, "phases": 500}
_NOTHING = b"\x00\x00"
#: What an update wrote to, by collection and id, and whether it is new there.
Touched = dict[tuple[str, str], bool]


def receive(doc: Doc[Any], update: bytes) -> bytes:
    """Apply an update and return what it did to the document, corrections included; `b""` for nothing.

    :raises UpdateNotReadable: when the bytes are no update of a map; the document is as before.
    """
    screen.update(update)
    written: list[bytes] = []
    touched: Touched = {}
    roots = [(name, shape.root(doc, name)) for name in (shape.HEAD, shape.POSITIONS, *shape.ELEMENTS)]
    watch = doc.observe(lambda event: written.append(event.update))
    watches = [(held, held.observe_deep(_remembering(touched, name))) for name, held in roots]
    try:
        _apply(doc, update)
        with doc.transaction():
            _erase_misfits(doc, touched)
    finally:
        doc.unobserve(watch)
        for held, seen in watches:
            held.unobserve(seen)
    said = [one for one in written if one != _NOTHING]
    return merge_updates(*said) if said else b""


def _apply(doc: Doc[Any], update: bytes) -> None:
    try:
        doc.apply_update(update)
    except ValueError as error:
        raise screen.refusal() from error


def _remembering(touched: Touched, name: str) -> Callable[[Any], None]:
    def remember(events: Any) -> None:
        for event in events:
            if event.path:
                touched.setdefault((name, str(event.path[0])), False)
            else:
                touched.update({(name, key): how["action"] == "add" for key, how in event.keys.items()})

    return remember


def _erase_misfits(doc: Doc[Any], touched: Touched) -> None:
    if any(name == shape.HEAD for name, _ in touched):
        _erase(shape.root(doc, shape.HEAD), shape.HEAD)
    for (name, one), is_new in sorted(touched.items()):
        held = shape.root(doc, name)
        if name == shape.HEAD or one not in held:
            continue
        if not _may_stand(held, name, one, is_new=is_new):
            del held[one]
        elif name != shape.POSITIONS:
            _erase(held[one], name)


def _may_stand(held: shape.Shared, name: str, one: str, *, is_new: bool) -> bool:
    if not shape.is_id(one):
        return False
    if name == shape.POSITIONS:
        return shape.fits_position(shape.plain(held[one]))
    return isinstance(held[one], YMap) and not (is_new and len(held) > _MOST[name])


def _erase(element: shape.Shared, kind: str) -> None:
    """Erase the properties, and the things of its lists, that do not fit an element."""
    if shape.PLACE in element and (kind == shape.HEAD or not order.is_key(element[shape.PLACE])):
        del element[shape.PLACE]
    said, held = shape.properties(element)
    things = {key for keys in held.values() for key in keys}
    for key in list(element.keys()):
        if isinstance(element[key], YMap) or ("/" in key and key not in things):
            del element[key]
    while bad := shape.misfits(kind, said):
        for name, place in bad:
            keys = held.get(name, [])
            thing = keys[place] if place is not None and place < len(keys) else ""
            for key in [thing] if thing else [name, *keys]:
                element.pop(key, None)
        said, held = shape.properties(element)
