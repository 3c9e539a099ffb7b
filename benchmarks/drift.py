"""Where logs with one known change are told to change, how long it takes, how often calm logs are told to.

A calm log is a random part of the cases on one side of the change, in their order. Nothing is compared with
another program here: the known change, at half of the cases, is the reference.
Usage: bin/run python benchmarks/drift.py [FILE.xes.gz ...]
"""

import sys
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

from portulan.mining import archive, drift, read, study
from portulan.mining.study import Study

LOGS = Path(__file__).parents[2] / "shared" / "data" / "drift"
CALM, SHARE = 40, 0.6


def changes(log: Study) -> tuple[list[int], float]:
    """Return after how many cases a log changes, and the CPU seconds that it took to say so."""
    began = time.process_time()
    found = drift.drift(log)
    return [one.before for one in found.changes], time.process_time() - began


def part(log: Study, side: npt.NDArray[np.int64], random: np.random.Generator) -> Study:
    """Return a random part of some cases."""
    chosen = np.zeros(len(log.log.cases), dtype=np.bool_)
    chosen[random.choice(side, int(SHARE * len(side)), replace=False)] = True
    return study.narrowed(log, chosen)


def main() -> None:
    """Print a line for each log, then how many calm logs were told to change."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(LOGS.glob("*.xes.gz"))
    random, told, calm = np.random.default_rng(17), 0, 0
    for path in files:
        source = read.read(path)
        log = study.of_archive(archive.Archived(source.log, source.states))
        found, took = changes(log)
        cases = len(log.log.cases)
        print(f"{path.name}: {found} of {cases} cases, {1000 * took / cases:.3f} ms of CPU a case")
        order = np.argsort(log.log.at[log.log.first], kind="stable")
        for side in (order[: cases // 2], order[cases // 2 :]):
            for _ in range(CALM):
                told += bool(changes(part(log, side, random))[0])
                calm += 1
    print(f"calm: {told} of {calm} told to change")


if __name__ == "__main__":
    main()
