"""How good the network is on rows that it has not learned from, where outputs are numbers."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QFont, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.held_out.errors_plot import ErrorsPlot
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.text_line import TextLine
from gui.widgets.tips import plain_tip
from gui.widgets.whereabouts import rect_in
from model.accuracy_history import ErrorPoint
from model.door import say, say_count
from model.words import numbers
from model.words.parts import Part
from model.words.quality import held_out_sentence, least_sentence, least_words

# A second, while running: new results come no more often.
_FRAMES = 2.0


class HeldOutPanel(QWidget):
    """The mean error on what is held out, that on the examples, and both by step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._evaluator = session.evaluator
        self.held_out, self.training = (
            TextLine(role="ink", scale=1.7, weight=QFont.Weight.DemiBold) for _ in range(2)
        )
        self.held_out_rows, self.examples = TextLine(), TextLine()
        self.held_out.setAccessibleName(say("Held-out error"))
        self.training.setAccessibleName(say("Training error"))
        self.step = TextLine()
        self.best_button = quiet_button("", "")
        self.best_button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.plot = ErrorsPlot()
        self._lay_out()
        self.best_button.clicked.connect(self._go_to_best)
        self._evaluator.rested.connect(self._fill_gap)
        look.follow(self, self._restyle)
        self._restyle()
        self._following = Following(
            session, self, self._refresh, describe=self._describe, frames=_FRAMES
        )
        self._evaluator.finished.connect(self._following.look_again)
        self._following.catch_up()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("panel")
        self._inside = QVBoxLayout(card)
        self._numbers = QGridLayout()
        for column, (sample, title, number, rows) in enumerate(
            (
                (_Sample(dashed=False), say("held-out error"), self.held_out, self.held_out_rows),
                (_Sample(dashed=True), say("training error"), self.training, self.examples),
            )
        ):
            head = TextLine()
            head.set_text(title)
            self._numbers.addWidget(sample, 0, 2 * column)
            self._numbers.addWidget(head, 0, 2 * column + 1)
            self._numbers.addWidget(number, 1, 2 * column, 1, 2)
            self._numbers.addWidget(rows, 2, 2 * column, 1, 2)
            self._numbers.setColumnStretch(2 * column + 1, 1)
        self._inside.addLayout(self._numbers)
        self._inside.addWidget(self.step)
        self._inside.addWidget(self.plot, 1)
        self._inside.addWidget(self.best_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column = QVBoxLayout(self)
        self._column.addWidget(card)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.best_button]

    def locate(self, part: Part) -> QRect | None:
        """Where one of the named parts is; None while it is out of sight."""
        return rect_in(self, self.plot if part.family == "plot:held_out_error" else self)

    # -- what is shown --------------------------------------------------------------------

    @property
    def _errors(self) -> ErrorPoint | None:
        """What was measured of the step that is looked at; None before that."""
        measured = self._evaluator.measured
        return None if measured is None or self._evaluator.is_outdated else measured.errors

    @Slot()
    def _fill_gap(self) -> None:
        """Measure what the plot does not know yet of the steps before and after the moment."""
        if self._following.in_sight and self._session.experiment.held_out is not None:
            step = self._evaluator.missing(self._session.playback.length)
            if step is not None:
                self._evaluator.measure(step)

    def _refresh(self) -> None:
        """The path may have become longer or another one, and there may be a new result."""
        experiment, errors = self._session.experiment, self._errors
        held_out = experiment.held_out
        n_held_out = 0 if held_out is None else len(held_out)
        self.held_out_rows.set_text(
            say_count("on one row held out", "on {n:,} rows held out", n_held_out)
        )
        self.examples.set_text(
            say_count(
                "on the one example",
                "on the {n:,} examples",
                len(self._session.state.setup.examples),
            )
        )
        self.held_out.set_text("…" if errors is None else _error(errors.error))
        self.training.set_text("…" if errors is None else _error(errors.training))
        self.step.set_text("" if errors is None else say("at step {step:,}", step=errors.step))
        tip = "" if errors is None else held_out_sentence(errors, n_held_out)
        for widget in (self.held_out, self.held_out_rows):
            widget.setToolTip(plain_tip(tip) if tip else "")
        best = self._evaluator.least_error
        finite = errors if errors is not None and math.isfinite(errors.error) else None
        self.plot.show_points(self._evaluator.errors, self._session.playback.length, finite, best)
        self._show_best(best)

    def _show_best(self, best: ErrorPoint | None) -> None:
        self.best_button.setVisible(best is not None)
        if best is None:
            return
        self.best_button.setText(least_words(best))
        self.best_button.setEnabled(best.step != self._session.playback.position)
        tip = say("{sentence} Press to go back there.", sentence=least_sentence(best))
        self.best_button.setToolTip(plain_tip(tip))
        self.best_button.setAccessibleName(tip)

    def _describe(self) -> None:
        errors = self._errors
        if errors is not None:
            held_out = self._session.experiment.held_out
            words = held_out_sentence(errors, 0 if held_out is None else len(held_out))
            self.plot.setAccessibleDescription(words)

    @Slot()
    def _go_to_best(self) -> None:
        best = self._evaluator.least_error
        if best is not None and best.step <= self._session.playback.length:
            self._session.playback.pause()
            self._session.playback.seek(best.step)

    # -- events ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._evaluator.set_wanted(self, True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._evaluator.set_wanted(self, False)

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(12), px(8), px(12), px(10))
        self._inside.setContentsMargins(px(12), px(10), px(12), px(8))
        self._inside.setSpacing(px(6))
        self._numbers.setHorizontalSpacing(px(6))
        self._numbers.setVerticalSpacing(px(1))


class _Sample(QWidget):
    """A piece of a line as the plot draws it."""

    def __init__(self, dashed: bool) -> None:
        super().__init__()
        self._dashed = dashed
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(22), look.theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.theme
        painter = QPainter(self)
        role, style = ("muted", Qt.PenStyle.DashLine) if self._dashed else (
            "settles", Qt.PenStyle.SolidLine
        )  # fmt: skip
        painter.setPen(QPen(theme.color(role), 1.5 * theme.line, style))
        middle = self.height() // 2
        painter.drawLine(0, middle, self.width(), middle)


def _error(error: float) -> str:
    return numbers.short(error) if math.isfinite(error) else say("beyond any use")
