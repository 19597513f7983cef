"""The bar under alpha's number: which values settle, overshoot and diverge, and a handle."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from gui.look.theme import look
from gui.panels.alpha.zone_words import Word, place_words
from gui.session import Session
from gui.widgets.tips import plain_tip
from model.door import mark, say
from model.edits import MAX_NUMBER
from model.words import numbers
from model.words.alpha import Span, bar_end, spans

# The keys, and rounded figures, know this many places on the bar.
_STEPS = 1000.0
_KEYS = {
    Qt.Key.Key_Left: -10, Qt.Key.Key_Down: -10, Qt.Key.Key_Right: 10, Qt.Key.Key_Up: 10,
    Qt.Key.Key_PageDown: -100, Qt.Key.Key_PageUp: 100,
}  # fmt: skip
# In pixels.
_MAGNET = 3.0
_CLICK_REACH = 2.0
_NOTHING_MOVES = mark("No weight can move, whatever alpha is.")
_NO_LIMIT_YET = mark("The limit of alpha is being computed from all examples.")
_NO_LIMIT = mark("Unfrozen inputs are so small that 2 / s is beyond all numbers.")


@dataclass
class _Drag:
    """A drag under way: where it began, how far from the handle, and with which alpha."""

    pressed: float
    offset: float
    alpha: float
    gesture: object
    moving: bool


class ZoneBar(QWidget):
    """Alpha on the scale of its zones; the handle is dragged, or moved with the arrow keys."""

    accessible_role = QAccessible.Role.Slider

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        # What is drawn; it changes all at once, so that a resize never meets half of it.
        self._zones = session.zones
        self._spans: tuple[Span, ...] = ()
        self._current = 0
        self._words: list[Word] = []
        self._layout_key: object = None
        self._shown: object = None
        self._alpha = 0.0
        self._drag: _Drag | None = None
        self._key_gesture: object = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(say("alpha on the scale of its zones"))
        look.follow(self, self._restyle)
        self.refresh()

    @property
    def words(self) -> tuple[str, ...]:
        """What is written under the bar, from left to right."""
        return tuple(word.text for word in self._words)

    @property
    def zone_text(self) -> str:
        """The zone that alpha is in, in words."""
        return self._spans[self._current].name

    @property
    def limit_text(self) -> str:
        """Where the last zone begins, in words; empty where nothing can move."""
        return self._spans[-1].words[0] if len(self._spans) > 1 else ""

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(320), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        height = self._track().bottom() + QFontMetricsF(self._font()).height() + look.theme.px(5)
        return QSize(look.theme.px(150), math.ceil(height))

    # -- what is shown ------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the session's alpha and its zones."""
        setup, zones = self._session.state.setup, self._session.zones
        # Steps alone change nothing here, and a run asks at each of its frames.
        covered = self._session.parts.veils.covers("zones")
        shown = (zones, setup.alpha, bool(setup.frozen.all()), covered)
        if shown == self._shown:
            return
        self._shown = shown
        self._alpha, self._zones = setup.alpha, zones
        self._spans = spans(zones, shown[2])
        zone = zones.zone(self._alpha)
        self._current = next(at for at, span in enumerate(self._spans) if zone in span.zones)
        self.setEnabled(zones.limit is not None and not covered)
        self._arrange()
        self.update()

    @Slot()
    def _restyle(self) -> None:
        self._layout_key = None
        self._arrange()
        self.updateGeometry()
        self.update()

    def _arrange(self) -> None:
        """Place the words, where anything that decides it has changed."""
        key = (self._spans, self._current, self.width())
        if key == self._layout_key:
            return
        self._layout_key = key
        metrics = QFontMetricsF(self._font())
        areas = [(self._x(span.start), self._x(span.stop)) for span in self._spans]
        # Texts may go on to the widget's edge, past the bar's end.
        areas[-1] = (areas[-1][0], float(self.width()))
        words = [span.words for span in self._spans]
        self._words = place_words(
            areas, words, self._current, metrics.horizontalAdvance, look.theme.px(8)
        )

    def describe(self) -> None:
        """Say alpha and its zones in words, for those who cannot see the bar."""
        alpha, zones = numbers.plain(self._alpha), self._zones
        if self._session.parts.veils.covers("zones"):
            text = tip = say("what alpha does is hidden for now")
        elif zones.limit is None or zones.one_step is None:
            text = say("alpha {alpha}; {zone}", alpha=alpha, zone=self.zone_text)
            why = _NO_LIMIT if zones.beyond else _NOTHING_MOVES
            tip = say(why if zones.known else _NO_LIMIT_YET)
        elif zones.exact:
            one_step, limit = numbers.plain(zones.one_step, 10), numbers.plain(zones.limit, 10)
            text = say(
                "alpha {alpha}: {zone}; overshoots from {one_step}, diverges from {limit}",
                alpha=alpha, zone=self.zone_text, one_step=one_step, limit=limit,
            )  # fmt: skip
            tip = say(
                "Up to 1 / s = {one_step} the error settles without overshooting; exactly there "
                "one step lands. Up to 2 / s = {limit} it overshoots and still settles; beyond, "
                "it diverges. s is the sum of the squares of the unfrozen inputs, of the output "
                "where it is largest.",
                one_step=one_step,
                limit=limit,
            )
        else:
            limit = numbers.plain(zones.limit, 10)
            text = say(
                "alpha {alpha}: {zone}; may diverge from {limit}",
                alpha=alpha, zone=self.zone_text, limit=limit,
            )  # fmt: skip
            tip = say(
                "Below 2 / max s = {limit} every step shrinks the error of the example it was "
                "made on. That is a guarantee and not a threshold: beyond it the run may diverge, "
                "and need not. max s is the largest sum of squares of the unfrozen inputs of any "
                "example.",
                limit=limit,
            )
        if self.accessibleDescription() != text:
            self.setAccessibleDescription(text)
        tip = plain_tip(tip)
        if self.toolTip() != tip:
            self.setToolTip(tip)

    # -- geometry -----------------------------------------------------------------------

    def _font(self) -> QFont:
        return look.theme.font(0.85, QFont.Weight.DemiBold)

    @property
    def _margin(self) -> float:
        """Room at each end for half a handle."""
        return look.theme.px(8)

    def _track(self) -> QRectF:
        px = look.theme.px
        return QRectF(self._margin, px(8), max(1.0, self.width() - 2 * self._margin), px(8))

    def _x(self, alpha: float) -> float:
        """Where an alpha lies; what is beyond the bar's end lies at its end."""
        track = self._track()
        part = alpha / bar_end(self._zones)
        return track.left() + track.width() * min(max(part, 0.0), 1.0)

    def _alpha_at(self, x: float) -> float:
        """The alpha at a place: above 0, in figures as fine as the bar."""
        track, zones = self._track(), self._zones
        if zones.one_step is not None and abs(x - self._x(zones.one_step)) <= _MAGNET:
            return min(zones.one_step, MAX_NUMBER)
        return self._rounded((x - track.left()) / track.width() * bar_end(zones))

    def _rounded(self, alpha: float) -> float:
        end = min(bar_end(self._zones), MAX_NUMBER)
        decimals = math.ceil(math.log10(_STEPS / end))
        least = 10.0**-decimals
        return min(max(round(alpha, decimals), least), end)

    # -- mouse and keys -----------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x, handle = event.position().x(), self._x(self._alpha)
        on_handle = abs(x - handle) <= self._margin
        offset = x - handle if on_handle else 0.0
        self._drag = _Drag(x, offset, self._alpha, object(), moving=not on_handle)
        if not on_handle:
            self._ask(self._alpha_at(x), self._drag.gesture)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag, x = self._drag, event.position().x()
        if drag is None:
            return
        # The pointer may move by a pixel or two in a click, which changes nothing.
        drag.moving = drag.moving or abs(x - drag.pressed) >= _CLICK_REACH
        if drag.moving:
            self._ask(self._alpha_at(x - drag.offset), drag.gesture)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = None
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._drag is not None:
            drag, self._drag = self._drag, None
            self._ask(drag.alpha, drag.gesture)
        elif key in _KEYS or key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            if not event.isAutoRepeat():
                self._key_gesture = object()
            self._ask(self._key_alpha(key), self._key_gesture)
        else:
            super().keyPressEvent(event)

    def _key_alpha(self, key: Qt.Key) -> float:
        end = bar_end(self._zones)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return self._rounded(0.0 if key == Qt.Key.Key_Home else end)
        wanted = self._rounded(min(self._alpha, end) + _KEYS[key] / _STEPS * end)
        # A key that asks for more never gives less, where alpha lies beyond the bar.
        return max(wanted, self._alpha) if _KEYS[key] > 0 else wanted

    def _ask(self, alpha: float, gesture: object) -> None:
        if alpha != self._alpha:
            self._session.edits.set_alpha(alpha, gesture)

    # -- drawing ------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.setCursor(
                Qt.CursorShape.PointingHandCursor
                if self.isEnabled()
                else Qt.CursorShape.ArrowCursor
            )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_zones(painter)
        self._paint_words(painter)
        if len(self._spans) > 1:
            self._paint_handle(painter)

    def _paint_zones(self, painter: QPainter) -> None:
        track = self._track()
        outline = QPainterPath()
        outline.addRoundedRect(track, track.height() / 2, track.height() / 2)
        painter.save()
        painter.setClipPath(outline)
        for span in self._spans:
            left, right = self._x(span.start), self._x(span.stop)
            area = QRectF(left, track.top(), right - left, track.height())
            painter.fillRect(area, self._fill(span, area))
        painter.restore()

    def _fill(self, span: Span, area: QRectF) -> QColor | QLinearGradient:
        theme = look.theme
        if span.zones == ("still",):
            return theme.color("hairline")
        if span.role != "diverges" or self._zones.exact:
            return theme.color(f"{span.role}_wash")
        # Past a guarantee nothing is certain yet: it only becomes likelier.
        fading = QLinearGradient(area.topLeft(), area.topRight())
        fading.setColorAt(0.0, theme.color("overshoots_wash"))
        fading.setColorAt(1.0, theme.color("diverges_wash"))
        return fading

    def _paint_words(self, painter: QPainter) -> None:
        theme, current = look.theme, self._current
        top = self._track().bottom() + theme.px(4)
        height = self.height() - top
        for word in self._words:
            span = self._spans[word.span]
            here = word.span == current
            weight = QFont.Weight.DemiBold if here else QFont.Weight.Normal
            painter.setFont(theme.font(0.85, weight))
            painter.setPen(theme.color(span.role))
            painter.drawText(
                QRectF(word.x, top, self.width(), height),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
                word.text,
            )

    def _paint_handle(self, painter: QPainter) -> None:
        theme, track = look.theme, self._track()
        center = QPointF(self._x(self._alpha), track.center().y())
        radius = theme.px(6.5)
        color = theme.color("accent" if self.hasFocus() or self._drag is not None else "ink")
        painter.setPen(QPen(color, 2 * theme.line))
        painter.setBrush(theme.color("accent_wash" if self.hasFocus() else "panel"))
        painter.drawEllipse(center, radius, radius)
        if self._alpha > bar_end(self._zones):
            arm = radius * 0.38
            painter.drawPolyline(
                [
                    center + QPointF(-arm * 0.6, -arm),
                    center + QPointF(arm * 0.6, 0),
                    center + QPointF(-arm * 0.6, arm),
                ]
            )
