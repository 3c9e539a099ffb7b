"""Tests here stand on the small CRM of `sale`."""

from sale import crm
from waiting import own_file

__all__ = ["crm", "own_file"]
