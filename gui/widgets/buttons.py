"""Buttons without a frame or of a width that stays, and rows of controls that break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolButton, QWidget

from gui.look.theme import look
from gui.widgets.tips import plain_tip


def make_quiet(button: QAbstractButton, tip: str = "", name: str = "") -> None:
    """Give a button a frame only while it is pointed at, has the keyboard, or is down.

    ``name`` is what a screen reader says of it, by default its tip.
    """
    button.setObjectName("quiet")
    button.setToolTip(plain_tip(tip))
    button.setAccessibleName(name or tip)


def quiet_button(text: str, tip: str, name: str = "", checkable: bool = False) -> QToolButton:
    """A button of a word or a sign that is made quiet."""
    button = QToolButton()
    make_quiet(button, tip, name)
    button.setText(text)
    button.setCheckable(checkable)
    return button


def keep_width(button: QAbstractButton, texts: Iterable[str]) -> None:
    """Make a button as wide as the longest of its texts asks for, in the style in force."""
    shown = button.text()
    button.setMinimumWidth(0)
    button.ensurePolished()
    widths = []
    for text in texts:
        button.setText(text)
        widths.append(button.sizeHint().width())
    button.setText(shown)
    button.setMinimumWidth(max(widths))


class FlowRow(QWidget):
    """Widgets beside each other, on as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Say which they are, in order."""
        self._widgets = list(widgets)
        for widget in widgets:
            widget.setParent(self)

    def _places(self, width: int) -> tuple[list[tuple[QWidget, int, int, QSize]], int]:
        """Where each shown widget goes, and how high all of them are."""
        gap = look.theme.px(4)
        lines: list[list[tuple[QWidget, QSize]]] = [[]]
        used = 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            size = widget.sizeHint().expandedTo(widget.minimumSize())
            size.setWidth(min(size.width(), max(1, width)))
            if lines[-1] and used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((widget, size))
            used += size.width() + gap
        places, top = [], 0
        for line in lines:
            tall, left = max((size.height() for _, size in line), default=0), 0
            for widget, size in line:
                places.append((widget, left, top + (tall - size.height()) // 2, size))
                left += size.width() + gap
            top += tall + gap // 2
        return places, max(0, top - gap // 2)

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        width = max(self.width(), look.theme.px(200))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(120), self.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lay_out()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.lay_out()
        return handled

    def lay_out(self) -> None:
        """Put them where they belong: some were shown, hidden, or changed their words."""
        self.updateGeometry()
        for widget, left, top, size in self._places(self.width())[0]:
            widget.setGeometry(left, top, size.width(), size.height())
