"""Mining against pm4py on the same files in one run: CPU seconds as ratios, peak memory, growth.

Each line runs in a process of its own, three times, of which the best counts.
Usage: bin/run python benchmarks/mining.py [FILE.xes.gz ...]
"""

import importlib
import multiprocessing
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from portulan.base import calendar
from portulan.mining import (
    conform,
    discover,
    filters,
    flow,
    project,
    read,
    show,
    store,
    study,
    variants,
    view,
)
from portulan.mining.archive import Archived

BPIC12 = Path(__file__).parents[2] / "shared" / "data" / "logs" / "BPIC12.xes.gz"
STEPS = 20


def events(count: int) -> pl.DataFrame:
    """Return events of cases of about ten steps, walked at random from a seed."""
    random = np.random.default_rng(5)
    case = np.arange(count) // 10
    walk = (np.arange(count) % 10 + random.integers(0, 3, count)) % STEPS
    at = 1_600_000_000 + case * 60 + (np.arange(count) % 10) * 86_400 + random.integers(0, 40_000, count)
    return pl.DataFrame({"case": case, "code": walk, "at": at}).select(
        pl.format("D{}", "case").alias("case"),
        pl.format("Étape {}", "code").alias("step"),
        (pl.col("at") * 1_000_000).alias("at"),
    )


def written(folder: Path, count: int) -> Path:
    path = folder / f"{count}.csv"
    frame = events(count).with_columns(pl.from_epoch("at", time_unit="us").dt.strftime("%Y-%m-%d %H:%M:%S"))
    frame.rename({"case": "case_id", "step": "activity", "at": "timestamp"}).write_csv(path)
    return path


def pm4py() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("pm4py")


def theirs(path: Path) -> Any:
    other = pm4py()
    if ".xes" in path.suffixes:
        return other.read_xes(str(path))
    pandas = importlib.import_module("pandas")
    frame = pandas.read_csv(path)
    frame["timestamp"] = pandas.to_datetime(frame["timestamp"])
    return other.format_dataframe(
        frame, case_id="case_id", activity_key="activity", timestamp_key="timestamp"
    )


def their_flow(frame: Any) -> None:
    """Frequency and median by pm4py, and what it has no word for, the P90, by pandas over its own frame."""
    pm4py().discover_dfg(frame)
    pm4py().discover_performance_dfg(frame)
    case, step, at = "case:concept:name", "concept:name", "time:timestamp"
    rows = frame.sort_values([case, at], kind="stable")
    following = rows.groupby(case, sort=False)[[step, at]].shift(-1)
    edges = rows.assign(next=following[step], wait=(following[at] - rows[at]).dt.total_seconds())
    edges.dropna(subset=["next"]).groupby([step, "next"])["wait"].quantile(0.9)


def their_variants(frame: Any) -> None:
    pm4py().get_variants(frame)


def our_log(path: Path) -> store.Log:
    return read.read(path).log


def our_flow(log: store.Log) -> None:
    view.view(flow.flow(replace(log), calendar.DEFAULT))  # a log that was not asked before


def our_study(path: Path) -> study.Study:
    source = read.read(path)
    found = study.of_archive(Archived(source.log, source.states))
    assert found.flow, found.paths  # what was shown before a filter is set
    return found


def usual(steps: Any) -> str:
    """The step that both sides filter by: the third of the alphabet, there in every file."""
    return str(sorted(steps)[2])


def our_filters(found: study.Study) -> None:
    step = found.ids[found.labels.index(usual(found.labels))]
    stack = (filters.Through(step=step), filters.Lasting(least=3600, most=30 * 86_400))
    found.flow_of(filters.chosen(found, stack))


def their_filters(frame: Any) -> None:
    other = pm4py()
    step = usual(frame["concept:name"].unique())
    through = other.filter_event_attribute_values(frame, "concept:name", [step], level="case")
    their_flow(other.filter_case_performance(through, 3600, 30 * 86_400))


