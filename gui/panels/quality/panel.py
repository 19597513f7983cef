"""How good the network is on images it has not learnt from, and where it goes wrong."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QFont, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from gui.look.styling import give_sheet
from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.quality.accuracy_plot import AccuracyPlot
from gui.panels.quality.mistakes import MAX_SHOWN, Mistake, MistakesView
from gui.plots.confusion import ConfusionView
from gui.session import Session
from gui.session.checks.view import Pair
from gui.session.evaluator import Evaluation
from gui.widgets.buttons import quiet_button
from gui.widgets.text_line import TextLine
from gui.widgets.tips import plain_tip
from gui.widgets.whereabouts import rect_in
from model.accuracy_history import Point
from model.door import mark, say
from model.words import numbers
from model.words.parts import Part
from model.words.quality import best_sentence, best_words, held_out_term

_MANY_CLASSES, _LONG_NAME = 20, 5
_HINT = mark("Click for mistakes")
# A second, while running: new results come no more often.
_FRAMES = 2.0


class QualityPanel(QWidget):
    """Accuracy on the held-out images, the confusion matrix, and the worst mistakes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._evaluator = session.evaluator
        # What the matrix and the mistakes show: a result, and the pair that is looked into.
        self._shown: tuple[object, ...] | None = None
        # The result after which was asked whether the examples are learned by heart.
        self._judged: Evaluation | None = None
        self.accuracy = QLabel()
        self.accuracy.setAccessibleName(say("Held-out accuracy"))
        self.images = TextLine()
        self.step = TextLine()
        self.error = TextLine()
        self.best_button = quiet_button("", "")
        self.best_button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.heart = QLabel()
        self.heart.setWordWrap(True)
        self.heart.setTextFormat(Qt.TextFormat.PlainText)
        self.plot = AccuracyPlot()
        self.confusion = ConfusionView()
        self.readout = TextLine()
        self.heading = TextLine(role="ink")
        self.all_button = quiet_button(
            say("all"),
            say("Show the worst of all mistakes again"),
            say("Show the worst of all mistakes"),
        )
        self.mistakes = MistakesView()
        self._lay_out()
        self._connect()
        self._restyle()
        self._following = Following(
            session, self, self._refresh, self._rebuild, self._describe, _FRAMES, self._forget
        )
        self._evaluator.finished.connect(self._following.look_again)
        self._following.catch_up()

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
        words.addWidget(self.best_button, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        self._top.addLayout(words, 5)
        self._top.addWidget(self.plot, 6)
        self._column.addWidget(self.heart)
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
        self._session.view.changed.connect(self._look_changed)
        self._evaluator.rested.connect(self._fill_gap)
        self.best_button.clicked.connect(self._go_to_best)
        self.plot.best_chosen.connect(self._go_to_best)
        self.confusion.pointed.connect(self._pointed)
        self.confusion.chosen.connect(self._filter)
        self.all_button.clicked.connect(self._show_all)
        self.mistakes.chosen.connect(self._put_on_bench)
        look.follow(self, self._restyle)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.best_button, self.confusion, self.all_button, self.mistakes]

    def locate(self, part: Part) -> QRect | None:
        """Where one of the named parts is; None while it is out of sight."""
        widgets: dict[str, QWidget] = {
            "quality": self,
            "accuracy": self.accuracy,
            "plot:accuracy": self.plot,
            "confusion": self.confusion,
            "mistakes": self.mistakes,
        }
        return rect_in(self, widgets[part.family])

    def copy(self) -> None:
        """Put the confusion matrix on the clipboard as tab-separated text."""
        if not self._session.parts.veils.covers("confusion"):
            self.confusion.copy()

    # -- what is shown --------------------------------------------------------------------

    def _forget(self) -> None:
        self._shown = None
        self.mistakes.set_mistakes(None, ())

    def _rebuild(self) -> None:
        self._shown = None
        digits = self._evaluator.held_out
        self._stack.setCurrentIndex(0 if digits is not None else 1)
        self._empty.setText(say("There are no held-out images to ask the network about here."))
        n = len(self._session.experiment.outputs)
        self.confusion.set_counts((), np.zeros((0, 0), dtype=np.int64))
        self.confusion.setVisible(n > 1)
        self._share_width()

    @Slot()
    def _fill_gap(self) -> None:
        """Measure what the plot does not know yet of the steps before and after the moment."""
        if self._following.in_sight:
            step = self._evaluator.missing(self._session.playback.length)
            if step is not None:
                self._evaluator.measure(step)

    def _refresh(self) -> None:
        """The path may have become longer or another one, and there may be a new result."""
        evaluation = self._evaluator.evaluation
        if evaluation is None or self._evaluator.is_outdated:
            self._show_nothing_yet()
        else:
            self._show_numbers(evaluation)
        self._plot()
        self._show_best()
        shown = evaluation, self._session.view.pair, self._session.state.setup.order
        if shown != self._shown:
            self._shown = shown
            if evaluation is not None:
                names = self._session.experiment.outputs
                self.confusion.set_counts(names, evaluation.quality.confusion)
            self._show_mistakes()
            self._read_out()

    def _show_nothing_yet(self) -> None:
        self.accuracy.setText("…")
        digits = self._evaluator.held_out
        n = 0 if digits is None else len(digits.held_out_labels)
        self.images.set_text(say("of {n:,} held out", n=n))
        self.step.set_text("")
        self.error.set_text("")

    def _show_numbers(self, evaluation: Evaluation) -> None:
        quality = evaluation.quality
        text = numbers.percent(quality.accuracy)
        if text != self.accuracy.text():
            self.accuracy.setText(text)
        self.images.set_text(say("of {n:,} held out", n=evaluation.n_images))
        self.step.set_text(say("at step {step:,}", step=evaluation.step))
        self.error.set_text(say("mean error {error}", error=numbers.short(quality.error)))
        right = round(quality.accuracy * evaluation.n_images)
        term = held_out_term(right, evaluation.n_images, evaluation.step)
        for widget in (self.accuracy, self.images):
            widget.setToolTip(plain_tip(term))
        self.accuracy.setAccessibleDescription(term)

    def _show_best(self) -> None:
        """The best moment that was measured, a press away, and whether it went down since."""
        best, evaluation = self._evaluator.best, self._evaluator.evaluation
        self.best_button.setVisible(best is not None)
        if best is None:
            self.heart.hide()
            return
        self.best_button.setText(best_words(best))
        here = best.step == self._session.playback.position
        self.best_button.setEnabled(not here)
        tip = say("{sentence} Press to go back there.", sentence=best_sentence(best))
        self.best_button.setToolTip(plain_tip(tip))
        self.best_button.setAccessibleName(tip)
        if evaluation is not self._judged:
            self._judged = evaluation
            sentence = self._evaluator.by_heart
            self.heart.setText(sentence)
            self.heart.setVisible(bool(sentence))

    @Slot()
    def _go_to_best(self) -> None:
        best = self._evaluator.best
        if best is not None and best.step <= self._session.playback.length:
            self._session.playback.pause()
            self._session.playback.seek(best.step)

    def _plot(self) -> None:
        evaluation = self._evaluator.evaluation
        now = None
        if evaluation is not None:
            quality = evaluation.quality
            now = Point(evaluation.step, quality.accuracy, quality.error)
        length = self._session.playback.length
        self.plot.show_points(self._evaluator.history, length, now, self._evaluator.best)

    def _show_mistakes(self) -> None:
        evaluation, digits = self._evaluator.evaluation, self._evaluator.held_out
        names, pair = self._session.experiment.outputs, self._session.view.pair
        self.all_button.setVisible(pair is not None)
        self.confusion.set_pair(pair)
        if evaluation is None or digits is None:
            self.heading.set_text(say("worst mistakes"))
            self.mistakes.set_mistakes(None, ())
            return
        quality, answers = evaluation.quality, evaluation.quality.answers
        label, guess = pair or (None, None)
        # On the diagonal there are no mistakes: it stands for those of its whole row.
        guess = None if guess == label else guess
        worst = quality.worst(MAX_SHOWN, label, guess)
        which = _which(names, label, guess)
        self.heading.set_text(which if len(worst) else say("{which}: none", which=which))
        self.mistakes.set_mistakes(
            digits,
            [
                Mistake(
                    at,
                    names[int(answers.labels[at])],
                    names[int(answers.guesses[at])],
                    float(answers.margins[at]),
                    int(answers.guesses[at]),
                )
                for at in worst.tolist()
            ],
            self._session.state.setup.order,
        )

    @property
    def _pair_told(self) -> Pair | None:
        """The cell that is pointed at, or else the one that is looked into."""
        return self.confusion.pointed_at or self._session.view.pair

    def _read_out(self) -> None:
        pair = self._pair_told
        if self._evaluator.evaluation is None:
            self.readout.set_text("")
        else:
            self.readout.set_text(self.confusion.words(pair) if pair is not None else say(_HINT))

    def _describe(self) -> None:
        evaluation, pair = self._evaluator.evaluation, self._pair_told
        if evaluation is None:
            return
        share = numbers.percent(evaluation.quality.accuracy)
        words = say("{share} at step {step:,}", share=share, step=evaluation.step)
        best = self._evaluator.best
        if best is not None:
            words = say("{words}; {best}", words=words, best=best_words(best))
        self.plot.setAccessibleDescription(words)
        words = say("{share} on the diagonal", share=share)
        if pair is not None:
            words = say("{pair}; {words}", pair=self.confusion.words(pair), words=words)
        self.confusion.setAccessibleDescription(words)
        self.mistakes.describe()

    @Slot()
    def _pointed(self) -> None:
        self._read_out()
        if not self._session.playback.running:
            self._describe()

    # -- what is asked for ----------------------------------------------------------------

    @Slot(str)
    def _look_changed(self, name: str) -> None:
        if name == "pair":
            self._following.look_again()

    @Slot(object)
    def _filter(self, pair: Pair | None) -> None:
        self._session.view.show(pair=pair)

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
        image = session.state.setup.arranged(digits.held_out_images[mistake.image])
        if session.edits.look_at(image, target, say("held-out {label}", label=mistake.label)):
            # Why it was read so, beside what it is: the dot product can go to and fro.
            session.view.show(output=mistake.guess_output, panel="dot_product")

    # -- events ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._evaluator.set_wanted(self, True)

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
        # A matrix of many classes has the more of the width: one mistake stands beside it then.
        names = self._session.experiment.outputs
        many = len(names) > _MANY_CLASSES or max(map(len, names)) > _LONG_NAME
        across = max(least, inside - look.theme.px(80 if many else 166))
        if not many and across > look.theme.px(200) and height > across + look.theme.px(48):
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
        # Its words stand in line with those above.
        plain = "QToolButton { padding-left: 0px; border-left-width: 0px; }"
        give_sheet(self.best_button, plain)
        self._column.setContentsMargins(px(12), px(8), px(12), px(10))
        self._column.setSpacing(px(8))
        self._top.setContentsMargins(px(12), px(6), px(10), px(6))
        self._top.setSpacing(px(10))
        self._below.setContentsMargins(px(8), px(8), px(8), px(6))
        self._below.setSpacing(px(10))
        self._left.setSpacing(px(4))
        self._share_width()


def _which(names: Sequence[str], label: int | None, guess: int | None) -> str:
    """Which mistakes are listed: all, those on a label, or those of one kind."""
    if label is None:
        return say("worst mistakes")
    if guess is None:
        return say("worst mistakes on {label}", label=names[label])
    return say("{label} taken for {guess}", label=names[label], guess=names[guess])


def _card() -> tuple[QFrame, QHBoxLayout]:
    card = QFrame()
    card.setObjectName("panel")
    card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return card, QHBoxLayout(card)
