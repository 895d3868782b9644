"""The HTTP interface under /api: what the pages show, as JSON."""
