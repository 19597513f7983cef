"""Real mouse and wheel events for plots, which listen to their viewports."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.plots.plot import Plot

_NO_KEYS = Qt.KeyboardModifier.NoModifier


def mouse(plot: Plot, kind: QEvent.Type, at: QPointF, held: bool = True) -> None:
    """One mouse event; ``held`` is whether the left button is down after it."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    target = plot.viewport()
    button = none if kind is QEvent.Type.MouseMove else left
    buttons = left if held else none
    there = QPointF(target.mapToGlobal(at))
    QApplication.sendEvent(target, QMouseEvent(kind, at, there, button, buttons, _NO_KEYS))


def drag(plot: Plot, start: QPointF, *stops: QPointF, release: bool = True) -> None:
    """Press at ``start``, move over the stops, and let go at the last one."""
    mouse(plot, QEvent.Type.MouseMove, start, held=False)
    mouse(plot, QEvent.Type.MouseButtonPress, start)
    for stop in stops:
        QTest.qWait(12)  # pyqtgraph listens to a hundred moves a second
        mouse(plot, QEvent.Type.MouseMove, stop)
    if release:
        mouse(plot, QEvent.Type.MouseButtonRelease, stops[-1] if stops else start, held=False)


def wheel(plot: Plot, turns: int = 1, keys: Qt.KeyboardModifier = _NO_KEYS) -> None:
    """Turn the wheel over the middle of a plot."""
    target = plot.viewport()
    at = QPointF(target.rect().center())
    event = QWheelEvent(
        at,
        QPointF(target.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)
