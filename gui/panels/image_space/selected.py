"""What a selection has in common: its average image, labels and confusion, its worst example."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.image_space.found.data import SpaceData
from gui.plots.cloud.strip import ImageStrip, Shown
from gui.plots.confusion import ConfusionView, Pair
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.text_line import TextLine
from model.door import listed, say, say_count
from model.image_space import Selection, sum_up
from model.words import numbers

_MAX_NAMED = 3
_SIDE = 44


class Selected(QWidget):
    """Sums up what was selected; a cell of its confusion selects what is in it.

    Signals
    -------
    chosen(int) : the worst example was clicked, by its row
    narrowed(object) : these rows alone are to be selected
    cleared : nothing is to be selected any more
    """

    chosen = Signal(int)
    narrowed = Signal(object)
    cleared = Signal()

    def __init__(self, session: Session, data: SpaceData) -> None:
        super().__init__()
        self._session, self._data = session, data
        self.selection: Selection | None = None
        self._wide = False
        self.title = TextLine(role="ink", weight=QFont.Weight.DemiBold)
        self.clear = quiet_button(say("none"), say("Select nothing (Escape)"))
        self.labels = TextLine(lines=2)
        self.strip = ImageStrip(say("Average of the selection, and its worst example"), _SIDE)
        self.confusion = ConfusionView()
        self.readout = TextLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.clear)
        column.addLayout(top)
        column.addWidget(self.labels)
        self._beside = QHBoxLayout()
        self._beside.addWidget(self.strip, 0)
        self._beside.addWidget(self.confusion, 1)
        column.addLayout(self._beside, 1)
        column.addWidget(self.readout)
        self.clear.clicked.connect(self.cleared)
        self.strip.chosen.connect(self._strip_chosen)
        self.confusion.pointed.connect(self._read_out)
        self.confusion.chosen.connect(self._narrow)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.clear, self.strip, self.confusion]

    def set_wide(self, wide: bool) -> None:
        """With the confusion where there is room for it."""
        self._wide = wide
        self._show_confusion()
        # Two images, and as much as can be for the confusion.
        self.strip.setFixedWidth(look.theme.px(2 * (_SIDE + 8)))
        self.strip.setVisible(wide and self.selection is not None)

    def _show_confusion(self) -> None:
        shown = self._wide and self._data.labels is not None
        self.confusion.setVisible(shown)
        self.readout.setVisible(shown)
        self.labels.setVisible(self._data.labels is not None)

    def refresh(self, rows: np.ndarray, n_selected: int) -> None:
        """Sum up these rows of the sample; ``n_selected`` counts also those that it lacks."""
        data, session = self._data, self._session
        self.setVisible(n_selected > 0)
        if data.inputs is None or not n_selected:
            self.selection = None
            return
        outputs, shape = session.experiment.outputs, session.experiment.image_shape
        answers, errors = data.answers, data.errors
        found = self.selection = sum_up(
            data.inputs, rows, data.labels, answers, errors, len(outputs)
        )
        self.title.set_text(_how_many(len(rows), n_selected))
        self._show_confusion()
        if data.labels is not None:
            self.labels.set_text(_labels_in_words(found, outputs))
            self.confusion.set_counts(outputs, found.confusion)
        shown = []
        if shape is not None and len(rows):
            shown.append(Shown(found.average.reshape(shape), say("average"),
                               say("average of the selection")))  # fmt: skip
        if shape is not None and found.worst is not None:
            image = data.inputs.rows(np.array([found.worst]))[0].reshape(shape)
            error = numbers.short(float(errors[found.worst]), 3)
            tip = say("the worst example of them, error {error}: click to put it on the bench",
                      error=error)  # fmt: skip
            shown.append(Shown(image, say("worst"), tip))
        # In a low strip below the cloud there is no room for it.
        self.strip.setVisible(bool(shown) and self._wide)
        self.strip.show_images(shown)
        self._read_out()

    @Slot()
    def _read_out(self) -> None:
        pair = self.confusion.pointed_at
        hint = say("Click a cell to select what is in it")
        self.readout.set_text(hint if pair is None else self.confusion.words(pair))

    @Slot(object)
    def _narrow(self, pair: Pair | None) -> None:
        labels = self._data.labels
        if pair is None or labels is None or self.selection is None:
            return
        rows = self.selection.rows
        inside = (labels[rows] == pair[0]) & (self._data.answers[rows] == pair[1])
        if inside.any():
            self.narrowed.emit(rows[inside])

    @Slot(int)
    def _strip_chosen(self, at: int) -> None:
        if at == 1 and self.selection is not None and self.selection.worst is not None:
            self.chosen.emit(self.selection.worst)


def _how_many(n_here: int, n_selected: int) -> str:
    if n_here == n_selected:
        return say_count("{n:,} selected", "{n:,} selected", n_selected)
    return say("{here:,} of {all:,} selected are in this sample", here=n_here, all=n_selected)


def _labels_in_words(found: Selection, outputs: tuple[str, ...]) -> str:
    """The most frequent labels, and how many are read right."""
    counts, n = found.labels, int(found.labels.sum())
    order = np.argsort(-counts, kind="stable")
    there = [at for at in order.tolist() if counts[at]]
    which = listed(
        say("{n:,} × {class_name}", n=int(counts[at]), class_name=outputs[at])
        for at in there[:_MAX_NAMED]
    )
    if len(there) > _MAX_NAMED:
        which = say("{which}, …", which=which)
    right = int(np.trace(found.confusion))
    share = numbers.percent(right / n) if n else numbers.percent(0.0)
    return say("labels: {which}; {share} read right", which=which, share=share)
