"""Experiments put together from their parts: rows and columns added, removed and named."""
