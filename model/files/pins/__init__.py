"""The pinned runs of an experiment file."""
