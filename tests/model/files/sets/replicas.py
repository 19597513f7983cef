"""Small sets of pictures in every form, each with the quirk that its kind has."""

from __future__ import annotations

import gzip
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.model.files.mnist_server import idx

Pixels = NDArray[np.uint8]


@cache
def glyph(kind: int, size: tuple[int, int] = (28, 28)) -> Pixels:
    """A picture of one class, unlike any other and unlike itself where it is turned or mirrored."""
    rows, cols = size
    picture = np.zeros(size, dtype=np.uint8)
    picture[1:-1, 1] = 255  # a foot to the right, as that of an L
    picture[-2, 1 : cols // 2] = 255
    for bit in range(6):
        if kind >> bit & 1:
            picture[1 + bit * (rows - 3) // 6, 2 + bit * (cols - 4) // 6] = 200
    return picture


def pictures(labels: Sequence[int], size: tuple[int, int] = (28, 28)) -> Pixels:
    """A picture for each label, (n, rows, cols)."""
    return np.stack([glyph(label, size) for label in labels])


def write_idx(
    folder: Path, name: str, images: Pixels, labels: Sequence[int], *, packed: bool = True
) -> Path:
    """Two IDX files; ``name`` has {kind} in it, for their kinds. Returns that of the images."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "images-idx3-ubyte": idx(images.shape, images.tobytes()),
        "labels-idx1-ubyte": idx((len(labels),), bytes(labels)),
    }
    paths = []
    for kind, content in files.items():
        path = folder / (name.format(kind=kind) + (".gz" if packed else ""))
        path.write_bytes(gzip.compress(content, 1) if packed else content)
        paths.append(path)
    return paths[0]


def write_npz(path: Path, **arrays: Any) -> Path:
    """An archive of arrays."""
    np.savez(path, **arrays)
    return path


def write_pixels(
    path: Path, images: Pixels, labels: Sequence[object], header: Sequence[str] | None = None
) -> Path:
    """A table as at Kaggle: a label and pixels in a row."""
    lines = [",".join(header)] if header is not None else []
    rows = images.reshape(len(images), -1).tolist()
    lines += [
        f"{label}," + ",".join(map(str, row)) for label, row in zip(labels, rows, strict=True)
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def kaggle_header(n: int, first: int = 0) -> list[str]:
    """The names of Kaggle's columns."""
    return ["label", *(f"pixel{number}" for number in range(first, first + n))]


def npy(values: NDArray[Any]) -> bytes:
    """One array as a file."""
    stream = io.BytesIO()
    np.save(stream, values)
    return stream.getvalue()


def ink_of(pixels: NDArray[Any]) -> NDArray[np.float64]:
    """What a decoder would make of a grey picture."""
    return 1.0 - pixels / 255.0
