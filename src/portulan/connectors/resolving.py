"""What a way of writing stands for: record, person, choice, stage; else what it may be, with evidence.

Owns the exact reading and the proposals. Nothing near is taken for the same before a person said so; what
they said once is remembered.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from rapidfuzz import fuzz, process

from portulan.base.fold import fold
from portulan.records import alike

_NEAR, _MOST = 72, 3
#: What says which record by a number or an address names none that could be made.
_NUMBERED = re.compile(r"@|https?://|^www\.|^[\W\d_]*$")


@dataclass(frozen=True)
class Proposal:
    """What a way of writing may stand for: its value, its label, how sure of 100, and why."""

    value: Any
    label: str
    score: int
    why: str


@dataclass
class Resolver:
    """The meanings of one target; `said_as` holds every exact way of writing, folded, with its values."""

    target: str
    labels: dict[Any, str] = field(default_factory=dict)
    said_as: dict[str, set[Any]] = field(default_factory=dict)
    same: dict[str, Any] = field(default_factory=dict)
    #: Titles that the file itself will make.
    coming: set[str] = field(default_factory=set)
    #: Whether what nobody knows is made; whether what is named are organisations.
    makes: bool = False
    organisations: bool = False
    _letters: dict[str, set[Any]] = field(default_factory=dict)
    _made: dict[str, str] = field(default_factory=dict)

    def add(self, value: Any, label: str, ways: Iterable[str]) -> None:
        """Make a value known under some ways of writing."""
        self.labels.setdefault(value, label)
        for way in ways:
            if way:
                self.said_as.setdefault(key_of(way), set()).add(value)
                if self.makes:
                    self._letters.setdefault(self.letters(way), set()).add(value)

    def means(self, said: str) -> tuple[bool, Any]:
        """Return whether it is known what was said, and the value; None is a known nothing."""
        folded = key_of(said)
        if folded in self.same:
            return True, self.same[folded]
        values = self.said_as.get(folded, set()) or self._of_domain(said)
        return (True, next(iter(values))) if len(values) == 1 else (False, None)

    def letters(self, said: str) -> str:
        """Return the letters by which a name is told apart: of an organisation, without its legal form."""
        return "".join(alike.words_of(said)) if self.organisations else _bare(fold(said))

    def may_make(self, said: str) -> bool:
        """Return whether what nobody knows is made: a name nothing else spells nearly so."""
        if not self.makes or _NUMBERED.search(said) or not (letters := self.letters(said)):
            return False
        if letters in self._letters or self.said_as.get(key_of(said)):
            return False
        return self._made.setdefault(letters, key_of(said)) == key_of(said)

    def why_unknown(self, said: str) -> str:
        """Return the code of why it is not known what was said."""
        twins = self.said_as.get(key_of(said)) or self._of_domain(said)
        if twins:
            return "connectors.names_several"
        if self.makes and (self.letters(said) in self._letters or self.letters(said) in self._made):
            return "connectors.names_alike"
        return "connectors.not_known"

    def comes(self, said: str) -> bool:
        """Return whether the file itself makes what was said."""
        return key_of(said) in self.coming

    def proposals(self, said: str) -> list[Proposal]:
        """Return what was said may stand for, the likeliest first."""
        folded = key_of(said)
        twins = self.said_as.get(folded, set())
        if len(twins) > 1:
            return [Proposal(one, self.labels[one], 100, "several") for one in sorted(twins)[:_MOST]]
        same = self._letters.get(self.letters(said), set()) if self.makes else set()
        found = {one: Proposal(one, self.labels[one], 99, "letters") for one in same}
        bare = _bare(folded)
        near = process.extract(
            folded, list(self.said_as), scorer=fuzz.WRatio, limit=2 * _MOST, score_cutoff=_NEAR
        )
        for way, score, _ in near:
            letters = _bare(way) == bare
            for value in self.said_as[way]:
                told = Proposal(
                    value, self.labels[value], 99 if letters else round(score), _why(letters, score)
                )
                if value not in found or found[value].score < told.score:
                    found[value] = told
        return sorted(found.values(), key=lambda one: (-one.score, one.label))[:_MOST]

    def _of_domain(self, said: str) -> set[Any]:
        """Return what has the domain of a site or of a mail, unless the whole world has it."""
        domain = alike.domain_of(said) if self.organisations and " " not in said.strip() else ""
        return self.said_as.get(domain, set()) if domain else set()

    def options(self, words: str, *, limit: int = 20) -> list[dict[str, Any]]:
        """Return the values whose label holds the words."""
        folded = key_of(words)
        found = ((value, label) for value, label in self.labels.items() if folded in key_of(label))
        ordered = sorted(islice(found, 10 * limit), key=lambda one: one[1])
        return [{"value": value, "label": label} for value, label in ordered[:limit]]


def key_of(said: str) -> str:
    """Return a way of writing without what does not tell it apart: case, accents, spaces around."""
    return " ".join(fold(said).split())[:300]


def _bare(folded: str) -> str:
    return re.sub(r"[^a-z0-9]", "", folded)


def _why(letters: bool, score: float) -> str:  # noqa: FBT001 - a fact
    if letters:
        return "letters"
    return "slip" if score >= 88 else "near"  # noqa: PLR2004 - one or two letters apart
