"""The two sets of digits, as arrays that an experiment can learn from."""

import gzip
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from model.digits import DigitSet, one_hot
from model.errors import DigitsError
from model.files.cache import cache_folder
from model.files.idx import read_images
from model.files.mnist import (
    MNIST_FILES,
    find_file,
    find_mnist,
    load_digits8,
    load_mnist,
    mnist_folder_of,
    remember_folder,
    remembered_folder,
)
from tests.model.files.mnist_server import idx

ROOT = Path(__file__).parents[2]
SIDE = 28
N_TRAIN, N_TEST = 7, 4


def pixel(i: int, place: int) -> int:
    return (i * 40 + place * 29) % 256


def image_file(n: int, side: int = SIDE) -> bytes:
    return idx((n, side, side), bytes(pixel(i, p) for i in range(n) for p in range(side * side)))


def label_file(n: int) -> bytes:
    return idx((n,), bytes((3 * i) % 10 for i in range(n)))


def write_mnist(folder: Path, spelling: str = "{}.gz") -> Path:
    """Four small files in the form of MNIST's."""
    contents = (image_file(N_TRAIN), label_file(N_TRAIN), image_file(N_TEST), label_file(N_TEST))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in zip(MNIST_FILES, contents, strict=True):
        path = folder / spelling.format(name)
        path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return folder


