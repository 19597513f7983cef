"""One run of a layout: its cloud, its cost by step, and what is told of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.image_space.found.data import SpaceData
from gui.panels.image_space.found.runner import LayoutRun
from gui.plots.cloud.camera import camera_for
from gui.plots.cloud.drawing import Sign
from gui.plots.cloud.view import CloudView
from gui.plots.cost_curve import CostCurve
from gui.widgets.text_line import TextLine
from model.door import say
from model.image_space import nearest_rows, place_in_map
from model.image_space.layouts import LayoutSettings
from model.network import Floats

# The mean of so many neighbours' places is the place of an image that is not in the map.
_NEIGHBOURS = 5
_GLIDE_MS = 33
# In 13 pixel type: a lower run has no room for the curve of its costs, but for the last one.
_LOW = 190
# The camera has arrived once its scale differs by less than this.
_ARRIVED = 0.01


class RunView(QWidget):
    """One run: its cloud, its cost by step, and what is said about it.

    Signals
    -------
    appeared : there are points that were not there before, without colours as yet
    """

    appeared = Signal()

    def __init__(self, name: str, data: SpaceData) -> None:
        super().__init__()
        self._data = data
        self.run = LayoutRun(self)
        self.view = CloudView(name)
        self.curve = CostCurve()
        self.caption = TextLine()
        self._start_words = ""
        self._image: Floats | None = None
        self._near: Any = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.caption)
        column.addWidget(self.view, 1)
        column.addWidget(self.curve)
        self._glide = QTimer(self, interval=_GLIDE_MS)
        self._glide.timeout.connect(self._move_on)
        self.run.moved.connect(self.show_points)

    def follow(self, wanted: LayoutSettings) -> None:
        """Have a layout of these settings, if none was started; one that was stays as it is."""
        inputs, run = self._data.inputs, self.run
        if inputs is None:
            run.forget()
            self.view.message = say("Gathering the examples…")
            return
        fresh = run.settings == wanted and run.inputs is inputs
        # What was laid out of other examples has no colours and no names any more.
        if not fresh and (not run.started or run.inputs is not inputs):
            try:
                run.begin(inputs, wanted)
            except ValueError as error:
                self.view.message = str(error)
            self._near = None
        self.show_points()

    def restart(self, wanted: LayoutSettings) -> None:
        """Throw away what was laid out, and begin with these settings."""
        self.run.forget()
        self.follow(wanted)

    def is_of(self, wanted: LayoutSettings) -> bool:
        """Whether what is shown was laid out with these settings."""
        return self.run.settings == wanted

    @Slot()
    def show_points(self) -> None:
        """Show where the points are now."""
        run, view = self.run, self.view
        found, layout = run.coordinates, run.layout
        if found is None or layout is None or not np.isfinite(found).all():
            if layout is not None:
                view.message = self._waiting()
            view.signs = ()
            view.show_points(np.zeros((0, 2), dtype=np.float32), True)
            self.curve.show_costs("", ())
            return
        view.message = ""
        first = len(view.cloud) != len(found)
        view.show_points(found, square=True, follow=not first)
        view.cloud.pairs = layout.edges
        self.curve.show_costs(layout.cost_name, list(layout.costs))
        self._show_caption()
        self._glide.start()
        self._mark()
        if first:
            self.appeared.emit()

    def caption_start(self, words: str) -> None:
        """Tell where the points began, above them."""
        self._start_words = words
        self._show_caption()

    def _show_caption(self) -> None:
        low = self.height() < look.theme.px(_LOW)
        self.curve.setVisible(not low)
        self.caption.set_text((low and self.curve.words) or self._start_words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_caption()

    def _waiting(self) -> str:
        if self.run.running:
            done = round(100 * self.run.share_prepared)
            return say("Finding neighbours and distances: {done} %", done=done)
        return say("Press Run: nothing starts before it is asked for")

    @Slot()
    def _move_on(self) -> None:
        """Let the camera arrive where all points fit, once they rest."""
        view = self.view
        camera = view.cloud.camera
        wanted = camera_for(view.cloud.points, True, camera)
        away = max(
            abs(old / new - 1) for old, new in zip(camera.extent, wanted.extent, strict=True)
        )
        if away < _ARRIVED or not len(view.cloud):
            self._glide.stop()
        elif not self.run.running:
            view.show_points(view.cloud.points, square=True, follow=True)

    # -- what is on the bench ----------------------------------------------------------------

    def mark(self, image: Floats, word: str) -> None:
        """Mark where an image (n_inputs,) belongs: among its nearest examples."""
        self._word = word
        if self._image is None or not np.array_equal(image, self._image):
            self._image, self._near = image, None
        self._mark()

    def _mark(self) -> None:
        found, inputs, image = self.run.coordinates, self._data.inputs, self._image
        if found is None or inputs is None or image is None or not np.isfinite(found).all():
            return
        if self._near is None:
            self._near = nearest_rows(inputs, image, _NEIGHBOURS)
        if len(self._near.rows):
            self.view.signs = (Sign(place_in_map(self._near, found), self._word),)
            self.view.update()

    def forget(self) -> None:
        """Stop, and let go of everything."""
        self._glide.stop()
        self.run.forget()
        self._image = self._near = None
