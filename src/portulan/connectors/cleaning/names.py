"""Names as a directory writes them: companies with their legal form, people, what people do.

A name that mixes cases was typed with care and keeps them; legal forms and known abbreviations alone change.
"""

import json
import re
from functools import cache
from importlib.resources import files

from portulan.base.fold import fold

_FORMS = (
    "SARL", "SAS", "SASU", "EURL", "SA", "SCI", "SNC", "SCOP", "SCIC", "SELARL", "SELAS", "EARL", "GIE",
    "GAEC", "SCEA", "SCP", "GmbH", "AG", "Ltd", "LLC", "Inc", "BV", "NV", "SpA", "Srl", "plc",
)  # fmt: skip
_BY_FOLDED = {fold(form): form for form in _FORMS}
_SMALL = frozenset({
    "de", "du", "des", "la", "le", "les", "et", "en", "au", "aux", "sur", "sous", "d", "l", "the", "of",
    "and", "von", "van",
})  # fmt: skip
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?")
#: In capitals, words up to this length are likely initials.
_INITIALS = 3


def company(name: str) -> str:
    """Return the name of an organisation: spaces, legal form, and no shouting."""
    plain = " ".join(_DOTTED.sub(_undotted, name).split())
    words = plain.split(" ")
    shouted = len(plain) > _INITIALS and plain.isupper()
    return " ".join(_company_word(word, index, shouted=shouted) for index, word in enumerate(words))


def person(name: str) -> str:
    """Return the name of a person, neither shouted nor whispered."""
    plain = " ".join(name.split())
    return _titled(plain) if plain.isupper() or plain.islower() else plain


def job(title: str) -> str:
    """Return a job title written out, its first letter in capitals."""
    plain = " ".join(title.split())
    known = _jobs().get(fold(plain).rstrip("."))
    if known:
        return known
    if plain.isupper() and len(plain) > _INITIALS:
        plain = plain.lower()
    return plain[:1].upper() + plain[1:]


def _undotted(found: re.Match[str]) -> str:
    bare = found[0].replace(".", "")
    return _BY_FOLDED.get(fold(bare), found[0])


def _company_word(word: str, index: int, *, shouted: bool) -> str:
    bare = word.strip("()-,")
    form = _BY_FOLDED.get(fold(bare))
    if form and index:
        return word.replace(bare, form)
    if not shouted or (len(bare) <= _INITIALS and fold(bare) not in _SMALL):
        return word
    return _titled(word) if not index or fold(bare) not in _SMALL else word.lower()


def _titled(words: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda one: one[0][:1].upper() + one[0][1:].lower(), words)


@cache
def _jobs() -> dict[str, str]:
    path = files("portulan.connectors.cleaning") / "jobs.json"
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return known
