"""Outside -> reports."""
