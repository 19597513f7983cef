"""Many steps exactly, and every one of them again."""

from model.path.path import MAX_EXACT, Path, Snapshot, State

__all__ = ["MAX_EXACT", "Path", "Snapshot", "State"]
