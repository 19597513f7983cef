"""What is recorded of lessons, in a file of its own beside the kept benches."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

from model.files.kept.lock import Lock
from model.files.kinds import opened
from model.files.saving import save_bytes

_NAME = "lessons.json"
_MAX_BYTES = 2_000_000
# Of files that could not be read, so many stay.
_MAX_DAMAGED = 20


class KeptLessons:
    """The file, in which several windows may write.

    Each writes what it changed itself; all else stays as another window, or another version of
    Weightbench, wrote it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / _NAME
        # What was in there of this window's own, when it was read or written last.
        self._before: Mapping[str, Any] = {}
        # Where a file that cannot be read was moved to, so that nothing is written over it.
        self.damaged: Path | None = None

    def read(self) -> dict[str, Any]:
        """What was kept last; empty where nothing was, or nothing that can be read."""
        found = self._found()
        if found is None:
            self._set_aside()
        return found or {}

    def begin(self, values: Mapping[str, Any]) -> None:
        """Say what was made of what was read: of this nothing is changed yet."""
        self._before = deepcopy(values)

    def write(self, values: Mapping[str, Any]) -> None:
        """Keep what differs from what was read or written last. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        # Should another window be writing just now, and that takes milliseconds, what it writes
        # of other lessons may be missed; its own next note brings it back.
        lock = Lock.take(self._file.with_suffix(".lock"))
        try:
            merged = _merged(self.read(), self._before, values)
            text = json.dumps(merged, ensure_ascii=False, indent=1)
            # Half of a pair of letters, as hands can write it, is as good as any other.
            save_bytes(self._file, text.encode("utf-8", "surrogatepass"))
        finally:
            if lock is not None:
                lock.release(remove=True)
        self.begin({**self._before, **values})

    def _found(self) -> dict[str, Any] | None:
        """What is in the file, empty where there is none; None for what makes no sense."""
        try:
            with opened(self._file) as stream:
                content = stream.read(_MAX_BYTES + 1)
        except OSError:
            return {}
        try:
            found = json.loads(content) if len(content) <= _MAX_BYTES else None
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def _set_aside(self) -> None:
        for number in range(1, _MAX_DAMAGED + 1):
            place = self._file.with_name(f"lessons-damaged-{number}.json")
            if not place.exists():
                with suppress(OSError):
                    self._file.replace(place)
                    self.damaged = place
                return


def _merged(
    there: Mapping[str, Any], before: Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    """What is there, with all in it that is no more what it was before; of lessons, each alone."""
    if not there:
        return dict(values)
    changed = {key: value for key, value in values.items() if value != before.get(key)}
    lessons = changed.pop("lessons", None)
    if isinstance(lessons, Mapping):
        known, theirs = before.get("lessons", {}), there.get("lessons")
        kept = dict(theirs) if isinstance(theirs, Mapping) else {}
        kept.update({name: value for name, value in lessons.items() if value != known.get(name)})
        for name in known:
            if name not in lessons:
                kept.pop(name, None)
        changed["lessons"] = kept
    return {**there, **changed}
