"""Reads images from files that may hold anything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from gui.pictures.picture_budget import OverBudget, check_budget
from model.door import say
from model.files.json_text import Cancelled, never
from model.files.kinds import kind_of_file, not_a_picture
from model.network import Floats

_FORMATS = ("png", "jpeg", "bmp", "webp")
_MAX_FILE_MB = 50
_DECODER_MB = 256
# A digit is a few dozen pixels wide in the end; more than this only takes time.
_SIDE_KEPT = 1024
# Ink everywhere below this is nothing that can be seen.
_BLANK = 0.1


class ImageError(ValueError):
    """An image that cannot be used; the message is one sentence that names the file."""


def formats() -> tuple[str, ...]:
    """The formats that can be read here, most common first: of png, jpeg, bmp and webp those that
    this build of Qt has."""
    supported = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    return tuple(name for name in _FORMATS if name in supported)


def file_patterns() -> str:
    """The usual names of such files, for a file dialog."""
    usual = {"png": "*.png", "jpeg": "*.jpg *.jpeg", "bmp": "*.bmp", "webp": "*.webp"}
    return " ".join(usual[name] for name in formats())


def is_image(file: Path) -> bool:
    """Whether a file is a picture by how it begins, also one that cannot be read here.

    A picture of such a kind is meant as one, so the sentence that refuses it says what to do.
    """
    try:
        return kind_of_file(file).family in ("picture", "foreign picture")
    except OSError:
        return False


def read_gray(file: Path, cancelled: Cancelled = never) -> Floats:
    """The image in a PNG, JPEG, BMP or WebP file, as ink.

    Pixels from 0 (white) to 1 (black), (h, w). What is transparent shows white paper; a photo
    is turned upright; an image of more than 1,024 pixels a side comes back reduced to that.

    Parameters
    ----------
    file : Path
    cancelled : callable, optional
        Asked while the file is decoded whether to give up.

    Raises
    ------
    ImageError
        If the file cannot be read, is of another kind, would take too much time or memory, is
        damaged, or was given up.
    """
    try:
        kind = kind_of_file(file)
        if kind.key not in formats():
            raise ImageError(say("{file}: {problem}", file=file.name, problem=not_a_picture(kind)))
        with file.open("rb") as stream:
            content = stream.read(_MAX_FILE_MB * 2**20 + 1)
    except OSError as error:
        raise ImageError(
            say("{file}: cannot be read ({problem})", file=file.name, problem=error.strerror)
        ) from error
    if len(content) > _MAX_FILE_MB * 2**20:
        raise ImageError(say("{file}: is larger than {most} MB", file=file.name, most=_MAX_FILE_MB))
    try:
        size = check_budget(content, kind.key)
    except OverBudget as error:
        raise ImageError(say("{file}: {problem}", file=file.name, problem=error)) from error
    return gray_of(_decoded(file.name, content, kind.key, QSize(*size), cancelled))


def gray_of(image: QImage) -> Floats:
    """Pixels of an image from 0 (white) to 1 (black), (h, w), as `read_gray` gives them."""
    size = _kept(image.size())
    if size != image.size():
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    ink = 1.0 - _light(image, Qt.GlobalColor.white)
    if image.hasAlphaChannel() and ink.max() < _BLANK:
        # White ink on nothing: it was drawn for dark paper.
        ink = _light(image, Qt.GlobalColor.black)
    return ink


def _light(image: QImage, ground: Qt.GlobalColor) -> Floats:
    """An image on paper of a colour, from 0 (black) to 1 (white), (h, w)."""
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(ground)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    gray = paper.convertToFormat(QImage.Format.Format_Grayscale8)
    levels = np.asarray(gray.constBits()).reshape(gray.height(), gray.bytesPerLine())
    light: Floats = levels[:, : gray.width()] / 255.0
    return light


class _Source(QIODevice):
    """Hands a file's content to a decoder until nobody wants it any more."""

    def __init__(self, content: bytes, cancelled: Cancelled) -> None:
        super().__init__()
        self._content = content
        self._cancelled = cancelled
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def size(self) -> int:
        return len(self._content)

    def readData(self, most: int) -> bytes:
        # To a decoder it looks like a file that ends here.
        if self._cancelled():
            return b""
        return self._content[self.pos() : self.pos() + most]


def _decoded(name: str, content: bytes, kind: str, size: QSize, cancelled: Cancelled) -> QImage:
    source = _Source(content, cancelled)
    QImageReader.setAllocationLimit(_DECODER_MB)
    reader = QImageReader(source, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    if _kept(size) != size:
        reader.setScaledSize(_kept(size))
    image = reader.read()
    if cancelled():
        raise ImageError(say("{file}: was given up", file=name))
    if image.isNull():
        raise ImageError(
            say(
                "{file}: the image is damaged ({problem})",
                file=name,
                problem=reader.errorString().lower(),
            )
        )
    return image


def _kept(size: QSize) -> QSize:
    """The size to work with: the proportions stay, and at least a pixel each way."""
    largest = QSize(_SIDE_KEPT, _SIDE_KEPT)
    if size.boundedTo(largest) == size:
        return size
    return size.scaled(largest, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
