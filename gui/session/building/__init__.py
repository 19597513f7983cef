"""Changes of what an experiment is made of, each asked of the session as one entry for undo."""