def our_map(path: Path) -> None:
    source = read.read(path)
    seen = study.of_archive(Archived(source.log, source.states))
    discover.discover(show.show(seen), discover.Wanted("carte", "Carte"))


def their_map(path: Path) -> None:
    pm4py().discover_heuristics_net(theirs(path))


Side = tuple[Callable[[Path], Any], Callable[[Any], Any]]
TASKS: dict[str, tuple[Side, Side]] = {
    "import": ((Path, read.read), (Path, theirs)),
    "flow, median, P90": ((our_log, our_flow), (theirs, their_flow)),
    "variants": ((our_log, variants.variants), (theirs, their_variants)),
    "two filters, flow": ((our_study, our_filters), (theirs, their_filters)),
    "file to map": ((Path, our_map), (Path, their_map)),
}


def _loaded() -> None:
    """Load what a process loads once: the holidays of the calendar."""
    flow.flow(store.code(events(10)), calendar.DEFAULT)


def measured(task: str, side: str, path: Path, answers: Any) -> None:
    warnings.simplefilter("ignore")
    if side == "theirs":
        pm4py()
    else:
        _loaded()
    prepare, work = TASKS[task][0 if side == "ours" else 1]
    ready = prepare(path)
    cpu = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work(ready)
        cpu = min(cpu, time.process_time() - begun)
    answers.put((cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def run(task: str, side: str, path: Path) -> tuple[float, float]:
    """Return CPU seconds and peak megabytes of one side of a task, alone in a process."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    child = context.Process(target=measured, args=(task, side, path, answers))
    child.start()
    child.join()
    if child.exitcode:
        raise SystemExit(f"{task}, {side}, {path.name}: stopped with {child.exitcode}")
    found: tuple[float, float] = answers.get()
    return found


def growth() -> None:
    """The flow, exact and rough, and the variants, of logs ten times larger each."""
    print(
        "\n| events | flow CPU s | rough CPU s | variants CPU s | times the line above |"
        "\n|---|---|---|---|---|"
    )
    before = None
    for count in (100_000, 1_000_000, 10_000_000):
        log = store.code(events(count))
        spans = []
        for work in (
            lambda log=log: flow.flow(replace(log), calendar.DEFAULT),
            lambda log=log: flow.flow(replace(log), calendar.DEFAULT, rough=True),
            lambda log=log: variants.variants(log),
        ):
            begun = time.process_time()
            work()
            spans.append(time.process_time() - begun)
        flowed, roughly, varied = spans
        times = f"{flowed / before:.1f}" if before else ""
        print(f"| {count:,} | {flowed:.3f} | {roughly:.3f} | {varied:.3f} | {times} |", flush=True)
        before = flowed


def conformance(path: Path) -> None:
    """Every event of a log against its as-is map: no peer has the same answer, so only seconds are told."""
    found = our_study(path)
    as_is = discover.discover(show.show(found), discover.Wanted("carte", "Carte"))
    known = {step.id for step in as_is.steps}
    places = [one if one in known else None for one in found.ids]
    placed = project.place(found, as_is, places)
    begun = time.process_time()
    told = conform.conform(found, placed, places)
    cpu = time.process_time() - begun
    print(
        f"\n{path.name}: {len(told.deviations)} kinds of deviation with their days lost in {cpu:.2f} s of CPU"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        known = [BPIC12] if BPIC12.exists() else []
        files = [Path(name) for name in sys.argv[1:]] or [*known, written(Path(folder), 500_000)]
        print("| file | task | ours CPU s | pm4py CPU s | times | ours MB | pm4py MB |")
        print("|---|---|---|---|---|---|---|")
        for path in files:
            for task in TASKS:
                (ours, our_mb), (others, their_mb) = (run(task, side, path) for side in ("ours", "theirs"))
                print(
                    f"| {path.name} | {task} | {ours:.4f} | {others:.2f} | {others / ours:.1f} "
                    f"| {our_mb:.0f} | {their_mb:.0f} |",
                    flush=True,
                )
    conformance(files[0])
    growth()


if __name__ == "__main__":
    main()
