"""What tests stand on: plain functions that make things, always the same."""
