"""Many steps exactly, and every one of them again."""

from model.path.path import MOST_EXACT, Path, Snapshot, State

__all__ = ["MOST_EXACT", "Path", "Snapshot", "State"]
