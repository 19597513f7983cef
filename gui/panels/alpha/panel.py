"""Alpha: its number, and the bar that tells what it does."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.look.theme import look
from gui.panels.alpha.zone_bar import ZoneBar
from gui.panels.following import Following
from gui.session import Session
from gui.widgets.marks.cover import Covering
from gui.widgets.number_field import NumberField
from gui.widgets.tips import plain_tip
from gui.widgets.whereabouts import rect_in
from model.door import say
from model.words.alpha import alpha_term
from model.words.parts import Part

# What the number's box is made for; longer numbers are written smaller.
_TYPICAL = "0.0269865"


class AlphaControl(QWidget):
    """The learning rate, to be typed, scrubbed, or dragged along its zones."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.label = QLabel(say("alpha"), self)
        self.label.setObjectName("heading")
        self.field = NumberField(say("alpha"), self)
        self.field.digits = None
        self.bar = ZoneBar(session, self)
        self._cover = Covering(self.bar)
        self.label.setBuddy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label)
        row.addWidget(self.field)
        row.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row = row
        self.field.edited.connect(self._edited)
        self._following = Following(session, self, self._refresh, describe=self._describe)
        # The limit of alpha may be known only after a while.
        session.playback.zones_found.connect(self._following.look_again)
        look.follow(self, self._restyle)
        self._restyle()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.field, self.bar]

    def locate(self, part: Part) -> QRect | None:
        """Where one of the named parts is; None while it is out of sight."""
        return rect_in(self, self.bar if part.family == "zones" else self.field)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(400), self.minimumSizeHint().height())

    def _refresh(self) -> None:
        veils, alpha = self._session.parts.veils, self._session.state.setup.alpha
        self.field.show_value(math.nan if veils.hides("alpha") else alpha)
        self._cover.set_on(veils.covers("zones"))
        self._fit_type()
        self.bar.refresh()

    def _describe(self) -> None:
        """Say what alpha is and does, where it stands and for a screen reader."""
        self.bar.describe()
        term = say("alpha is the factor of every update (the learning rate).")
        if not self._session.parts.veils.covers("zones"):
            term = alpha_term(self._session.state.setup.alpha, self._session.zones)
        if term != self.field.accessibleDescription():
            self.field.setAccessibleDescription(term)
            self.field.setToolTip(plain_tip(term))
            self.label.setToolTip(plain_tip(term))

    @Slot(float, object)
    def _edited(self, value: float, gesture: object) -> None:
        if gesture is not None and value <= 0.0:
            value = self._least()
        if value != self._session.state.setup.alpha:
            self._session.edits.set_alpha(value, gesture)

    def _least(self) -> float:
        """A small alpha to end at when it is dragged towards zero; typing gives any other."""
        limit = self._session.zones.limit
        return 10.0 ** math.floor(math.log10(limit / 1000.0)) if limit is not None else 1e-6

    @Slot()
    def _restyle(self) -> None:
        theme = look.theme
        self.field.setFixedSize(math.ceil(_advance(_TYPICAL)) + theme.px(10), theme.px(28))
        self._type_for = ""
        self._fit_type()
        self._row.setSpacing(theme.px(9))
        self.setMaximumWidth(theme.px(560))
        self.updateGeometry()
        self.update()

    def _fit_type(self) -> None:
        """Write a number that is too long for its box in smaller type."""
        text = self.field.text
        if text != self._type_for:
            self._type_for = text
            self.field.set_type(min(1.0, _advance(_TYPICAL) / _advance(text)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.theme.color("outline"), 1))
        painter.setBrush(look.theme.color("panel"))
        box = QRectF(self.field.geometry()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 4, 4)


def _advance(text: str) -> float:
    """How wide a text is in the type of the number."""
    font = look.theme.font(1.0, QFont.Weight.DemiBold)
    return QFontMetricsF(font).horizontalAdvance(text)
