"""Says which experiment is on the bench and what it is about."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.session import Session


class Header(QWidget):
    """The name of the experiment, and its sentence or two beneath."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._brief = False
        self.tab_stops: list[QWidget] = []
        self.title = QLabel()
        self.about = QLabel()
        self.about.setObjectName("muted")
        self.about.setWordWrap(True)
        for label in (self.title, self.about):
            # A file's text is text: nothing in it is taken for markup.
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(2)
        self._top = QHBoxLayout()
        self._top.addWidget(self.title, 1)
        column.addLayout(self._top)
        column.addWidget(self.about)
        session.opened.connect(self._refresh)
        look.changed.connect(self._restyle)
        self._refresh()
        self._restyle()

    def add_readout(self, readout: QWidget) -> None:
        """Put something that is always to be in sight at the right of the title."""
        self._top.addWidget(readout)
        self.tab_stops.append(readout)

    def set_brief(self, brief: bool) -> None:
        """Leave the sentences out where there is little room, or show them."""
        if brief != self._brief:
            self._brief = brief
            self._restyle()
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.title.setText(self._session.experiment.name)
        self.about.setText(self._session.experiment.about)
        about = self._session.experiment.about
        self.about.setVisible(bool(about) and not self._brief)
        self.title.setToolTip(about if self._brief else "")

    @Slot()
    def _restyle(self) -> None:
        above, below = (4, 0) if self._brief else (12, 4)
        self._column.setContentsMargins(18, above, 18, below)
        self.title.setFont(look.theme.font(1.3, QFont.Weight.DemiBold))
        self.about.setFont(look.theme.font(0.95))
