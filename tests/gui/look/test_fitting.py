"""Numbers are written whole, in smaller type where that is the only way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from gui.look.painting import RIGHT, draw_whole, fitting_scale, lettering
from gui.look.theme import look
from model.words import numbers

VALUES = [0.5, -1.36e-4, 1.36e-15, -1.36e15, 123456.789, -0.0]


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("usual", [1.0, 0.86])
def test_the_largest_type_in_which_all_fit(qapp: QApplication, theme: str, usual: float) -> None:
    look.choose(theme)
    bold = QFont.Weight.DemiBold
    for width in range(30, 130):
        texts = [(numbers.signed(value, 3), float(width)) for value in VALUES]

        scale = fitting_scale(texts, usual, bold)

        assert usual / 2 <= scale <= usual
        needed = max(lettering(scale, bold).width(text) for text, _ in texts)
        assert needed <= width or scale == usual / 2


@pytest.mark.parametrize("text", ["+1.36e\u221204", "\u22121.36e+15", "0.5"])
@pytest.mark.parametrize("width", [30, 60, 200])
def test_a_number_is_drawn_from_its_first_to_its_last_figure(
    qapp: QApplication, text: str, width: int
) -> None:
    image = QImage(300, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setFont(look.theme.font(1.25))
    painter.setPen(Qt.GlobalColor.black)
    draw_whole(painter, QRectF(50, 0, width, 40), RIGHT, text)
    assert painter.font() == look.theme.font(1.25)
    painter.end()

    dark = [
        x for x in range(300) if any(image.pixelColor(x, y).lightness() < 128 for y in range(40))
    ]
    assert dark[0] >= 50
    assert dark[-1] < 50 + width
    drawn = dark[-1] - dark[0]
    whole = lettering(1.25).width(text)
    assert drawn >= 0.6 * min(width, whole)
