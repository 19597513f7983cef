"""Asks about images that an experiment needs and does not have as it needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from gui.files.opener import Opener
from gui.session import Session
from model.door import say
from model.errors import LostSet
from model.files.cache import decide_repair
from model.files.survey.oddities import OddDigits

if TYPE_CHECKING:
    from gui.files.mnist_dialog import MnistDialog

SMALL_DIGITS = "Digits, 8x8"


class ImageAsker(QObject):
    """Answers what the opener asks about images, by dialogs.

    Signals
    -------
    given_up(name_or_file, reason) : the person leaves it without them
    replaced : something else is opened in its place
    """

    given_up = Signal(str, str)
    replaced = Signal()

    def __init__(self, session: Session, opener: Opener, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._opener, self._window = session, opener, window
        opener.images_missing.connect(self._ask_for_mnist)
        opener.images_odd.connect(self._ask_about_odd)
        opener.set_lost.connect(self._ask_for_set)

    def asked_for_mnist(self, fault: str = "") -> MnistDialog:
        """The dialog that asks where MNIST shall come from, after it was closed."""
        # Few ever see it, and it needs what a download needs.
        from gui.files.mnist_dialog import MnistDialog

        dialog = MnistDialog(self._window, fault)
        dialog.exec()
        dialog.deleteLater()
        return dialog

    def ask_how_read(self) -> None:
        """Ask how the pictures on the bench are read, and open them so, afresh."""
        from gui.files.sets.reading_dialog import ReadingDialog

        digits = self._session.experiment.digits
        if digits is None or digits.origin is None:
            return
        dialog = ReadingDialog(digits, digits.origin, self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        wanted = dialog.origin
        dialog.deleteLater()
        if accepted and wanted != digits.origin:
            self._opener.open_pixels(str(wanted.path), wanted)

    @Slot(str, str)
    def _ask_for_mnist(self, name_or_file: str, fault: str) -> None:
        dialog = self.asked_for_mnist(fault)
        if dialog.result() != QDialog.DialogCode.Accepted:
            self._opener.drop()
            self.given_up.emit(name_or_file, fault or "MNIST is not there")
        elif dialog.folder is None:
            self.replaced.emit()
            self._opener.open(SMALL_DIGITS)
        else:
            self._opener.read_again(dialog.folder)

    @Slot(str, object)
    def _ask_about_odd(self, name_or_file: str, odd: OddDigits) -> None:
        from gui.files.sets.repair_dialog import RepairDialog

        dialog = RepairDialog(odd, self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        repair = dialog.repair
        dialog.deleteLater()
        try:
            if accepted:
                decide_repair(odd, repair)
        except OSError as error:
            self._session.notices.refuse(
                say(
                    "What was decided could not be kept: {reason}",
                    reason=error.strerror or error,
                )
            )
            accepted = False
        if accepted:
            self._opener.try_again()
        else:
            self._opener.drop()
            self.given_up.emit(name_or_file, str(odd))

    @Slot(str, object)
    def _ask_for_set(self, name_or_file: str, lost: LostSet) -> None:
        from gui.files.sets.lost_dialog import LostDialog

        dialog = LostDialog(lost, self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted:
            self._opener.read_from(dialog.located, dialog.anyway)
        else:
            self._opener.drop()
            self.given_up.emit(name_or_file, str(lost))
