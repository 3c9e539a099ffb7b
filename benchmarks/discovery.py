"""Models of public logs, ours against pm4py's: fitness, precision, F, size, steps left out, soundness.

Every model becomes an automaton and is judged alike: exact alignments, escaping edges on aligned cases.
Usage: bin/run python benchmarks/discovery.py [--patient] [NAME ...]
"""

import importlib
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from portulan.mining import (
    align,
    automaton,
    discover,
    judge,
    portfolio,
    read,
    sequences,
    show,
    study,
    tree,
    variants,
)
from portulan.mining.archive import Archived
from portulan.mining.automaton import Automaton
from portulan.mining.judge import Judgement
from portulan.mining.sequences import Sequences

LOGS = Path(__file__).parents[2] / "shared" / "data" / "logs"
NAMES = ("SEPSIS", "RTFMP", "helpdesk", "BPIC13_cp", "BPIC12", "BPIC15_1f")
#: Logs that are also mined without a limit.
FREE = ("helpdesk", "BPIC15_1f")
PATIENT = 5
MOST_TOKENS = 2
Marking = frozenset[tuple[int, int]]


class Net:
    """The Petri net of a peer's model, walked marking by marking."""

    def __init__(self, parts: Any, steps: tuple[str, ...]) -> None:
        net, initial, final = parts
        code = {name: index for index, name in enumerate(steps)}
        place = {one: index for index, one in enumerate(net.places)}
        self.initial = self._marking({place[one]: n for one, n in initial.items()})
        self.final = self._marking({place[one]: n for one, n in final.items()})
        self.safe = True
        self._ways = sorted(
            (
                code[one.label] if one.label else automaton.SILENT,
                tuple(sorted(place[arc.source] for arc in one.in_arcs)),
                tuple(sorted(place[arc.target] for arc in one.out_arcs)),
            )
            for one in net.transitions
        )
        self.labels = {label for label, _, _ in self._ways if label >= 0}

    @staticmethod
    def _marking(held: dict[int, int]) -> Marking:
        return frozenset((one, n) for one, n in held.items() if n)

    def moves(self, marking: Marking) -> Iterator[tuple[int, Marking]]:
        held = Counter(dict(marking))
        for label, before, after in self._ways:
            if all(held[one] for one in before):
                now = held.copy()
                now.subtract(before)
                now.update(after)
                if max(now.values()) > 1:
                    self.safe = False
                if max(now.values()) <= MOST_TOKENS:
                    yield label, self._marking(dict(now))


def sound(model: Automaton) -> bool:
    """Whether every case on its way can end."""
    ending = set(np.flatnonzero(model.final).tolist())
    before = 0
    while before < len(ending):
        before = len(ending)
        pairs = zip(model.source.tolist(), model.target.tolist(), strict=True)
        ending |= {source for source, target in pairs if target in ending}
    return len(ending) == model.states


def row(name: str, who: str, told: Judgement, *rest: object) -> None:
    shares = f"{told.fitness:.3f} | {told.precision:.3f} | {told.score:.3f}"
    print(f"| {name} | {who} | {shares} | {' | '.join(map(str, rest))} |", flush=True)


def ours(name: str, found: Sequences, steps: tuple[str, ...], limit: int, times: int) -> None:
    begun = time.process_time()
    mined = portfolio.mine(found, steps, limit=limit, effort=portfolio.EFFORT * times)
    cpu = time.process_time() - begun
    who = "ours" + (" patient" if times > 1 else "") + ("" if limit == portfolio.MOST_ELEMENTS else ", free")
    if mined is None:
        print(f"| {name} | {who} | cannot be cut in blocks |")
        return
    kept = f"{len(tree.steps(mined.tree))} of {len(steps)}"
    row(name, who, mined.judgement, mined.size, kept, sound(mined.model), f"{cpu:.1f}")
    print(f"{name} {who}: {tree.written(mined.tree, steps)}", file=sys.stderr)


def as_shown(name: str, seen: study.Study) -> None:
    """The default map, whose cases may end anywhere and whose repeats of a step are one stay."""
    begun = time.process_time()
    drawn = discover.discover(show.show(seen), discover.Wanted("carte", "Carte"))
    cpu = time.process_time() - begun
    model = automaton.of_map(drawn, seen.ids)
    told = align.align(seen.log, model, seen.ids, budget=120.0)
    kept = f"{len({one.id for one in drawn.steps} & set(seen.ids))} of {len(seen.ids)}"
    judged = Judgement(told.fitness or 0.0, told.precision or 0.0)
    row(name, "ours, map as shown", judged, len(drawn.steps) + 2, kept, sound(model), f"{cpu:.1f}")


def peers(name: str, frame: Any, found: Sequences, steps: tuple[str, ...]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = importlib.import_module("pm4py")
        for who, discovered in (
            ("Split Miner", other.discover_bpmn_split_miner),
            ("IMf .2", lambda log: other.discover_bpmn_inductive(log, noise_threshold=0.2)),
            ("IMf .4", lambda log: other.discover_bpmn_inductive(log, noise_threshold=0.4)),
        ):
            begun = time.process_time()
            drawn = discovered(frame)
            cpu = time.process_time() - begun
            net = Net(other.convert_to_petri_net(drawn), steps)
            model = automaton.explored(steps, net.initial, net.moves, net.final.__eq__)
            told = judge.Judge(found.in_order()).judge(model)
            kept = f"{len(net.labels)} of {len(steps)}"
            row(name, who, told, len(drawn.get_nodes()), kept, sound(model) and net.safe, f"{cpu:.1f}")


def frame_of(found: Sequences, steps: tuple[str, ...]) -> Any:
    """The same cases for a peer: each sequence as often as cases follow it."""
    pandas = importlib.import_module("pandas")
    rows = np.repeat(np.arange(len(found.weight)), found.weight)
    lengths = found.lengths[rows]
    begin = np.repeat(found.offsets[rows] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    step = found.step[np.arange(int(lengths.sum())) + begin]
    case = np.repeat(np.arange(len(rows)), lengths)
    at = pandas.to_datetime(np.arange(len(step)), unit="s", utc=True)
    names = np.array(steps, dtype=object)[step]
    return pandas.DataFrame(
        {"case:concept:name": case.astype(str), "concept:name": names, "time:timestamp": at}
    )


def main() -> None:
    patient = "--patient" in sys.argv
    print("| log | model | fitness | precision | F | size | steps | sound | CPU s |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in [one for one in sys.argv[1:] if not one.startswith("--")] or NAMES:
        source = read.read(LOGS / f"{name}.xes.gz")
        seen = study.of_archive(Archived(source.log, source.states))
        found = sequences.of_log(seen.log, variants.variants(seen.log))
        steps = seen.log.steps
        for times in (1, PATIENT) if patient else (1,):
            for limit in (portfolio.MOST_ELEMENTS, *([10**6] if name in FREE else [])):
                ours(name, found, steps, limit, times)
        as_shown(name, seen)
        peers(name, frame_of(found, steps), found, steps)


if __name__ == "__main__":
    main()
