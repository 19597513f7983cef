"""The held-out accuracy in a few words, in sight whatever else is looked at."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from gui.look.theme import look
from gui.panels.following import Following
from gui.session import Session
from gui.session.evaluator import Evaluation
from gui.widgets.buttons import keep_width, make_quiet
from gui.widgets.tips import plain_tip
from model.door import mark, say
from model.words import numbers
from model.words.quality import held_out_term

_TEXT = mark("held-out accuracy {share}")
_TIP = mark("How many of the held-out images the network says right; press for more")


class HeldOutReadout(QToolButton):
    """A button that says it and leads to more; it is gone where there are no held-out images."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._warned = False
        self._whole_width = 0
        evaluator = self._evaluator = session.evaluator
        make_quiet(self, say(_TIP))
        self.clicked.connect(self._show_more)
        look.follow(self, self._restyle)
        self._following = Following(session, self, self._refresh, self._rebuild)
        evaluator.finished.connect(self._following.look_again)
        evaluator.finished.connect(self._warn)
        # Out of sight as well: there may be held-out images now, whose accuracy it must show.
        session.opened.connect(self._following.catch_up)
        self._restyle()
        self._following.catch_up()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self]

    @Slot()
    def _restyle(self) -> None:
        """As wide as its longest text, so that nothing moves when the number does."""
        share, self._whole_width = numbers.percent(1.0), 0
        keep_width(self, (say(_TEXT, share=share),))
        whole = self.minimumWidth()
        # Where there is little room the number alone has to do.
        keep_width(self, (share,))
        self._whole_width = whole
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(self._whole_width, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()

    def _rebuild(self) -> None:
        if self._evaluator.held_out is None:
            self.hide()
        elif self.parentWidget() is not None:
            # Without a place it would come up as a window of its own.
            self.show()

    def _refresh(self) -> None:
        evaluation = self._evaluator.evaluation
        if self._session.parts.veils.covers("held_out"):
            evaluation = None
        known = evaluation is not None and not self._evaluator.is_outdated
        share = numbers.percent(evaluation.quality.accuracy) if evaluation and known else "…"
        whole = say(_TEXT, share=share)
        text = whole if self.width() >= self._whole_width else share
        if (text, whole) != (self.text(), self.accessibleName()):
            self.setText(text)
            self.setAccessibleName(whole)
            self._explain(evaluation if known else None)

    def _explain(self, evaluation: Evaluation | None) -> None:
        """Say what held-out is, with the numbers of the moment."""
        if evaluation is None:
            tip = say(_TIP)
        else:
            n = evaluation.n_images
            term = held_out_term(round(evaluation.quality.accuracy * n), n, evaluation.step)
            tip = say("{term} Press for more.", term=term)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleDescription(tip)

    @Slot()
    def _warn(self) -> None:
        """Say once, wherever it is seen, that the examples are being learned by heart."""
        sentence = self._evaluator.by_heart
        if self._session.parts.veils.covers("held_out"):
            return
        if sentence and not self._warned:
            self._session.notices.refuse(sentence)
        self._warned = bool(sentence)

    @Slot()
    def _show_more(self) -> None:
        self._session.view.show(panel="quality")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._evaluator.set_wanted(self, True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._evaluator.set_wanted(self, False)
