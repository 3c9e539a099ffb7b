"""Local settings: what people call a part here and which colour they give it; no map owns them.

Pure. They are laid over what maps compile to, so that recompiling keeps them, and given back one by one. Only
labels and colours may be local: what a part is and does belongs to the maps. A setting whose part is gone has
no place.
"""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from portulan.base.value import Words
from portulan.blueprint.schema import (
    Attribute,
    Blueprint,
    Choice,
    Colour,
    Field,
    LocalTheme,
    Object,
    Pipeline,
    Setting,
    Stage,
)

Named = Object | Field | Choice | Pipeline | Stage
#: The themes whose parts may be called otherwise here.
THEMES: tuple[LocalTheme, ...] = get_args(LocalTheme)
#: What parts lie in, from the blueprint down to them, by theme.
_WAYS: Mapping[LocalTheme, tuple[str, ...]] = {
    "objects": ("objects",),
    "fields": ("objects", "fields"),
    "choices": ("objects", "fields", "choices"),
    "pipelines": ("pipelines",),
    "stages": ("pipelines", "stages"),
}


def lay(compiled: Blueprint, settings: Iterable[Setting]) -> Blueprint:
    """Return what maps compile to, under the local settings that still have a place there."""
    for setting in settings:
        part = find(compiled, setting.theme, setting.path)
        if part is not None:
            compiled = keep(compiled, setting)
    return compiled


def keep(built: Blueprint, setting: Setting) -> Blueprint:
    """Return the blueprint with a setting, over what the maps give; one of the same place gives way."""
    known = find_setting(built, setting.theme, setting.path, setting.attribute)
    part = find(built, setting.theme, setting.path)
    given = known.given if known else getattr(part, setting.attribute)
    kept = setting.model_copy(update={"given": given})
    others = (one for one in built.local if one.place != setting.place)
    local = tuple(sorted((*others, kept), key=lambda one: one.place))
    return _written(built, setting, setting.value).model_copy(update={"local": local})


def release(built: Blueprint, setting: Setting) -> Blueprint:
    """Return the blueprint in which the maps say again what a setting said."""
    others = tuple(one for one in built.local if one.place != setting.place)
    return _written(built, setting, setting.given).model_copy(update={"local": others})


def released(built: Blueprint) -> Blueprint:
    """Return the blueprint as the maps give it, without any local setting."""
    for setting in built.local:
        built = release(built, setting)
    return built


def find(built: Blueprint, theme: LocalTheme, path: tuple[str, ...]) -> Named | None:
    """Return the live part of a path, None when there is none."""
    part: Any = built
    if len(path) != len(_WAYS[theme]):
        return None
    for inside, uid in zip(_WAYS[theme], path, strict=True):
        part = next((one for one in getattr(part, inside) if _is(one, uid)), None)
        if part is None:
            return None
    found: Named = part
    return found


def find_setting(
    built: Blueprint, theme: LocalTheme, path: tuple[str, ...], attribute: Attribute = "label"
) -> Setting | None:
    """Return what is said locally of the part of a path, None when nothing is."""
    place = (theme, *path, attribute)
    return next((one for one in built.local if one.place == place), None)


def _written(built: Blueprint, setting: Setting, value: Words | Colour | None) -> Blueprint:
    steps = tuple(zip(_WAYS[setting.theme], setting.path, strict=True))
    written: Blueprint = _with(built, steps, {setting.attribute: value})
    return written


def _with(part: Any, steps: tuple[tuple[str, str], ...], said: Mapping[str, Any]) -> Any:
    """Return a part with what is said of the one that lies at the end of some steps."""
    if not steps:
        return part.model_copy(update=said)
    (inside, uid), *rest = steps
    inner = (_with(one, tuple(rest), said) if _is(one, uid) else one for one in getattr(part, inside))
    return part.model_copy(update={inside: tuple(inner)})


def _is(part: Named, uid: str) -> bool:
    """Return whether a part is the live one of a uid."""
    if isinstance(part, Choice):
        return part.id == uid
    return part.uid == uid and not part.archived
