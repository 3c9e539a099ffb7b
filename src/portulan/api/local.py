"""The front desk of local settings: what parts are called here, and the colours of stages and choices."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.api.answers import language
from portulan.base import clock
from portulan.base.value import Words
from portulan.blueprint.schema import Colour, LocalTheme
from portulan.records import local

router = Router(tags=["blueprint"])


class VersionOut(Schema):
    """The version now in force."""

    version: int


class LabelOut(Schema):
    """A label in both languages; without English, French stands for it."""

    fr: str
    en: str = ""


class HeldOut(Schema):
    """What the maps call a part, what it is called and coloured here, whether the person may change that.

    `plural` is of an object alone; a stage or a choice is `paintable`.
    """

    given: str
    label: LabelOut
    plural: LabelOut | None
    colour: Colour | None
    paintable: bool
    local: bool
    may: bool


def said(held: local.Held, lang: str) -> dict[str, Any]:
    """Return how a part is held, in one language."""
    plural = held.plural and held.plural.model_dump()
    return {
        **vars(held),
        "given": held.given.say(lang),
        "label": held.label.model_dump(),
        "plural": plural,
    }


class PartOut(Schema):
    """A part that may be called otherwise here, and the object or pipeline that it is of."""

    theme: LocalTheme
    path: str
    name: str
    within: str | None
    held: HeldOut


@router.get("/local", response=list[PartOut])
def local_parts(request: HttpRequest) -> Any:
    """Return the objects and pipelines, and whatever else is called otherwise here than on the maps."""
    lang = language(request)
    return [
        {
            "theme": one.theme,
            "path": one.path,
            "name": one.held.label.say(lang),
            "within": one.within and one.within.say(lang),
            "held": said(one.held, lang),
        }
        for one in local.parts(actor_of(request))
    ]


class ShadeOut(Schema):
    """A stage or a choice, and the colour that it has here."""

    path: str
    label: str
    colour: Colour | None


class ShadesOut(Schema):
    """The stages of a pipeline or the choices of a field, and the object that the field is of."""

    theme: LocalTheme
    label: str
    within: str | None
    parts: list[ShadeOut]


@router.get("/colours", response=list[ShadesOut])
def shades(request: HttpRequest) -> Any:
    """Return the stages and the choices in force, with the colours that they have here."""
    lang = language(request)
    return [
        {
            "theme": one.theme,
            "label": one.label.say(lang),
            "within": one.within and one.within.say(lang),
            "parts": [{**vars(part), "label": part.label.say(lang)} for part in one.parts],
        }
        for one in local.shades(actor_of(request))
    ]


class PaintedIn(Schema):
    """The colour of a part here; none: as it is without."""

    colour: Colour | None


@router.put("/colours/{theme}/{path:path}", response=VersionOut)
def paint(request: HttpRequest, theme: LocalTheme, path: str, painted: PaintedIn) -> Any:
    """Give a stage or a choice a colour, or none again."""
    version = local.paint(actor_of(request), theme=theme, path=path, colour=painted.colour, at=clock.now())
    return {"version": version}


class CalledIn(Schema):
    """What a part is called here, in French and, where it is not the same, in English; an object, its plural.

    Without a plural, what several are called stays.
    """

    label: str
    label_en: str = ""
    plural: str = ""
    plural_en: str = ""


@router.put("/local/{theme}/{path:path}", response=VersionOut)
def call_locally(request: HttpRequest, theme: LocalTheme, path: str, called: CalledIn) -> Any:
    """Call an object, a field, a choice, a pipeline or a stage otherwise than the maps do."""
    label = Words(fr=called.label, en=called.label_en)
    plural = Words(fr=called.plural, en=called.plural_en) if called.plural else None
    version = local.call(
        actor_of(request), theme=theme, path=path, label=label, plural=plural, at=clock.now()
    )
    return {"version": version}


@router.delete("/local/{theme}/{path:path}", response=VersionOut)
def give_back(request: HttpRequest, theme: LocalTheme, path: str) -> Any:
    """Have the maps say again what a part is called."""
    return {"version": local.give_back(actor_of(request), theme=theme, path=path, at=clock.now())}
