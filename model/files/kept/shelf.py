"""The folder of the kept benches; each has one owner at a time."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from model.door import say
from model.files.kept.bench import BenchState, read_state, written
from model.files.kept.lock import Lock
from model.files.saving import remove_unfinished, whole_file

MAX_BENCHES = 100
# A bench of whose being here a person was told has a name that says so.
_NAME = re.compile(r"bench-([0-9a-z]{1,16})(\.told)?\.json")


class OwnedBench:
    """A bench that belongs to this window until it is released; ``file`` need not be there yet."""

    def __init__(self, file: Path, lock: Lock) -> None:
        self.file = file
        self._lock = lock

    @property
    def owned(self) -> bool:
        """Whether it is still ours: another computer may have taken it for left behind."""
        return self._lock.held()

    def state(self) -> BenchState:
        """What is kept besides the experiment; raises as `read_state` does."""
        return read_state(self.file)

    def write(
        self,
        state: BenchState,
        experiment: Iterable[str],
        breathe: Callable[[], None] | None = None,
    ) -> None:
        """Keep another state of the bench, whole or not at all; raises OSError.

        ``breathe`` is called between pieces.
        """
        self._lock.touch()
        with whole_file(self.file) as stream:
            for piece in written(state, experiment):
                stream.write(piece.encode("utf-8", "surrogatepass"))
                if breathe is not None:
                    breathe()

    @property
    def told(self) -> bool:
        """Whether a person knows that it is here."""
        return self.file.name.endswith(".told.json")

    def set_told(self, told: bool) -> None:
        """Note whether a person knows that it is here."""
        found = _NAME.fullmatch(self.file.name)
        key = found[1] if found is not None else ""
        file = self.file.with_name(f"bench-{key}{'.told' if told else ''}.json")
        if file != self.file:
            with suppress(OSError):
                if self.file.exists():
                    self.file.replace(file)
                self.file = file

    def release(self) -> None:
        """Leave it to whoever claims it next."""
        self._lock.release(remove=not self.file.exists())

    def remove(self) -> None:
        """Take it away: there is nothing in it that is wanted."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)
        self._lock.release(remove=True)


class Shelf:
    """The kept benches of a folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __contains__(self, file: object) -> bool:
        return (
            isinstance(file, Path)
            and file.parent == self.folder
            and _NAME.fullmatch(file.name) is not None
        )

    def files(self) -> list[Path]:
        """Every kept bench, the one that was kept last first."""
        found: list[tuple[int, str, Path]] = []
        with suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    if _NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                        age = entry.stat(follow_symlinks=False).st_mtime_ns
                        found.append((age, entry.name, Path(entry.path)))
        return [file for _, _, file in sorted(found, reverse=True)]

    def claim(self, file: Path) -> OwnedBench | None:
        """Become the owner of a bench; None where it has one, or is not there."""
        try:
            lock = Lock.take(_lock_file(file))
        except OSError:
            return None
        if lock is None:
            return None
        if not file.is_file():
            lock.release(remove=True)
            return None
        return OwnedBench(file, lock)

    def unowned(self) -> list[OwnedBench]:
        """Claim every bench that nobody has, the one that was kept last first."""
        remove_unfinished(self.folder)
        claimed = [bench for file in self.files() if (bench := self.claim(file)) is not None]
        self._remove_locks_of_none()
        return claimed

    def new(self, key: str = "") -> OwnedBench:
        """A bench that is not there yet, to be written to.

        Raises OSError where the folder cannot be made, and where there are too many already.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        if len(self.files()) >= MAX_BENCHES:
            problem = say(
                "{n} benches are kept in {folder} already", n=MAX_BENCHES, folder=self.folder
            )
            raise OSError(errno.ENOSPC, problem)
        while True:
            file = self.folder / f"bench-{key or os.urandom(6).hex()}.json"
            lock = Lock.take(_lock_file(file))
            if lock is not None and not file.exists():
                return OwnedBench(file, lock)
            if key:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))

    def _remove_locks_of_none(self) -> None:
        """Locks of benches that were ended before anything was kept."""
        keys = {found[1] for file in self.files() if (found := _NAME.fullmatch(file.name))}
        with suppress(OSError):
            for file in self.folder.glob("bench-*.lock"):
                if file.stem.removeprefix("bench-") not in keys:
                    lock = Lock.take(file)
                    if lock is not None:
                        lock.release(remove=True)


def _lock_file(file: Path) -> Path:
    found = _NAME.fullmatch(file.name)
    return file.with_name(f"bench-{found[1]}.lock" if found is not None else f"{file.name}.lock")
