"""What is remembered between starts: layout, theme, and the bench as it was left."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from gui.theme import THEMES
from model.digits import remember_folder, remembered_folder


class Settings:
    """A typed view of QSettings: whatever was stored, what comes out is usable."""

    def __init__(self) -> None:
        self._store = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Weightbench", "Weightbench"
        )
        if self._own_mnist_folder is not None:
            self.mnist_folder = self._own_mnist_folder

    @property
    def theme(self) -> str:
        """The chosen theme, "system" unless one was set."""
        value = str(self._store.value("theme", "system"))
        return value if value in THEMES else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def speed(self) -> int:
        """Place of the speed in pace.SPEEDS."""
        value = str(self._store.value("speed", ""))
        return int(value) if value.isascii() and value.isdigit() else -1

    @speed.setter
    def speed(self, place: int) -> None:
        self._store.setValue("speed", place)

    @property
    def mnist_folder(self) -> Path | None:
        """The folder in which the user said that MNIST is; None if that is gone.

        It is kept where the command line finds it, too.
        """
        folder = self._own_mnist_folder or remembered_folder()
        try:
            return folder if folder is not None and folder.is_dir() else None
        except OSError:
            return None

    @mnist_folder.setter
    def mnist_folder(self, folder: Path | None) -> None:
        try:
            remember_folder(folder)
            self._store.remove("mnist_folder")
        except OSError:
            self._store.setValue("mnist_folder", str(folder) if folder is not None else "")

    @property
    def _own_mnist_folder(self) -> Path | None:
        """The folder as it used to be kept, and still is where the other place is read-only."""
        value = str(self._store.value("mnist_folder", ""))
        return Path(value) if value else None

    @property
    def last_name(self) -> str:
        """Name or file of the experiment that was on the bench last."""
        return str(self._store.value("last_name", ""))

    @last_name.setter
    def last_name(self, name: str) -> None:
        self._store.setValue("last_name", name)

    @property
    def edited(self) -> bool:
        """Whether the bench was left with edits that were not saved."""
        return str(self._store.value("edited", "")) == "yes"

    @edited.setter
    def edited(self, edited: bool) -> None:
        self._store.setValue("edited", "yes" if edited else "no")

    def layout(self, name: str) -> QByteArray:
        """The saved layout of a window or splitter; empty if there is none."""
        value = self._store.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Remember the layout of a window or splitter."""
        self._store.setValue(f"layout/{name}", state)

    @property
    def autosave(self) -> Path:
        """The file in which the bench is kept from one start to the next."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
        return Path(folder) / "last-bench.json"
