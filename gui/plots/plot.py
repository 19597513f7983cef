"""What all plots share: a view in the theme's colours that the user can zoom.

A plot the user has zoomed is left alone until asked to fit again. Each plot paints its whole
picture in one item, in pixels: an item for each curve was measured to cost five times as much.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QGraphicsObject,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QToolButton,
    QWidget,
)

from gui.look.styling import give_sheet
from gui.look.theme import look
from gui.widgets.cell_area import calm
from model.door import say
from model.network import Floats

# How far a plot can be zoomed in and out, against the range that fits.
_MIN_WIDTH = 1e-5
_MAX_WIDTH = 50.0
_ZOOM_STEP = 1.25


@dataclass(frozen=True)
class View:
    """The part of the plane that a plot shows, in data coordinates."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """Extent along x."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Extent along y."""
        return self.top - self.bottom

    @property
    def usable(self) -> bool:
        """Whether it is finite and has an extent that floats can tell apart."""
        sides = (self.left, self.right, self.bottom, self.top)
        return (
            all(math.isfinite(side) for side in sides)
            and self.width > 1e-13 * max(abs(self.left), abs(self.right))
            and self.height > 1e-13 * max(abs(self.bottom), abs(self.top))
        )


class Picture(QGraphicsObject):
    """Everything that one plot paints. Coordinates are the plot's pixels.

    In the scene it has the mouse; the plot has it painted by itself.
    """

    def __init__(self, plot: Plot) -> None:
        super().__init__()
        self.plot = plot
        self.setZValue(1.0)

    def boundingRect(self) -> QRectF:
        return QRectF(self.plot.viewport().rect())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Nothing: no scene paints it."""

    def draw(self, painter: QPainter) -> None:
        """Paint it all; each kind of plot has its own."""
        raise NotImplementedError


class Plot(pg.GraphicsView):
    """A plot with the theme's colours that shows a range until the user zooms it.

    ``box`` is pyqtgraph's ViewBox, which turns the mouse into ranges. ``area`` is the rectangle
    of the box inside the widget; around it is room for ticks and labels. Nothing but the picture
    is painted: to ask each item of the scene for where it is takes as long as many a picture.

    Signals
    -------
    clicked(x, y) : a click, not a drag, at a point in data coordinates
    view_changed : another part of the plane is shown
    zoom_changed(bool) : the user took over the range, or gave it back
    """

    accessible_role = QAccessible.Role.Chart

    clicked = Signal(float, float)
    view_changed = Signal()
    zoom_changed = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setMinimumSize(20, 20)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.area = QRectF()
        self.zoomed = False
        self.leaves_wheel = False
        self._margins = (0.0, 0.0, 0.0, 0.0)
        self._fitting = View(0.0, 1.0, 0.0, 1.0)
        self._picture: Picture | None = None
        self._fit_button: QToolButton | None = None
        self.box = pg.ViewBox(enableMenu=False, defaultPadding=0.0)
        self.box.disableAutoRange()
        self.addItem(self.box)
        self.box.sigRangeChanged.connect(self._range_changed)
        self.box.sigRangeChangedManually.connect(self._zoomed_by_hand)
        self.scene().sigMouseClicked.connect(self._scene_clicked)
        self.view = self._fitting
        self._measure()
        look.follow(self, self._restyle)
        self._restyle()
        self._apply(self._fitting)

    @property
    def picture(self) -> Picture | None:
        """What paints on top of the box."""
        return self._picture

    def set_picture(self, picture: Picture) -> None:
        """Give the plot what it is to paint; only ``redraw`` paints it again."""
        self._picture = picture
        self.addItem(picture)
        # The scene would ask for a pass of its own over the window for each plot.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)

    def set_margins(self, left: float, top: float, right: float, bottom: float) -> None:
        """Pixels around the area, for ticks and labels."""
        if (left, top, right, bottom) != self._margins:
            self._margins = (left, top, right, bottom)
            self._place()

    def redraw(self) -> None:
        """Paint again, together with all else that is to be painted again."""
        self.viewport().update()

    # -- range --------------------------------------------------------------------------

    @property
    def fitting(self) -> View:
        """The range that fits, shown unless the user has zoomed."""
        return self._fitting

    def show_view(self, view: View) -> None:
        """Name the range that fits; it is shown unless the user has zoomed."""
        if not view.usable:
            return
        self._fitting = view
        if not self.zoomed:
            self._apply(view)

    @Slot()
    def fit(self) -> None:
        """Give up the user's zoom."""
        self._set_zoomed(False)
        self._apply(self._fitting)

    def zoom(self, steps: float) -> None:
        """Zoom in around the middle as by hand; out for negative steps."""
        self.box.scaleBy((_ZOOM_STEP**-steps,) * 2)
        self._zoomed_by_hand()

    def _apply(self, view: View) -> None:
        if view != self.view:
            self.box.setRange(
                xRange=(view.left, view.right), yRange=(view.bottom, view.top), padding=0.0
            )

    @Slot()
    def _range_changed(self, *_: object) -> None:
        (left, right), (bottom, top) = self.box.viewRange()
        self.view = View(float(left), float(right), float(bottom), float(top))
        self._measure()
        self.redraw()
        self.view_changed.emit()

    @Slot()
    def _zoomed_by_hand(self, *_: object) -> None:
        fit, view = self._fitting, self.view
        left, right = _kept_near(view.left, view.right, fit.left, fit.right)
        bottom, top = _kept_near(view.bottom, view.top, fit.bottom, fit.top)
        self._apply(View(left, right, bottom, top))
        self._set_zoomed(True)

    def _set_zoomed(self, zoomed: bool) -> None:
        if zoomed == self.zoomed:
            return
        self.zoomed = zoomed
        if zoomed and self._fit_button is None:
            self._fit_button = self._new_fit_button()
        if self._fit_button is not None:
            self._fit_button.setVisible(zoomed)
            self._place_fit_button()
        self.zoom_changed.emit(zoomed)

    def _new_fit_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(say("fit"))
        button.setAccessibleName(say("Fit: {plot}", plot=self.accessibleName()))
        button.setToolTip(say("Show all of it again (or double-click the plot)"))
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.clicked.connect(self.fit)
        give_sheet(button, _fit_button_style())
        return button

    # -- pixels -------------------------------------------------------------------------

    def x_px(self, x: float) -> float:
        """Pixel column of a data coordinate."""
        return self._left_px + (x - self.view.left) * self._x_scale

    def y_px(self, y: float) -> float:
        """Pixel row of a data coordinate."""
        return self._bottom_px - (y - self.view.bottom) * self._y_scale

    def x_pixels(self, x: Floats) -> Floats:
        """Pixel columns of many data coordinates, (n,) -> (n,)."""
        return self._left_px + (x - self.view.left) * self._x_scale

    def y_pixels(self, y: Floats) -> Floats:
        """Pixel rows of many data coordinates, (n,) -> (n,); kept near the widget."""
        rows = self._bottom_px - (y - self.view.bottom) * self._y_scale
        height = self.height()
        return np.minimum(np.maximum(rows, -4.0 * height), 5.0 * height)

    def x_at(self, pixel: float) -> float:
        """Data coordinate of a pixel column."""
        share = (pixel - self.area.left()) / max(self.area.width(), 1.0)
        return self.view.left + share * self.view.width

    def y_at(self, pixel: float) -> float:
        """Data coordinate of a pixel row."""
        share = (self.area.bottom() - pixel) / max(self.area.height(), 1.0)
        return self.view.bottom + share * self.view.height

    # -- events -------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.backgroundBrush())
        if self._picture is not None and self.area.isValid():
            self._picture.draw(painter)

    def close(self) -> bool:
        # pyqtgraph's own takes the scene apart under the picture, and crashes.
        return QGraphicsView.close(self)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        # pyqtgraph calls this from its own constructor.
        if hasattr(self, "box"):
            self._place()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.leaves_wheel and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        self._follow_range()
        turned = calm(event)
        super().wheelEvent(turned)
        event.setAccepted(turned.isAccepted())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._follow_range()
        super().mouseMoveEvent(event)

    def _follow_range(self) -> None:
        """Have the box know where its range lies: pyqtgraph sees to it where it paints."""
        self.box.updateMatrix()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.fit()

    @Slot(object)
    def _scene_clicked(self, event: MouseClickEvent) -> None:
        at = event.scenePos()
        left = event.button() == Qt.MouseButton.LeftButton
        if left and not event.double() and self.area.contains(at):
            self.clicked.emit(self.x_at(at.x()), self.y_at(at.y()))

    @Slot()
    def _restyle(self) -> None:
        self.setBackground(look.theme.color("panel"))
        if self._fit_button is not None:
            give_sheet(self._fit_button, _fit_button_style())
            self._place_fit_button()
        self.redraw()

    def _place(self) -> None:
        left, top, right, bottom = self._margins
        self.area = QRectF(
            left, top, max(1.0, self.width() - left - right), max(1.0, self.height() - top - bottom)
        )
        self.box.setGeometry(self.area)
        self._measure()
        self._place_fit_button()
        self.redraw()

    def _measure(self) -> None:
        """Keep what turns data coordinates into pixels."""
        self._left_px, self._bottom_px = self.area.left(), self.area.bottom()
        self._x_scale = self.area.width() / self.view.width
        self._y_scale = self.area.height() / self.view.height

    def _place_fit_button(self) -> None:
        button = self._fit_button
        if button is not None:
            button.adjustSize()
            button.move(int(self.area.right()) - button.width(), int(self.area.top()))


def _fit_button_style() -> str:
    """Small, and opaque because it lies over the curves."""
    theme = look.theme
    return (
        f"QToolButton {{ background: {theme.panel}; color: {theme.accent}; font-weight: 500;"
        f" border: 1px solid {theme.outline}; border-radius: {theme.px(4)}px;"
        f" padding: {theme.px(1)}px {theme.px(6)}px; }}"
        f"QToolButton:hover {{ background: {theme.accent_wash}; }}"
        f"QToolButton:focus {{ border-color: {theme.accent}; }}"
    )


def _kept_near(low: float, high: float, fit_low: float, fit_high: float) -> tuple[float, float]:
    """A range the user asked for: neither lost from sight nor too fine for floats."""
    fit = fit_high - fit_low
    half = min(max(high - low, fit * _MIN_WIDTH), fit * _MAX_WIDTH) / 2
    middle = min(max((low + high) / 2, fit_low - half), fit_high + half)
    return middle - half, middle + half
