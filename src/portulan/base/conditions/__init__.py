"""The one condition language: gates, segments, rules, filters, rights and conformance speak it."""
