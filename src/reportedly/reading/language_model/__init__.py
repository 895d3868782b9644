"""A language model as reader: it is asked for quotations, and what it answers is held to the report's own words."""
