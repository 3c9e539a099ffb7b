"""What happened: the append-only log that is audit trail, timeline, trigger and source of mining."""
