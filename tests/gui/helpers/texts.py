"""Finds every text that widgets draw, with the place it was given, and says which do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap, QPixmapCache, QRegion
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

# Antialiased edges of letters reach so far beyond their measures, pixels.
SLACK = 1.5
_HOW = QWidget.RenderFlag(0)


@dataclass(frozen=True)
class Text:
    """A text on a widget: where its ink is, and the place it was to be in; window coordinates."""

    widget: QWidget
    text: str
    ink: QRectF
    place: QRectF

    @property
    def where(self) -> str:
        """The widget, by its kind and that of what holds it."""
        above = self.widget.parentWidget()
        return f"{type(self.widget).__name__} in {type(above).__name__}"


class TextFinder:
    """Draws widgets, one at a time, and notes each text that is drawn from Python."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._draw = QPainter.drawText
        self._widget: QWidget | None = None
        self._found: list[Text] = []
        finder = self

        def note(painter: QPainter, *args: Any) -> Any:
            finder.note(painter, args)
            return finder._draw(painter, *args)

        monkeypatch.setattr(QPainter, "drawText", note)

    def texts(self, root: QWidget) -> list[Text]:
        """All texts on what is in sight of a widget and everything on it."""
        QPixmapCache.clear()
        self._found = []
        for widget in (root, *root.findChildren(QWidget)):
            if widget.isVisible() and not widget.visibleRegion().isEmpty():
                with self._painting(widget):
                    widget.render(QPixmap(widget.size()), QPoint(), QRegion(), _HOW)
                self._found += _of_labels(widget)
        return [text for text in self._found if text.text.strip() and _is_in_sight(text)]

    @contextmanager
    def _painting(self, widget: QWidget) -> Iterator[None]:
        self._widget = widget
        yield
        self._widget = None

    def note(self, painter: QPainter, args: tuple[Any, ...]) -> None:
        """Note a text with its place, in coordinates of the window."""
        widget = self._widget
        if widget is None:
            return
        text = next(arg for arg in args if isinstance(arg, str))
        metrics = QFontMetricsF(painter.font())
        transform = painter.worldTransform()
        if isinstance(args[0], QRect | QRectF):
            place = QRectF(args[0])
            ink = _ink_in(place, metrics, int(args[1]), text)
        else:
            at = QPointF(args[0]) if isinstance(args[0], QPoint | QPointF) else QPointF(*args[:2])
            ink = metrics.tightBoundingRect(text).translated(at)
            place = QRectF(widget.rect())
            if not transform.isIdentity():
                place = transform.inverted()[0].mapRect(place)
        corner = QPointF(widget.mapTo(widget.window(), QPoint(0, 0)))
        self._found.append(
            Text(
                widget,
                text,
                transform.mapRect(ink).translated(corner),
                transform.mapRect(place).translated(corner),
            )
        )


def _ink_in(place: QRectF, metrics: QFontMetricsF, flags: int, text: str) -> QRectF:
    """Where a text comes to lie in a rectangle."""
    if flags & Qt.TextFlag.TextWordWrap.value:
        return metrics.boundingRect(place, flags, text)
    tight = metrics.tightBoundingRect(text)
    width, height = metrics.horizontalAdvance(text), metrics.height()
    left, top = place.left(), place.top()
    if flags & Qt.AlignmentFlag.AlignRight.value:
        left = place.right() - width
    elif flags & Qt.AlignmentFlag.AlignHCenter.value:
        left = place.center().x() - width / 2
    if flags & Qt.AlignmentFlag.AlignBottom.value:
        top = place.bottom() - height
    elif flags & Qt.AlignmentFlag.AlignVCenter.value:
        top = place.center().y() - height / 2
    return tight.translated(left, top + metrics.ascent())


def _of_labels(widget: QWidget) -> list[Text]:
    """The text of a label or a button, which Qt draws itself."""
    if not isinstance(widget, QLabel | QAbstractButton) or not widget.text():
        return []
    text = widget.text().replace("&", "")
    metrics = QFontMetricsF(widget.font())
    inside = QRectF(widget.contentsRect() if isinstance(widget, QLabel) else widget.rect())
    if isinstance(widget, QLabel) and widget.wordWrap():
        flags = int(Qt.TextFlag.TextWordWrap.value | widget.alignment().value)
        ink = metrics.boundingRect(QRectF(0, 0, inside.width(), 1e6), flags, text)
        ink.moveCenter(inside.center())
    else:
        size = QRectF(0, 0, metrics.horizontalAdvance(text), metrics.capHeight())
        size.moveCenter(inside.center())
        ink = size
    corner = QPointF(widget.mapTo(widget.window(), QPoint(0, 0)))
    return [Text(widget, text, ink.translated(corner), inside.translated(corner))]


def _is_in_sight(text: Text) -> bool:
    """Whether a text is not scrolled out of sight, wholly or in part."""
    seen = text.widget.visibleRegion().boundingRect()
    corner = text.widget.mapTo(text.widget.window(), QPoint(0, 0))
    # What is drawn at a point of what scrolls may be scrolled out of sight itself.
    scrolls = isinstance(text.widget.parentWidget(), QAbstractScrollArea)
    whole = seen == text.widget.rect() and not scrolls
    return whole or QRectF(seen.translated(corner)).contains(text.ink)


def faults(texts: list[Text]) -> list[str]:
    """Which texts are cut, reach out of their places, or lie over others; in words."""
    found = []
    for text in texts:
        if "…" in text.text and any(c.isdigit() for c in text.text):
            found.append(f"{text.where}: {text.text!r} is cut")
        roomy = text.place.adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if not roomy.contains(text.ink):
            found.append(
                f"{text.where}: {text.text!r} of {_told(text.ink)} is not in {_told(text.place)}"
            )
    for one, other in combinations(texts, 2):
        shared = one.ink.intersected(other.ink)
        if shared.width() > SLACK and shared.height() > SLACK and one.text != other.text:
            found.append(f"{one.where}: {one.text!r} lies over {other.text!r} of {other.where}")
    return found


def _told(box: QRectF) -> str:
    return f"{box.left():.0f},{box.top():.0f} {box.width():.0f}x{box.height():.0f}"
