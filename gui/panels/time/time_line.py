"""The path as a line to drag along, with a mark wherever something was changed."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QToolTip, QWidget

from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.time.label_row import LabelRow, Type
from gui.panels.time.marks import NEAR, Marks, marks_on
from gui.session import Session
from gui.widgets.tips import plain_tip
from model.accuracy_history import Point
from model.door import listed, say, say_count
from model.edits import Edit
from model.words.edits import edit_words
from model.words.quality import best_sentence
from model.words.terms import epoch_term

_MAX_IN_TOOL_TIP = 12
_MAX_SAID = 8


class TimeLine(QWidget):
    """The whole path from step 0 to its end; the handle is the step that is looked at."""

    accessible_role = QAccessible.Role.Slider

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._grab: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("Time line"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._following = Following(session, self, self.update, describe=self._describe)
        session.evaluator.finished.connect(self._following.look_again)
        look.follow(self, self._restyle)
        self._restyle()

    @property
    def position_text(self) -> str:
        """Where the handle is, in words."""
        session = self._session
        step = session.playback.position
        if session.playback.restoring:
            goal = session.playback.destination[0]
            return say("step {step:,} on the way to step {goal:,} · Pause stops here",
                       step=step, goal=goal)  # fmt: skip
        parts = [say("step {step:,} · no update yet", step=step)]
        if step:
            parts = [
                say_count(
                    "step {step:,} · after {n:,} update", "step {step:,} · after {n:,} updates",
                    step, step=step,
                )
            ]  # fmt: skip
        schedule = session.state.setup.schedule
        if schedule.order != "first":
            parts.append(say("epoch {epoch:,}", epoch=step // schedule.n_examples + 1))
        if n := session.edits.replaced_steps:
            parts.append(
                say_count(
                    "{n:,} later step set aside, Undo brings it back",
                    "{n:,} later steps set aside, Undo brings them back",
                    n,
                )
            )
        return " · ".join(parts)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self]

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(600), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        words = self._type[0][1].height()
        return QSize(
            look.theme.px(240), math.ceil(self._track().bottom() + words + look.theme.px(15))
        )

    # -- what is shown ------------------------------------------------------------------

    @Slot()
    def _restyle(self) -> None:
        self._type = _type(QFont.Weight.Normal), _type(QFont.Weight.DemiBold)
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        session = self._session
        text = say_count(
            "{position}; the path has {n:,} step", "{position}; the path has {n:,} steps",
            session.playback.length, position=self.position_text,
        )  # fmt: skip
        edits = session.path.edits
        said = listed(
            say("{edit} at step {step:,}", edit=self._said(edit), step=edit.step)
            for edit in edits[-_MAX_SAID:]
        )
        if len(edits) > _MAX_SAID:
            text = say(
                "{path}; {n:,} changes, the last: {edits}", path=text, n=len(edits), edits=said
            )
        elif said:
            text = say("{path}; changes: {edits}", path=text, edits=said)
        best = self._best
        if best is not None:
            text = say("{path}. {best}", path=text, best=best_sentence(best))
        schedule = session.state.setup.schedule
        if schedule.order != "first":
            epoch = epoch_term(session.playback.position, schedule.n_examples)
            text = say("{path} {epoch}", path=text, epoch=epoch)
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)

    def _said(self, edit: Edit) -> str:
        """What an edit changed; while anything is hidden, only that it changed something."""
        if self._session.parts.veiled:
            return say_count("{n:,} change", "{n:,} changes", 1)
        return edit_words(self._session.experiment, edit)

    # -- geometry -----------------------------------------------------------------------

    def _track(self) -> QRectF:
        px = look.theme.px
        return QRectF(px(16), px(16), max(1.0, self.width() - 2 * px(16)), px(4))

    def _x(self, step: float) -> float:
        """Where a step lies; a path without steps has all of them at its left end."""
        track, length = self._track(), self._session.playback.length
        return track.left() + track.width() * (step / length if length else 0.0)

    def _step_at(self, x: float) -> int:
        """The step at a place, exact at both ends however long the path is."""
        track, length = self._track(), self._session.playback.length
        if x <= track.left():
            return 0
        if x >= track.right():
            return length
        return round((x - track.left()) / track.width() * length)

    def marks(self) -> Marks:
        """The edits of the path, those that lie close together in one."""
        track, length = self._track(), max(1, self._session.playback.length)
        return marks_on(self._session.path, track.left(), track.width() / length)

    @property
    def _best(self) -> Point | None:
        """The best held-out moment that was measured on this path."""
        best = self._session.evaluator.best
        if self._session.parts.veils.covers("held_out"):
            return None
        return best if best is not None and best.step <= self._session.playback.length else None

    def _is_at_best(self, x: float) -> bool:
        best = self._best
        return best is not None and abs(self._x(best.step) - x) <= NEAR

    # -- mouse and keys -----------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._session.playback.pause()
        x, handle = event.position().x(), self._x(self._session.playback.position)
        self._grab = x - handle if abs(x - handle) <= look.theme.px(9) else 0.0
        if self._grab == 0.0:
            at_best = self._is_at_best(x)
            self._seek(self._best.step if at_best and self._best else self._step_at(x))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grab is not None:
            self._seek(self._step_at(event.position().x() - self._grab))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grab = None
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        length, position = self._session.playback.length, self._session.playback.position
        tenth = max(1, length // 10)
        steps = {
            Qt.Key.Key_Left: position - 1,
            Qt.Key.Key_Right: position + 1,
            Qt.Key.Key_PageUp: position - tenth,
            Qt.Key.Key_PageDown: position + tenth,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: length,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self._session.playback.pause()
        self._seek(min(max(0, step), length))

    def _seek(self, step: int) -> None:
        if step != self._session.playback.position:
            self._session.playback.seek(step)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_tip(self.tip_at(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, place: QPoint) -> str:
        """What is to be said about a place: the changes there, or else its step.

        Below the line, where the epoch stands, what that is.
        """
        schedule = self._session.state.setup.schedule
        if place.y() > self._track().bottom() + look.theme.px(8) and schedule.order != "first":
            return epoch_term(self._session.playback.position, schedule.n_examples)
        edits = self.marks().near(place.x())
        best = self._best
        if best is not None and self._is_at_best(place.x()):
            return best_sentence(best)
        if not edits:
            return say("step {step:,}", step=self._step_at(place.x()))
        lines = [
            say(
                "step {step:,}: {edit}",
                step=edit.step,
                edit=self._said(edit),
            )
            for edit in edits[:_MAX_IN_TOOL_TIP]
        ]
        if len(edits) > _MAX_IN_TOOL_TIP:
            more = len(edits) - _MAX_IN_TOOL_TIP
            lines.append(say_count("and {n:,} more change", "and {n:,} more changes", more))
        return "\n".join(lines)

    # -- drawing ------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marks = self.marks()
        self._paint_track(painter)
        self._paint_marks(painter, marks)
        self._paint_best(painter)
        self._paint_handle(painter)
        self._paint_words(painter, marks)

    def _paint_track(self, painter: QPainter) -> None:
        theme, track = look.theme, self._track()
        radius = track.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("hairline"))
        painter.drawRoundedRect(track, radius, radius)
        played = QRectF(track)
        played.setRight(self._x(self._session.playback.position))
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(played, radius, radius)

    def _paint_marks(self, painter: QPainter, marks: Marks) -> None:
        track, px = self._track(), look.theme.px
        row = marks.row(self.width(), px(2), px(4))
        if row is not None:
            reach = px(6)
            area = QRectF(0, track.top() - reach, row.width(), track.height() + 2 * reach)
            painter.drawImage(area, row)

    def _paint_best(self, painter: QPainter) -> None:
        """A small flag over the step with the best held-out accuracy of those measured."""
        best = self._best
        if best is None:
            return
        theme, x, top = look.theme, self._x(best.step), self._track().top() - look.theme.px(3)
        side = look.theme.px(5)
        painter.setPen(QPen(theme.color("panel"), 1))
        painter.setBrush(theme.color("settles"))
        corners = (
            QPointF(x, top),
            QPointF(x - side, top - 2 * side),
            QPointF(x + side, top - 2 * side),
        )
        painter.drawPolygon(QPolygonF(corners))

    def _paint_handle(self, painter: QPainter) -> None:
        theme = look.theme
        held = self.hasFocus() or self._grab is not None
        center = QPointF(self._x(self._session.playback.position), self._track().center().y())
        if held:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_wash"))
            painter.drawEllipse(center, look.theme.px(12), look.theme.px(12))
        painter.setPen(QPen(theme.color("accent"), look.theme.px(2.5)))
        painter.setBrush(theme.color("panel"))
        painter.drawEllipse(center, look.theme.px(7), look.theme.px(7))

    def _paint_words(self, painter: QPainter, marks: Marks) -> None:
        """The handle's label, then those of the ends and of the marks, as far as they fit."""
        track, session = self._track(), self._session
        plain, bold = self._type
        row = LabelRow(painter, plain, track, track.bottom() + look.theme.px(9))
        row.write_bold(self.position_text, self._x(session.playback.position), "accent", bold)
        if session.playback.length:
            row.write(say("step {step:,}", step=0), track.left(), "muted", align=0.0)
            end = say("step {step:,}", step=session.playback.length)
            row.write(end, track.right(), "muted", align=1.0)
        if not len(marks):
            return
        # Most of many marks lie under what is written already.
        for at in np.flatnonzero(row.free(marks.x)).tolist():
            x = float(marks.x[at])
            if row.is_free(x):
                _, edits, role = marks[at]
                words = (
                    self._said(edits[0])
                    if len(edits) == 1
                    else say_count("{n:,} change", "{n:,} changes", len(edits))
                )
                row.write(words, x, role)


def _type(weight: QFont.Weight) -> Type:
    font = look.theme.font(0.85, weight)
    return font, QFontMetricsF(font)
