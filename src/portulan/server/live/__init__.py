"""The live channel: what changes is told, as server-sent events, to those who may see it."""
