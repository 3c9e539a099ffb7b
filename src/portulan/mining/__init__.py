"""What we learn: event logs, flows, blocked steps, projected on maps."""
