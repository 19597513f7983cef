"""NumPy's own files, read without ever running anything that is in them."""
