"""What is not as MNIST is noticed on the images themselves, named, and put right."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.errors import DigitsError
from model.files.cache import decide_repair
from model.files.idx import read_labels, read_pair
from model.files.library import open_experiment
from model.files.mnist import MNIST_FILES, find_file, load_mnist
from model.files.survey.oddities import (
    OddDigits,
    OddImages,
    Repair,
    likeness,
    needed_repair,
    repaired_images,
    repaired_labels,
)
from model.files.survey.published import PACKED_MD5, PUBLISHED_FILES
from tests.model.files.mnist_server import idx
from tests.model.test_digits import write_mnist

Images = NDArray[np.uint8]
NONE = Repair()


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("WEIGHTBENCH_MNIST", raising=False)
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache" / "digits"))


@cache
def made() -> tuple[Images, Images]:
    """Digits of another hand than MNIST's: those of 8 x 8, each pixel three wide, in a frame."""
    # Only one of the processes that run the suite comes to need it.
    from sklearn.datasets import load_digits

    bunch = load_digits()
    images = np.zeros((len(bunch.images), 28, 28), dtype=np.uint8)
    images[:, 2:26, 2:26] = np.kron(bunch.images * 255 / 16, np.ones((1, 3, 3))).astype(np.uint8)
    return images, bunch.target.astype(np.uint8)


@pytest.fixture(scope="module")
def mnist(mnist_folder: Path) -> tuple[Images, Images]:
    paths = [find_file(mnist_folder, name) for name in MNIST_FILES[2:]]
    assert paths[0] is not None
    assert paths[1] is not None
    return read_pair(paths[0], paths[1])


def spoilt(images: Images, turn: int, invert: bool, stretch: int) -> Images:
    """The opposite of a repair."""
    images = np.rot90(images, -(turn % 4), (1, 2))
    images = images.transpose(0, 2, 1) if turn >= 4 else images
    images = 255 - images if invert else images
    return np.round(images * (stretch / 255)).astype(np.uint8) if stretch else images


@pytest.mark.parametrize("turn", range(8))
@pytest.mark.parametrize("invert", [False, True])
@pytest.mark.parametrize("stretch", [0, 1, 16])
def test_what_was_done_to_mnist_is_noticed_and_undone(
    mnist: tuple[Images, Images], turn: int, invert: bool, stretch: int
) -> None:
    images, labels = mnist
    for start in range(0, 9000, 3000):
        part, names = images[start : start + 300], labels[start : start + 300]
        odd = spoilt(part, turn, invert, stretch)
        needed = needed_repair(odd, names)
        assert needed == Repair(turn, invert, stretch)
        again = repaired_images(odd, needed)
        if stretch:
            assert np.abs(again.astype(int) - part).max() <= 255 / stretch
        else:
            assert (again == part).all()


def test_how_like_digits_of_mnist_are(mnist: tuple[Images, Images]) -> None:
    """The figures on which the bounds rest: a hundred images at a time."""
    images, labels = mnist
    rng = np.random.default_rng(0)
    upright, lying, strange = [], [], []
    for _ in range(50):
        places = rng.integers(0, len(images), 100)
        part, names = images[places], labels[places]
        upright.append(likeness(part, names))
        lying.append(likeness(part.transpose(0, 2, 1), names))
        strange.append(likeness(part, rng.permutation(names)))
    assert min(upright) > 0.8
    assert max(lying) < 0.4
    assert max(strange) < 0.4


def test_digits_of_another_hand_are_left_upright() -> None:
    images, labels = made()
    assert needed_repair(images, labels) == NONE
    assert needed_repair(255 - images, labels) == Repair(invert=True)


@given(st.integers(0, 2**32 - 1), st.integers(100, 200))
def test_what_is_like_no_digits_is_not_turned(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 256, (n, 28, 28), dtype=np.uint8)
    assert needed_repair(images, rng.integers(0, 10, n).astype(np.uint8)).turn == 0


@pytest.mark.parametrize("value", [0, 1, 255])
def test_blank_images_and_few_images_are_no_reason_to_fail(value: int) -> None:
    images = np.full((200, 28, 28), value, dtype=np.uint8)
    assert needed_repair(images, np.zeros(200, dtype=np.uint8)).turn == 0
    assert needed_repair(images[:5], np.zeros(5, dtype=np.uint8)) == NONE


def test_labels_from_one() -> None:
    images, labels = made()
    needed = needed_repair(images, labels + np.uint8(1))
    assert needed == Repair(labels_from_one=True)
    assert (repaired_labels(labels + np.uint8(1), needed) == labels).all()


REPAIRS = st.builds(Repair, st.integers(0, 7), st.booleans(), st.integers(0, 64), st.booleans())


@given(REPAIRS)
def test_a_repair_is_written_down_and_read_back(repair: Repair) -> None:
    assert Repair.from_text(repair.to_text()) == repair
    assert len(repair.offers) == sum(map(bool, vars(repair).values()))


@given(st.text(max_size=40) | st.just("turn=9 invert=0 stretch=0 labels_from_one=0"))
def test_anything_else_is_no_repair(text: str) -> None:
    assert Repair.from_text(text) is None


