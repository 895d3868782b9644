"""Scores weighing against labelled stories."""
