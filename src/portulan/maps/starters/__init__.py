"""The maps that the product comes with: one a profession, as a sector knows it, in a language. Data, read.

`<profession>.json` is the map in French, `sectors/<sector>.json` what each sector changes in it, `en.json`
every text of both by its French.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from portulan.base.refusals import NotThere
from portulan.base.texts import LANGUAGES
from portulan.maps.model import Map
from portulan.maps.starters.overlay import lay, translated

NAMES = ("vente", "marketing", "support", "succes")
SECTORS = ("saas", "industrie", "services", "distribution")


@cache
def starter(name: str, sector: str = "", lang: str = "fr") -> Map:
    """Return the starter map of a profession, as a sector knows it, in a language.

    :raises NotThere: when there is no such profession, sector or language.
    """
    if name not in NAMES or sector not in ("", *SECTORS) or lang not in LANGUAGES:
        raise NotThere
    drawn = _read(name)
    if sector:
        drawn = lay(drawn, _read(f"sectors/{sector}")[name])
    return Map.model_validate(drawn if lang == "fr" else translated(drawn, _words(lang)))


def named(key: str) -> Map:
    """Return the starter of a key: its profession, then its sector and its language, `vente/saas/en`.

    :raises NotThere: when there is none.
    """
    parts = key.split("/")
    if len(parts) > 3:  # noqa: PLR2004 - profession, sector, language
        raise NotThere
    return starter(*parts)


def _words(lang: str) -> Mapping[str, str]:
    return _read(lang)


@cache
def _read(path: str) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads((files(__package__) / f"{path}.json").read_bytes())
    return raw
