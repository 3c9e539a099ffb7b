"""What people typed, written the usual way: one function a kind of value, pure, idempotent."""
