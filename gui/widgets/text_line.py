"""Text as it is, in one line or a few, that never asks for more width than it is given."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QCursor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.look.theme import look
from gui.widgets.tips import plain_tip

# Of what is longer nothing more would be seen; to break it into lines would take long.
_MAX_SHOWN = 2000
# A layout asks for the same few widths again and again.
_WIDTHS_KEPT = 8


class TextLine(QWidget):
    """Text that may come from outside, or change with every frame: never taken for markup.

    It takes the width it is given, breaks into ``lines`` lines at the most, and shortens what
    does not fit; then the whole of it is its tooltip. A QLabel asks the whole window for a new
    layout whenever its text changes, and grows with its longest word.
    """

    def __init__(
        self,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
        role: str = "muted",
        lines: int = 1,
        scale: float = 0.95,
        weight: QFont.Weight = QFont.Weight.Normal,
    ) -> None:
        super().__init__(parent)
        self.text = ""
        self._breaks: dict[tuple[int, int, str, int], tuple[list[str], bool]] = {}
        self._role = role
        self._lines = lines
        self._scale, self._weight = scale, weight
        self._alignment = alignment | Qt.AlignmentFlag.AlignVCenter
        several = lines > 1
        # Fixed, the height would be kept that another width asked for.
        vertical = QSizePolicy.Policy.Preferred if several else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        policy.setHeightForWidth(several)
        self.setSizePolicy(policy)

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text:
            self.text = text
            self.setAccessibleName(text)
            if self._lines > 1:
                self.updateGeometry()
            self.update()

    def set_role(self, role: str) -> None:
        """Write it in the colour of another role."""
        if role != self._role:
            self._role = role
            self.update()

    def set_lines(self, lines: int) -> None:
        """Break into another number of lines at the most; only of those with more than one."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
            self.update()

    @property
    def is_cut(self) -> bool:
        """Whether there is no room for all of the text."""
        return self._broken(self.width())[1]

    def heightForWidth(self, width: int) -> int:
        count = len(self._broken(width)[0]) if self._lines > 1 else 1
        return self._line_height * max(1, count) + look.theme.px(2)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(60), self.heightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._line_height + look.theme.px(2))

    @property
    def _font(self) -> QFont:
        return look.theme.font(self._scale, self._weight)

    @property
    def _line_height(self) -> int:
        return QFontMetrics(self._font).height()

    def _broken(self, width: int) -> tuple[list[str], bool]:
        """The lines of the text in that width, and whether something is left out; kept."""
        key = width, look.theme.font_px, self.text, self._lines
        found = self._breaks.get(key)
        if found is None:
            if len(self._breaks) >= _WIDTHS_KEPT:
                self._breaks.clear()
            found = self._breaks[key] = self._break(width)
        return found

    def _break(self, width: int) -> tuple[list[str], bool]:
        metrics = QFontMetrics(self._font)
        text, cut = self.text[:_MAX_SHOWN], len(self.text) > _MAX_SHOWN
        if self._lines == 1:
            line = " ".join(text.splitlines())
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
            return [shown], cut or shown != line
        lines: list[str] = []
        for paragraph in text.splitlines():
            lines += _wrapped(paragraph, self._font, width)
        if len(lines) <= self._lines:
            return lines, cut
        rest = " ".join(lines[self._lines - 1 :])
        last = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
        return [*lines[: self._lines - 1], last], True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(look.theme.color(self._role))
        lines, height = self._broken(self.width())[0], self._line_height
        top = (self.height() - len(lines) * height) // 2
        for line in lines:
            painter.drawText(QRect(0, top, self.width(), height), self._alignment, line)
            top += height

    def event(self, event: QEvent) -> bool:
        is_asked = isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip
        # What its owner says of it comes first.
        if is_asked and not self.toolTip() and self.is_cut:
            QToolTip.showText(QCursor.pos(), plain_tip(self.text), self)
            return True
        return super().event(event)


def _wrapped(paragraph: str, font: QFont, width: int) -> list[str]:
    """A paragraph in lines of that width; words that are longer are broken, too."""
    layout = QtGui.QTextLayout(paragraph, font)
    option = QtGui.QTextOption()
    option.setWrapMode(QtGui.QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        lines.append(paragraph[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return lines or [""]
