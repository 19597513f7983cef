"""The image on which pixels are clicked to become axes, or an axis is painted."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.panels.image_space.found.axes import painted
from gui.panels.image_space.found.data import SpaceData
from gui.plots.cloud.pixel_map import Pixel, PixelMap
from gui.session import Session
from gui.widgets.choice_box import ChoiceBox
from model.door import say
from model.image_space import AxisChoice
from model.network import Floats

LETTERS = ("x", "y", "z")


class AxisMap(QWidget):
    """Shows where the pixels of the axes are; a click makes another one the next axis.

    ``most`` is how many axes there are at the most where it is used.

    Signals
    -------
    next_changed : the next pixel becomes another axis
    """

    next_changed = Signal()

    def __init__(self, session: Session, data: SpaceData, most: int) -> None:
        super().__init__()
        self._session, self._data, self._most = session, data, most
        self._next, self._wide = 0, False
        self._shown: tuple[object, ...] | None = None
        self.box = ChoiceBox(
            say("image to choose pixels on"), say("On which image pixels are clicked")
        )
        self.map = PixelMap()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.box)
        column.addWidget(self.map)
        self.map.chosen.connect(self._take_pixel)
        self.map.painted.connect(self._paint)
        self.box.activated.connect(self._choose_image)

    def set_wide(self, wide: bool) -> None:
        """Whether there is room for a large image, and a choice of it."""
        self._wide = wide
        self.box.setVisible(wide and self.chooses)
        self.map.set_side(132 if wide else 92)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.box, self.map]

    def rebuild(self) -> None:
        """Another experiment: other classes."""
        self._next, self._shown = 0, None
        averages = (
            (number, say("average of {class_name}", class_name=name))
            for number, name in enumerate(self._session.experiment.outputs)
        )
        self.box.offer([(None, say("average of all")), *averages, (-1, say("image on the bench"))])

    # -- which axis --------------------------------------------------------------------------

    @property
    def _axes(self) -> tuple[AxisChoice, ...]:
        return self._session.view.space.axes[: self._most]

    @property
    def next_axis(self) -> int:
        """The axis that the next pixel becomes."""
        return self._next % len(self._axes)

    def set_next(self, number: int) -> None:
        """Let the next pixel become this axis."""
        self._next = number
        self.next_changed.emit()

    @property
    def paints(self) -> bool:
        """Whether an axis is a picture that is painted here."""
        return any(axis.kind == "picture" for axis in self._axes)

    @property
    def chooses(self) -> bool:
        """Whether pixels are chosen here."""
        on_images = self._session.experiment.image_shape is not None
        has_pixels = any(axis.kind == "pixel" for axis in self._axes)
        return on_images and has_pixels and not self.paints

    def take(self, choice: AxisChoice) -> None:
        """Let the axis that was asked for be another one; what goes on goes on here."""
        self.set_axis(self.next_axis, choice)
        if choice.kind in ("pixel", "picture") and self.map.isVisible():
            self.map.setFocus()

    def set_axis(self, at: int, choice: AxisChoice) -> None:
        """Let one axis be another one."""
        axes = list(self._session.view.space.axes)
        axes[at] = choice
        self._session.view.show(space={"axes": axes})

    # -- what is shown -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Look again at the axes, the sample and the bench."""
        shape, space = self._session.experiment.image_shape, self._session.view.space
        shown = shape is not None and (self.chooses or self.paints)
        self.setVisible(shown)
        self.box.setVisible(self.chooses and self._wide)
        if not shown or shape is None or self._data.inputs is None:
            return
        bench = self._session.state.inputs if space.class_of_map == -1 else None
        now = (self._data.inputs, self._axes, space.picture, space.class_of_map, bench)
        if (
            self._shown is not None
            and all(a is b or a == b for a, b in zip(now[:4], self._shown[:4], strict=True))
            and bench is self._shown[4]
        ):
            return
        self._shown = now
        self.map.painting = self.paints
        if self.paints:
            self.map.setAccessibleName(say("Picture that is painted to be an axis"))
            self.map.setToolTip(
                say("Drag to paint blue, with Shift orange, with Ctrl nothing again")
            )
            self.map.show_signed(painted(space, shape[0] * shape[1]).reshape(shape))
            return
        self.map.setAccessibleName(say("Image whose pixels become axes"))
        self.map.setToolTip(say("Click a pixel: it becomes the axis with the dotted frame"))
        self.box.choose(space.class_of_map)
        marks: dict[str, Pixel] = {}
        for letter, axis in zip(LETTERS, self._axes, strict=False):
            if axis.kind == "pixel":
                marks[letter if self._most > 1 else ""] = divmod(axis.numbers[0], shape[1])
        self.map.show_ink(self._image().reshape(shape), marks)

    def _image(self) -> Floats:
        inputs, labels = self._data.inputs, self._data.labels
        assert inputs is not None
        wanted = self._session.view.space.class_of_map
        if wanted == -1:
            return self._session.state.inputs
        if wanted is not None and labels is not None:
            rows = np.flatnonzero(labels == wanted)
            if len(rows):
                return inputs.sums(rows) / len(rows)
        return inputs.mean

    # -- what is asked for -------------------------------------------------------------------

    @Slot(int, int)
    def _take_pixel(self, row: int, column: int) -> None:
        shape = self._session.experiment.image_shape
        if shape is not None:
            at = self.next_axis
            self._next = (at + 1) % len(self._axes)
            self.set_axis(at, AxisChoice("pixel", (row * shape[1] + column,)))

    @Slot(int, int, float)
    def _paint(self, row: int, column: int, value: float) -> None:
        shape = self._session.experiment.image_shape
        if shape is not None:
            picture = dict(self._session.view.space.picture)
            picture[row * shape[1] + column] = value
            self._session.view.show(space={"picture": [list(pair) for pair in picture.items()]})

    @Slot()
    def _choose_image(self) -> None:
        self._session.view.show(space={"class_of_map": self.box.currentData()})
