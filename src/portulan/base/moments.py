"""Reading of dates in text: one order of day, month and year for a whole column.

Owns the forms that old tools export: `9.3.10 8:05`, `29/2/2016 01:16`, `12 mars 2024 à 14h05`, ISO,
epoch seconds, Excel serials. A value that does not fit is null, never guessed.
"""

from dataclasses import dataclass
from typing import Literal

import polars as pl

from portulan.base.fold import fold

Order = Literal["ymd", "dmy", "mdy", "epoch", "epoch_ms", "excel"]
_MONTHS = (
    ("janvier", "janv", "jan", "january"), ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "march", "mar"), ("avril", "avr", "april", "apr"), ("mai", "may"),
    ("juin", "june", "jun"), ("juillet", "juil", "july", "jul"), ("aout", "august", "aug"),
    ("septembre", "sept", "sep", "september"), ("octobre", "oct", "october"),
    ("novembre", "nov", "november"), ("decembre", "dec", "december"),
)  # fmt: skip
_DATE = r"^\D{0,6}(\d{1,4})[./\- ]+(\d{1,2})[./\- ]+(\d{1,4})"
_TIME = r"(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?\s*([ap]m)?"
_ZONE = r"(z|[+-]\d{2}:?\d{2})$"
#: The forms read at once when every value has them, by order and length.
_FORMS: dict[tuple[Order, int], str] = {
    ("ymd", 19): "%Y-%m-%d %H:%M:%S", ("ymd", 16): "%Y-%m-%d %H:%M",
    ("dmy", 19): "%d/%m/%Y %H:%M:%S", ("dmy", 16): "%d/%m/%Y %H:%M",
    ("mdy", 19): "%m/%d/%Y %H:%M:%S", ("mdy", 16): "%m/%d/%Y %H:%M",
}  # fmt: skip
_FIRST_YEAR = 1000
_EXCEL_EPOCH_DAYS = 25569
_DAY = 86_400_000_000


@dataclass(frozen=True)
class Reading:
    """How a column of dates is read. `sure` is false when day and month could be exchanged."""

    order: Order
    sure: bool
    fits: float


def guess(column: pl.Series) -> Reading | None:
    """Return the one reading of a column of text, or None when too few values look like dates.

    The order of day and month is settled by any part above 12 in the whole column; without one, the
    day comes first and the reading says that it is not sure.
    """
    filled = column.drop_nulls().filter(column.drop_nulls().str.strip_chars() != "")
    if not len(filled):
        return None
    certain = _serial(filled)
    if certain is None and _regular(filled, "ymd") is not None:
        certain = Reading("ymd", sure=True, fits=1.0)
    if certain is not None:
        return certain
    parts = _parts(filled)
    first, second = parts["a"].max(), parts["b"].max()
    fits = 1 - parts["a"].null_count() / len(filled)
    if not isinstance(first, int) or not isinstance(second, int) or not fits:
        return None
    if first > 31:  # noqa: PLR2004 - no month has 32 days: a year comes first
        return Reading("ymd", sure=True, fits=fits)
    if second > 12:  # noqa: PLR2004 - there are 12 months
        return Reading("mdy", sure=True, fits=fits)
    return Reading("dmy", sure=first > 12, fits=fits)  # noqa: PLR2004 - there are 12 months


def read(column: pl.Series, order: Order, *, timezone: str = "Europe/Paris") -> pl.Series:
    """Return a column of text as UTC microseconds; null where a value does not fit.

    A time without a zone is local to `timezone`; in the hour that the clocks repeat it is the first.
    """
    if order in ("epoch", "epoch_ms", "excel"):
        number = column.str.strip_chars().cast(pl.Float64, strict=False)
        if order == "excel":
            local = ((number - _EXCEL_EPOCH_DAYS) * _DAY).round(0).cast(pl.Int64, strict=False)
            return _to_utc(local.cast(pl.Datetime("us")), timezone).to_physical()
        return (number * (1_000_000 if order == "epoch" else 1_000)).cast(pl.Int64, strict=False)
    regular = _regular(column, order)
    if regular is not None:
        return _to_utc(regular, timezone).to_physical()
    parts = _parts(column)
    names = {"ymd": "abc", "dmy": "cba", "mdy": "cab"}[order]
    year, month, day = (pl.col(name) for name in names)
    full_year = pl.when(year < 70).then(year + 2000).when(year < 100).then(year + 1900).otherwise(year)  # noqa: PLR2004 - two figures
    naive = parts.select(
        at=pl.when(month.is_between(1, 12) & day.is_between(1, 31) & (pl.col("h") < 24) & (pl.col("m") < 60))  # noqa: PLR2004 - a clock
        .then(pl.concat_str([full_year.cast(pl.String).str.zfill(4), _two(month), _two(day)], separator="-"))
        .str.to_date("%Y-%m-%d", strict=False)
        .cast(pl.Datetime("us"))
        + pl.duration(hours="h", minutes="m", seconds="s", microseconds="us"),
        zone="zone",
    )
    local = _to_utc(naive["at"], timezone).to_physical()
    shift = naive.select(z=_offset(pl.col("zone")))["z"]
    with_zone = naive["at"].to_physical() - shift
    return pl.select(pl.when(shift.is_not_null()).then(with_zone).otherwise(local)).to_series()


