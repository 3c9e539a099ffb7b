"""The field types: one class each, declared once; screens, conditions and columns derive from them."""
