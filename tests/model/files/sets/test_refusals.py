"""What is wrong with a set is said in one sentence: what, where, and what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import SetError
from model.files.sets.access import Access
from model.files.sets.opening import open_set
from tests.model.files.mnist_server import idx
from tests.model.files.sets.replicas import (
    kaggle_header,
    npy,
    pictures,
    write_idx,
    write_npz,
    write_pixels,
)
from tests.model.files.sets.test_opening import decode, write_folder

TEN = [at % 10 for at in range(20)]
IMAGES = pictures(TEN)
LABELS = np.array(TEN)


def refused(path: Path) -> str:
    with pytest.raises(SetError) as caught:
        open_set(path, Access(decode))
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert path.name in sentence or str(path.parent) in sentence
    return sentence


def zipped(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{name}.npy", content)
    return path


def npy_of(header: str) -> bytes:
    text = header.encode().ljust(118) + b"\n"
    return b"\x93NUMPY\1\0" + len(text).to_bytes(2, "little") + text


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"x": IMAGES.astype(object), "y": LABELS}, "“x” holds Python objects"),
        ({"x": IMAGES, "y": LABELS.astype(object)}, "“y” holds Python objects"),
        ({"x": IMAGES, "y": LABELS[:7]}, "20 pictures and 7 labels do not belong together"),
        ({"x": IMAGES[:0], "y": LABELS[:0]}, "there are no pictures in it"),
        ({"x": IMAGES * 300.0, "y": LABELS}, "pixels from 0 to 7.65e+04, and they must be from 0"),
        ({"x": IMAGES - 0.5, "y": LABELS}, "pixels from -0.5 to 254.5, and they must be from 0"),
        ({"x": IMAGES * np.nan, "y": LABELS}, "pixels from nan to nan, and they must be from 0"),
        ({"x": np.zeros((20, 65, 3)), "y": LABELS}, "65 x 3 pixels, and at most 64 x 64"),
        ({"x": np.zeros((20, 50)), "y": LABELS}, "rows of 50 pixels, which make no square"),
        ({"x": np.zeros((20, 8, 8, 7)), "y": LABELS}, "7 numbers for each pixel"),
        ({"x": IMAGES, "y": LABELS + 0.5}, "“y” holds no labels"),
        ({"x": IMAGES, "y": np.zeros(20, int)}, "all its pictures are of one class"),
        ({"W": np.ones((3, 4)), "b": LABELS}, "its arrays are “W”, “b”: save them under such"),
        ({"x": np.zeros((99, 2, 2)), "y": np.arange(99)}, "99 classes, and at most 62"),
        (
            {"x_train": IMAGES, "y_train": LABELS, "x_test": IMAGES[:, :9], "y_test": LABELS},
            "its pictures to test with have 9 x 28 pixels, and those to learn from 28 x 28",
        ),
    ],
)
def test_archives(tmp_path: Path, arrays: dict[str, np.ndarray], said: str) -> None:
    assert said in refused(write_npz(tmp_path / "a.npz", **arrays))


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (np.array(3), "“arr_0” holds no labels"),
        (np.zeros(0), "20 pictures and 0 labels do not belong together"),
        (np.zeros((20, 3)), "“arr_0” holds no labels"),
    ],
)
def test_archives_of_labels_alone(tmp_path: Path, labels: np.ndarray, said: str) -> None:
    write_npz(tmp_path / "train-imgs.npz", arr_0=IMAGES)
    path = write_npz(tmp_path / "train-labels.npz", arr_0=labels)
    assert said in refused(path)
    assert said in refused(tmp_path / "train-imgs.npz")


def bomb() -> bytes:
    """Six million bytes that were packed into six thousand, as the header announces."""
    head = "{'descr': '|u1', 'fortran_order': False, 'shape': (6000000,), }"
    return npy_of(head) + bytes(6_000_000)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda p: zipped(p, x=npy(IMAGES)[:999], y=npy(LABELS)), "“x” is cut short"),
        (lambda p: zipped(p, x=b"nothing", y=npy(LABELS)), "“x” is no array"),
        (
            lambda p: zipped(p, x=npy_of("{'descr': '|u1', 'fortran_order': False, "
                                         "'shape': (9999999999, 8, 8), }"), y=npy(LABELS)),
            "9,999,999,999 pictures and 20 labels",
        ),
        (
            lambda p: zipped(p, x=npy(IMAGES), y=npy_of("{'descr': '<f8', 'fortran_order': "
                             "False, 'shape': (20, 9999999), }")),
            "“y” is too large: 1,599,999,840 bytes would be unpacked",
        ),
        (lambda p: zipped(p, x=npy_of("__import__('os')"), y=npy(LABELS)), "no plain array"),
        (lambda p: zipped(p, **{f"x{at}": npy(LABELS) for at in range(70)}), "has 70 parts"),
        (lambda p: zipped(p, x=bomb(), y=bomb()), "has 6,000,000 labels, more than the 5,0"),
    ],
)  # fmt: skip
def test_archives_that_were_made_to_harm(
    tmp_path: Path, make: Callable[[Path], Path], said: str
) -> None:
    assert said in refused(make(tmp_path / "a.npz"))


def test_words_for_labels_with_letters_that_there_are_not(tmp_path: Path) -> None:
    words = npy(np.array(["abc"] * 20)).replace(b"a\0\0\0", b"a\0\x11\0")
    path = zipped(tmp_path / "a.npz", x=npy(IMAGES), y=words)
    assert "“y” is damaged: it holds letters that there are not" in refused(path)


def test_a_damaged_archive(tmp_path: Path) -> None:
    path = write_npz(tmp_path / "a.npz", x=IMAGES, y=LABELS)
    content = bytearray(path.read_bytes())
    content[3000] ^= 255
    path.write_bytes(content)
    assert "is damaged" in refused(path)


def test_idx_files_that_do_not_belong_together(tmp_path: Path) -> None:
    path = write_idx(tmp_path / "a", "train-{kind}", IMAGES, TEN[:7])
    assert "20 pictures and 7 labels do not belong together" in refused(path)
    (tmp_path / "a" / "train-labels-idx1-ubyte.gz").unlink()
    assert "there are no labels beside it: put the file of labels" in refused(path)
    path = write_idx(tmp_path / "b", "train-{kind}", IMAGES, TEN)
    path.unlink()
    assert "there are no images beside it" in refused(path.parent / "train-labels-idx1-ubyte.gz")
    path = write_idx(tmp_path / "c", "large-{kind}", np.zeros((3, 65, 65), np.uint8), [0, 1, 2])
    assert "65 x 65 pixels, and at most 64 x 64 can be taken" in refused(path)
    path = write_idx(tmp_path / "d", "cut-{kind}", IMAGES, TEN, packed=False)
    path.write_bytes(path.read_bytes()[:-9])
    assert "is cut short" in refused(path)
    path.write_bytes(idx((2, 3, 4, 5), bytes(120)))
    assert "holds values of 4 dimensions where images are needed" in refused(path)


def test_several_sets_in_one_folder_are_named(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_idx(tmp_path, f"{name}-{{kind}}", IMAGES, TEN)
    assert "holds 2 sets of pictures: open one of their files instead: one-images" in refused(
        tmp_path
    )


def test_tables_of_pixels(tmp_path: Path) -> None:
    rows = pictures(TEN, (8, 8))
    path = write_pixels(tmp_path / "a.csv", rows, TEN, kaggle_header(64))
    good = path.read_text()

    def with_row(number: int, row: str) -> str:
        lines = good.splitlines()
        lines[number - 1] = row
        path.write_text("\n".join(lines))
        return refused(path)

    pixels = ",".join(["0"] * 63)
    assert "“256” in row 9, column 65 is no pixel from 0 to 255" in with_row(9, f"1,{pixels},256")
    assert "“x” in row 9, column 2 is no pixel from 0 to 255" in with_row(9, f"1,x,{pixels}")
    assert "row 9 does not have the 65 cells of the others, but 64:" in with_row(9, f"1,{pixels}")
    assert "row 9 does not have the 65 cells of the others, but 1:" in with_row(9, "1")
    assert "the label of picture 8, is no whole number" in with_row(9, f"1.5,{pixels},0")
    path.write_text("\n".join(line.partition(",")[2] for line in good.splitlines()))
    assert "64 columns of pixels and no column of labels" in refused(path)
    path.write_text(good.replace("label,pixel0,", "label,id,"))
    assert "one must be the label, first or last: “label”, “id”" in refused(path)
    write_pixels(path, rows[:, :, :7], TEN, kaggle_header(56))
    assert "56 columns of pixels, which make no square" in refused(path)


def test_folders(tmp_path: Path) -> None:
    one = write_folder(tmp_path / "one", {"only": [IMAGES[0]]})
    assert "all its pictures are of one class" in refused(one)
    many = write_folder(tmp_path / "many", {str(at): [IMAGES[0]] for at in range(63)})
    assert "has 63 folders with pictures, and at most 62" in refused(many)
    assert "has its pictures side by side" in refused(one / "only")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "has neither folders of pictures" in refused(empty)
    (one / "other").mkdir()
    (one / "other" / "bad.png").write_bytes(b"")

    def fails(file: Path, _: object) -> np.ndarray:
        raise ValueError(f"{file.name}: the image is damaged")

    with pytest.raises(SetError, match=r"one/.*: 0.png: the image is damaged: mend it or take"):
        open_set(one, Access(fails))
    with pytest.raises(SetError, match="cannot be read here"):
        open_set(one, Access())


@given(st.binary(max_size=300), st.integers(0, 3), st.integers(0, 400))
def test_whatever_bytes_there_are_only_sentences_come_of_them(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, kind: int, at: int
) -> None:
    folder = tmp_path_factory.mktemp("noise")
    stream = io.BytesIO()
    np.savez(stream, x=IMAGES[:, :8, :8], y=LABELS)
    content, name = [
        (idx((20, 8, 8), IMAGES[:, :8, :8].tobytes()), "a-images-idx3-ubyte"),
        (stream.getvalue(), "a.npz"),
        (b"label," + b",".join(b"pixel%d" % n for n in range(64)) + b"\n" + b"1,2,3\n", "a.csv"),
        (b"", "a"),
    ][kind]
    (folder / "a-labels-idx1-ubyte").write_bytes(idx((20,), bytes(TEN)))
    path = folder / name
    path.write_bytes(content[:at] + noise + content[at + len(noise) :])
    with suppress(SetError):
        open_set(path, Access())
