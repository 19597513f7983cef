"""Reads images from files that may hold anything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from model.network import Floats

# How files of each format begin; what a file is called does not matter.
_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"BM": "bmp",
}
_LARGEST_FILE_MB = 50
_LARGEST_SIDE = 20_000
_MOST_PIXELS = 60_000_000
_DECODER_MB = 256
# A digit is a few dozen pixels wide in the end; more than this only takes time.
_SIDE_KEPT = 1024
# Ink everywhere below this is nothing that can be seen.
_BLANK = 0.1


class ImageError(ValueError):
    """An image that cannot be used; the message is one sentence that names the file."""


def formats() -> tuple[str, ...]:
    """The formats that can be read here, most common first: of png, jpeg and bmp those that
    this build of Qt has."""
    supported = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    return tuple(name for name in _SIGNATURES.values() if name in supported)


def file_patterns() -> str:
    """The usual names of such files, for a file dialog."""
    usual = {"png": "*.png", "jpeg": "*.jpg *.jpeg", "bmp": "*.bmp"}
    return " ".join(usual[name] for name in formats())


def is_image(file: Path) -> bool:
    """Whether a file begins as an image does in one of the formats."""
    try:
        if not file.is_file():  # a pipe would keep us waiting
            return False
        with file.open("rb") as stream:
            return _format_of(stream.read(max(map(len, _SIGNATURES)))) is not None
    except OSError:
        return False


def read_gray(file: Path) -> Floats:
    """The image in a PNG, JPEG or BMP file, as ink.

    Pixels from 0 (white) to 1 (black), (h, w). What is transparent shows white paper; a photo
    is turned upright; an image of more than 1,024 pixels a side comes back reduced to that.

    Raises
    ------
    ImageError
        If the file cannot be read, is of another format, is too large, or is damaged.
    """
    content = _content(file)
    name = _format_of(content)
    if name is None:
        known = ", ".join(name.upper() for name in formats())
        raise ImageError(f"{file.name}: is not an image in a known format ({known})")
    if not _is_whole(content, name):
        raise ImageError(f"{file.name}: the image is damaged (its end is missing)")
    return gray_of(_decoded(file.name, content, name))


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


def _content(file: Path) -> bytes:
    limit = _LARGEST_FILE_MB * 2**20
    try:
        if file.exists() and not file.is_file():  # a device or a pipe has no end
            raise ImageError(f"{file.name}: is not a file")
        with file.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise ImageError(f"{file.name}: cannot be read ({error.strerror})") from error
    if len(content) > limit:
        raise ImageError(f"{file.name}: is larger than {_LARGEST_FILE_MB} MB")
    return content


def _format_of(content: bytes) -> str | None:
    """The format that a file begins in, of those that can be read here."""
    known = formats()
    found = (name for mark, name in _SIGNATURES.items() if content.startswith(mark))
    return next((name for name in found if name in known), None)


def _is_whole(content: bytes, kind: str) -> bool:
    """Whether the end is there: Qt shows half a JPEG or BMP as if nothing were missing."""
    if kind == "bmp":
        return int.from_bytes(content[2:6], "little") <= len(content)
    if kind == "jpeg":
        return content.find(b"\xff\xd9", _start_of_scan(content)) >= 0
    return True  # the PNG reader knows by itself


def _start_of_scan(content: bytes) -> int:
    """Where a JPEG's pixels begin: after its segments, one of which may hold a whole thumbnail."""
    at = 2
    while content[at : at + 1] == b"\xff" and content[at : at + 2] != b"\xff\xda":
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return at


def _decoded(name: str, content: bytes, kind: str) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_DECODER_MB)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > _LARGEST_SIDE or (
        size.width() * size.height() > _MOST_PIXELS
    ):
        raise ImageError(
            f"{name}: is {size.width():,} × {size.height():,} pixels large, which is too many"
        )
    if _kept(size) != size:
        reader.setScaledSize(_kept(size))
    image = reader.read()
    if image.isNull():
        raise ImageError(f"{name}: the image is damaged ({reader.errorString().lower()})")
    return image


def _kept(size: QSize) -> QSize:
    """The size to work with: the proportions stay, and at least a pixel each way."""
    largest = QSize(_SIDE_KEPT, _SIDE_KEPT)
    if size.boundedTo(largest) == size:
        return size
    return size.scaled(largest, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
