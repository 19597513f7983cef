"""Experiments, lessons and fonts: data that is read, not code that is run."""
