"""What one record of an object is called in a sentence, with its article where our own words have one."""

from portulan.base import texts
from portulan.blueprint import local
from portulan.blueprint.schema import Blueprint


def a_record(built: Blueprint, kind: str, label: str, lang: str) -> str:
    """Return “une affaire”; of an object without a word of ours, or called otherwise here, its label."""
    key = f"a_{kind}"
    ours = key in texts.catalogue("blueprint", lang) and not local.find_setting(built, "objects", (kind,))
    if ours:
        return texts.say(f"blueprint.{key}", lang)
    return texts.say("blueprint.a_record", lang, object=label)
