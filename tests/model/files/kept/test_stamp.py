"""A stamp tells whether a file has another content than it had."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from model.files.kept.stamp import MAX_HASHED_BYTES, Stamp, stamp_from, stamp_of


def test_only_another_content_makes_another_stamp(tmp_path: Path) -> None:
    file = tmp_path / "one"
    file.write_bytes(b"abc")
    before = stamp_of(file)
    assert before is not None
    os.utime(file, (1, 1))
    touched = stamp_of(file)
    assert touched is not None
    assert touched != before
    assert touched.is_of_same(before)
    file.write_bytes(b"abd")
    os.utime(file, ns=(before.modified_ns, before.modified_ns))
    other = stamp_of(file)
    assert other is not None
    assert not other.is_of_same(before)


def test_a_large_file_is_not_read_and_told_by_its_time(tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(bytes(MAX_HASHED_BYTES + 1))
    before = stamp_of(file)
    assert before is not None
    assert before.sha256 == ""
    os.utime(file, (1, 1))
    after = stamp_of(file)
    assert after is not None
    assert not after.is_of_same(before)


def test_what_is_no_file_has_none(tmp_path: Path) -> None:
    assert stamp_of(tmp_path) is None
    assert stamp_of(tmp_path / "nowhere") is None


def test_it_is_read_as_it_was_written() -> None:
    for stamp in (Stamp(3, 5, "0" * 64), Stamp(2**40, -1)):
        assert stamp_from(stamp.data()) == stamp


@pytest.mark.parametrize(
    "data", [None, [], [1, 2], [1, 2, 3], ["1", 2, ""], [True, 2, ""], [-1, 2, ""], [1, 2, "xyz"],
             [2**70, 1, ""], {"size": 1}],
)  # fmt: skip
def test_anything_else_is_none(data: object) -> None:
    assert stamp_from(data) is None
