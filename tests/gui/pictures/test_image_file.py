"""Images are read from whatever a file holds; what is no image is told in one sentence."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from gui.pictures.image_file import (
    ImageError,
    file_patterns,
    formats,
    gray_of,
    is_image,
    read_gray,
)

KINDS = ["png", "jpeg", "bmp", "webp"]

# Qt's readers warn of each oddity that they meet, beside the fault that is reported.
said_by_readers = pytest.mark.qt_log_ignore(".")


def picture(width: int = 6, height: int = 4) -> QImage:
    """White with a black left half and a gray lower right corner."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for row in range(height):
        for column in range(width // 2):
            image.setPixelColor(column, row, QColor("black"))
    image.setPixelColor(width - 1, height - 1, QColor(128, 128, 128))
    return image


def encoded(image: QImage, kind: str) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.encode()))
    writer.setQuality(100)
    assert writer.write(image)
    return bytes(content.data())


def written(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG with a sound header of that size, and next to nothing in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(100)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def test_all_four_formats_are_there(qapp: QApplication) -> None:
    assert formats() == ("png", "jpeg", "bmp", "webp")
    assert file_patterns() == "*.png *.jpg *.jpeg *.bmp *.webp"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["five.png", "five.jpg", "five", "five.txt"])
def test_the_content_decides_and_not_the_name(tmp_path: Path, kind: str, name: str) -> None:
    gray = read_gray(written(tmp_path, name, encoded(picture(60, 40), kind)))

    assert gray.shape == (40, 60)
    assert gray[:, :28] == pytest.approx(1.0, abs=0.02)
    assert gray[:30, 32:] == pytest.approx(0.0, abs=0.02)


def test_an_image_is_known_by_how_it_begins(tmp_path: Path) -> None:
    for kind in KINDS:
        assert is_image(written(tmp_path, "five", encoded(picture(), kind)[:20]))
    for content in (b"GIF89a", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"%PDF-1.7"):
        assert is_image(written(tmp_path, "five.png", content))
    for content in (b"", b"\x89PN", b"{}", b"PK\x03\x04"):
        assert not is_image(written(tmp_path, "five.png", content))
    assert not is_image(tmp_path)
    assert not is_image(tmp_path / "nothing.png")


def test_gray_is_read_level_by_level(tmp_path: Path) -> None:
    image = QImage(256, 1, QImage.Format.Format_RGB32)
    for level in range(256):
        image.setPixelColor(level, 0, QColor(level, level, level))

    gray = read_gray(written(tmp_path, "ramp.png", encoded(image, "png")))

    assert gray[0] == pytest.approx([1 - level / 255 for level in range(256)], abs=1e-12)


def test_colours_count_by_their_lightness(tmp_path: Path) -> None:
    image = QImage(3, 1, QImage.Format.Format_RGB32)
    for column, name in enumerate(("#00ff00", "#ff0000", "#0000ff")):
        image.setPixelColor(column, 0, QColor(name))

    green, red, blue = read_gray(written(tmp_path, "rgb.png", encoded(image, "png")))[0]

    assert 0 < green < red < blue < 1


@pytest.mark.parametrize("ink", [0, 255], ids=["black", "white"])
def test_what_is_transparent_is_paper_whatever_the_ink(tmp_path: Path, ink: int) -> None:
    image = QImage(3, 1, QImage.Format.Format_ARGB32)
    image.setPixelColor(0, 0, QColor(0, 0, 0, 0))
    image.setPixelColor(1, 0, QColor(ink, ink, ink, 51))
    image.setPixelColor(2, 0, QColor(ink, ink, ink, 255))

    gray = read_gray(written(tmp_path, "clear.png", encoded(image, "png")))

    assert gray[0] == pytest.approx([0, 0.2, 1], abs=0.005)


@pytest.mark.parametrize(("size", "kept"), [((3000, 1500), (512, 1024)), ((5000, 1), (1, 1024))])
@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_large_image_comes_back_smaller(
    tmp_path: Path, kind: str, size: tuple[int, int], kept: tuple[int, int]
) -> None:
    content = encoded(picture(2, 1).scaled(*size), kind)

    gray = read_gray(written(tmp_path, "large", content))

    assert gray.shape == kept
    assert gray[:, :400] == pytest.approx(1.0, abs=0.02)
    assert 0 <= gray.min() <= gray.max() <= 1


def test_an_image_in_memory_reads_like_a_file(tmp_path: Path) -> None:
    image = picture(2000, 30)

    assert (gray_of(image) == read_gray(written(tmp_path, "a.png", encoded(image, "png")))).all()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match=r"^nothing\.png: cannot be read \(No such file"):
        read_gray(tmp_path / "nothing.png")


def test_a_folder_is_no_image(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match=f"^{tmp_path.name}: is a folder and not a file: "):
        read_gray(tmp_path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty: choose a PNG, JPEG, BMP or WebP picture"),
        (b"\x89P\0", "is of no kind that is known here, not a picture that can be read here: "),
        (b"five", "is plain text, not a picture that can be read here: choose a PNG, JPEG, "),
        (b"<svg/>", "is an SVG drawing, not a picture that can be read here: save it as PNG or "),
        (b"GIF89a", "is a GIF picture, not a picture that can be read here: save it as PNG or "),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "is a HEIC picture, not a picture that can be "),
        (b"PK\x03\x04", "is a ZIP archive, not a picture that can be read here: unpack it, "),
    ],
)
def test_another_kind_is_named_with_the_next_step(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(ImageError) as caught:
        read_gray(written(tmp_path, "five.png", content))
    assert str(caught.value).startswith(f"five.png: {sentence}")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = written(tmp_path, "large.png", encoded(picture(), "png"))
    with file.open("r+b") as stream:
        stream.truncate(50 * 2**20 + 1)

    with pytest.raises(ImageError, match=r"^large\.png: is larger than 50 MB$"):
        read_gray(file)


@pytest.mark.parametrize("size", [(20_001, 1), (1, 20_001), (15_000, 15_000), (2**31 - 1, 9)])
@said_by_readers
def test_too_many_pixels_are_not_decoded(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(ImageError, match=r"^wide\.png: "):
        read_gray(written(tmp_path, "wide.png", png_that_claims(*size)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.3, 0.7, 0.95])
@said_by_readers
def test_half_an_image_is_refused(tmp_path: Path, kind: str, part: float) -> None:
    rng = np.random.default_rng(0)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    for row, column in np.ndindex(30, 40):
        image.setPixelColor(column, row, QColor(*rng.integers(0, 256, 3).tolist()))
    content = encoded(image, kind)

    with pytest.raises(ImageError, match=r"^torn: the image is (damaged \(|cut short: )"):
        read_gray(written(tmp_path, "torn", content[: int(len(content) * part)]))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@said_by_readers
def test_a_spoilt_file_is_an_image_or_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    content = bytearray(encoded(picture(), kind))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    file = written(tmp_path_factory.getbasetemp(), f"spoilt-{kind}", bytes(content))

    try:
        gray = read_gray(file)
    except ImageError as error:
        problem = str(error)
    else:
        assert gray.ndim == 2
        assert 0 <= gray.min() <= gray.max() <= 1
        return
    assert problem.startswith(f"{file.name}: ")


@said_by_readers
def test_decoding_is_given_up(tmp_path: Path) -> None:
    content = encoded(picture(3, 2).scaled(3000, 2000), "jpeg")
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    with pytest.raises(ImageError, match=r"^large\.jpg: was given up$"):
        read_gray(written(tmp_path, "large.jpg", content), cancelled)
    assert asked < 10
