"""The waits of a log parted among their causes: CPU seconds, and ratios to its flow with exact medians.

Generated events have twelve owners and a start and an end; the public log has owners and one moment an act.
Usage: bin/run python benchmarks/waiting.py
"""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from portulan.base import calendar
from portulan.mining import flow, read, store, waited, waiting
from portulan.mining.store import Log
from portulan.mining.waiting import Facts

BPIC12 = Path(__file__).parents[2] / "shared" / "data" / "logs" / "BPIC12.xes.gz"
TIMES = 3
STEPS, OWNERS = 20, 12


def generated(count: int) -> tuple[Log, Facts]:
    """Return cases of ten steps, walked at random from a seed, and who acts on them until when."""
    random = np.random.default_rng(5)
    case = np.arange(count) // 10
    walk = (np.arange(count) % 10 + random.integers(0, 3, count)) % STEPS
    at = 1_600_000_000 + case * 60 + (np.arange(count) % 10) * 86_400 + random.integers(0, 40_000, count)
    frame = pl.DataFrame({"case": case, "code": walk, "at": at}).select(
        pl.format("D{}", "case").alias("case"),
        pl.format("Étape {}", "code").alias("step"),
        (pl.col("at") * 1_000_000).alias("at"),
        pl.Series("who", random.integers(0, OWNERS, count)),
        pl.Series("long", random.integers(0, 1_800, count) * 1_000_000),
    )
    log = store.code(frame)
    return log, Facts(log.events["who"].to_numpy(), log.at + log.events["long"].to_numpy(), frozenset({3}))


def public() -> tuple[Log, Facts]:
    """Return the log of a bank and who acts in it."""
    log = read.read(BPIC12).log
    codes = log.events["org:resource"].cast(pl.Categorical).to_physical().cast(pl.Int64).fill_null(-1)
    assert waited.owner_of(log, {}) == "org:resource"
    return log, Facts(codes.to_numpy())


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of the best of a few runs."""
    best = float("inf")
    for _ in range(TIMES):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


def parted(log: Log, facts: Facts) -> None:
    waiting.split(waiting.parted(log, calendar.DEFAULT, facts), log, facts)


def main() -> None:
    """Print a line for each log."""
    logs = {"BPIC12": public(), **{f"{n:,} generated": generated(n) for n in (260_000, 1_000_000)}}
    for name, (log, facts) in logs.items():
        whole = cpu(lambda log=log: flow.flow(log, calendar.DEFAULT))  # type: ignore[misc]
        split = cpu(lambda log=log, facts=facts: parted(log, facts))  # type: ignore[misc]
        print(
            f"{name}: {len(log.step):,} events, waits by cause {split:.2f} s, {split / whole:.1f} x the flow"
        )


if __name__ == "__main__":
    main()
