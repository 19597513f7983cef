"""Random images beside real ones: why noise is not a digit."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.panels.image_space.found.data import SpaceData
from gui.panels.image_space.stage import Stage
from gui.plots.cloud.strip import ImageStrip, Shown
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.text_line import TextLine
from model.door import say
from model.image_space import nearest_rows
from model.network import Floats
from model.words import numbers

_N = 12
_SIDE = 44


class RandomStage(Stage):
    """Three rows: real images, pixels each drawn from another real one, and plain noise."""

    def __init__(self, session: Session, data: SpaceData) -> None:
        super().__init__(session, data)
        self._draw = 0
        self._drawn: tuple[object, int] | None = None
        self.images: list[Floats] = []
        self.near: list[Floats] = []
        self.again = quiet_button(say("draw again"), say("Draw other images"))
        self.words = TextLine(role="ink", lines=3)
        self._names = (
            say("real images"),
            say("each pixel from another real image"),
            say("each pixel at random: black, white and all between are as likely"),
        )
        self.captions = [TextLine() for _ in self._names]
        self.strips = [ImageStrip(name, _SIDE) for name in self._names]
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for caption, strip in zip(self.captions, self.strips, strict=True):
            column.addWidget(caption)
            column.addWidget(strip)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.again)
        column.addLayout(row)
        column.addStretch(1)
        # Where there is no room for all of it; what Tab comes to is brought into sight.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.again.clicked.connect(self._draw_again)
        for number, strip in enumerate(self.strips):
            strip.chosen.connect((self._take_real, self._take_mixed, self._take_noise)[number])

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self.strips, self.again]

    def forget(self) -> None:
        """Let go of all that belongs to the experiment before."""
        self._drawn, self.images, self.near = None, [], []
        for strip in self.strips:
            strip.show_images(())

    @Slot()
    def _draw_again(self) -> None:
        self._draw += 1
        self.refresh()

    @Slot(int)
    def _take_real(self, at: int) -> None:
        self._put_on_bench(0, at)

    @Slot(int)
    def _take_mixed(self, at: int) -> None:
        self._put_on_bench(1, at)

    @Slot(int)
    def _take_noise(self, at: int) -> None:
        self._put_on_bench(2, at)

    def _put_on_bench(self, kind: int, at: int) -> None:
        """Let an image be looked at more closely; of none of them it is known what it is."""
        if kind < len(self.images):
            self._session.playback.pause()
            self._session.edits.draw(self.images[kind][at], self._names[kind])

    def refresh(self) -> None:
        """Draw images where there are none yet, and tell what the network reads in them."""
        inputs, shape = self._data.inputs, self._session.experiment.image_shape
        if inputs is None or shape is None:
            return
        if self._drawn != (inputs, self._draw):
            self._drawn = (inputs, self._draw)
            self._draw_images()
        outputs, weights = self._session.experiment.outputs, self._session.state.weights
        far: list[float] = []
        for images, near, strip, caption, name in zip(
            self.images, self.near, self.strips, self.captions, self._names, strict=True
        ):
            answers = (images @ weights.T).argmax(axis=1)
            shown = []
            for image, answer, distance in zip(
                images, answers.tolist(), near.tolist(), strict=True
            ):
                # With more digits, words below images that lie side by side would touch.
                away = numbers.short(distance, 1)
                tip = say("read as {answer}; the nearest example is {away} away",
                          answer=outputs[answer], away=away)  # fmt: skip
                words = say("{answer} · {away}", answer=outputs[answer], away=away)
                shown.append(Shown(image.reshape(shape), words, tip))
            strip.show_images(shown)
            caption.set_text(name)
            far.append(float(near.mean()) if len(near) else 0.0)
        real, mixed, noise = (numbers.short(distance, 3) for distance in far)
        self.words.set_text(
            say("Under each image: what the network reads in it, and how far the nearest example "
                "is. On average {real} for real images, {mixed} for mixed ones and {noise} for "
                "noise: digits lie close together in a space that is almost empty.",
                real=real, mixed=mixed, noise=noise)
        )  # fmt: skip

    def _draw_images(self) -> None:
        """The three kinds of images, and how far each is from the nearest example."""
        inputs = self._data.inputs
        assert inputs is not None
        rng = np.random.default_rng([self._session.view.space.seed, self._draw])
        n, wide = len(inputs), inputs.n_inputs
        rows = rng.choice(n, min(_N, n), replace=False)
        sources = rng.integers(0, n, (_N, wide))
        levels = np.take_along_axis(inputs.values, sources, axis=0)
        self.images = [
            inputs.rows(rows),
            np.asarray(levels, dtype=np.float64) / inputs.levels,
            rng.random((_N, wide)),
        ]
        own = [rows.tolist(), [None] * _N, [None] * _N]
        self.near = []
        for images, skipped in zip(self.images, own, strict=True):
            found = [
                nearest_rows(inputs, image, 1, without=row)
                for image, row in zip(images, skipped, strict=True)
            ]
            self.near.append(
                np.array([near.distances[0] if len(near.rows) else 0.0 for near in found])
            )
