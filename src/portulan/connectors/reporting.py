"""What an import will do, or did, told before and after: counts, samples, reasons, what was cleaned.

Bounded: a file of any size gives a report of a page. Refused lines go to a file beside the report.
"""

from collections import Counter
from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass, field
from typing import Any

from portulan.blueprint.schema import Object
from portulan.connectors.linking import Key, Namer
from portulan.connectors.resolving import Resolver
from portulan.connectors.sorting import Outcome
from portulan.records import values

COUNTED = ("lines", "create", "update", "skip", "refused", "left_out", "forced", "linked")
_SAMPLES, _EXAMPLES, _REASONS, _UNKNOWN = 6, 4, 20, 200
_HELD, _MAKING = 2000, 50


def count(counts: MutableMapping[str, int], one: Outcome) -> None:
    """Count what becomes of a line."""
    counts["lines"] += 1
    counts[one.fate] += 1
    counts["left_out"] += bool(one.left_out)
    counts["forced"] += bool(one.verdict and not one.verdict.opens and one.fate != "refused")


@dataclass
class Report:
    """Counts outcomes as they come."""

    kind: Object
    namer: Namer
    counts: Counter[str] = field(default_factory=Counter)
    hints: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    cleaned: dict[str, dict[str, Any]] = field(default_factory=dict)
    unknown: dict[str, Counter[str]] = field(default_factory=dict)
    #: By link: how many lines name a record that is there, one that will be made, none that can be told.
    links: dict[str, Counter[str]] = field(default_factory=dict)
    making: dict[str, Counter[str]] = field(default_factory=dict)
    _made: set[Key] = field(default_factory=set)

    def add(self, one: Outcome) -> None:
        """Count what becomes of a line."""
        count(self.counts, one)
        if one.hint:
            self.hints[one.hint] += 1
        for problem in one.problems:
            if len(self.reasons) < _HELD:
                self.reasons[(problem.code, problem.say("fr"))] += 1
        for target, said in one.read.unknown.items():
            self._unknown(target, said)
        for target, (before, after) in one.read.cleaned.items():
            self._cleaned(target, before, after)
        self._link(one)
        self._sample(one)

    def told(self, resolvers: Mapping[str, Resolver]) -> dict[str, Any]:
        """Return the report as JSON, with proposals for what nobody knows."""
        return {
            "counts": {name: self.counts[name] for name in COUNTED},
            "hints": dict(self.hints),
            "reasons": [{"say": say, "count": n} for (_, say), n in self.reasons.most_common(_REASONS)],
            "samples": {
                fate: [_labelled(one, resolvers) for one in held] for fate, held in self.samples.items()
            },
            "cleaned": self.cleaned,
            "unknown": [_asked(resolvers, *each) for each in self.unknown.items()],
            "links": {target: dict(counts) for target, counts in self.links.items()},
            "making": [_asked(resolvers, *each, most=_MAKING) for each in self.making.items()],
        }

    def _link(self, one: Outcome) -> None:
        """Count what the links of a line name."""
        for target in self.namer.links:
            counts = self.links.setdefault(target, Counter())
            counts["found"] += bool(one.read.given.get(target))
            for said in one.read.unknown.get(target, ()):
                counts[one.read.whys[target, said].removeprefix("connectors.")] += 1
            if target in one.read.beside:
                counts["made"] += 1
                known = self.making.setdefault(target, Counter())
                if len(known) < _HELD or one.read.beside[target] in known:
                    known[one.read.beside[target]] += 1
        if one.fate in ("create", "update"):
            self._made |= {self.namer.key(one, target) for target in one.beside}
            self.counts["linked"] = len(self._made)

    def _unknown(self, target: str, said: list[str]) -> None:
        known = self.unknown.setdefault(target, Counter())
        for each in said:
            if len(known) < _HELD or each in known:
                known[each] += 1

    def _cleaned(self, target: str, before: str, after: str) -> None:
        found = self.cleaned.setdefault(target, {"count": 0, "examples": []})
        found["count"] += 1
        if len(found["examples"]) < _EXAMPLES and [before, after] not in found["examples"]:
            found["examples"].append([before, after])

    def _sample(self, one: Outcome) -> None:
        held = self.samples.setdefault(one.fate, [])
        if len(held) >= _SAMPLES:
            return
        names = {each.uid: each.name for each in values.live(self.kind).values()}
        shown = {name: values.dump(value) for name, value in one.values.items()}
        held.append(
            {
                "line": one.read.line.n,
                "row": one.row or None,
                "key": one.key,
                "hint": one.hint,
                "stage": one.stage,
                "beside": dict(one.beside),
                "values": shown,
                "changes": {names[uid]: pair for uid, pair in one.changes.items()},
                "problems": [problem.say("fr") for problem in one.problems],
                "cells": list(one.read.line.cells[:_EXAMPLES]),
            }
        )


def _labelled(sample: dict[str, Any], resolvers: Mapping[str, Resolver]) -> dict[str, Any]:
    """Return a sample in which what has a name is told by its name."""

    def said(target: str, value: Any) -> Any:
        one = resolvers.get(target)
        if one is None or value is None:
            return value
        return ", ".join(one.labels.get(each, "") for each in (value if isinstance(value, list) else [value]))

    return sample | {
        "stage": said("stage", sample["stage"]),
        "values": {target: said(target, value) for target, value in sample["values"].items()},
        "changes": {t: [said(t, one) for one in pair] for t, pair in sample["changes"].items()},
    }


def _asked(
    resolvers: Mapping[str, Resolver], target: str, said: Counter[str], *, most: int = _UNKNOWN
) -> dict[str, Any]:
    """Return ways of writing, the most frequent first, with what each may stand for."""
    return {
        "target": target,
        "distinct": len(said),
        "values": [
            {"said": one, "count": n, "proposals": _proposed(resolvers[target], one)}
            for one, n in said.most_common(most)
        ],
    }


def _proposed(resolver: Resolver, said: str) -> list[dict[str, Any]]:
    return [asdict(one) for one in resolver.proposals(said)]
