"""What we count: figures, boards, forecasts, scores."""
