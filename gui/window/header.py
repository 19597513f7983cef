"""Says which experiment is on the bench and what it is about."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Slot
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.text_line import TextLine
from gui.widgets.whereabouts import rect_in
from model.door import say
from model.files.library import about_of, title_of
from model.words.parts import Part

# Lines of the sentences about an experiment, where there is room and where there is little.
_LINES, _BRIEF_LINES = 5, 3


class Header(QWidget):
    """The name of the experiment, its sentence or two beneath, and the way back to it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._brief = False
        self.title = TextLine(role="ink", scale=1.3, weight=QFont.Weight.DemiBold)
        self.about = TextLine(lines=_LINES)
        self.original_button = quiet_button(
            say("Back to the original"),
            say("Begin again without the changes; Undo brings them back"),
        )
        self.original_button.clicked.connect(session.commands["original"].trigger)
        self.side_button = quiet_button(
            say("Side panels"), say("Show or hide the side panels"), checkable=True
        )
        self.side_button.hide()
        self.tab_stops: list[QWidget] = [self.original_button, self.side_button]
        self._column = column = QVBoxLayout(self)
        column.setSpacing(2)
        self._top = QHBoxLayout()
        self._top.addWidget(self.title, 1)
        self._top.addWidget(self.original_button)
        self._top.addWidget(self.side_button)
        column.addLayout(self._top)
        column.addWidget(self.about)
        session.opened.connect(self._refresh)
        session.changed.connect(self._offer_original)
        session.parts.veils_changed.connect(self._refresh)
        session.parts.provide("header", self, self.locate)
        look.follow(self, self._restyle)
        self._refresh()
        self._restyle()

    def locate(self, part: Part) -> QRect | None:
        """Where what the experiment is about stands; None while it is hidden."""
        return rect_in(self, self.about) if part.family == "about" else None

    def add_readout(self, readout: QWidget) -> None:
        """Put something that is always to be in sight at the right of the title."""
        self._top.insertWidget(1, readout)
        self.tab_stops.insert(0, readout)

    def minimumSizeHint(self) -> QSize:
        """As high as its sentences have to be at this width, which a layout alone does not ask."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def title_height(self) -> int:
        """How far down the title and the buttons beside it reach, pixels."""
        return self._top.geometry().bottom() + 1

    def set_brief(self, brief: bool) -> None:
        """Take less room, or as much as there is to say."""
        if brief != self._brief:
            self._brief = brief
            self._restyle()

    @Slot()
    def _refresh(self) -> None:
        experiment = self._session.experiment
        self.title.set_text(title_of(experiment.name))
        # What it is about may tell what else is hidden.
        about = "" if self._session.parts.veiled else about_of(experiment)
        self.about.set_text(about)
        self.about.setVisible(bool(about))
        self._offer_original()

    @Slot()
    def _offer_original(self) -> None:
        # On a page of a lesson there is a way back to the page, and this would lead away from it.
        lesson = "about" in self._session.parts.veiled
        self.original_button.setVisible(self._session.edits.differs and not lesson)

    @Slot()
    def _restyle(self) -> None:
        above, below = (2, 0) if self._brief else (8, 4)
        self._column.setContentsMargins(18, above, 18, below)
        usual = _LINES * look.text_size // 100
        self.about.set_lines(_BRIEF_LINES if self._brief else usual)
        # As high as with the button, so that nothing moves when it comes.
        self.title.setMinimumHeight(self.original_button.sizeHint().height())
