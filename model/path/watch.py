"""Whoever looks at a path again and again is told what changed since the last look."""

from __future__ import annotations

import weakref

from model.path.readable import ReadablePath


class PathWatch:
    """Remembers which path was looked at last, and how it was; it keeps no path alive."""

    def __init__(self) -> None:
        self._path: weakref.ref[ReadablePath] | None = None
        self._mark = 0

    def first_change(self, path: ReadablePath) -> int | None:
        """The first step that may have other numbers than at the last look, which is now.

        0 where another path was looked at, or none; None where nothing changed. More steps are
        no change.
        """
        known = self._path is not None and self._path() is path
        first = path.changed_since(self._mark) if known else 0
        self._path, self._mark = weakref.ref(path), path.mark
        return first
