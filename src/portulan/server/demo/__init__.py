"""Nordet Industrie, the fictitious company that shows the product: simulated first, then loaded."""
