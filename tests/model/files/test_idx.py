"""The reader gives back what was written, and refuses everything else in one sentence."""

import gzip
import math
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.door import choose_language
from model.errors import DigitsError
from model.files.idx import MAX_BYTES, read_images, read_labels, read_pair
from tests.model.files.mnist_server import idx

Reader = Callable[[Path], NDArray[np.uint8]]

PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": lambda content: gzip.compress(content, mtime=0),
}
packings = st.sampled_from(sorted(PACKINGS))


def numbered(shape: tuple[int, ...]) -> bytes:
    """An IDX file whose values count up, so that every one is in its own place."""
    return idx(shape, bytes(i % 251 for i in range(math.prod(shape))))


@st.composite
def image_files(draw: st.DrawFn) -> tuple[tuple[int, int, int], bytes]:
    n, rows, cols = (draw(st.integers(1, 6)) for _ in range(3))
    shape = (n, rows, cols)
    n_values = math.prod(shape)
    return shape, draw(st.binary(min_size=n_values, max_size=n_values))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file to write again and again: hypothesis runs many examples in one test."""
    return tmp_path_factory.mktemp("idx") / "file"


def check_sentence(sentence: str, path: Path) -> None:
    assert str(path) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def fault(read: Reader, path: Path) -> str:
    """The sentence with which a file is refused; it always names the file."""
    with pytest.raises(DigitsError) as caught:
        read(path)
    check_sentence(str(caught.value), path)
    return str(caught.value)


def read_or_refuse(read: Reader, path: Path) -> NDArray[np.uint8] | None:
    """What is read; None if the file is refused in the right way."""
    try:
        return read(path)
    except DigitsError as error:
        sentence = str(error)
    check_sentence(sentence, path)
    return None


def refused(path: Path, content: bytes, read: Reader = read_images) -> str:
    path.write_bytes(content)
    return fault(read, path)


# What was written comes back.


@given(file=image_files(), packing=packings)
def test_images_come_back(
    scratch: Path, file: tuple[tuple[int, int, int], bytes], packing: str
) -> None:
    (n, rows, cols), values = file
    scratch.write_bytes(PACKINGS[packing](idx((n, rows, cols), values)))
    images = read_images(scratch)
    assert images.shape == (n, rows, cols)
    assert images.dtype == np.uint8
    for i in range(n):
        for row in range(rows):
            for col in range(cols):
                assert images[i, row, col] == values[(i * rows + row) * cols + col]


@given(labels=st.lists(st.integers(0, 9), min_size=1), packing=packings)
def test_labels_come_back(scratch: Path, labels: list[int], packing: str) -> None:
    scratch.write_bytes(PACKINGS[packing](idx((len(labels),), bytes(labels))))
    read = read_labels(scratch)
    assert read.dtype == np.uint8
    assert read.tolist() == labels


def test_file_longer_than_one_chunk(tmp_path: Path) -> None:
    path = tmp_path / "images"
    values = np.random.default_rng(1).integers(0, 256, 3 * 1000 * 1000, dtype=np.uint8)
    path.write_bytes(gzip.compress(idx((3, 1000, 1000), values.tobytes()), 1))
    assert np.array_equal(read_images(path).ravel(), values)


def test_content_not_name_tells_whether_it_is_compressed(tmp_path: Path) -> None:
    misnamed_plain, misnamed_gzip = tmp_path / "plain.gz", tmp_path / "packed"
    misnamed_plain.write_bytes(numbered((2, 2, 2)))
    misnamed_gzip.write_bytes(gzip.compress(numbered((2, 2, 2))))
    assert read_images(misnamed_plain).ravel().tolist() == list(range(8))
    assert read_images(misnamed_gzip).ravel().tolist() == list(range(8))


def test_gzip_in_several_members(tmp_path: Path) -> None:
    path = tmp_path / "images"
    content = numbered((2, 2, 2))
    path.write_bytes(gzip.compress(content[:9]) + gzip.compress(content[9:]))
    assert read_images(path).ravel().tolist() == list(range(8))


# Damage is found, wherever it is.


@given(file=image_files(), data=st.data())
def test_any_changed_byte_of_a_gzip_file(
    scratch: Path, file: tuple[tuple[int, int, int], bytes], data: st.DataObject
) -> None:
    content = bytearray(gzip.compress(idx(*file), mtime=0))
    position = data.draw(st.integers(0, len(content) - 1))
    content[position] ^= data.draw(st.integers(1, 255))
    scratch.write_bytes(content)
    images = read_or_refuse(read_images, scratch)
    if images is not None:  # it was the time stamp, for instance
        assert images.shape == file[0]
        assert images.tobytes() == file[1]


@given(file=image_files(), data=st.data())
def test_any_changed_byte_of_a_plain_file(
    scratch: Path, file: tuple[tuple[int, int, int], bytes], data: st.DataObject
) -> None:
    content = bytearray(idx(*file))
    position = data.draw(st.integers(0, len(content) - 1))
    content[position] ^= data.draw(st.integers(1, 255))
    if position < 16:
        refused(scratch, bytes(content))
    else:  # a plain file has no checksum: the pixel is what it now is, and no other has changed
        scratch.write_bytes(content)
        assert read_images(scratch).tobytes() == bytes(content[16:])


@given(file=image_files(), packing=packings, data=st.data())
def test_any_truncation(
    scratch: Path, file: tuple[tuple[int, int, int], bytes], packing: str, data: st.DataObject
) -> None:
    content = PACKINGS[packing](idx(*file))
    refused(scratch, content[: data.draw(st.integers(0, len(content) - 1))])


@given(file=image_files(), packing=packings, tail=st.binary(min_size=1))
@example(file=((1, 1, 1), b"x"), packing="gzip", tail=b"\0\0\0")
@example(file=((1, 1, 1), b"x"), packing="gzip", tail=gzip.compress(b""))
@example(file=((1, 1, 1), b"x"), packing="gzip", tail=gzip.compress(b"more"))
def test_any_extension(
    scratch: Path, file: tuple[tuple[int, int, int], bytes], packing: str, tail: bytes
) -> None:
    scratch.write_bytes(PACKINGS[packing](idx(*file)) + tail)
    images = read_or_refuse(read_images, scratch)
    if images is not None:  # padding that the gzip format allows
        assert packing == "gzip"
        assert images.tobytes() == file[1]


@given(content=st.binary(max_size=100), packing=packings)
@example(content=b"", packing="plain")
@example(content=b"", packing="gzip")
@example(content=b"\x1f\x8b", packing="plain")
def test_any_bytes_at_all(scratch: Path, content: bytes, packing: str) -> None:
    scratch.write_bytes(PACKINGS[packing](content))
    for read in (read_images, read_labels):
        values = read_or_refuse(read, scratch)
        if values is not None:
            assert content == idx(values.shape, values.tobytes())


# The sentence says what is wrong.


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty: fetch the published file again"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture, not an IDX file of digits: fetch the published"),
        (b"<!DOCTYPE html><html>", "is a web page that was saved in place of the file: fetch the"),
        (b"{}", "is JSON, not an IDX file of digits: fetch the published file again"),
        (b"\0\1\2\3", "starts with the wrong bytes"),
        (b"\0\0\x08", "starts with the wrong bytes"),
        (b"\0\0\x08\x03\0\0\0\x01", "ends within its header"),
        (idx((1, 1, 1), b"\0\0\0\0", type_byte=0x0D), "the type 0x0d, not 0x08"),
        (idx((3,), b"\1\2\3"), "holds labels where images are needed"),
        (idx((1, 1), b"\1"), "holds values of 2 dimensions where images are needed"),
        (idx((0, 28, 28), b""), "announces 0 x 28 x 28 values"),
        (idx((2**32 - 1, 0, 28), b""), "announces 4,294,967,295 x 0 x 28 values"),
        (idx((2, 2, 2), b"1234567"), "holds 7 of the 8 values"),
        (idx((2, 2, 2), b"123456789"), "more bytes follow the 2 images"),
        (idx((2**32 - 1,) * 3, b""), "is too large"),
        (idx((MAX_BYTES + 1, 1, 1), b""), "is too large"),
    ],
)
def test_sentence_for_images(tmp_path: Path, packing: str, content: bytes, says: str) -> None:
    assert says in refused(tmp_path / "images", PACKINGS[packing](content))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (idx((1, 1, 1), b"\1"), "holds images where labels are needed"),
        (idx((0,), b""), "holds no labels"),
        (idx((3,), b"\1\2"), "holds 2 of the 3 values"),
        (idx((3,), b"\1\2\3\4"), "more bytes follow the 3 labels"),
        (idx((4,), b"\0\x09\x0a\xff"), "label number 3 is 10, not 0 to 9"),
    ],
)
def test_sentence_for_labels(tmp_path: Path, content: bytes, says: str) -> None:
    assert says in refused(tmp_path / "labels", content, read_labels)


def test_what_a_file_holds_is_said_in_the_language_in_force(tmp_path: Path) -> None:
    choose_language("de")
    try:
        said = refused(tmp_path / "labels", idx((1, 1, 1), b"\1"), read_labels)
        assert "enthält Bilder, wo Labels gebraucht werden" in said
        said = refused(tmp_path / "labels", idx((1, 1), b"\1"), read_labels)
        assert "enthält Werte in 2 Dimensionen, wo Labels" in said
    finally:
        choose_language("en")


def test_sentence_for_broken_gzip(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(numbered((4, 4, 4))))
    assert "cut short" in refused(tmp_path / "cut.gz", bytes(packed[:-9]))
    packed[-8] ^= 1  # the first byte of the checksum
    assert "damaged" in refused(tmp_path / "damaged.gz", bytes(packed))


def nothing(path: Path) -> None:
    """There is no such file."""


NOT_FILES: list[Callable[[Path], None]] = [nothing, Path.mkdir]
if hasattr(os, "mkfifo"):  # reading a named pipe would wait for a writer, for ever
    NOT_FILES.append(os.mkfifo)


@pytest.mark.parametrize("make", NOT_FILES)
def test_path_that_is_no_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "images")
    assert "There is no file" in fault(read_images, tmp_path / "images")


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "images"
    path.write_bytes(numbered((1, 1, 1)))

    def no_permission(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", no_permission)
    assert "cannot be read (Permission denied)" in fault(read_images, path)


@pytest.mark.parametrize("promise", [(3, 4, 5), (MAX_BYTES + 1, 1, 1)])
def test_decompression_bomb_is_not_unpacked(tmp_path: Path, promise: tuple[int, ...]) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(idx(promise, bytes(50_000_000)), 1))
    tracemalloc.start()
    try:
        fault(read_images, path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000


# Images and labels belong together.


def test_pair(tmp_path: Path) -> None:
    (tmp_path / "images").write_bytes(numbered((3, 2, 2)))
    (tmp_path / "labels").write_bytes(idx((3,), b"\7\0\2"))
    images, labels = read_pair(tmp_path / "images", tmp_path / "labels")
    assert images.shape == (3, 2, 2)
    assert labels.tolist() == [7, 0, 2]


def test_pair_of_different_lengths(tmp_path: Path) -> None:
    images, labels = tmp_path / "images", tmp_path / "labels"
    images.write_bytes(numbered((3, 2, 2)))
    labels.write_bytes(idx((2,), b"\7\0"))
    with pytest.raises(DigitsError, match=r"holds 3 images but .* holds 2 labels") as caught:
        read_pair(images, labels)
    assert str(images) in str(caught.value)
    assert str(labels) in str(caught.value)
