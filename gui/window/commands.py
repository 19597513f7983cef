"""What menus and keys do that is no change of the experiment: views, speeds and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QInputDialog, QMessageBox

if TYPE_CHECKING:
    from gui.window.window import Window


class Commands(QObject):
    """The slots that ``gui.window.actions`` names, for the window they act on."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    @Slot()
    def slower(self) -> None:
        """One speed down."""
        self._change_speed(-1)

    @Slot()
    def faster(self) -> None:
        """One speed up."""
        self._change_speed(1)

    def _change_speed(self, by: int) -> None:
        slider = self._window.transport.speed_slider
        slider.setValue(slider.value() + by)

    @Slot()
    def copy_trace(self) -> None:
        """Copy the trace as text."""
        self._window.trace.copy()

    @Slot()
    def ask_step(self) -> None:
        """Ask for a step of the path and go there."""
        self._window.session.playback.pause()
        most = min(self._window.session.playback.length, 2**31 - 1)
        now = min(self._window.session.playback.position, most)
        step, chosen = QInputDialog.getInt(
            self._window, "Go to step", f"Step, 0 to {most:,}:", now, 0, most
        )
        if chosen:
            self._window.session.playback.seek(step)

    @Slot(bool)
    def show_side(self, shown: bool) -> None:
        """Show or hide the panels at the side."""
        self._window.side.setVisible(shown)

    @Slot(bool)
    def show_lower(self, shown: bool) -> None:
        """Unfold the panels at the bottom, or fold them away to their tabs."""
        self._window.lower_tabs.want_folded(not shown)

    @Slot(bool)
    def show_full_screen(self, full: bool) -> None:
        """Use the whole screen, or a window again."""
        if full:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    @Slot()
    def show_shortcuts(self) -> None:
        """Show the sheet of all keys."""
        from gui.window.help import ShortcutSheet

        ShortcutSheet(self._window).exec()

    @Slot()
    def show_about(self) -> None:
        """Say what this is."""
        from gui.window.help import about_text

        QMessageBox.about(self._window, "About Weightbench", about_text())
