"""A line is drawn as far as it can be seen, and looks as if all of it had been drawn."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from gui.plots.polyline import draw_polyline, pieces_within
from model.network import Floats

SEEN = QRectF(20, 10, 160, 60)


def whole(painter: QPainter, x: Floats, y: Floats) -> None:
    places = zip(x.tolist(), y.tolist(), strict=True)
    painter.drawPolyline(QPolygonF([QPointF(*place) for place in places]))


def picture(x: Floats, y: Floats, cut: bool) -> np.ndarray:
    image = QImage(200, 80, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(SEEN)
    painter.setPen(QPen(QColor("black"), 2.9))
    if cut:
        draw_polyline(painter, x, y, SEEN)
    else:
        whole(painter, x, y)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(80, image.bytesPerLine())
    return rows[:, :200].astype(int)


@pytest.mark.parametrize("reach", [1.0, 10.0])
@pytest.mark.parametrize("n", [2, 3, 40])
def test_what_is_seen_is_the_same(qapp: QApplication, n: int, reach: float) -> None:
    for seed in range(6):
        rng = np.random.default_rng(seed)
        x = np.sort(rng.uniform(0, 200, n)) if seed % 2 else rng.uniform(-400, 600, n)
        y = rng.uniform(40 - 50 * reach, 40 + 50 * reach, n)
        if seed == 2:
            y[n // 2 :] = y[n // 2]
        differs = np.abs(picture(x, y, cut=False) - picture(x, y, cut=True))
        # Rounded elsewhere, an edge may be a shade lighter.
        assert np.count_nonzero(differs > 40) <= 8, seed
        assert differs.mean() <= 0.5, seed


def test_of_a_line_that_swings_far_beyond_little_is_left(qapp: QApplication) -> None:
    x = np.linspace(0, 200, 400)
    y = np.where(np.arange(400) % 2, 1e6, -1e6)
    path = pieces_within(x, y, SEEN)
    around = path.boundingRect()
    assert SEEN.adjusted(-1, -1, 1, 1).contains(around)
    assert path.elementCount() <= 2 * 400


def test_a_line_that_is_nowhere_in_sight_is_nothing(qapp: QApplication) -> None:
    assert pieces_within(np.array([0.0, 200.0]), np.array([-5.0, -5.0]), SEEN).isEmpty()
