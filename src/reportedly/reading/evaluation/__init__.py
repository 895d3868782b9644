"""Scores readings, and single layers, against coded texts."""
