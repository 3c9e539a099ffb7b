"""How well the next step and the time left are foreseen: five folds of cases, then the newest cases alone.

The five folds are those of the figures that `docs/measured.md` names: every event of the file counts
(whatever its life cycle), every case is taken as ended, the context is five steps. The newest cases are
judged as the product does on its own card: learnt from the cases that had ended before.
Usage: bin/run python benchmarks/prediction.py [FILE.xes.gz ...]
"""

import sys
import time
from pathlib import Path

import numpy as np
import polars as pl

from portulan.mining import archive, foresee, foresight, read, read_xes, store, study
from portulan.mining.store import Log

LOGS = Path(__file__).parents[2] / "shared" / "data" / "logs"
FILES = ("helpdesk.xes.gz", "BPIC12.xes.gz", "SEPSIS.xes.gz")
FOLDS, DAY = 5, 86_400
#: Of the same logs: a Markov chain of order 5, the best LSTM, ProcessTransformer (accuracy, days).
NAMED = {
    "helpdesk": ((0.840, 6.51), (0.852, None), (0.830, 6.85)),
    "BPIC12": ((0.850, 6.92), (0.843, None), (0.767, 7.57)),
    "SEPSIS": ((0.620, 29.4), (0.643, None), (0.493, 38.0)),
}


def every_event(path: Path) -> Log:
    """Return the log of every event of a file."""
    frame = read_xes.read_frame(path).with_columns(at=pl.col("time:timestamp").dt.timestamp("us"))
    named = frame.rename({"case:concept:name": "case", "concept:name": "step"})
    return store.code(named.select("case", "step", "at"))


def folds(log: Log, seed: int) -> tuple[float, float]:
    """Return the accuracy of the next step and the mean error of the time left in days, over five folds."""
    fold = np.random.default_rng(seed).permutation(np.arange(len(log.cases)) % FOLDS)[log.case]
    keys, after, left = foresee.contexts(log), foresee.following(log), foresee.remaining(log)
    right, off = np.zeros(len(after), dtype=np.bool_), np.zeros(len(after))
    for one in range(FOLDS):
        known, asked = fold != one, fold == one
        learnt = foresee.Learnt(
            k=len(log.steps),
            nexts=tuple(foresee.next_of(key[known], after[known], len(log.steps)) for key in keys),
            lefts=tuple(foresee.left_of(key[known], left[known]) for key in keys),
            middle=float(np.median(left[known])),
            stretch=0.0,
            cases=0,
        )
        found = foresee.ahead(learnt, [key[asked] for key in keys])
        times = np.where(np.isnan(found.left), learnt.middle, found.left)
        right[asked], off[asked] = found.step == after[asked], np.abs(times - left[asked])
    return float(right.mean()), float(off.mean()) / DAY


def main() -> None:
    """Print two lines for each log."""
    for path in [Path(name) for name in sys.argv[1:]] or [LOGS / name for name in FILES]:
        name, log = path.name.partition(".")[0], every_event(path)
        began = time.process_time()
        found = np.array([folds(log, seed) for seed in range(3)])
        took = (time.process_time() - began) / 3
        accuracy, days = found.mean(axis=0)
        spread = np.ptp(found, axis=0)
        print(
            f"{name}: next {accuracy:.4f} (±{spread[0] / 2:.4f}), left {days:.2f} d (±{spread[1] / 2:.2f})",
            end="",
        )
        for their, away in NAMED.get(name, ()):
            print(f"; ratio {accuracy / their:.3f}" + (f", {days / away:.3f}" if away else ""), end="")
        print(f"; {took:.2f} s of CPU for five folds of {len(log.step)} events")
        source = read.read(path)
        whole = study.of_archive(archive.Archived(source.log, source.states))
        known = foresight.found(whole)
        print(f"  newest: {known[1] if known else 'too few cases ended'}")


if __name__ == "__main__":
    main()
