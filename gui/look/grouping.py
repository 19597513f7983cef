"""Widgets put together: beside or under each other, with a border to drag, or to be scrolled."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)


def splitter(orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    """Widgets with a border between them that can be dragged."""
    made = QSplitter(orientation)
    for widget in widgets:
        made.addWidget(widget)
    made.setHandleWidth(1)
    made.setChildrenCollapsible(False)
    return made


def scrolling(inside: QWidget) -> QScrollArea:
    """As high as there is room for, or as it has to be: then it can be scrolled."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


class Content(QWidget):
    """What is to be scrolled only where there is less room than it can do with.

    Qt asks for as much as it would like where rows break in a small width.
    """

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return -1 if layout is None else layout.minimumHeightForWidth(width)


class Revealing(QObject):
    """Scrolls an area to a widget in it, once that has its height."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._wanted: QWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._scroll)

    def ask_for(self, widget: QWidget) -> None:
        """Scroll to a widget soon."""
        self._wanted = widget
        self._soon.start()

    @Slot()
    def _scroll(self) -> None:
        """Scroll until it begins at the top, or all of it is in sight."""
        inside, wanted = self._area.widget(), self._wanted
        if inside is None or wanted is None:
            return
        top = wanted.mapTo(inside, QPoint(0, 0)).y()
        bar, height = self._area.verticalScrollBar(), self._area.viewport().height()
        lowest = max(top + wanted.height() - height, 0)
        bar.setValue(min(max(bar.value(), min(lowest, top)), top))


class FrontStack(QStackedWidget):
    """Widgets of which one is in front: it alone says how much room there has to be.

    They do with the least that they ask for, however much more they would like in a small width.
    """

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self._ask_anew)

    def minimumSizeHint(self) -> QSize:
        front = self.currentWidget()
        return super().minimumSizeHint() if front is None else front.minimumSizeHint()

    def sizeHint(self) -> QSize:
        front = self.currentWidget()
        return super().sizeHint() if front is None else front.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return False

    @Slot()
    def _ask_anew(self) -> None:
        self.updateGeometry()


def framed(margin: int) -> tuple[QFrame, QVBoxLayout]:
    """A frame, and the column of what lies in it."""
    frame = QFrame()
    frame.setObjectName("panel")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(margin, margin, margin, margin)
    return frame, inside


def column(around: QSplitter, *widgets: QWidget, grows: int = 0) -> QWidget:
    """Widgets one under the other without gaps, in the next place of a splitter.

    The one numbered ``grows`` takes the room.
    """
    made = QWidget()
    around.addWidget(made)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for at, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if at == grows else 0)
    return made
