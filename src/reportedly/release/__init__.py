"""Casebook to files: what leaves, by which rules, in the field's formats."""