def _regular(column: pl.Series, order: Order) -> pl.Series | None:
    """Return the local times of a column written in one usual form to the last value, or None."""
    form = _FORMS.get((order, len(column[0] or "") if len(column) else 0))
    if form is None or column.null_count() or not bool((column.str.len_bytes() == len(column[0])).all()):
        return None
    times = column.str.to_datetime(form, time_unit="us", strict=False)
    usual = not times.null_count() and bool((times.dt.year() >= _FIRST_YEAR).all())
    return times if usual else None


def _two(part: pl.Expr) -> pl.Expr:
    return part.cast(pl.String).str.zfill(2)


def _to_utc(naive: pl.Series, timezone: str) -> pl.Series:
    return naive.dt.replace_time_zone(
        timezone, ambiguous="earliest", non_existent="null"
    ).dt.convert_time_zone("UTC")


def _serial(filled: pl.Series) -> Reading | None:
    number = filled.str.strip_chars().cast(pl.Float64, strict=False)
    if number.null_count():
        return None
    low, high = number.min(), number.max()
    bounds: tuple[tuple[Order, float, float], ...] = (
        ("excel", 20_000, 80_000), ("epoch", 3e8, 5e9), ("epoch_ms", 3e11, 5e12),
    )  # fmt: skip
    for order, least, most in bounds:
        if least <= float(low) and float(high) <= most:  # type: ignore[arg-type]
            return Reading(order, sure=True, fits=1.0)
    return None


def _parts(column: pl.Series) -> pl.DataFrame:
    """Return integers a, b, c (date parts in order), h, m, s, us and the zone as text."""
    text = _plain(column)
    date = pl.col("t").str.extract_groups(_DATE)
    clock = pl.col("t").str.replace(_DATE, " ").str.extract_groups(_TIME)
    fields = pl.DataFrame({"t": text}).select(
        *(date.struct[i].cast(pl.Int32, strict=False).alias(name) for i, name in enumerate("abc")),
        *(clock.struct[i].cast(pl.Int32, strict=False).fill_null(0).alias(n) for i, n in enumerate("hms")),
        us=clock.struct[3].fill_null("").str.pad_end(6, "0").cast(pl.Int32, strict=False),
        half=clock.struct[4].fill_null(""),
        zone=pl.col("t").str.extract(_ZONE),
    )
    afternoon = pl.when((pl.col("half") == "pm") & (pl.col("h") < 12)).then(12).otherwise(0)  # noqa: PLR2004 - noon
    midnight = pl.when((pl.col("half") == "am") & (pl.col("h") == 12)).then(-12).otherwise(0)  # noqa: PLR2004 - noon
    return fields.with_columns(h=pl.col("h") + afternoon + midnight).drop("half")


def _plain(column: pl.Series) -> pl.Series:
    text = column.str.strip_chars().str.to_lowercase().str.replace(r"(\d)t(\d)", "$1 $2")
    if not text.str.contains("[a-zà-ÿ]{3}").any():
        return text
    folded = text.map_elements(fold, return_dtype=pl.String).str.replace(r"\ba\b", " ")
    for number, names in enumerate(_MONTHS, start=1):
        folded = folded.str.replace(rf"\b({'|'.join(names)})\b\.?", str(number))
    return folded


def _offset(zone: pl.Expr) -> pl.Expr:
    digits = zone.str.replace_all("[^0-9]", "").cast(pl.Int64, strict=False)
    micros = (digits // 100 * 60 + digits % 100) * 60_000_000
    return pl.when(zone == "z").then(0).when(zone.str.starts_with("-")).then(-micros).otherwise(micros)
