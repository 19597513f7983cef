"""A few pictures of a set side by side, to see how they are read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from gui.look.theme import look
from gui.widgets.thumbnails import Thumbnails
from model.network import Floats

_SIDE = 48
_GAP = 4
_CAPTION = 16


def row_of(images: Floats, ratio: float, captions: Sequence[str] = ()) -> QPixmap:
    """Images (n, rows, cols) of ink from 0 to 1, as many as a dialog has room for.

    ``captions`` are what stands below each of them; ``ratio`` is that of the screen's pixels.
    """
    px = look.theme.px
    side, gap = px(_SIDE), px(_GAP)
    images = images[: look.theme.dialog_width // (side + gap)]
    height = side + (px(_CAPTION) if captions else 0)
    width = len(images) * (side + gap) - gap
    row = QPixmap(round(width * ratio), round(height * ratio))
    row.setDevicePixelRatio(ratio)
    row.fill(Qt.GlobalColor.transparent)
    thumbnails = Thumbnails()
    painter = QPainter(row)
    painter.setFont(look.theme.font(0.85))
    painter.setPen(look.theme.color("muted"))
    letters = painter.fontMetrics()
    for at, image in enumerate(images):
        picture = thumbnails.picture(at, image, side, ratio)
        left = at * (side + gap)
        across = round(picture.width() / picture.devicePixelRatioF())
        painter.drawPixmap(left + (side - across) // 2, 0, picture)
        if captions:
            text = letters.elidedText(captions[at], Qt.TextElideMode.ElideRight, side)
            place = QRect(left, side, side, px(_CAPTION))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return row
