"""Rooms of several threads need a database that waits for a lock, as the real one does."""

from waiting import own_file

__all__ = ["own_file"]
