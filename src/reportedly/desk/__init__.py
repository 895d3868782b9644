"""The web desk: pages and what they draw with."""
