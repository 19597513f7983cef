"""A card of the network graph: a box with a number that can be edited, and texts around it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from gui.look.painting import stamp
from gui.look.theme import look
from gui.panels.network.writing import GraphType, Text, fit_field
from gui.session import Session
from gui.widgets.number_field import NumberField
from gui.widgets.tips import plain_tip
from model.words.step import Focus, GraphMoment

_SELECTED_WIDTH = 2.0
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress)


class Card(QWidget):
    """A rounded box that stands out a little when something about it is new, or selected.

    Signals
    -------
    pressed : the mouse was pressed on it, beside its number
    """

    accessible_role = QAccessible.Role.Grouping

    pressed = Signal()

    def __init__(self, field: NumberField, session: Session, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.session = session
        self.field = field
        self.moment: GraphMoment | None = None
        self.type = GraphType(look.theme.font_px)
        self._fill, self._edge, self._edge_width = "panel", "outline", 1.0
        self._selected = False
        self._fitted: object = None
        field.setParent(self)
        field.installEventFilter(self)
        look.follow(self, self._look_changed)

    @property
    def focus(self) -> Focus:
        """The output and input that the card stands for."""
        raise NotImplementedError

    def texts(self) -> tuple[Text, ...]:
        """What is written on the card beside its number, each text in its place."""
        raise NotImplementedError

    def term_at(self, place: QPoint) -> str:
        """What is to be said about the term at a place of the card."""
        raise NotImplementedError

    def describe(self) -> None:
        """Say in words what the card shows, for those who cannot see it."""
        raise NotImplementedError

    @Slot()
    def _look_changed(self) -> None:
        # A slot of its own: a connection to one that is overridden outlives the widget.
        self.restyle()

    def restyle(self) -> None:
        """Take up another theme, or another size."""
        self.update()

    def set_type(self, of: GraphType) -> None:
        """Be written in other type."""
        if of != self.type:
            self.type = of
            self.restyle()

    def fit_field(self, size: float) -> None:
        """Write the number in type of that size, smaller where it has no room."""
        key = self.field.text, self.field.width(), self.type, size, look.theme.key
        if key != self._fitted:
            self._fitted = key
            fit_field(self.field, self.type, size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.restyle()

    def set_selected(self, selected: bool) -> None:
        """Show whether the card is what is looked at."""
        if selected is not self._selected:
            self._selected = selected
            self.update()

    @property
    def selected(self) -> bool:
        """Whether the card is what is looked at."""
        return self._selected

    def set_box(self, fill: str, edge: str, edge_width: float) -> None:
        """Roles of the theme for the surface and the line around it."""
        if (fill, edge, edge_width) != (self._fill, self._edge, self._edge_width):
            self._fill, self._edge, self._edge_width = fill, edge, edge_width
            self.update()

    # -- drawing ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        key = f"{self._fill} {self._edge} {self._edge_width} {self._selected} {self.type.font_px}"
        stamp(painter, self, f"{key} {self.still_key()}", self.paint_still)
        for text in self.texts():
            text.paint(painter)

    def still_key(self) -> str:
        """What distinguishes this card's still part from that of others."""
        return ""

    def paint_still(self, painter: QPainter) -> None:
        """Paint what stays while numbers change."""
        theme = look.theme
        width = _SELECTED_WIDTH if self._selected else self._edge_width
        width *= theme.line
        painter.setPen(QPen(theme.color("ink" if self._selected else self._edge), width))
        painter.setBrush(theme.color(self._fill))
        inset = width / 2
        radius = self.type.px(8)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius
        )

    # -- mouse and keys -----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # With the right button it is chosen, too: the menu that comes is about it.
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self.pressed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What Learn used may be another example than the one an edit would be made to: the
        # bench first shows that one.
        if isinstance(event, QMouseEvent | QKeyEvent) and event.type() in _PRESSES:
            session = self.session
            if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.RightButton:
                self.pressed.emit()
            if session.seen.example != session.state.example:
                session.playback.seek(session.playback.position)
        return False

    def event(self, event: QEvent) -> bool:
        # By its class first: to ask Qt for the type takes longer, and most of them are paints.
        if (
            isinstance(event, QHelpEvent)
            and event.type() == QEvent.Type.ToolTip
            and self.moment is not None
        ):
            words = self.term_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().event(event)
