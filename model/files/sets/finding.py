"""Whether there is a set of pictures at a path, and of which kind, from its first bytes."""

from __future__ import annotations

from pathlib import Path

from model.digits import SetKind
from model.door import say
from model.errors import DigitsError, SetError
from model.files.idx import open_unpacked
from model.files.kinds import HEAD_BYTES, kind_of, kind_of_file
from model.files.sets.folder_sets import is_folder_set
from model.files.sets.idx_sets import images_in_folder

_MAX_TOLD = 6


def may_be_set(path: Path) -> bool:
    """Whether a path is for those who read sets: a folder, an IDX file or an archive of arrays.

    A table of pixels is told from one of numbers by `pixel_layout`.
    """
    try:
        if path.is_dir():
            return True
        return path.is_file() and _kind_of_file(path) is not None
    except OSError:
        return False


def set_at(path: Path) -> tuple[SetKind, Path]:
    """The kind of the set at a path, and the path that stands for it.

    Raises SetError where there is none, or more than one.
    """
    try:
        if not path.is_dir():
            kind = _kind_of_file(path)
            if kind is not None:
                return kind, path
            raise SetError(
                say("{path} holds no pictures that can be read here: choose an IDX file, an NPZ "
                    "archive, a table of pixels or a folder of folders of pictures", path=path)
            )  # fmt: skip
        if is_folder_set(path):
            return "folder", path
        return _in_folder(path)
    except OSError as error:
        raise SetError(
            say("{path} cannot be read ({reason})", path=path, reason=error.strerror)
        ) from error


def _in_folder(folder: Path) -> tuple[SetKind, Path]:
    """The one set in files in a folder."""
    images = images_in_folder(folder)
    archives = sorted(folder.glob("*.npz"))[:100]
    found: list[tuple[SetKind, Path]] = [("idx", path) for path in images]
    if not found:
        found = [("npz", path) for path in archives[:_MAX_TOLD]]
    if len(found) == 1:
        return found[0]
    if not found:
        # Who reads folders says what is wrong with it.
        return "folder", folder
    names = ", ".join(path.name for _, path in found[:_MAX_TOLD])
    raise SetError(
        say("{folder} holds {n} sets of pictures: open one of their files instead: {names}",
            folder=folder, n=len(found), names=names)
    )  # fmt: skip


def _kind_of_file(path: Path) -> SetKind | None:
    key = kind_of_file(path).key
    if key == "gzip":
        try:
            with open_unpacked(path) as stream:
                key = kind_of(stream.read(HEAD_BYTES)).key
        except DigitsError:
            return None
    kinds: dict[str, SetKind] = {"idx": "idx", "npz": "npz"}
    return kinds.get(key)
