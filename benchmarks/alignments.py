"""Optimal alignments against r4pm and pm4py on the same files and models in one run: CPU seconds as ratios.

Two models a file: our as-is map, in which repeats are folded for everybody, and a net of pm4py's inductive
miner (noise 0.2), of which ours unfolds the states before it is timed. The peers get one case a variant, ours
the whole log; pm4py gets the most followed variants alone, and the whole is not its. Every cost is checked to
be the same. Usage: bin/run python benchmarks/alignments.py [FILE.xes.gz ...]
"""

import importlib
import multiprocessing
import os
import sys
import time
import warnings
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import polars as pl
import r4pm
from r4pm import bindings

from portulan.mining import align, archive, automaton, discover, read, show, store, study
from portulan.mining.automaton import SILENT, Automaton
from portulan.mining.store import Log

LOGS = Path(__file__).parents[2] / "shared" / "data" / "logs"
#: Those on which the peers end within minutes; others are named as arguments.
FILES = ("helpdesk", "SEPSIS", "BPIC13_cp")
#: Variants that pm4py is given, and rounds of which the best counts.
FEW, ROUNDS = 50, 3
COSTS: Any = {
    "cost_fn": {"model_move_cost": 1, "log_move_cost": 1, "sync_move_cost": 0, "silent_move_cost": 0},
    "max_states": 5_000_000,
}
Words = list[list[str]]
Arc = tuple[int, str | None, int]


def pm4py(part: str = "") -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(f"pm4py{part}")


def pandas(frame: pl.DataFrame) -> Any:
    return importlib.import_module("pandas").DataFrame(frame.to_dict(as_series=False))


@dataclass(frozen=True)
class Case:
    """A log and a model of it as ours, and the variants and the net that the others are given."""

    log: Log
    model: Automaton
    words: Words
    net: Any


def words(log: Log, model: Automaton) -> Words:
    """Return the variants, the most followed first."""
    seen: dict[tuple[str, ...], int] = {}
    steps = [log.steps[code] for code in log.step.tolist()]
    for begin, end in pairwise(log.offsets.tolist()):
        word = steps[begin:end]
        if model.stays:
            word = word[:1] + [after for before, after in pairwise(word) if before != after]
        seen[tuple(word)] = seen.get(tuple(word), 0) + 1
    return [list(word) for word, _ in sorted(seen.items(), key=lambda each: -each[1])]


def our_map(path: Path) -> Case:
    whole = loaded(path)
    drawn = discover.discover(show.show(whole), discover.Wanted("carte", "Carte"))
    model = automaton.of_map(drawn, whole.ids)
    log = store.recoded(whole.log, np.arange(len(whole.ids), dtype=np.int32), whole.ids)
    return Case(log, model, words(log, model), net_of(model))


def their_net(path: Path) -> Case:
    whole = loaded(path)
    frame = store.decode(whole.log).rename(
        {"case": "case:concept:name", "step": "concept:name", "at": "time:timestamp"}
    )
    frame = frame.with_columns(pl.from_epoch("time:timestamp", time_unit="us"))
    found = pm4py().discover_petri_net_inductive(pandas(frame), noise_threshold=0.2)
    model = unfolded(whole.log.steps, *found)
    return Case(whole.log, model, words(whole.log, model), r4pm.petri_net.from_pm4py(*found))


def loaded(path: Path) -> study.Study:
    source = read.read(path)
    return study.of_archive(archive.Archived(source.log, source.states))


def unfolded(steps: tuple[str, ...], net: Any, initial: Any, final: Any) -> Automaton:
    """Return the states of a net, whose places hold one mark at most."""
    code_of = {name: code for code, name in enumerate(steps)}
    moves = [
        (
            code_of.get(one.label, SILENT),
            frozenset(arc.source.name for arc in one.in_arcs),
            frozenset(arc.target.name for arc in one.out_arcs),
        )
        for one in net.transitions
    ]

    def following(marked: frozenset[str]) -> Iterator[tuple[int, frozenset[str]]]:
        return ((label, (marked - before) | after) for label, before, after in moves if before <= marked)

    ends = frozenset(place.name for place in final)
    begins = frozenset(place.name for place in initial)
    return automaton.explored(steps, begins, following, ends.__eq__)


