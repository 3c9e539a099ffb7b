"""Local settings: what people call a part here, whatever the maps say; no map owns them.

Pure. They are laid over what maps compile to, so that recompiling keeps them, and given back one by one. Only
labels may be local: what a part is and does belongs to the maps. A setting whose part is gone has no place.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from portulan.base.value import Words
from portulan.blueprint.schema import Blueprint, Field, LocalTheme, Object, Pipeline, Setting, Stage

Named = Object | Field | Pipeline | Stage
#: The themes whose parts may be called otherwise here.
THEMES: tuple[LocalTheme, ...] = get_args(LocalTheme)
#: Where the first uid of a path is looked for, by theme.
_OUTER: Mapping[LocalTheme, str] = {
    "objects": "objects", "fields": "objects", "pipelines": "pipelines", "stages": "pipelines",
}  # fmt: skip


def lay(compiled: Blueprint, settings: Iterable[Setting]) -> Blueprint:
    """Return what maps compile to, under the local settings that still have a place there."""
    for setting in settings:
        part = find(compiled, setting.theme, setting.path)
        if part is not None:
            compiled = keep(compiled, setting)
    return compiled


def keep(built: Blueprint, setting: Setting) -> Blueprint:
    """Return the blueprint with a setting, over what the maps give; one of the same place gives way."""
    known = find_setting(built, setting.theme, setting.path)
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
    outer: Iterable[Object | Pipeline] = getattr(built, _OUTER[theme])
    owner = next((one for one in outer if path and one.uid == path[0] and not one.archived), None)
    if owner is None or theme in ("objects", "pipelines"):
        return owner if len(path) == 1 else None
    inner: Iterable[Field | Stage] = owner.fields if isinstance(owner, Object) else owner.stages
    wanted = path[1] if len(path) == len(("owner", "part")) else None
    return next((one for one in inner if one.uid == wanted and not one.archived), None)


def find_setting(built: Blueprint, theme: LocalTheme, path: tuple[str, ...]) -> Setting | None:
    """Return what is said locally of the part of a path, None when nothing is."""
    return next((one for one in built.local if (one.theme, one.path) == (theme, path)), None)


def _written(built: Blueprint, setting: Setting, value: Words) -> Blueprint:
    outer, inner = _OUTER[setting.theme], setting.theme
    first, *rest = setting.path

    def said(one: Any) -> Any:
        return one.model_copy(update={setting.attribute: value})

    def changed(one: Any) -> Any:
        if outer == inner:
            return said(one)
        return one.model_copy(update={inner: _each(getattr(one, inner), "".join(rest[:1]), said)})

    return built.model_copy(update={outer: _each(getattr(built, outer), first, changed)})


def _each(parts: Iterable[Any], uid: str, changed: Callable[[Any], Any]) -> tuple[Any, ...]:
    return tuple(changed(one) if one.uid == uid and not one.archived else one for one in parts)
