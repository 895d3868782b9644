"""A report -> claims: layers with one input and one output each, and the component that puts claims together."""
