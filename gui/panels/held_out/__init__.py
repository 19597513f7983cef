"""The error on rows that are never learned from, beside that on the examples."""
