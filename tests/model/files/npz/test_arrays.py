"""One array of NumPy's own files: what its header says, and its values."""

import io
import warnings
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.files.json_text import ReadingCancelled
from model.files.npz.arrays import (
    HeadError,
    NoArrayError,
    directory_size,
    read_head,
    read_values,
)
from tests.model.files.sets.replicas import npy

CUBE = np.arange(24, dtype=">i2").reshape(4, 3, 2)


def headed(header: str, version: bytes = b"\1\0") -> io.BytesIO:
    n_bytes = len(header).to_bytes(2 if version == b"\1\0" else 4, "little")
    return io.BytesIO(b"\x93NUMPY" + version + n_bytes + header.encode("latin-1"))


@pytest.mark.parametrize("array", [CUBE, np.asfortranarray(CUBE), np.array(["ab", "c"]), CUBE[:0]])
@pytest.mark.parametrize("first", [None, 0, 2, 99])
def test_values_are_read_as_they_were_written(array: np.ndarray, first: int | None) -> None:
    stream = io.BytesIO(npy(array))
    head = read_head(stream, "x")
    assert (head.name, head.dtype, head.shape) == ("x", array.dtype, array.shape)
    assert read_values(stream, head, first).tolist() == array[:first].tolist()


@pytest.mark.parametrize("version", [b"\1\0", b"\2\0", b"\3\0"])
def test_headers_of_every_version_are_read(version: bytes) -> None:
    head = read_head(headed("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", version))
    assert (head.dtype, head.shape) == (np.dtype("<f4"), (3,))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "{}",
        "__import__('os')",
        "[" * 5000,
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-3,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (10000000000000,), }",
        "{'descr': 'no type', 'fortran_order': False, 'shape': (3,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".ljust(20_000),
    ],
)
def test_a_header_that_is_none_is_refused(header: str) -> None:
    with pytest.raises(HeadError):
        read_head(headed(header))


def test_what_is_no_array_is_told_from_a_damaged_one() -> None:
    for content in (b"", b"\x93NUMPY", b"PK\3\4 and more"):
        with pytest.raises(NoArrayError):
            read_head(io.BytesIO(content))


def test_values_that_are_not_there_are_not_made_up() -> None:
    stream = io.BytesIO(npy(CUBE)[:-1])
    with pytest.raises(EOFError):
        read_values(stream, read_head(stream))


def test_reading_can_be_given_up() -> None:
    stream = io.BytesIO(npy(CUBE))
    with pytest.raises(ReadingCancelled):
        read_values(stream, read_head(stream), cancelled=lambda: True)


@given(st.binary(max_size=120))
def test_any_header_is_read_or_refused(noise: bytes) -> None:
    with warnings.catch_warnings(), suppress(HeadError):
        warnings.simplefilter("ignore")
        read_head(headed(noise.decode("latin-1")))


def test_an_archive_says_how_much_is_listed_in_it() -> None:
    stream = io.BytesIO()
    np.savez(stream, x=CUBE, y=CUBE)
    n_parts, n_bytes = directory_size(stream.getvalue()) or (0, 0)
    assert n_parts == 2
    assert n_bytes > 2 * len("x.npy")
    assert directory_size(b"no archive") is None
    assert directory_size(b"PK\5\6 cut") is None
