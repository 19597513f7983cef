"""What is told of one example: its image, its label and reading, and what lies nearest to it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gui.look.image_colors import ink_image
from gui.look.painting import shade
from gui.look.theme import look
from gui.panels.image_space.found.data import SpaceData
from gui.plots.cloud.strip import ImageStrip, Shown
from gui.session import Session
from gui.widgets.text_line import TextLine
from model.door import listed, say, say_count
from model.image_space import Near, nearest_rows
from model.network import Floats
from model.words import numbers

# How long the mouse stays at a point before its neighbours are looked for.
_REST_MS = 60
_NEIGHBOURS = 6
# Distances are told with so many digits.
_DIGITS = 3


class Reading(QWidget):
    """One example, or what is on the bench while nothing is pointed at.

    ``stack_of`` of a row says which others lie on its spot.

    Signals
    -------
    chosen(int) : a neighbour was clicked or entered, by its row
    """

    chosen = Signal(int)

    def __init__(self, session: Session, data: SpaceData) -> None:
        super().__init__()
        self._session, self._data = session, data
        self.stack_of: Callable[[int], list[int]] = _no_stack
        self.row: int | None = None
        self.near: Near | None = None
        self._pixels: Floats | None = None
        self.picture = _Picture()
        self.title = TextLine(role="ink", weight=QFont.Weight.DemiBold)
        self.answer = TextLine(role="ink")
        self.error = TextLine()
        self.stack = TextLine(lines=2)
        # Only the wide layout has room for it.
        self.nearest = TextLine(lines=2, parent=self)
        self.strip = ImageStrip(say("Nearest examples in the full space"))
        self.strip.chosen.connect(self._chosen)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(1)
        self._soon = QTimer(self, singleShot=True, interval=_REST_MS)
        self._soon.timeout.connect(self._find_near)
        self.set_wide(False)

    def set_wide(self, wide: bool) -> None:
        """One thing under the other in a column, or beside each other in a low strip."""
        grid = self._grid
        for widget in (self.picture, self.title, self.answer, self.error, self.stack,
                       self.nearest, self.strip):  # fmt: skip
            grid.removeWidget(widget)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.picture, 0, 0, 4, 1, left)
        for row, line in enumerate((self.title, self.answer, self.error)):
            grid.addWidget(line, row, 1)
        if wide:
            grid.addWidget(self.stack, 4, 0, 1, 2)
            grid.addWidget(self.nearest, 5, 0, 1, 2)
            grid.addWidget(self.strip, 6, 0, 1, 2)
        else:
            grid.addWidget(self.stack, 3, 1)
            grid.addWidget(self.strip, 0, 2, 4, 1)
        self._wide = wide
        self.set_brief(False)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 0 if wide else 1)

    def set_brief(self, brief: bool) -> None:
        """Leave out what is nearest, where something else needs the room."""
        self.nearest.setVisible(self._wide and not brief)
        self.strip.setVisible(not brief)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.strip]

    # -- what is told ------------------------------------------------------------------------

    def forget(self) -> None:
        """Tell nothing: another experiment comes."""
        self._soon.stop()
        self.row = self.near = self._pixels = None
        self.strip.show_images(())

    def show_row(self, row: int | None) -> None:
        """Tell of an example of the sample, or of what is on the bench."""
        if row != self.row:
            self.row = row
            self._forget_near()
        self.refresh()

    def refresh(self) -> None:
        """Tell it with the weights of the moment."""
        inputs, sample = self._data.inputs, self._data.sample
        if inputs is None or sample is None:
            return
        state, experiment = self._session.state, self._session.experiment
        row = self.row
        if row is None or row >= len(inputs):
            image, target = state.inputs, state.target if state.is_labelled else None
            place = (
                say("drawn, on the bench")
                if state.example is None
                else say("example {number:,}, on the bench", number=state.example + 1)
            )
        else:
            image = inputs.rows(np.array([row]))[0]
            target = self._data.targets[row]
            place = say("example {number:,}", number=int(sample.examples[row]) + 1)
        if self._pixels is None or not np.array_equal(self._pixels, image):
            self._pixels = image
            self._forget_near()
            shape = experiment.image_shape
            self.picture.show_image(None if shape is None else image.reshape(shape))
        scores = state.weights @ image
        self.title.set_text(place)
        self.answer.set_text(self._answer(scores, target))
        if target is None:
            self.error.set_text(say("no label yet"))
        else:
            error = float(np.square(scores - target).sum())
            self.error.set_text(say("error {error}", error=numbers.short(error)))
        self._tell_stack(row)
        if self.near is None and not self._soon.isActive():
            self._soon.start()

    def _answer(self, scores: Floats, target: Floats | None) -> str:
        outputs = self._session.experiment.outputs
        if len(outputs) == 1 or self._data.labels is None:
            at = self._session.view.output
            return say("{output} {score}", output=outputs[at], score=numbers.short(scores[at]))
        answer = int(scores.argmax())
        slots = {"answer": outputs[answer], "score": numbers.short(float(scores[answer]), 3)}
        if target is None:
            return say("read as {answer} ({score})", **slots)
        label = outputs[int(target.argmax())]
        return say("labelled {label}, read as {answer} ({score})", label=label, **slots)

    def _tell_stack(self, row: int | None) -> None:
        others = [] if row is None else self.stack_of(row)
        if not others:
            self.stack.set_text("")
            return
        labels, outputs = self._data.labels, self._session.experiment.outputs
        which = ""
        if labels is not None:
            counts = np.bincount(labels[others], minlength=len(outputs))
            which = listed(
                say("{n:,} × {class_name}", n=int(counts[at]), class_name=outputs[at])
                for at in np.argsort(-counts, kind="stable").tolist()
                if counts[at]
            )
        self.stack.set_text(
            say_count("on one spot with {n:,} other: {which}",
                      "on one spot with {n:,} others: {which}", len(others), which=which)
        )  # fmt: skip

    def _forget_near(self) -> None:
        self.near = None
        self.strip.show_images(())
        self.nearest.set_text("")
        self._soon.start()

    @Slot()
    def _find_near(self) -> None:
        """The nearest examples, measured in the full space whatever is shown of it."""
        inputs, sample, image = self._data.inputs, self._data.sample, self._pixels
        if inputs is None or sample is None or image is None or not self.isVisible():
            return
        near = self.near = nearest_rows(inputs, image, _NEIGHBOURS, without=self._own_row())
        shape, labels = self._session.experiment.image_shape, self._data.labels
        outputs = self._session.experiment.outputs
        shown, texts = [], []
        rows = inputs.rows(near.rows)
        for row, distance, pixels in zip(
            near.rows.tolist(), near.distances.tolist(), rows, strict=True
        ):
            far = numbers.short(distance, _DIGITS)
            number = int(sample.examples[row]) + 1
            tip = say("example {number:,}, distance {far}", number=number, far=far)
            if labels is not None:
                label = outputs[int(labels[row])]
                tip = say("{example}, labelled {label}", example=tip, label=label)
            texts.append(tip)
            if shape is not None:
                shown.append(Shown(pixels.reshape(shape), far, tip))
        self.strip.show_images(shown)
        if shape is None:
            self.nearest.set_text(say("nearest: {examples}", examples="; ".join(texts[:3])))
        elif len(near.rows):
            self.nearest.set_text(say("nearest in the full space, and how far"))

    def _own_row(self) -> int | None:
        """The row of the image itself, which would be its own nearest neighbour."""
        if self.row is not None:
            return self.row
        example, sample = self._session.state.example, self._data.sample
        if example is None or sample is None:
            return None
        row = int(sample.rows_of(np.array([example]))[0])
        return row if row >= 0 else None

    @Slot(int)
    def _chosen(self, at: int) -> None:
        if self.near is not None and at < len(self.near.rows):
            self.chosen.emit(int(self.near.rows[at]))


def _no_stack(_: int) -> list[int]:
    return []


class _Picture(QWidget):
    """The image that is told of."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = look.theme.px(64)
        return QSize(side, side)

    def show_image(self, image: Floats | None) -> None:
        """Show an image (rows, cols), or take no room without one."""
        self._image = None if image is None else ink_image(image)
        self.setVisible(image is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        unit = (self.width() - 2) / max(self._image.width(), self._image.height())
        box = QRectF(1, 1, self._image.width() * unit, self._image.height() * unit)
        painter.drawImage(box, self._image)
        painter.setPen(shade("hairline"))
        painter.drawRect(box)
