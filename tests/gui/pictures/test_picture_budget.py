"""What decoding would take is known from the headers, and too much is refused before it begins."""

from __future__ import annotations

import struct
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from gui.pictures.picture_budget import (
    MAX_COEFFICIENT_BYTES,
    MAX_PIXELS,
    MAX_SCANNED_BYTES,
    MAX_SCANS,
    MAX_SEGMENTS,
    OverBudget,
    check_budget,
)
from tests.gui.pictures.test_image_file import encoded, picture

KINDS = ["png", "jpeg", "bmp", "webp"]


def refused(content: bytes, kind: str) -> str:
    with pytest.raises(OverBudget) as caught:
        check_budget(content, kind)
    return str(caught.value)


def segment(marker: int, body: bytes = b"") -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(
    width: int, height: int, n_scans: int = 1, *more: bytes, frame: int = 0xC2, parts: int = 3
) -> bytes:
    """A JPEG of that many scans without a single pixel in them."""
    body = struct.pack(">BHHB", 8, height, width, parts)
    body += b"".join(bytes((part, 0x11, 0)) for part in range(parts))
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\0\x34\xff\xd0\x56"
    return b"\xff\xd8" + b"".join(more) + segment(frame, body) + scan * n_scans + b"\xff\xd9"


def bmp(width: int, height: int, bits: int, n_bytes: int, compression: int = 0) -> bytes:
    header = struct.pack("<IiiHHI", 40, width, height, 1, bits, compression) + bytes(20)
    return b"BM" + struct.pack("<IHHI", 54 + n_bytes, 0, 0, 54) + header + bytes(n_bytes)


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), *chunks, (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def webp(form: bytes, body: bytes) -> bytes:
    chunk = form + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(1, 1), (6, 4), (517, 33)])
def test_the_size_is_read_from_the_header(kind: str, size: tuple[int, int]) -> None:
    assert check_budget(encoded(picture(1, 1).scaled(*size), kind), kind) == size


@pytest.mark.parametrize("form", [QImage.Format.Format_Grayscale8, QImage.Format.Format_Mono])
@pytest.mark.parametrize("kind", ["png", "bmp"])
def test_pictures_of_few_bits_are_whole(kind: str, form: QImage.Format) -> None:
    image = picture(33, 20).convertToFormat(form)
    assert check_budget(encoded(image, kind), kind) == (33, 20)


def test_a_thousand_scans_are_refused_and_ten_are_not() -> None:
    assert check_budget(jpeg(4000, 3000, 10), "jpeg") == (4000, 3000)
    assert check_budget(jpeg(40, 30, MAX_SCANS), "jpeg") == (40, 30)
    assert "so many scans that decoding would take minutes" in refused(jpeg(9, 9, 1000), "jpeg")
    n_scans = MAX_SCANNED_BYTES // (6 * 4000 * 3000) + 1
    assert n_scans < MAX_SCANS
    assert "so many scans" in refused(jpeg(4000, 3000, n_scans), "jpeg")


def test_a_progressive_jpeg_may_not_keep_more_than_the_memory_holds() -> None:
    width = 8000
    height = MAX_COEFFICIENT_BYTES // (6 * width)
    assert check_budget(jpeg(width, height), "jpeg") == (width, height)
    assert "too many for a progressive JPEG" in refused(jpeg(width, height + 1), "jpeg")
    assert check_budget(jpeg(width, height + 1, frame=0xC0), "jpeg") == (width, height + 1)


@pytest.mark.parametrize("marker", [0xFE, 0xE1, 0xED, 0xDB])
def test_a_flood_of_segments_is_refused(marker: int) -> None:
    flood = segment(marker) * 1_000_000
    tracemalloc.start()
    sentence = refused(jpeg(9, 9, 1, flood), "jpeg")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "more parts than any picture needs" in sentence
    assert peak < 20 * 2**20
    assert check_budget(jpeg(9, 9, 1, segment(marker) * 500), "jpeg") == (9, 9)


def test_a_thumbnail_in_a_segment_is_passed_over() -> None:
    thumbnail = jpeg(1, 1, 500)
    assert check_budget(jpeg(9, 8, 1, segment(0xE1, thumbnail[:60_000])), "jpeg") == (9, 8)


def test_a_jpeg_without_an_end_or_a_size_is_refused() -> None:
    assert "its end is missing" in refused(jpeg(9, 9)[:-2], "jpeg")
    assert "tells no size" in refused(b"\xff\xd8\xff\xd9", "jpeg")
    assert "tells no size" in refused(jpeg(9, 0), "jpeg")
    assert "its end is missing" in refused(b"\xff\xd8", "jpeg")


@pytest.mark.parametrize("bits", [1, 4, 8, 16, 24, 32])
def test_a_bmp_of_fewer_bytes_than_pixels_is_cut_short(bits: int) -> None:
    assert "cut short: 100 bytes cannot hold" in refused(bmp(7700, 7700, bits, 100), "bmp")
    row = (9 * bits + 31) // 32 * 4
    assert check_budget(bmp(9, -7, bits, 7 * row), "bmp") == (9, 7)
    assert "cut short" in refused(bmp(9, 7, bits, 7 * row - 1), "bmp")


@pytest.mark.parametrize("compression", [1, 2])
def test_a_bmp_in_runs_needs_some_bytes_too(compression: int) -> None:
    assert "cut short" in refused(bmp(7700, 7700, 8, 100, compression), "bmp")
    assert check_budget(bmp(100, 100, 8, 100, compression), "bmp") == (100, 100)


def test_a_png_of_fewer_bytes_than_pixels_is_cut_short() -> None:
    packed = zlib.compress(bytes(100))
    assert "cut short" in refused(png(5000, 5000, (b"IDAT", packed)), "png")
    rows = zlib.compress(bytes(1001 * 3 * 1000), 9)
    assert check_budget(png(1000, 1000, (b"IDAT", rows)), "png") == (1000, 1000)


def test_a_flood_of_chunks_is_refused() -> None:
    for n in (MAX_SEGMENTS + 1, 200_000):
        content = png(4, 4, *[(b"tEXt", b"a\0b")] * n)
        assert "more parts than any picture needs" in refused(content, "png")


@pytest.mark.parametrize("kind", KINDS)
def test_too_many_pixels_are_refused(kind: str) -> None:
    side = 16_383
    many = {
        "png": png(side, side),
        "jpeg": jpeg(side, side, frame=0xC0),
        "bmp": bmp(side, side, 24, 9),
        "webp": webp(b"VP8L", b"\x2f" + struct.pack("<I", (side - 1) << 14 | (side - 1))),
    }[kind]
    assert side * side > MAX_PIXELS[kind]
    assert refused(many, kind).startswith("is 16,383 × 16,383 pixels large, which is too many")


def test_the_three_forms_of_webp_tell_their_size() -> None:
    assert check_budget(webp(b"VP8L", b"\x2f" + struct.pack("<I", 7 << 14 | 5)), "webp") == (6, 8)
    lossy = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 6, 8 | 1 << 14)
    assert check_budget(webp(b"VP8 ", lossy), "webp") == (6, 8)
    assert check_budget(webp(b"VP8X", bytes(4) + b"\5\0\0\7\0\0"), "webp") == (6, 8)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_any_bytes_have_a_size_or_are_refused(kind: str, data: st.DataObject) -> None:
    content = bytearray(encoded(picture(), kind))
    for _ in range(data.draw(st.integers(0, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(0, len(content))) :]
    try:
        width, height = check_budget(bytes(content), kind)
    except OverBudget:
        return
    assert 0 < width * height <= MAX_PIXELS[kind]
