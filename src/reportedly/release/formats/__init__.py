"""One format a file: each takes events, and claims where the format has them, one at a time."""