def check_consistent(digits: DigitSet) -> None:
    n_pixels = digits.shape[0] * digits.shape[1]
    for images, labels in (
        (digits.images, digits.labels),
        (digits.held_out_images, digits.held_out_labels),
    ):
        assert images.dtype == np.float64
        assert images.shape == (len(labels), n_pixels)
        assert images.min() >= 0.0
        assert images.max() <= 1.0
        assert labels.dtype == np.uint8
        assert labels.max() <= 9
        for array in (images, labels):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the user's cache nor the user's settings have a say in a test."""
    monkeypatch.delenv("WEIGHTBENCH_MNIST", raising=False)
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache"))


# The small digits.


def test_digits8() -> None:
    digits = load_digits8()
    check_consistent(digits)
    assert digits.name == "digits"
    assert digits.shape == (8, 8)
    assert digits.images.shape == (1500, 64)
    assert digits.held_out_images.shape == (297, 64)
    # The first image as the set's description prints it, a zero.
    assert (digits.images[0, :8] * 16).tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert digits.labels[:12].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    assert digits.held_out_labels[-5:].tolist() == [9, 0, 8, 9, 8]
    assert set((digits.images * 16).ravel().tolist()) == set(range(17))


def test_digits8_are_those_of_scikit_learn() -> None:
    datasets = pytest.importorskip("sklearn.datasets")
    theirs = datasets.load_digits()
    ours = load_digits8()
    images = np.concatenate([ours.images, ours.held_out_images])
    assert (images * 16 == theirs.data).all()
    assert (np.concatenate([ours.labels, ours.held_out_labels]) == theirs.target).all()


def test_what_is_heavy_is_imported_only_when_used() -> None:
    code = (
        "import sys, model.files.download, model.files.mnist; model.files.mnist.load_digits8(); "
        "print([m for m in ('sklearn', 'pooch', 'requests', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# MNIST from made-up files.


@pytest.mark.parametrize("count", [1, 3, N_TRAIN])
def test_mnist_takes_the_first_images(tmp_path: Path, count: int) -> None:
    digits = load_mnist(write_mnist(tmp_path), count)
    check_consistent(digits)
    assert digits.name == "mnist"
    assert digits.shape == (SIDE, SIDE)
    for images, labels, n in (
        (digits.images, digits.labels, count),
        (digits.held_out_images, digits.held_out_labels, N_TEST),
    ):
        assert labels.tolist() == [(3 * i) % 10 for i in range(n)]
        assert images.tolist() == [[pixel(i, p) / 255 for p in range(SIDE**2)] for i in range(n)]


@pytest.mark.parametrize("count", [-1, 0, 60_001])
def test_count_out_of_range(tmp_path: Path, count: int) -> None:
    with pytest.raises(DigitsError, match=f"1 to 60,000 training images, not {count:,}"):
        load_mnist(write_mnist(tmp_path), count)


def test_count_beyond_the_file(tmp_path: Path) -> None:
    with pytest.raises(DigitsError, match=r"train-images.* holds 7 images, not the 8 asked for"):
        load_mnist(write_mnist(tmp_path), 8)


def test_damage_is_found_even_beyond_the_count(tmp_path: Path) -> None:
    path = write_mnist(tmp_path) / "train-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DigitsError, match=r"train-images.* is cut short"):
        load_mnist(tmp_path, 1)


def test_files_that_do_not_belong_together(tmp_path: Path) -> None:
    write_mnist(tmp_path)
    (tmp_path / "t10k-images-idx3-ubyte.gz").write_bytes(image_file(N_TEST - 1))
    with pytest.raises(DigitsError, match=r"3 images but .*t10k-labels.* 4 labels"):
        load_mnist(tmp_path, 1)


def header_only(folder: Path, name: str, *shape: int) -> Path:
    """Replace a file by one that announces something and then ends: nothing more is read."""
    file = folder / f"{name}.gz"
    file.write_bytes(gzip.compress(idx(shape, b"")))
    return file


@pytest.mark.parametrize("name", [name for name in MNIST_FILES if "images" in name])
@pytest.mark.parametrize("size", [(11585, 11585), (1, 1), (27, 28), (28, 29), (784, 1)])
def test_images_of_another_size_are_refused_by_their_header(
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    file = header_only(write_mnist(tmp_path), name, 1, *size)
    with pytest.raises(DigitsError) as caught:
        load_mnist(tmp_path, 1)
    words = f"images of {size[0]:,} x {size[1]:,} pixels, not 28 x 28."
    assert str(caught.value) == f"{file} holds {words}"


@pytest.mark.parametrize("name", MNIST_FILES)
def test_more_than_mnist_has_is_refused_by_the_header(tmp_path: Path, name: str) -> None:
    most = 60_000 if name.startswith("train") else 10_000
    shape = (28, 28) if "images" in name else ()
    file = header_only(write_mnist(tmp_path), name, most + 1, *shape)
    with pytest.raises(DigitsError) as caught:
        load_mnist(tmp_path, 1)
    kind = "images" if shape else "labels"
    words = f"its header announces {most + 1:,} {kind}, more than {most:,}."
    assert str(caught.value) == f"{file} is too large: {words}"


def test_the_size_of_a_file_of_images_is_asked_for_only_of_mnist(tmp_path: Path) -> None:
    file = tmp_path / "images"
    file.write_bytes(image_file(2, side=5))
    assert read_images(file).shape == (2, 5, 5)


# MNIST as it is published.


def test_published_mnist(mnist_folder: Path) -> None:
    few, all_ = load_mnist(mnist_folder, 1000), load_mnist(mnist_folder)
    for digits, n in ((few, 1000), (all_, 60_000)):
        assert digits.images.shape == (n, 784)
        assert digits.held_out_images.shape == (10_000, 784)
        assert digits.shape == (28, 28)
        assert digits.labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
        assert digits.held_out_labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    assert np.array_equal(few.images, all_.images[:1000])
    # 6,000 or so of each digit; the published counts.
    counts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert np.bincount(all_.labels).tolist() == counts
    # The bytes straight from the file, against the pixels.
    path = find_file(mnist_folder, "train-images-idx3-ubyte")
    assert path is not None
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        first = file.read(16 + 784)[16:]
    assert few.images[0].tolist() == [byte / 255 for byte in first]


# Finding the folder.


@pytest.mark.parametrize("spelling", ["{}.gz", "{}"])
def test_chosen_folder(tmp_path: Path, spelling: str) -> None:
    folder = write_mnist(tmp_path / "mine", spelling)
    assert find_mnist(folder) == folder
    assert load_mnist(folder, 2).labels.tolist() == [0, 3]


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_names_with_a_dot(tmp_path: Path, suffix: str) -> None:
    folder = write_mnist(tmp_path, "{}" + suffix)
    for path in list(folder.iterdir()):
        path.rename(folder / path.name.replace("-idx", ".idx"))
    assert (folder / f"train-images.idx3-ubyte{suffix}").is_file()
    assert find_mnist(folder) == folder
    assert load_mnist(folder, 2).labels.tolist() == [0, 3]


def test_chosen_then_environment_then_remembered_then_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_mnist() is None
    cache = write_mnist(cache_folder())
    assert find_mnist() == cache
    remembered = write_mnist(tmp_path / "remembered")
    remember_folder(remembered)
    assert find_mnist() == remembered
    named = write_mnist(tmp_path / "named")
    monkeypatch.setenv("WEIGHTBENCH_MNIST", str(named))
    assert find_mnist() == named
    chosen = write_mnist(tmp_path / "chosen")
    assert find_mnist(chosen) == chosen


def test_a_folder_is_remembered_and_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remembered_folder() is None
    remember_folder(None)
    folder = write_mnist(tmp_path / "mine")
    # What is remembered does not depend on where the next call is made.
    monkeypatch.chdir(tmp_path)
    remember_folder(Path("mine"))
    assert remembered_folder() == folder
    monkeypatch.chdir(Path(__file__).parent)
    assert find_mnist() == folder
    remember_folder(None)
    assert remembered_folder() is None
    assert find_mnist() is None


def test_a_remembered_folder_that_lacks_a_file_leaves_the_cache(tmp_path: Path) -> None:
    remember_folder(write_mnist(tmp_path / "mine"))
    (tmp_path / "mine" / f"{MNIST_FILES[2]}.gz").unlink()
    assert find_mnist() is None
    cache = write_mnist(cache_folder())
    assert find_mnist() == cache
    remember_folder(tmp_path / "gone")
    assert find_mnist() == cache


@pytest.mark.parametrize("missing", MNIST_FILES)
def test_file_missing_from_the_cache(missing: str) -> None:
    (write_mnist(cache_folder()) / f"{missing}.gz").unlink()
    assert find_mnist() is None


@pytest.mark.parametrize("by_environment", [False, True])
@pytest.mark.parametrize("missing", MNIST_FILES)
def test_file_missing_from_a_chosen_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, by_environment: bool
) -> None:
    write_mnist(cache_folder())  # is no substitute for what was chosen
    folder = write_mnist(tmp_path / "chosen")
    (folder / f"{missing}.gz").unlink()
    monkeypatch.setenv("WEIGHTBENCH_MNIST", str(folder))
    with pytest.raises(DigitsError, match=f"no file {missing}, .* in the folder .*chosen"):
        find_mnist(None if by_environment else folder)
    with pytest.raises(DigitsError, match=f"no file {missing}, .* in the folder .*chosen"):
        load_mnist(folder, 1)


def test_chosen_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DigitsError, match=r"no file train-images.* in the folder .*nowhere"):
        find_mnist(tmp_path / "nowhere")


@pytest.mark.parametrize("spelling", ["{}.gz", "{}"])
def test_what_is_dropped_means_a_folder(tmp_path: Path, spelling: str) -> None:
    folder = write_mnist(tmp_path / "mine", spelling)
    files = sorted(folder.iterdir())
    for dropped in ([folder], files[:1], files[1:3], files):
        assert mnist_folder_of(dropped) == folder
    (tmp_path / "a.json").touch()
    elsewhere = tmp_path / files[0].name
    elsewhere.touch()
    for dropped in ([], [folder, folder], [tmp_path / "a.json"], [*files, elsewhere]):
        assert mnist_folder_of(dropped) is None


def test_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_folder() == tmp_path / "cache" / "mnist"
    monkeypatch.delenv("WEIGHTBENCH_CACHE")
    assert cache_folder().name == "mnist"
    assert "weightbench" in str(cache_folder())


# Targets.


@given(labels=st.lists(st.integers(0, 9)))
def test_one_hot(labels: list[int]) -> None:
    targets = one_hot(np.array(labels, dtype=np.uint8))
    assert targets.dtype == np.float64
    assert targets.shape == (len(labels), 10)
    assert targets.tolist() == [[float(k == label) for k in range(10)] for label in labels]


def test_one_hot_with_fewer_outputs() -> None:
    assert one_hot([1, 0], n=2).tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize("labels", [[10], [-1], [0.5], [[1, 2]], 3, ["1"]])
def test_one_hot_refuses(labels: ArrayLike) -> None:
    with pytest.raises(ValueError, match="Labels must be"):
        one_hot(labels)


COPIES = ["{} (1)", "{} (1).gz", "{}.gz (2)", "{}(12).gz", "{} - Copy.gz", "{} copy.gz"]


@pytest.mark.parametrize("spelling", COPIES)
def test_copies_are_found_under_the_names_that_systems_give_them(
    tmp_path: Path, spelling: str
) -> None:
    folder = write_mnist(tmp_path / "mine", spelling)
    assert find_mnist(folder) == folder
    assert load_mnist(folder, 2).labels.tolist() == [0, 3]
    assert mnist_folder_of(sorted(folder.iterdir())) == folder


def test_the_usual_name_comes_before_a_copy(tmp_path: Path) -> None:
    folder = write_mnist(tmp_path / "mine", "{} (1).gz")
    usual = folder / "train-labels-idx1-ubyte"
    usual.write_bytes(b"")
    assert find_file(folder, usual.name) == usual


@pytest.mark.parametrize("name", ["my-train-labels-idx1-ubyte", "train-labels-idx1-ubyte.gz.part"])
def test_other_names_are_not_taken_for_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert find_file(tmp_path, "train-labels-idx1-ubyte") is None


@pytest.mark.parametrize("below", ["raw", "MNIST/raw", "archive/MNIST"])
def test_the_folder_is_found_two_levels_down(tmp_path: Path, below: str) -> None:
    folder = write_mnist(tmp_path / "chosen" / below)
    assert find_mnist(tmp_path / "chosen") == folder


def test_mnist_comes_before_its_neighbours(tmp_path: Path) -> None:
    for name in ("EMNIST", "FashionMNIST", "MNIST", "QMNIST"):
        write_mnist(tmp_path / name / "raw")
    assert find_mnist(tmp_path) == tmp_path / "MNIST" / "raw"


def test_each_file_may_lie_in_a_folder_of_its_own(tmp_path: Path) -> None:
    folder = write_mnist(tmp_path / "archive", "{}")
    for file in list(folder.iterdir()):
        inner = folder / f"{file.name}-folder"
        inner.mkdir()
        file.rename(inner / file.name)
    assert find_mnist(tmp_path / "archive") == folder
    assert load_mnist(folder, 2).labels.tolist() == [0, 3]


def test_nothing_is_looked_for_three_levels_down_or_behind_links(tmp_path: Path) -> None:
    write_mnist(tmp_path / "a" / "b" / "c")
    with pytest.raises(DigitsError, match="There is no file train-images"):
        find_mnist(tmp_path)
    (tmp_path / "loop").mkdir()
    (tmp_path / "loop" / "again").symlink_to(tmp_path)
    with pytest.raises(DigitsError, match="There is no file train-images"):
        find_mnist(tmp_path / "loop")


def test_qmnist_s_names_are_found(tmp_path: Path) -> None:
    write_mnist(tmp_path)
    names = ("train-images-idx3-ubyte", "train-labels-idx2-int",
             "test-images-idx3-ubyte", "test-labels-idx2-int")  # fmt: skip
    for old, new in zip(MNIST_FILES, names, strict=True):
        (tmp_path / f"{old}.gz").rename(tmp_path / f"qmnist-{new}.gz")
    assert load_mnist(tmp_path, 2).labels.tolist() == [0, 3]
