"""Sets in tables of pixels, as at Kaggle: a picture a row, with its label before or behind it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from model.door import say
from model.errors import SetError
from model.files.json_text import ReadingCancelled
from model.files.sets.access import Access
from model.files.sets.classes import from_words
from model.files.sets.naming import set_name, title_of
from model.files.sets.pixel_layout import PixelLayout, pixel_layout
from model.files.sets.raw import (
    MAX_HELD_OUT,
    Labels,
    Pixels,
    RawSet,
    check_size,
    most_of,
)

_MARK = b"\xef\xbb\xbf"
_BLOCK = 2**22
_MAX_ROWS = 5_000_000
_MAX_LINE = 2**17
_MAX_LABEL = 200


def read_pixel_set(path: Path, access: Access) -> RawSet:
    """The set in a table of pixels, with the table to test with beside it, if there is one.

    Raises SetError with one sentence that names the row and the column at fault.
    """
    try:
        layout = pixel_layout(path)
        if layout is None:
            raise SetError(
                say("{path} is no table of pixels: each row must be a label and the pixels of a "
                    "square picture, 0 to 255", path=path)
            )  # fmt: skip
        check_size(path, layout.size)
        pixels, words = _read(path, layout, most_of(layout.size), access)
        tested = _test_table(path, layout)
        test_pixels, test_words = None, np.empty(0, dtype=np.str_)
        if tested is not None:
            test_pixels, test_words = _read(tested[0], tested[1], MAX_HELD_OUT, access)
            test_words = test_words[: len(test_pixels)]
    except OSError as error:
        raise SetError(
            say("{path} cannot be read ({reason})", path=path, reason=error.strerror)
        ) from error
    labels, names = _labels(np.concatenate([words, test_words]), path)
    n = len(words)
    files = (path,) if tested is None else (path, tested[0])
    return RawSet(
        title_of(path, files), files, pixels, labels[:n], test_pixels,
        labels[n:] if tested is not None else None, names,
    )  # fmt: skip


def _test_table(path: Path, layout: PixelLayout) -> tuple[Path, PixelLayout] | None:
    """The table to test with beside one to learn from, if it has labels and is alike."""
    own = set_name(path.name)
    if own.part != "train":
        return None
    for other in sorted(path.parent.glob(f"*{path.suffix}"))[:1000]:
        name = set_name(other.name)
        if name.key == own.key and name.part == "test" and other.is_file():
            try:
                found = pixel_layout(other)
            except (SetError, OSError):
                continue
            if found is not None and found.size == layout.size:
                return other, found
    return None


def _read(
    path: Path, layout: PixelLayout, most: int, access: Access
) -> tuple[Pixels, np.ndarray[tuple[int], np.dtype[np.str_]]]:
    """The first pictures, (n, rows, cols), and the label of every row."""
    blocks: list[Pixels] = []
    words: list[str] = []
    n_read, n_bytes, n_all = 0, 0, path.stat().st_size
    delimiter = layout.delimiter.encode()
    for first, lines in _lines(path, layout.header):
        if access.cancelled():
            raise ReadingCancelled
        parted = [
            line.rpartition(delimiter)[::-2]
            if layout.labels_last
            else line.partition(delimiter)[::2]
            for line in lines
        ]
        words += [_word(label) for label, _ in parted]
        if len(words) > _MAX_ROWS:
            raise SetError(
                say("{path} has more than the {most:,} rows that can be taken: save a part of them "
                    "as a file of their own", path=path, most=_MAX_ROWS)
            )  # fmt: skip
        if n_read < most:
            rows = [pixels for _, pixels in parted[: most - n_read]]
            blocks.append(_pixels(rows, layout, path, first))
            n_read += len(rows)
        n_bytes += sum(map(len, lines))
        access.progress(min(n_bytes, n_all), n_all)
    if not words:
        raise SetError(say("{path}: there is no row of pixels in it: choose another", path=path))
    return np.concatenate(blocks), np.array(words, dtype=np.str_)


def _lines(path: Path, header: bool) -> Iterator[tuple[int, list[bytes]]]:
    """The rows of a table, many at a time, each time with the number of the first of them."""
    number = 1
    with path.open("rb") as stream:
        if stream.read(len(_MARK)) != _MARK:
            stream.seek(0)
        if header:
            stream.readline(_MAX_LINE)
            number += 1
        while block := stream.read(_BLOCK):
            block += stream.readline(_MAX_LINE)
            if len(block) >= _BLOCK + _MAX_LINE and not block.endswith(b"\n"):
                raise SetError(
                    say("{path}: a row from number {row:,} on is too long to be a picture: look "
                        "whether it is a table of pixels", path=path, row=number)
                )  # fmt: skip
            lines = block.splitlines()
            yield number, [line for line in lines if line.strip()]
            number += len(lines)


def _pixels(rows: list[bytes], layout: PixelLayout, path: Path, first: int) -> Pixels:
    """Rows of cells as pictures, (n, rows, cols)."""
    n_cells = layout.n_cells - 1
    try:
        values = _loaded(rows, layout.delimiter, np.uint8)
    except ValueError:
        values = None
    # Rows without any cell are passed over.
    if values is None or values.shape != (len(rows), n_cells):
        values = _carefully(rows, layout, path, first)
    return values.reshape(len(rows), *layout.size)


def _loaded(rows: list[bytes], delimiter: str, dtype: type[np.generic]) -> np.ndarray:
    with warnings.catch_warnings():
        # Numbers with a point where whole ones are wanted: these are looked at one by one.
        warnings.simplefilter("error", DeprecationWarning)
        try:
            return np.loadtxt(
                io.BytesIO(b"\n".join(rows)), dtype, delimiter=delimiter, quotechar='"',
                comments=None, ndmin=2,
            )  # fmt: skip
        except (DeprecationWarning, OverflowError) as error:
            raise ValueError from error


def _carefully(rows: list[bytes], layout: PixelLayout, path: Path, first: int) -> Pixels:
    """The same where something is not as usual; raises SetError for what is no pixel."""
    n_cells = layout.n_cells - 1
    for number, row in enumerate(rows):
        n = row.count(layout.delimiter.encode()) + 1 if row else 0
        if n != n_cells:
            raise SetError(
                say("{path}: row {row:,} does not have the {wanted:,} cells of the others, but "
                    "{n:,}: correct it, or take it out",
                    path=path, row=first + number, n=n + 1, wanted=n_cells + 1)
            )  # fmt: skip
    found = np.empty((len(rows), n_cells))
    for number, row in enumerate(rows):
        for at, cell in enumerate(row.split(layout.delimiter.encode())):
            value = _value(cell)
            if value is None:
                raise SetError(
                    say("{path}: “{cell}” in row {row:,}, column {column:,} is no pixel from 0 to "
                        "255: correct it, or take the row out",
                        path=path, cell=cell[:20].decode("utf-8", "replace").strip(),
                        row=first + number, column=at + 1 + (not layout.labels_last))
                )  # fmt: skip
            found[number, at] = value
    return found.astype(np.uint8)


def _word(cell: bytes) -> str:
    return cell[:_MAX_LABEL].strip(b" \"'\t").decode("utf-8", "replace")


def _value(cell: bytes) -> float | None:
    """A whole number from 0 to 255; None for anything else."""
    try:
        value = float(cell.strip(b" \"'\t"))
    except ValueError:
        return None
    return value if 0.0 <= value <= 255.0 and value.is_integer() else None


def _labels(
    words: np.ndarray[tuple[int], np.dtype[np.str_]], path: Path
) -> tuple[Labels, tuple[str, ...]]:
    """Labels as numbers where all are whole ones; else what they stand for as well."""
    try:
        values = words.astype(np.float64)
    except ValueError:
        empty = np.flatnonzero(words == "")
        if len(empty):
            raise SetError(
                say("{path}: picture {number:,} has no label: write one there, or take the row out",
                    path=path, number=int(empty[0]) + 1)
            ) from None  # fmt: skip
        return from_words(words, path)
    if not np.isfinite(values).all() or np.abs(values).max() > 2**31 or (values % 1).any():
        at = int(np.argmax(~np.isfinite(values) | (np.abs(values) > 2**31) | (values % 1 != 0)))
        raise SetError(
            say("{path}: “{word}”, the label of picture {number:,}, is no whole number: correct "
                "it, or write words for all labels",
                path=path, word=words[at][:20], number=at + 1)
        )  # fmt: skip
    return values.astype(np.int64), ()
