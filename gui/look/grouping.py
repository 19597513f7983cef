"""Widgets put together: beside or under each other, with a border to drag, or to be scrolled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget


def splitter(orientation: Qt.Orientation, first: QWidget, second: QWidget) -> QSplitter:
    """Two widgets with a border that can be dragged; the first takes what room is left."""
    made = QSplitter(orientation)
    made.addWidget(first)
    made.addWidget(second)
    made.setStretchFactor(0, 1)
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


def column(*widgets: QWidget, grows: int = 0) -> QWidget:
    """Widgets one under the other without gaps; the one numbered ``grows`` takes the room."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for at, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if at == grows else 0)
    return made
