"""Keeps reports, readings, claims and decisions; alone knows SQL."""