def net_of(of: Automaton) -> Any:
    """Return a net whose one mark is the state, and goes out in silence where a case may end."""
    places = [str(uuid4()) for _ in range(of.states + 1)]
    transitions: dict[str, Any] = {}
    arcs = []
    ways = zip(of.source.tolist(), of.label.tolist(), of.target.tolist(), strict=True)
    ends = ((state, SILENT, of.states) for state in np.flatnonzero(of.final).tolist())
    for source, label, target in (*ways, *ends):
        one = str(uuid4())
        transitions[one] = {"id": one, "label": of.steps[label] if label >= 0 else None}
        tied = ("PlaceTransition", (places[source], one)), ("TransitionPlace", (one, places[target]))
        arcs += [{"from_to": {"type": kind, "nodes": nodes}, "weight": 1} for kind, nodes in tied]
    return {
        "places": {one: {"id": one} for one in places},
        "transitions": transitions,
        "arcs": arcs,
        "initial_marking": {places[0]: 1},
        "final_markings": [{places[-1]: 1}],
    }


def framed(some: Words) -> pl.DataFrame:
    rows = [
        (str(n), step, 1_600_000_000_000_000 + n * 10**9 + at * 10**6)
        for n, word in enumerate(some)
        for at, step in enumerate(word)
    ]
    frame = pl.DataFrame(
        rows, schema={"case:concept:name": pl.String, "concept:name": pl.String, "t": pl.Int64}, orient="row"
    )
    return frame.with_columns(pl.from_epoch("t", time_unit="us").alias("time:timestamp")).drop("t")


def ours(case: Case, some: Words) -> Callable[[], list[int]]:
    few = len(some) < len(case.words)
    log = (
        case.log
        if not few
        else store.code(
            framed(some)
            .rename({"case:concept:name": "case", "concept:name": "step", "time:timestamp": "at"})
            .with_columns(pl.col("at").dt.timestamp("us"))
        )
    )

    def work() -> list[int]:
        found = align.align(log, case.model, budget=3600)
        assert found.checked.all()
        return sorted(found.cost.tolist())

    return work


def by_r4pm(case: Case, some: Words) -> Callable[[], list[int]]:
    log = r4pm.import_item_from_df("EventLog", framed(some))
    projection = bindings.log_to_activity_projection(log)

    def work() -> list[int]:
        found: Any = bindings.align_variants(case.net, projection, COSTS)
        return sorted(one["result"]["Ok"]["cost"] if "Ok" in one["result"] else -1 for one in found)

    return work


def by_pm4py(case: Case, some: Words) -> Callable[[], list[int]]:
    other = pm4py()
    net = r4pm.petri_net.to_pm4py(case.net)
    frame = pandas(framed(some))

    def work() -> list[int]:
        found = other.conformance_diagnostics_alignments(frame, *net)
        return sorted(one["cost"] // 10_000 for one in found)

    return work


MODELS: dict[str, Callable[[Path], Case]] = {"as-is map": our_map, "inductive net": their_net}
SIDES = {"ours": ours, "r4pm": by_r4pm, "pm4py": by_pm4py}


def measured(model: str, path: Path, side: str, few: int | None, answers: Any) -> None:
    warnings.simplefilter("ignore")
    os.environ["PM4PY_SHOW_PROGRESS_BAR"] = "false"
    case = MODELS[model](path)
    work = SIDES[side](case, case.words[:few])
    cpu, found = float("inf"), []
    for _ in range(1 if side == "pm4py" else ROUNDS):
        begun = time.process_time()
        found = work()
        cpu = min(cpu, time.process_time() - begun)
    answers.put((cpu, found, case.model.states, len(case.words)))


def run(*asked: Hashable) -> tuple[float, list[int], int, int]:
    """Return CPU seconds, costs, states and variants of one side, alone in a process."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    child = context.Process(target=measured, args=(*asked, answers))
    child.start()
    while answers.empty():
        child.join(1)
        if child.exitcode:
            raise SystemExit(f"{asked}: stopped with {child.exitcode}")
    found: tuple[float, list[int], int, int] = answers.get()
    child.join()
    return found


def main() -> None:
    files = [Path(name) for name in sys.argv[1:]] or [LOGS / f"{name}.xes.gz" for name in FILES]
    print(
        "| file | model | states | variants | ours CPU s | r4pm CPU s | times | few | ours | pm4py | times |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for path in files:
        for model in MODELS:
            mine, costs, states, variants = run(model, path, "ours", None)
            other, others, _, _ = run(model, path, "r4pm", None)
            little, few, _, _ = run(model, path, "ours", FEW)
            slow, theirs, _, _ = run(model, path, "pm4py", FEW)
            assert (costs, few) == (others, theirs), f"{path.name}, {model}: costs differ"
            print(
                f"| {path.name} | {model} | {states} | {variants} "
                f"| {mine:.4f} | {other:.4f} | {other / mine:.0f} "
                f"| {len(few)} | {little:.5f} | {slow:.2f} | {slow / little:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
