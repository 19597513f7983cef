"""How good the network is on images it has not learnt from, and where it goes wrong."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.panels.quality.accuracy_plot import AccuracyPlot
from gui.panels.quality.confusion import ConfusionView, Pair
from gui.panels.quality.mistakes import MOST_SHOWN, Mistake, MistakesView
from gui.session import Session
from gui.session.evaluator import Evaluation
from gui.widgets.text_line import TextLine
from model.path.accuracy_history import Point
from model.words import numbers

_HINT = "Click for mistakes"


class QualityPanel(QWidget):
    """Accuracy on the held-out images, the confusion matrix, and the worst mistakes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._evaluator = session.evaluator
        self._pair: Pair | None = None
        self.accuracy = QLabel()
        self.accuracy.setAccessibleName("Held-out accuracy")
        self.images = TextLine()
        self.step = TextLine()
        self.error = TextLine()
        self.plot = AccuracyPlot()
        self.confusion = ConfusionView()
        self.readout = TextLine()
        self.heading = TextLine(role="ink")
        self.all_button = QToolButton()
        self.all_button.setObjectName("quiet")
        self.all_button.setText("all")
        self.all_button.setToolTip("Show the worst of all mistakes again")
        self.all_button.setAccessibleName("Show the worst of all mistakes")
        self.mistakes = MistakesView()
        self._lay_out()
        self._connect()
        self._restyle()
        self._opened()

    def _lay_out(self) -> None:
        self._empty = QLabel()
        self._empty.setObjectName("muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        full = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(full)
        self._stack.addWidget(self._empty)
        self._column = QVBoxLayout(full)
        top, self._top = _card()
        self._column.addWidget(top, 2)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        for widget in (self.accuracy, self.images, self.step, self.error):
            words.addWidget(widget)
        words.addStretch(1)
        self._top.addLayout(words, 5)
        self._top.addWidget(self.plot, 6)
        self._lower, self._below = _card()
        self._column.addWidget(self._lower, 9)
        self._side = QWidget()
        self._left = QVBoxLayout(self._side)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.addWidget(self.confusion, 1)
        self._left.addWidget(self.readout)
        self._left.addStretch()
        self._below.addWidget(self._side, 100)
        right = QVBoxLayout()
        right.setSpacing(0)
        header = QHBoxLayout()
        header.addWidget(self.heading, 1)
        header.addWidget(self.all_button)
        right.addLayout(header)
        right.addWidget(self.mistakes, 1)
        self._below.addLayout(right, 1)

    def _connect(self) -> None:
        self._session.opened.connect(self._opened)
        self._session.changed.connect(self._refresh)
        self._evaluator.finished.connect(self._finished)
        self._evaluator.rested.connect(self._fill_gap)
        self.confusion.pointed.connect(self._read_out)
        self.confusion.chosen.connect(self._filter)
        self.all_button.clicked.connect(self._show_all)
        self.mistakes.chosen.connect(self._put_on_bench)
        look.changed.connect(self._restyle)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.confusion, self.all_button, self.mistakes]

    # -- what is shown --------------------------------------------------------------------

    @Slot()
    def _opened(self) -> None:
        self._pair = None
        digits = self._evaluator.held_out
        self._stack.setCurrentIndex(0 if digits is not None else 1)
        self._empty.setText("There are no held-out images to ask the network about here.")
        n = len(self._session.experiment.outputs)
        self.confusion.set_counts((), np.zeros((0, 0), dtype=np.int64))
        self.confusion.setVisible(n > 1)
        # Also while hidden: it would keep the images of the experiment before.
        self.mistakes.set_mistakes(None, ())
        self._finished()

    @Slot()
    def _refresh(self) -> None:
        """The path may have become longer or another one; results come by themselves."""
        if self.isVisible() and not self._session.playback.running:
            self._plot()
            if self._evaluator.is_outdated:
                self._show_nothing_yet()

    @Slot()
    def _fill_gap(self) -> None:
        """Measure what the plot does not know yet of the steps before and after the moment."""
        if self.isVisible():
            step = self._evaluator.missing(self._session.playback.length)
            if step is not None:
                self._evaluator.measure(step)

    @Slot()
    def _finished(self) -> None:
        if not self.isVisible():
            return
        evaluation = self._evaluator.evaluation
        if evaluation is None:
            self._show_nothing_yet()
        else:
            self._show_numbers(evaluation)
            names = self._session.experiment.outputs
            self.confusion.set_counts(names, evaluation.quality.confusion)
        self._plot()
        self._show_mistakes()
        self._read_out()

    def _show_nothing_yet(self) -> None:
        self.accuracy.setText("…")
        digits = self._evaluator.held_out
        n = 0 if digits is None else len(digits.held_out_labels)
        self.images.set_text(f"of {n:,} held out")
        self.step.set_text("")
        self.error.set_text("")

    def _show_numbers(self, evaluation: Evaluation) -> None:
        quality = evaluation.quality
        text = numbers.percent(quality.accuracy)
        if text != self.accuracy.text():
            self.accuracy.setText(text)
        self.images.set_text(f"of {evaluation.n_images:,} held out")
        self.step.set_text(f"at step {evaluation.step:,}")
        self.error.set_text(f"mean error {numbers.short(quality.error)}")

    def _plot(self) -> None:
        evaluation = self._evaluator.evaluation
        now = None
        if evaluation is not None:
            quality = evaluation.quality
            now = Point(evaluation.step, quality.accuracy, quality.error)
            if not self._session.playback.running:
                words = f"{numbers.percent(now.accuracy)} at step {now.step:,}"
                self.plot.setAccessibleDescription(words)
        self.plot.show_points(self._evaluator.history, self._session.playback.length, now)

    def _show_mistakes(self) -> None:
        evaluation, digits = self._evaluator.evaluation, self._evaluator.held_out
        names = self._session.experiment.outputs
        self.all_button.setVisible(self._pair is not None)
        self.confusion.set_pair(self._pair)
        if evaluation is None or digits is None:
            self.heading.set_text("worst mistakes")
            self.mistakes.set_mistakes(None, ())
            return
        quality, answers = evaluation.quality, evaluation.quality.answers
        label, guess = self._pair or (None, None)
        # On the diagonal there are no mistakes: it stands for those of its whole row.
        guess = None if guess == label else guess
        worst = quality.worst(MOST_SHOWN, label, guess)
        if label is None:
            which = "worst mistakes"
        elif guess is None:
            which = f"worst mistakes on {names[label]}"
        else:
            which = f"{names[label]} taken for {names[guess]}"
        self.heading.set_text(which if len(worst) else f"{which}: none")
        self.mistakes.set_mistakes(
            digits,
            [
                Mistake(
                    at,
                    names[int(answers.labels[at])],
                    names[int(answers.guesses[at])],
                    float(answers.margins[at]),
                )
                for at in worst.tolist()
            ],
        )
        if not self._session.playback.running:
            self.mistakes.describe()

    @Slot()
    def _read_out(self) -> None:
        pair = self.confusion.pointed_at or self._pair
        evaluation = self._evaluator.evaluation
        if evaluation is None:
            self.readout.set_text("")
            return
        self.readout.set_text(self.confusion.words(pair) if pair is not None else _HINT)
        if not self._session.playback.running:
            right = f"{numbers.percent(evaluation.quality.accuracy)} on the diagonal"
            words = f"{self.confusion.words(pair)}; {right}" if pair is not None else right
            self.confusion.setAccessibleDescription(words)

    # -- what is asked for ----------------------------------------------------------------

    @Slot(object)
    def _filter(self, pair: Pair | None) -> None:
        self._pair = pair
        self._show_mistakes()
        self._read_out()

    @Slot()
    def _show_all(self) -> None:
        self.mistakes.setFocus()
        self._filter(None)

    @Slot(object)
    def _put_on_bench(self, mistake: Mistake) -> None:
        digits, session = self._evaluator.held_out, self._session
        if digits is None:
            return
        session.playback.pause()
        target = np.zeros(len(session.experiment.outputs))
        target[int(digits.held_out_labels[mistake.image])] = 1.0
        image = digits.held_out_images[mistake.image]
        session.edits.look_at(image, target, f"held-out {mistake.label}")

    # -- events ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._evaluator.set_wanted(self, True)
        self._finished()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._evaluator.set_wanted(self, False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """The matrix is as large as the height allows, but leaves room for mistakes."""
        margins = self._below.contentsMargins()
        inside = self.width() - 2 * self._column.contentsMargins().left()
        inside -= margins.left() + margins.right() + self._below.spacing()
        least, height = look.theme.px(140), self._matrix_height()
        across = max(least, inside - look.theme.px(166))
        if across > look.theme.px(200) and height > across + look.theme.px(48):
            # Where it is high, two mistakes beside each other are enough of them.
            across += look.theme.px(48)
        side = min(across, max(least, height))
        # A maximum and not a fixed width: the panel must be able to become narrower again.
        self._side.setMaximumWidth(side)
        self.confusion.setMaximumHeight(side + look.theme.px(8))

    def _matrix_height(self) -> int:
        margins = self._below.contentsMargins()
        used = margins.top() + margins.bottom() + self._left.spacing()
        share = self.height() - 2 * self._column.contentsMargins().top() - self._column.spacing()
        return round(share * 9 / 11) - used - self.readout.sizeHint().height()

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self.accuracy.setFont(look.theme.font(2.1, QFont.Weight.DemiBold))
        self.all_button.setFont(look.theme.font(0.9))
        self._column.setContentsMargins(px(12), px(8), px(12), px(10))
        self._column.setSpacing(px(8))
        self._top.setContentsMargins(px(12), px(6), px(10), px(6))
        self._top.setSpacing(px(10))
        self._below.setContentsMargins(px(8), px(8), px(8), px(6))
        self._below.setSpacing(px(10))
        self._left.setSpacing(px(4))
        self._share_width()


def _card() -> tuple[QFrame, QHBoxLayout]:
    card = QFrame()
    card.setObjectName("panel")
    card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return card, QHBoxLayout(card)