# Files.


def write(folder: Path, images: Images, labels: NDArray[np.uint8]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in MNIST_FILES:
        values = images if "images" in name else labels
        (folder / name).write_bytes(idx(values.shape, values.tobytes()))
    return folder


def test_odd_digits_are_asked_about_and_what_was_decided_is_kept(tmp_path: Path) -> None:
    images, labels = made()
    odd_images = spoilt(images, 0, invert=True, stretch=0)
    folder = write(tmp_path / "mine", odd_images, labels)
    with pytest.raises(OddDigits) as caught:
        load_mnist(folder, 300)
    odd = caught.value
    assert str(odd) == (
        f"{folder}: This is not the published MNIST: its images are inverted, with dark ink on "
        "light paper."
    )
    assert odd.sample.shape == (10, 28, 28)
    decide_repair(odd, odd.repair)
    digits = load_mnist(folder, 300)
    assert digits.remark == "This is not the published MNIST"
    assert (digits.images * 255 == images[:300].reshape(300, 784)).all()
    decide_repair(odd, NONE)
    assert (load_mnist(folder, 300).images * 255 == odd_images[:300].reshape(300, 784)).all()
    # Another set in the same folder has to be decided about anew.
    write(folder, np.ascontiguousarray(odd_images[::-1]), labels[::-1])
    with pytest.raises(OddDigits):
        load_mnist(folder, 300)
    repair = replace(odd.repair, invert=True)
    assert (load_mnist(folder, 9, repair).images * 255 == images[:-10:-1].reshape(9, 784)).all()


def test_the_command_line_says_what_is_odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images, labels = made()
    monkeypatch.setenv("WEIGHTBENCH_MNIST", str(write(tmp_path / "mine", 255 - images, labels)))
    with pytest.raises(OddImages, match=r"its images are inverted.* Open it in the window"):
        open_experiment("mnist")


def test_what_was_kept_may_be_anything(tmp_path: Path) -> None:
    images, labels = made()
    folder = write(tmp_path / "mine", 255 - images, labels)
    file = tmp_path / "cache" / "digits" / "mnist-repairs.txt"
    file.parent.mkdir(parents=True)
    key = hashlib.sha256((255 - images).tobytes()).hexdigest()
    for content in (b"\xff\xfe", b"nonsense", f"{key} turn=8".encode(), b"\n\n \n"):
        file.write_bytes(content)
        with pytest.raises(OddDigits):
            load_mnist(folder, 10)


def test_more_than_ten_classes_are_refused(tmp_path: Path) -> None:
    images, labels = made()
    with pytest.raises(DigitsError, match="its label number 1 is 24, not 0 to 9"):
        load_mnist(write(tmp_path / "letters", images, labels + np.uint8(24)), 10)
    with pytest.raises(DigitsError, match="holds more than the ten classes of digits, 0 to 9"):
        load_mnist(write(tmp_path / "eleven", images, np.where(labels == 9, 10, labels)
                         .astype(np.uint8)), 10)  # fmt: skip


def test_published_mnist_is_known_by_its_bytes(mnist_folder: Path) -> None:
    assert load_mnist(mnist_folder, 10).remark == ""


def test_a_set_is_known_by_its_packed_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_mnist(tmp_path / "mnist")
    assert load_mnist(folder, 2).remark == "This is not the published MNIST"
    for file in folder.iterdir():
        digest = hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
        monkeypatch.setitem(PACKED_MD5, digest, "KMNIST")
    assert load_mnist(folder, 2).remark == "This is KMNIST, not the published MNIST"


def test_a_set_called_like_another_is_said_to_be(tmp_path: Path) -> None:
    remark = load_mnist(write_mnist(tmp_path / "FashionMNIST" / "raw"), 2).remark
    assert remark == (
        "This is not the published MNIST; it is like Fashion-MNIST by name, which was not checked"
    )


def test_the_published_checksums_are_whole() -> None:
    assert set(PUBLISHED_FILES) == set(MNIST_FILES)
    assert {len(digest) for digest in PACKED_MD5} == {32}


# Labels as 32-bit numbers.


@pytest.mark.parametrize("n_columns", [0, 1, 8])
def test_labels_may_be_numbers_in_columns(tmp_path: Path, n_columns: int) -> None:
    file = tmp_path / "qmnist-train-labels-idx2-int.gz"
    values = np.arange(5 * max(n_columns, 1), dtype=">i4").reshape(5, -1)
    shape = values.shape if n_columns else (5,)
    file.write_bytes(gzip.compress(idx(shape, values.tobytes(), type_byte=0x0C)))
    assert read_labels(file, highest=40).tolist() == values[:, 0].tolist()
    file.write_bytes(idx((2, 1), b"\xff\xff\xff\xff\0\0\0\1", type_byte=0x0C))
    with pytest.raises(DigitsError, match="its label number 1 is -1, not 0 to 9"):
        read_labels(file)
    file.write_bytes(idx((2, 1), b"\0\0\0\1\0\0", type_byte=0x0C))
    with pytest.raises(DigitsError, match="is cut short"):
        read_labels(file)
