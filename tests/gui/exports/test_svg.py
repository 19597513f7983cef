"""What Qt paints is painted as shapes: the same to the eye, and nothing left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from gui.exports.svg import SvgPage

SIZE = QSize(120, 80)
Paint = Callable[[QPainter], object]


def shapes(paint: Paint, title: str = "t") -> str:
    page = SvgPage(SIZE, title)
    painter = QPainter(page)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        paint(painter)
    finally:
        painter.end()
    ElementTree.fromstring(page.text)
    return page.text


def dots(paint: Paint) -> np.ndarray:
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return np.asarray(image.constBits()).reshape(80, 120, 4)[:, :, :3].astype(int)


def gradient() -> QBrush:
    found = QLinearGradient(0, 0, 100, 0)
    found.setColorAt(0, QColor("red"))
    found.setColorAt(1, QColor("blue"))
    return QBrush(found)


def lines(painter: QPainter) -> None:
    painter.setPen(QPen(QColor("#336699"), 3, Qt.PenStyle.DashLine))
    painter.drawLines([QLineF(5, 5, 100, 60), QLineF(5, 60, 100, 5)])
    painter.drawPolyline(QPolygonF([QPointF(10, 70), QPointF(50, 40), QPointF(110, 70)]))
    painter.setPen(QPen(QColor("black"), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoint(QPointF(60, 20))


def areas(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 128, 0, 100))
    painter.drawEllipse(QRectF(5, 5, 60, 40))
    painter.setBrush(gradient())
    painter.drawRoundedRect(QRectF(10, 50, 100, 25), 6, 6)
    painter.setOpacity(0.5)
    painter.setBrush(QColor("black"))
    painter.drawPolygon(QPolygonF([QPointF(70, 5), QPointF(110, 5), QPointF(90, 45)]))


def turned(painter: QPainter) -> None:
    painter.translate(60, 40)
    painter.rotate(30)
    painter.scale(2, 1)
    painter.setPen(QPen(QColor("black"), 2))
    painter.drawRect(QRectF(-20, -10, 40, 20))
    font = QFont()
    font.setPixelSize(12)
    painter.setFont(font)
    painter.drawText(QPointF(-15, 4), "−0.5")


def pictures(painter: QPainter) -> None:
    sheet = QImage(4, 8, QImage.Format.Format_RGB32)
    sheet.fill(QColor("yellow"))
    for row in range(4, 8):
        for column in range(4):
            sheet.setPixelColor(column, row, QColor.fromHsv(row * 30, 200, 60 * column))
    # The lower half of it alone.
    painter.drawImage(QRectF(10, 10, 60, 60), sheet, QRectF(0, 4, 4, 4))


@pytest.mark.parametrize("paint", [lines, areas, turned, pictures])
def test_it_looks_as_on_the_screen(qtbot: QtBot, paint: Paint) -> None:
    text = shapes(paint)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    assert renderer.isValid()
    assert np.abs(dots(renderer.render) - dots(paint)).mean() < 3


def test_what_is_cut_off_is_cut_off(qtbot: QtBot) -> None:
    def paint(painter: QPainter) -> None:
        painter.setClipRect(QRectF(10, 10, 20, 20))
        painter.fillRect(QRectF(0, 0, 100, 70), QColor("red"))
        painter.setClipping(False)
        painter.fillRect(QRectF(0, 0, 5, 5), QColor("blue"))

    text = shapes(paint)
    clips = re.findall(r'<clipPath id="(\w+)"><path d="([^"]*)"', text)
    assert [d for _, d in clips] == ["M10 10 L30 10 L30 30 L10 30 L10 10"]
    inside = re.search(rf'<g clip-path="url\(#{clips[0][0]}\)">(.*?)</g>', text, re.DOTALL)
    assert inside is not None
    assert "#ff0000" in inside[1]
    assert "#0000ff" not in inside[1]


def test_a_pattern_and_equal_pictures_and_texts_are_there_once(qtbot: QtBot) -> None:
    tile = QPixmap(6, 6)
    tile.fill(QColor("teal"))

    def paint(painter: QPainter) -> None:
        painter.drawTiledPixmap(QRectF(2, 0, 60, 60), tile)
        painter.fillRect(QRectF(0, 0, 30, 30), QBrush(tile.toImage()))
        for at in range(5):
            painter.drawPixmap(at * 10, 60, tile)
            painter.drawText(at * 20, 50, "8.5")

    text = shapes(paint)
    assert text.count("<pattern ") == 2
    assert text.count('aria-label="8.5"') == 5
    # As it is, and with as many dots as are to be seen sharply.
    assert text.count("<image ") == 2
    assert len(re.findall(r'<path id="\w+" d="M', text)) == 1


def test_nothing_that_is_written_ends_the_text(qtbot: QtBot) -> None:
    def paint(painter: QPainter) -> None:
        painter.drawText(5, 20, '</svg> "&\x07{}')
        painter.drawPath(QPainterPath())
        painter.drawText(5, 20, "   ")

    text = shapes(paint, 'a </title> & "b"\x00')
    assert text.count("</svg>") == 1
