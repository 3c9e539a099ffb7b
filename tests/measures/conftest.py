"""The small CRM, for the tests that ask for it."""

from sale import crm

__all__ = ["crm"]
