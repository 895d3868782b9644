"""What the reader knows: tables under ``data/`` and look-ups in them."""
