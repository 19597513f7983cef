"""What decoding a picture would take, from its headers alone: nothing is decoded to learn it.

Decoders trust what they read. A thousand scans of a JPEG take a minute, and a header of a few
bytes can ask for hundreds of megabytes; so both are counted before a decoder sees the file.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from model.door import mark, say

MAX_SIDE = 20_000
# Baseline JPEG is made smaller while it is decoded; the others are decoded in full first, WebP
# in one go that nothing can break off.
MAX_PIXELS = {"jpeg": 120_000_000, "png": 60_000_000, "bmp": 60_000_000, "webp": 17_000_000}
# A progressive JPEG keeps all of its coefficients, of two bytes each.
MAX_COEFFICIENT_BYTES = 256 * 2**20
# Encoders make some ten scans. Each goes through all the coefficients once more.
MAX_SCANS = 100
MAX_SCANNED_BYTES = 2 * 2**30
# Segments and chunks beside those that hold pixels: comments, colour profiles, thumbnails.
MAX_SEGMENTS = 1000
_MAX_CHUNKS = 100_000
# Deflate makes at most so many bytes of one, and a run of a BMP at most 255 pixels of two.
_DEFLATE_RATIO = 1032
_RUN_RATIO = 128
_PLANES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_next_marker = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]").search
_STANDALONE = (0x01, *range(0xD0, 0xD9))
_FRAMES = (0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF)
_PROGRESSIVE = (0xC2, 0xC6, 0xCA, 0xCE)
_MISSING_END = mark("the image is damaged (its end is missing)")
_NO_SIZE = mark("the image is damaged (its header tells no size)")


class OverBudget(ValueError):
    """A picture that must not be decoded; the message follows the file's name and a colon."""


@dataclass(frozen=True)
class _Frame:
    """The size of a JPEG's frame, and the bytes of all its coefficients."""

    width: int
    height: int
    n_bytes: int
    progressive: bool


def check_budget(content: bytes, kind: str) -> tuple[int, int]:
    """The (width, height) in pixels of a "png", "jpeg", "bmp" or "webp" picture.

    Raises
    ------
    OverBudget
        If it is cut short, has no size, or would take too much time or memory.
    """
    try:
        return {"png": _png, "jpeg": _jpeg, "bmp": _bmp, "webp": _webp}[kind](content)
    except (struct.error, IndexError) as error:  # a header that ends too soon
        raise OverBudget(say(_MISSING_END)) from error


def _check_size(width: int, height: int, kind: str) -> None:
    if width < 1 or height < 1:
        raise OverBudget(say(_NO_SIZE))
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS[kind]:
        raise OverBudget(
            say(
                "is {width:,} × {height:,} pixels large, which is too many: make it smaller first",
                width=width,
                height=height,
            )
        )


def _check_length(n_bytes: int, n_needed: int) -> None:
    if n_bytes < n_needed:
        raise OverBudget(
            say(
                "the image is cut short: {n_bytes:,} bytes cannot hold the pixels that its "
                "header announces",
                n_bytes=n_bytes,
            )
        )


def _png(content: bytes) -> tuple[int, int]:
    width, height, depth, color = struct.unpack_from(">IIBB", content, 16)
    _check_size(width, height, "png")
    at, n_others, n_packed, ended = 8, 0, 0, False
    for _ in range(_MAX_CHUNKS):
        if at + 8 > len(content) or ended:
            break
        length, name = struct.unpack_from(">I4s", content, at)
        if name == b"IDAT":
            n_packed += length
        else:
            n_others += 1
        ended = name == b"IEND"
        at += 12 + length
    if n_others > MAX_SEGMENTS or (not ended and at + 8 <= len(content)):
        raise OverBudget(say("has more parts than any picture needs: save it once more as PNG"))
    if not ended or at > len(content):
        raise OverBudget(say(_MISSING_END))
    row = 1 + (width * depth * _PLANES.get(color, 4) + 7) // 8
    _check_length(n_packed, row * height // _DEFLATE_RATIO)
    return width, height


def _bmp(content: bytes) -> tuple[int, int]:
    n_all, start, header = struct.unpack_from("<I4xII", content, 2)
    compression = 0
    if header <= 16:
        width, height, _, bits = struct.unpack_from("<HHHH", content, 18)
    else:
        width, height, _, bits, compression = struct.unpack_from("<iiHHI", content, 18)
    width, height = abs(width), abs(height)
    _check_size(width, height, "bmp")
    if compression in (1, 2):
        _check_length(len(content), width * height // _RUN_RATIO)
    else:
        _check_length(len(content) - start, (width * bits + 31) // 32 * 4 * height)
    if n_all > len(content):
        raise OverBudget(say(_MISSING_END))
    return width, height


def _webp(content: bytes) -> tuple[int, int]:
    if 8 + int.from_bytes(content[4:8], "little") > len(content):
        raise OverBudget(say(_MISSING_END))
    form = content[12:16]
    if form == b"VP8X":
        width = 1 + int.from_bytes(content[24:27], "little")
        height = 1 + int.from_bytes(content[27:30], "little")
    elif form == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    else:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", content, 26))
    _check_size(width, height, "webp")
    return width, height


def _jpeg(content: bytes) -> tuple[int, int]:
    """Walk over the markers; the pixels between them are skipped unread."""
    frame: _Frame | None = None
    at, n_scans, n_segments = 2, 0, 0
    while True:
        found = _next_marker(content, at)
        if found is None:
            raise OverBudget(say(_MISSING_END))
        marker, at = content[found.end() - 1], found.end()
        if marker == 0xD9:
            break
        if marker in _STANDALONE:
            continue
        if marker in _FRAMES:
            frame = _frame(content, at, marker)
        if marker == 0xDA:
            n_scans += 1
        n_segments += marker not in (0xC4, 0xDA)  # scans bring their tables with them
        _check_scans(frame, n_scans, n_segments)
        at += int.from_bytes(content[at : at + 2], "big")
    if frame is None or not n_scans:
        raise OverBudget(say(_NO_SIZE))
    return frame.width, frame.height


def _check_scans(frame: _Frame | None, n_scans: int, n_segments: int) -> None:
    n_scanned = n_scans * frame.n_bytes if frame is not None and frame.progressive else 0
    if n_scans > MAX_SCANS or n_scanned > MAX_SCANNED_BYTES:
        raise OverBudget(
            say(
                "has so many scans that decoding would take minutes: save it once more, as a "
                "baseline JPEG or as PNG"
            )
        )
    if n_segments > MAX_SEGMENTS:
        raise OverBudget(say("has more parts than any picture needs: save it once more as JPEG"))


def _frame(content: bytes, at: int, marker: int) -> _Frame:
    height, width, n_parts = struct.unpack_from(">HHB", content, at + 3)
    _check_size(width, height, "jpeg")
    samplings = [content[at + 9 + 3 * part] for part in range(n_parts)]
    across = max((sampling >> 4 for sampling in samplings), default=1) or 1
    down = max((sampling & 15 for sampling in samplings), default=1) or 1
    share = sum((sampling >> 4) * (sampling & 15) for sampling in samplings) / (across * down)
    progressive = marker in _PROGRESSIVE
    n_bytes = int(2 * width * height * share)
    if progressive and n_bytes > MAX_COEFFICIENT_BYTES:
        raise OverBudget(
            say(
                "is {width:,} × {height:,} pixels large, which is too many for a progressive "
                "JPEG: make it smaller first",
                width=width,
                height=height,
            )
        )
    return _Frame(width, height, n_bytes, progressive)
