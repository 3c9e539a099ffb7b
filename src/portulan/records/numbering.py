"""Numbers without gaps or doubles: the next of a series, held until the end of the transaction that takes it.

A transaction that is given up gives its number back; whoever comes meanwhile waits for it.
"""

from portulan.records.models import Numbering


def take(series: str) -> int:
    """Return the next number of a series, from 1 on, in the caller's transaction."""
    Numbering.objects.bulk_create([Numbering(series=series)], ignore_conflicts=True)
    held = Numbering.objects.select_for_update().get(series=series)
    held.last += 1
    held.save(update_fields=["last"])
    return held.last


def pass_over(series: str, last: int) -> None:
    """Have a series go on after a number that was given elsewhere."""
    Numbering.objects.bulk_create([Numbering(series=series)], ignore_conflicts=True)
    Numbering.objects.filter(series=series, last__lt=last).update(last=last)
