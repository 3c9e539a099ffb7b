"""What a map costs at 100, 500 and 2,000 steps: opening, the shared document, the draft, one change.

`bin/run python benchmarks/maps.py`. Each line is a ratio to the baseline, reading the same map from JSON with
`json.loads` in the same run, CPU against CPU: 1.0 costs as much as reading the bytes.
"""

import json
from collections.abc import Callable
from time import process_time
from typing import Any

from pycrdt import Doc
from rich.console import Console
from rich.table import Table

from portulan.maps import codec, starters
from portulan.maps.lint import lint
from portulan.maps.model import Map
from portulan.maps.shared import contain
from portulan.maps.shared.read import read
from portulan.maps.shared.write import write

SIZES = (100, 500, 2_000)
ROUNDS = 5
Json = dict[str, Any]


def drawn(steps: int) -> Map:
    """A map of so many steps, each said as fully as those of the sales starter, in one long flow."""
    starter = starters.starter("vente")
    told = [codec.dump(one) for one in starter.steps]
    way = codec.dump(starter.passages[0])
    ids = [f"e{n}" for n in range(steps)]
    listed = [
        {**told[n % 5], "id": one, "label": f"Étape {n}", "begins": n == 0} for n, one in enumerate(ids)
    ]
    ways = [{**way, "id": f"p{n}", "source": ids[n], "target": ids[n + 1]} for n in range(steps - 1)]
    return codec.read({**codec.dump(starter), "steps": listed, "passages": ways, "scenarios": []})


def seconds(action: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = process_time()
        action()
        taken.append(process_time() - start)
    return min(taken)


def renamed(told: Json, n: int) -> Json:
    steps = told["steps"]
    return {**told, "steps": [{**steps[0], "label": f"Autre {n}"}, *steps[1:]]}


def measures(drawing: Map) -> dict[str, float]:
    told = codec.dump(drawing)
    raw = json.dumps(told)
    doc: Doc[Any] = Doc()
    write(doc, ({}, {}), (told, {}))
    state = doc.get_update()
    other: Doc[Any] = Doc()
    other.apply_update(state)
    turns = iter(range(10_000))

    def change() -> None:
        before = other.get_state()
        write(other, (told, {}), (renamed(told, next(turns)), {}))
        contain.receive(doc, other.get_update(before))

    def opened() -> None:
        Doc[Any]().apply_update(state)

    def converted() -> None:
        write(Doc(), ({}, {}), (told, {}))

    actions: dict[str, Callable[[], object]] = {
        "JSON to Map": lambda: codec.read(told),
        "Map to JSON": lambda: codec.dump(drawing),
        "lint": lambda: lint(drawing),
        "map to document": converted,
        "document from its bytes": opened,
        "document to Map": lambda: read(doc, uid="vente", state="to_be", title="Vente"),
        "one change, written, sent, checked": change,
    }
    base = seconds(lambda: json.loads(raw))
    found = {"json.loads (ms)": base * 1000, "document (KB)": len(state) / 1024}
    half = drawn(len(drawing.steps) // 2)
    found["lint, times that of half the steps"] = seconds(lambda: lint(drawing)) / seconds(lambda: lint(half))
    return found | {name: seconds(action) / base for name, action in actions.items()}


def main() -> None:
    table = Table("", *(f"{size:,} steps" for size in SIZES))
    columns = [measures(drawn(size)) for size in SIZES]
    for name in columns[0]:
        table.add_row(name, *(f"{column[name]:.2f}" for column in columns))
    Console().print(table)


if __name__ == "__main__":
    main()
