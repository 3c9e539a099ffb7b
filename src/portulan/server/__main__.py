"""`python -m portulan.server` is the command line."""

from portulan.server.cli import app

app()
