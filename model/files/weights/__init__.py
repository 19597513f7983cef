"""The weights of a network in files of their own: NPZ, CSV, and what is copied as text."""
