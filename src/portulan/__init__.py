"""Portulan: a CRM whose configuration, screens and measures come from maps."""
