"""The front desk: the HTTP API, one module per room."""
