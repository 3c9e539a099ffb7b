"""The requirements document of the published maps, made of what the actor may read."""

from datetime import datetime

from babel.dates import format_date

from portulan.base import calendar as calendars
from portulan.blueprint import base_model, queries
from portulan.blueprint.brief import Brief, Sources, brief
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.trials import key_of
from portulan.maps import queries as maps
from portulan.people import rights
from portulan.people.actor import Actor


def document(actor: Actor, *, root: str, lang: str, at: datetime) -> Brief:
    """Return the document; its links begin with `root`, the address of the instance.

    :raises MapsNotCompiled: when the maps contradict each other.
    """
    rights.require(actor, "read", "blueprint")
    published = maps.published(actor)
    wanted = compile_maps(published, base_model.load())
    tried = {one.uid: queries.find_trial(actor, key=key_of(wanted, one)) for one in published}
    sources = Sources(
        maps=published,
        blueprint=wanted,
        before=maps.published_before(actor),
        proven={
            uid: {outcome["scenario"]: outcome["green"] for outcome in one.outcomes}
            for uid, one in tried.items()
            if one is not None
        },
        links={uid: f"{root}/cartes/{pk}" for uid, (pk, _) in maps.titles(actor).items()},
    )
    day = format_date(at.astimezone(calendars.DEFAULT.tz), format="long", locale=lang)
    return brief(sources, day=day, lang=lang)
