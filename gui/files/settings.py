"""What is remembered between starts: layout, theme, and the bench as it was left."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from gui.files.old_bench import take_over
from gui.files.recent import read, written
from gui.look.theme import TEXT_SIZES, THEMES
from gui.session.pace import SPEEDS
from model.files.kept.bench import usable_path
from model.files.kept.shelf import Shelf
from model.files.mnist import remember_folder, remembered_folder
from model.files.saving import save_bytes

_YES_OR_NO = {"yes": True, "no": False}
_WORDS = {True: "yes", False: "no", None: ""}
_PACKED = re.compile(rb"@(Variant|DateTime)\(")
# A line, with those that Qt takes for its continuation.
_LINE = re.compile(rb"(?:\\(?:\r\n|.)|[^\\\r\n])*(?:\\?$|\r\n|\r|\n)", re.DOTALL)
# What Qt leaves out, and letters that are given by their numbers.
_WRITTEN_OTHERWISE = re.compile(rb'\\(?:\r\n|\r|\n)|"|\\x([0-9A-Fa-f]+)|\\([0-7]+)|\\(.)')


class Settings:
    """A typed view of QSettings: whatever was stored, what comes out is usable."""

    def __init__(self) -> None:
        _drop_what_is_never_written(Path(_store().fileName()))
        self._store = _store()
        own = self._path("mnist_folder")
        if own is not None:
            self.mnist_folder = own

    def write(self) -> None:
        """Write what has been set to the disk now, rather than some time later."""
        self._store.sync()

    @property
    def theme(self) -> str:
        """The chosen theme, "system" unless one was set."""
        value = self._text("theme")
        return value if value in THEMES else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def text_size(self) -> int:
        """How large text is, in percent: one of TEXT_SIZES."""
        value = self._text("text_size")
        return next((size for size in TEXT_SIZES if value == str(size)), TEXT_SIZES[0])

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._store.setValue("text_size", str(percent))

    @property
    def motion(self) -> bool | None:
        """Whether a person wants things to move; None if nobody said, and the system is asked."""
        return _YES_OR_NO.get(self._text("motion"))

    @motion.setter
    def motion(self, moves: bool | None) -> None:
        self._store.setValue("motion", _WORDS[moves])

    @property
    def speed(self) -> float | None:
        """Steps a second of a run, one of pace.SPEEDS; None if nobody chose one."""
        value = self._text("steps_a_second")
        return next((speed for speed in SPEEDS if value == f"{speed:g}"), None)

    @speed.setter
    def speed(self, speed: float) -> None:
        self._store.setValue("steps_a_second", f"{speed:g}")

    @property
    def mnist_folder(self) -> Path | None:
        """The folder from which MNIST was read last, once the user had chosen one.

        It is kept where the command line finds it, too.
        """
        # Here is where it used to be kept, and still is where the other place is read-only.
        return self._path("mnist_folder") or remembered_folder()

    @mnist_folder.setter
    def mnist_folder(self, folder: Path | None) -> None:
        try:
            remember_folder(folder)
            self._store.remove("mnist_folder")
        except OSError:
            self._set_path("mnist_folder", folder)

    @property
    def kept(self) -> Path:
        """The folder of all that is kept between starts, beside these settings."""
        where = QStandardPaths.StandardLocation.AppDataLocation
        return Path(QStandardPaths.writableLocation(where))

    @property
    def benches(self) -> Path:
        """The folder of the kept benches."""
        return self.kept / "benches"

    def take_over_old_bench(self, shelf: Shelf) -> None:
        """Put on the shelf what older versions kept, in several places; they forget it."""
        older = self._path("set_aside")
        if older is not None and older.parent == self.benches.parent:
            take_over(older, None, True, shelf, "older")
        edited = self._text("edited") == "yes"
        newer = self.benches.with_name("last-bench.json")
        take_over(newer, self._path("last_file"), edited, shelf, "old")
        for name in ("set_aside", "edited", "last_file"):
            self._store.remove(name)

    @property
    def recent(self) -> list[Path]:
        """The files that were opened or saved last, by any window, the last one first."""
        self._store.sync()
        return read(self._text("recent"))

    @recent.setter
    def recent(self, files: list[Path]) -> None:
        self._store.setValue("recent", written(files))

    @property
    def folder(self) -> Path | None:
        """The folder in which a file was chosen last."""
        return self._path("folder")

    @folder.setter
    def folder(self, folder: Path | None) -> None:
        self._set_path("folder", folder)

    def layout(self, name: str) -> QByteArray:
        """The saved layout of a window or splitter; empty if there is none."""
        value = self._value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Remember the layout of a window or splitter."""
        self._store.setValue(f"layout/{name}", state)

    @property
    def lower_height(self) -> int:
        """How high the lower panels were when they were last dragged, in pixels; 0 if never."""
        value = self._text("lower_height")
        return int(value) if re.fullmatch(r"[0-9]{1,4}", value) else 0

    @lower_height.setter
    def lower_height(self, height: int) -> None:
        self._store.setValue("lower_height", height)

    @property
    def lower_folded(self) -> bool | None:
        """Whether a person wants the lower panels folded; None if nobody said."""
        return _YES_OR_NO.get(self._text("lower_folded"))

    @lower_folded.setter
    def lower_folded(self, folded: bool | None) -> None:
        self._store.setValue("lower_folded", _WORDS[folded])

    def _path(self, name: str) -> Path | None:
        return usable_path(self._value(name))

    def _text(self, name: str) -> str:
        """What is kept as a text; empty where it is none."""
        value = self._value(name)
        # A number that was just set is one still.
        return str(value) if isinstance(value, str | int) else ""

    def _value(self, name: str) -> object:
        """What is kept; None where that is nothing, or nothing that Python has a type for."""
        try:
            return self._store.value(name)
        except RuntimeError:
            return None

    def _set_path(self, name: str, path: Path | None) -> None:
        self._store.setValue(name, str(path) if path is not None else "")


def _store() -> QSettings:
    return QSettings(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Weightbench", "Weightbench"
    )


def _drop_what_is_never_written(file: Path) -> None:
    """Take out the lines whose values are packed objects of Qt's: none is ever written here.

    Whoever asks for one has Qt unpack it, and make whatever it says.
    """
    with suppress(OSError):
        lines = _LINE.findall(file.read_bytes()) if file.is_file() else []
        kept = [line for line in lines if not _PACKED.search(_as_qt_reads(line))]
        if kept != lines:
            save_bytes(file, b"".join(kept))


def _as_qt_reads(line: bytes) -> bytes:
    """A line as it is once its escapes are resolved; what is neither letter nor sign is "?"."""
    return _WRITTEN_OTHERWISE.sub(_meant, line) if b"@" in line or b"\\" in line else line


def _meant(found: re.Match[bytes]) -> bytes:
    by_hex, by_octal, letter = found.groups()
    if by_hex is not None or by_octal is not None:
        # Qt counts in sixteen bits.
        number = (int(by_hex[-4:], 16) if by_hex is not None else int(by_octal[-6:], 8)) % 2**16
        return bytes([number]) if number < 2**8 else b"?"
    # Those that mean nothing are left out.
    return b"?" if letter is not None and letter in b"abfnrtv\"?'\\" else b""
