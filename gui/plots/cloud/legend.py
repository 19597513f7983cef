"""What the colours of a cloud stand for; a class is hidden, or shown alone, by a click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QToolTip, QWidget

from gui.look.painting import draw_focus, lettering, shade, shortened
from gui.look.theme import look
from gui.plots.cloud.sprites import Kind, draw_shape
from gui.widgets.cell_area import notches
from gui.widgets.tips import plain_tip
from model.door import say

_MAX_NAME = 110
# More rows of chips are scrolled.
_MAX_ROWS = 3


class Legend(QWidget):
    """Chips of classes in the order of their numbers, or the two ends of a scale.

    A click, or Space, hides a class or shows it again; a double click, or Enter, shows it alone,
    or all again; Ctrl and a click selects its points.

    Signals
    -------
    toggled(int) : hide this class, or show it again
    isolated(int) : show this class alone, or all again
    selected(int) : let the points of this class stand out
    """

    accessible_role = QAccessible.Role.List

    toggled = Signal(int)
    isolated = Signal(int)
    selected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: Sequence[Kind] = ()
        self._names: Sequence[str] = ()
        self._ends = ("", "")
        self._title = ""
        self._hidden: frozenset[int] = frozenset()
        self._fixed = False
        self._cursor = 0
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.setAccessibleName(say("Scroll through the classes"))
        self.bar.valueChanged.connect(self._scrolled)
        self.bar.hide()
        # Fixed, the height would be kept that another width asked for.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("What the colours stand for"))

    # -- what is shown -----------------------------------------------------------------------

    def show_classes(
        self, title: str, kinds: Sequence[Kind], names: Sequence[str], hidden: frozenset[int],
        fixed: bool = False,
    ) -> None:  # fmt: skip
        """Show classes, those in ``hidden`` crossed out; ``fixed`` ones cannot be hidden."""
        self._take(title, kinds, names, ("", ""), hidden, fixed)

    def show_scale(self, title: str, kinds: Sequence[Kind], low: str, high: str) -> None:
        """Show the colours of a number from its low end to its high one."""
        self._take(title, kinds, (), (low, high), frozenset(), True)

    def _take(
        self, title: str, kinds: Sequence[Kind], names: Sequence[str], ends: tuple[str, str],
        hidden: frozenset[int], fixed: bool,
    ) -> None:  # fmt: skip
        known = (self._title, self._kinds, self._names, self._ends, self._hidden, self._fixed)
        if (title, kinds, names, ends, hidden, fixed) == known:
            return
        self._title, self._kinds, self._names = title, kinds, names
        self._ends, self._hidden, self._fixed = ends, hidden, fixed
        self._cursor = min(self._cursor, max(0, len(names) - 1))
        self.updateGeometry()
        self._set_range()
        self.update()
        self._describe()

    def accessible_value(self) -> str:
        """The class that the keyboard is at, and whether it is shown."""
        return self.accessibleDescription()

    def _describe(self) -> None:
        if not self._names:
            words = say("{title} from {low} to {high}", title=self._title, low=self._ends[0],
                        high=self._ends[1])  # fmt: skip
        elif self._cursor in self._hidden:
            words = say("{name}: hidden", name=self._names[self._cursor])
        else:
            words = say("{name}: shown", name=self._names[self._cursor])
        self.setAccessibleDescription(words)

    # -- geometry ----------------------------------------------------------------------------

    def heightForWidth(self, width: int) -> int:
        chips, _ = self._laid_out(width)
        whole = chips[-1].bottom() if chips else self._row
        return round(min(whole, _MAX_ROWS * self._row)) + look.theme.px(2)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(220), self.heightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(80), self._row)

    @property
    def _row(self) -> int:
        return look.theme.px(22)

    def _laid_out(self, width: float) -> tuple[list[QRectF], float]:
        """The chips, row by row, and where the first begins: right of the title.

        Before they are scrolled; where there are more rows than are shown, beside the bar.
        """
        chips, start = self._in_rows(width)
        if chips and chips[-1].bottom() > _MAX_ROWS * self._row:
            return self._in_rows(width - self.bar.sizeHint().width())
        return chips, start

    def _in_rows(self, width: float) -> tuple[list[QRectF], float]:
        letters, px = lettering(0.9), look.theme.px
        start = letters.width(self._title) + px(8) if self._title else 0.0
        left, top, chips = start, 0.0, []
        for name in self._names:
            wide = px(22) + min(letters.width(name), px(_MAX_NAME)) + px(6)
            if left + wide > width and left > 0:
                left, top = 0.0, top + self._row
            chips.append(QRectF(left, top, wide, self._row))
            left += wide
        return chips, start

    def _in_sight(self) -> list[QRectF]:
        """The chips where they are as they are scrolled."""
        chips, _ = self._laid_out(self.width())
        return [chip.translated(0, -self.bar.value()) for chip in chips]

    def _set_range(self) -> None:
        """Let the bar reach all the rows that there are."""
        chips, _ = self._laid_out(self.width())
        beyond = max(0, round(chips[-1].bottom()) - self.height()) if chips else 0
        many = bool(chips) and chips[-1].bottom() > _MAX_ROWS * self._row
        self.bar.setVisible(many and beyond > 0)
        self.bar.setRange(0, beyond)
        self.bar.setSingleStep(self._row)
        self.bar.setPageStep(max(1, self.height()))
        wide = self.bar.sizeHint().width()
        self.bar.setGeometry(self.width() - wide, 0, wide, self.height())

    def _reveal_cursor(self) -> None:
        """Scroll to the class that the keyboard is at."""
        chips, _ = self._laid_out(self.width())
        if not chips:
            return
        chip, top = chips[self._cursor], self.bar.value()
        low, high = round(chip.bottom()) - self.height(), round(chip.top())
        self.bar.setValue(min(max(top, low), high))

    def _chip_at(self, place: QPointF) -> int | None:
        chips = self._in_sight()
        return next((at for at, chip in enumerate(chips) if chip.contains(place)), None)

    def chip(self, number: int) -> QRectF:
        """Where the chip of a class lies, as it is scrolled."""
        return self._in_sight()[number]

    @Slot()
    def _scrolled(self) -> None:
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_range()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.bar.isVisible():
            turned = notches(event.angleDelta().y())
            self.bar.setValue(round(self.bar.value() - turned * self._row))
            event.accept()
        else:
            event.ignore()

    # -- mouse and keys ----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._chip_at(event.position())
        if at is None or self._fixed or event.button() != Qt.MouseButton.LeftButton:
            return
        self._cursor = at
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        (self.selected if ctrl else self.toggled).emit(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._chip_at(event.position())
        if at is not None and not self._fixed:
            self.isolated.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self._names) - 1
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if last < 0:
            super().keyPressEvent(event)
        elif key in step:
            self._cursor = min(max(0, self._cursor + step[Qt.Key(key)]), last)
            self._reveal_cursor()
            self._describe()
            self.update()
        elif key == Qt.Key.Key_Space and not self._fixed:
            (self.selected if ctrl else self.toggled).emit(self._cursor)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._fixed:
            self.isolated.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            at = self._chip_at(QPointF(event.pos()))
            if at is not None and not self._fixed:
                tip = say(
                    "{name}: click to hide or show, double click to show alone, Ctrl and click "
                    "to select", name=self._names[at],
                )  # fmt: skip
                QToolTip.showText(event.globalPos(), plain_tip(tip), self)
            return True
        return super().event(event)  # type: ignore[arg-type]

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letters, px = lettering(0.9), look.theme.px
        painter.setFont(letters.font)
        chips, start = self._in_sight(), self._laid_out(self.width())[1]
        painter.setPen(shade("muted"))
        title = self._row / 2 + letters.half_cap - self.bar.value()
        painter.drawText(QPointF(0, title), self._title)
        if not self._names and self._kinds:
            self._draw_scale(painter, start)
        for at, (name, chip) in enumerate(zip(self._names, chips, strict=True)):
            away = at in self._hidden
            color = shade("outline") if away else QColor(self._kinds[at].color)
            middle = QPointF(chip.left() + px(11), chip.center().y())
            draw_shape(painter, self._kinds[at].shape, middle, px(5), color)
            painter.setPen(shade("muted" if away else "ink"))
            font = letters.font
            text = shortened(name, font, px(_MAX_NAME))
            left = chip.left() + px(20)
            base = QPointF(left, chip.center().y() + letters.half_cap)
            painter.drawText(base, text)
            if away:
                y = chip.center().y()
                painter.drawLine(QPointF(left - 1, y), QPointF(left + letters.width(text) + 1, y))
            if self.hasFocus() and at == self._cursor:
                draw_focus(painter, chip, px(4))

    def _draw_scale(self, painter: QPainter, start: float) -> None:
        letters, px = lettering(0.9), look.theme.px
        low, high = self._ends
        base = self._row / 2 + letters.half_cap
        painter.setPen(shade("ink"))
        painter.drawText(QPointF(start, base), low)
        left = start + letters.width(low) + px(6)
        room = self.width() - left - letters.width(high) - px(8)
        bar = QRectF(left, self._row / 2 - px(5), max(px(30), min(room, px(160))), px(10))
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for at, kind in enumerate(self._kinds):
            gradient.setColorAt(at / max(1, len(self._kinds) - 1), QColor(kind.color))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, px(3), px(3))
        painter.setPen(shade("ink"))
        painter.drawText(QPointF(bar.right() + px(6), base), high)
