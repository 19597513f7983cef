"""Small pictures of digits, drawn once and kept while there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap

from gui.look.image_colors import ink_image
from model.network import Floats

MAX_KEPT = 512


class Thumbnails:
    """Pictures by key. Beyond ``most`` the one that was not asked for longest goes."""

    def __init__(self, most: int = MAX_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        """Forget all pictures: others have the same keys now, or colours changed."""
        self._kept.clear()

    def picture(self, key: Hashable, pixels: Floats, height: int, ratio: float) -> QPixmap:
        """The picture of pixels (rows, cols) so many units high, on a screen of that ratio."""
        key = (key, height, ratio)
        kept = self._kept.get(key)
        if kept is None:
            kept = QPixmap.fromImage(_scaled(ink_image(pixels), round(height * ratio)))
            kept.setDevicePixelRatio(ratio)
            self._kept[key] = kept
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return kept


def _scaled(image: QImage, height: int) -> QImage:
    """To any height with pixels that stay square and alike: enlarged first, then reduced."""
    height = max(1, height)
    width = max(1, round(image.width() * height / image.height()))
    times = -(-height // image.height())
    large = image.scaled(image.width() * times, image.height() * times)
    if (large.width(), large.height()) == (width, height):
        return large
    return large.scaled(
        width,
        height,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
