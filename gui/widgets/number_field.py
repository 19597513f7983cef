"""A number that can be clicked and typed, dragged sideways, or nudged with the arrow keys."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QWidget

from gui.look.painting import paint_cover
from gui.look.theme import look
from gui.widgets.tips import plain_tip
from model.door import say
from model.words import numbers

_PIXELS_A_NUDGE = 4.0
_NUDGES = {Qt.Key.Key_Up: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Left: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NumberField(QWidget):
    """Shows one number and asks for another; the number itself belongs to whoever owns it.

    NaN is a number that is hidden: it is written as "?", and no other can be asked for.

    Signals
    -------
    edited(value, gesture) : a new value is wanted; all of one drag carry the same gesture
    pasted(values) : several numbers are to fill the row from here on; only where ``in_row``
    rejected(text) : what was typed is no number, in one sentence
    """

    accessible_role = QAccessible.Role.EditableText

    edited = Signal(float, object)
    pasted = Signal(object)
    rejected = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(_tip(name))
        self.value = 0.0
        # Whether a number that does not fit is written smaller.
        self.may_shrink = False
        self.digits: int | None = 4
        # Numbers nearer to zero are nudged in steps as if they were this large.
        self.finest = 0.01
        self.alignment = Qt.AlignmentFlag.AlignCenter
        # Whether it is one of a row that several numbers can fill.
        self.in_row = False
        # A frame says that it can be typed into where nothing else does.
        self.framed = False
        self._scale = 1.0
        self._weight = QFont.Weight.DemiBold
        self._color: QColor | None = None
        self._press: tuple[QPointF, float, object] | None = None
        self._scrubbing = False
        self._editor: QLineEdit | None = None

    def show_value(self, value: float, color: QColor | None = None) -> None:
        """Show another value (every digit is kept); a colour other than ink if given."""
        same = value == self.value or (math.isnan(value) and math.isnan(self.value))
        if not same or color != self._color:
            self.value, self._color = value, color
            if self.hidden:
                self._close_editor()
            self.update()

    def set_type(self, scale: float, weight: QFont.Weight = QFont.Weight.DemiBold) -> None:
        """Size relative to the theme's type, and weight."""
        self._scale, self._weight = scale, weight
        self.updateGeometry()
        self.update()

    @property
    def hidden(self) -> bool:
        """Whether the number is not to be seen, and so not to be changed."""
        return math.isnan(self.value)

    @property
    def text(self) -> str:
        """The number as it is written on screen."""
        return (
            numbers.plain(self.value)
            if self.digits is None
            else numbers.short(self.value, self.digits)
        )

    def accessible_value(self) -> str:
        """What a screen reader says of it after its name."""
        return self.text

    @property
    def editor(self) -> QLineEdit | None:
        """The line to type in, while there is one."""
        return self._editor

    def font_in_use(self) -> QFont:
        """The type that the number is written in: smaller where it would not fit, if it may."""
        font = look.theme.font(self._scale, self._weight)
        if self.may_shrink:
            needed, room = QFontMetricsF(font).horizontalAdvance(self.text), self.width() - 8
            if needed > room > 0:
                pixels = int(font.pixelSize() * room / needed)
                return look.theme.font(pixels / look.theme.font_px, self._weight)
        return font

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font_in_use())
        return QSize(
            math.ceil(metrics.horizontalAdvance("\u22120.00e+00")) + 8,
            math.ceil(metrics.height()) + 4,
        )

    # -- typing -------------------------------------------------------------------------

    def begin_typing(self, text: str | None = None) -> None:
        """Open a line to type in, holding the full number (all selected) or the given text."""
        if self._editor is not None or self.hidden:
            return
        editor = QLineEdit(self)
        editor.setAccessibleName(self.accessibleName())
        editor.setFont(self.font_in_use())
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setTextMargins(0, 0, 0, 0)
        editor.setStyleSheet("QLineEdit { padding: 0px; border-radius: 4px; }")
        editor.setText(numbers.exact(self.value) if text is None else text)
        if text is None:
            editor.selectAll()
        editor.setGeometry(self.rect())
        editor.installEventFilter(self)
        QWidget.setTabOrder(self, editor)  # so that Tab goes on from here, not from the end
        editor.editingFinished.connect(self._typed)
        self._editor = editor
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _typed(self) -> None:
        editor = self._editor
        if editor is None:
            return
        values = self._read(editor.text())
        if values is None and editor.hasFocus():
            editor.selectAll()
            return
        self._close_editor()
        if values is not None:
            self._ask_for(values)

    @Slot()
    def paste(self) -> None:
        """Take the number on the clipboard, or the numbers; what is none is refused."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            problem = say("there is no number on the clipboard")
            self._refuse(say("{name}: {problem}", name=self.accessibleName(), problem=problem))
            return
        values = self._read(text)
        if values is not None:
            self._ask_for(values)

    def _read(self, text: str) -> tuple[float, ...] | None:
        """The numbers in a text: one, or several where they have a place; else it is refused."""
        try:
            return numbers.parse_row(text) if self.in_row else (numbers.parse(text),)
        except ValueError as error:
            self._refuse(say("{name}: {problem}", name=self.accessibleName(), problem=error))
            return None

    def _ask_for(self, values: tuple[float, ...]) -> None:
        if self.hidden:
            return
        if len(values) > 1:
            self.pasted.emit(values)
        elif values[0] != self.value:
            self.edited.emit(values[0], None)

    def _refuse(self, sentence: str) -> None:
        below = self.mapToGlobal(QPointF(0, self.height()).toPoint())
        QToolTip.showText(below, plain_tip(sentence), self)
        self.rejected.emit(sentence)

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            had_focus = editor.hasFocus()
            editor.removeEventFilter(self)
            editor.hide()
            editor.deleteLater()
            if had_focus:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is not self._editor or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (*_ENTER, Qt.Key.Key_Escape):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self._close_editor()
        else:  # the line would pass the key on to this field, which would open the line again
            self._typed()
        return True

    # -- keys and mouse -----------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # With the focus here these keys are the field's own, not shortcuts of the window.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._editor is None
            and (event.key() in (*_NUDGES, *_ENTER) or self._begins_number(event))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._editor is not None:  # what the line leaves over is not meant for the field
            super().keyPressEvent(event)
        elif key in _NUDGES and not self.hidden:
            factor = 1.0
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                factor = 10.0
            elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                factor = 0.1
            gesture = self._repeated_gesture(event.isAutoRepeat())
            self.edited.emit(self._moved(self.value, _NUDGES[Qt.Key(key)] * factor), gesture)
        elif key in (*_ENTER, Qt.Key.Key_F2):
            self.begin_typing()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key == Qt.Key.Key_Escape and self._press is not None:
            self._give_up_scrub()
        elif self._begins_number(event):
            self.begin_typing(event.text())
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _begins_number(event: QKeyEvent) -> bool:
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        return (
            len(event.text()) == 1
            and event.text() in "0123456789.-+"
            and not event.modifiers() & held
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.hidden:
            self._press = (event.position(), self.value, object())
            self._scrubbing = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        start, value, gesture = self._press
        distance = event.position().x() - start.x()
        if not self._scrubbing and abs(distance) < QApplication.startDragDistance() / 2:
            return
        self._scrubbing = True
        nudges = round(distance / _PIXELS_A_NUDGE)
        wanted = self._moved(value, nudges)
        if wanted != self.value:
            self.edited.emit(wanted, gesture)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._press = None
        if not self._scrubbing:
            self.begin_typing()
        self._scrubbing = False

    def _give_up_scrub(self) -> None:
        if self._press is not None:
            _, value, gesture = self._press
            self._press = None
            if self.value != value:
                self.edited.emit(value, gesture)

    def _repeated_gesture(self, repeats: bool) -> object:
        if not repeats or not hasattr(self, "_key_gesture"):
            self._key_gesture = object()
        return self._key_gesture

    def _moved(self, value: float, nudges: float) -> float:
        """The value some nudges further, in steps of its own size: hundredths of a power of ten."""
        if self.hidden or not nudges:  # back where a drag began: every digit is there again
            return value
        size = max(abs(value), self.finest)
        step = 10.0 ** (math.floor(math.log10(size)) - 1)
        moved = value + nudges * step
        decimals = 2 - math.floor(math.log10(step))
        return round(moved, min(15, max(0, decimals)))

    # -- drawing ------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._editor is not None:
            self._editor.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.theme
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.framed or self.hasFocus() or self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "outline"), 1))
            painter.setBrush(theme.color("panel"))
            painter.drawRoundedRect(box, 4, 4)
        painter.setFont(self.font_in_use())
        painter.setPen(self._color or theme.color("ink"))
        if not self.isEnabled():
            painter.setPen(theme.color("outline"))
        if self.hidden:
            paint_cover(painter, box.adjusted(2, 2, -2, -2))
        painter.drawText(
            box.adjusted(3, 0, -3, 0), self.alignment | Qt.AlignmentFlag.AlignVCenter, self.text
        )


def rename(field: NumberField, name: str) -> None:
    """Let a field stand for another number."""
    if field.accessibleName() != name:
        field.setAccessibleName(name)
        field.setToolTip(_tip(name))


def _tip(name: str) -> str:
    return plain_tip(
        say("{name}: click to type, drag sideways, or press the arrow keys", name=name)
    )
