"""The rows set apart at an import, as a CSV file that opens in a spreadsheet without running anything."""

from collections.abc import Iterator

import polars as pl

from portulan.base import tables, texts

_BATCH = 2_000


def as_csv(rows: pl.DataFrame, lang: str) -> Iterator[str]:
    """Return the rows piece by piece: line in the file, reason, then the cells as they were."""
    yield tables.BOM + tables.lines(
        [[texts.say("mining.rejected_line", lang), texts.say("mining.rejected_why", lang)]]
    )
    for batch in rows.iter_slices(_BATCH):
        yield tables.lines(
            [str(row["line"]), texts.say(row["code"], lang), *map(tables.inert, row["row"] or [])]
            for row in batch.iter_rows(named=True)
        )
