"""The bench as a text that a messenger carries: copied, and pasted anywhere on the bench."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from gui.files.documents import Documents
from gui.session import Session
from model.door import say
from model.files.moments.text import MomentError, holds_moment, moment_in, moment_text

# More numbers and edits than these make no text for a message, and would take a while to write.
_MAX_NUMBERS, _MAX_EDITS = 100_000, 20_000


def copy_moment(session: Session, documents: Documents) -> None:
    """Put all that is on the bench on the clipboard, as a text."""
    experiment = session.experiment
    numbers = 0 if experiment.digits is not None else experiment.setup.examples.base_inputs.size
    if numbers > _MAX_NUMBERS or session.path.n_edits > _MAX_EDITS:
        session.notices.refuse(
            say("This experiment is too large for a message: save it as a file and send that.")
        )
        return
    try:
        text = moment_text(documents.text())
    except MomentError as error:
        session.notices.refuse(str(error))
        return
    QGuiApplication.clipboard().setText(text)
    session.notices.refuse(
        say(
            "Copied as a text of {n:,} letters: paste it into a message. Whoever copies it there "
            "and pastes it on the bench is at this very step.",
            n=len(text),
        )
    )


def paste(session: Session, documents: Documents) -> None:
    """Open the moment on the clipboard; anything else is left to whatever has the focus."""
    data = QGuiApplication.clipboard().mimeData()
    text = data.text() if data is not None and data.hasText() else ""
    if holds_moment(text):
        try:
            documents.open_text(moment_in(text))
        except MomentError as error:
            session.notices.refuse(str(error))
    elif not _hand_on():
        anything = data is not None and data.formats()
        session.notices.refuse(
            say("What is on the clipboard cannot be pasted here.")
            if anything
            else say("There is nothing on the clipboard: copy something first.")
        )


def _hand_on() -> bool:
    """Give the key to what has the focus, or lies around it; returns whether it was taken."""
    widget = QApplication.focusWidget()
    while widget is not None:
        key = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier, "\x16"
        )
        # Sent as an event it would be a shortcut once more, and come back here.
        widget.event(key)
        if key.isAccepted():
            return True
        widget = None if widget.isWindow() else widget.parentWidget()
    return False
