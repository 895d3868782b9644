"""The nouns of the field, without input or output."""
