"""Tests of our own log stand on the small CRM of `sale`."""

from sale import crm

__all__ = ["crm"]
