"""Sets of pictures of every kind become experiments with the right classes, right way up."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.digits import DigitSet, Origin
from model.experiment import Experiment
from model.files.json_text import Cancelled, ReadingCancelled
from model.files.sets.access import Access
from model.files.sets.opening import open_set
from model.files.survey.oddities import OddImages
from tests.model.files.mnist_server import idx
from tests.model.files.sets.replicas import (
    glyph,
    ink_of,
    kaggle_header,
    pictures,
    write_idx,
    write_npz,
    write_pixels,
)

DIGITS = tuple("0123456789")
FASHION = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
)  # fmt: skip
KUZUSHIJI = ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo")
TEN = [at % 10 for at in range(40)]


@pytest.fixture(autouse=True)
def no_decisions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache" / "digits"))


def decode(file: Path, _: Cancelled) -> NDArray[np.float64]:
    """Pictures in the tests' folders are arrays, whatever they are called."""
    with file.open("rb") as stream:
        return ink_of(np.load(stream))


def write_folder(top: Path, classes: dict[str, list[NDArray[np.uint8]]]) -> Path:
    for name, images in classes.items():
        (top / name).mkdir(parents=True)
        for number, image in enumerate(images):
            with (top / name / f"{number}.png").open("wb") as stream:
                np.save(stream, image)
    return top


def digits_of(experiment: Experiment) -> DigitSet:
    assert experiment.digits is not None
    return experiment.digits


def check_upright(
    experiment: Experiment, kinds: Callable[[int], int] = lambda place: place,
    size: tuple[int, int] = (28, 28),
) -> None:  # fmt: skip
    """Each picture, held out or not, is the one of its class, as it was drawn."""
    digits = digits_of(experiment)
    assert digits.shape == size
    assert experiment.weights.shape == (len(experiment.outputs), size[0] * size[1])
    for images, labels in (
        (digits.images, digits.labels), (digits.held_out_images, digits.held_out_labels)
    ):  # fmt: skip
        for image, label in zip(images, labels.tolist(), strict=True):
            assert np.array_equal(image.reshape(size) * 255, glyph(kinds(label), size))
    targets = experiment.setup.examples.base_targets
    assert targets.argmax(axis=1).tolist() == digits.labels.tolist()
    assert (targets.sum(axis=1) == 1).all()


@pytest.mark.parametrize(
    ("folder", "classes"),
    [("fashion", FASHION), ("KMNIST", KUZUSHIJI), ("mine", DIGITS)],
)
@pytest.mark.parametrize("opened", ["images", "labels", "test images", "folder"])
def test_a_set_in_files_called_like_mnists(
    tmp_path: Path, folder: str, classes: tuple[str, ...], opened: str
) -> None:
    place = tmp_path / folder
    images = write_idx(place, "train-{kind}", pictures(TEN), TEN)
    test = write_idx(place, "t10k-{kind}", pictures(TEN[:12]), TEN[:12], packed=False)
    paths = {
        "images": images, "labels": place / "train-labels-idx1-ubyte.gz", "test images": test,
        "folder": place,
    }  # fmt: skip
    experiment = open_set(paths[opened], Access())
    check_upright(experiment)
    digits = digits_of(experiment)
    assert experiment.outputs == classes
    assert (len(digits.images), len(digits.held_out_images)) == (40, 12)
    assert ("not checked" in digits.remark) == (folder != "mine")
    assert digits.origin is not None
    assert digits.origin.path == images


@pytest.mark.parametrize(
    ("split", "first", "classes", "as_table"),
    [
        ("letters", 1, tuple(ascii_uppercase), False),
        ("letters", 1, tuple(ascii_uppercase), True),
        ("byclass", 0, (*DIGITS, *ascii_uppercase, *ascii_lowercase), False),
        ("bymerge", 0, (*DIGITS, *ascii_uppercase, *"abdefghnqrt"), False),
        ("balanced", 0, (*DIGITS, *ascii_uppercase, *"abdefghnqrt"), False),
        ("digits", 0, DIGITS, False),
    ],
)
def test_emnist_lies_on_its_side_and_counts_letters_from_one(
    tmp_path: Path, split: str, first: int, classes: tuple[str, ...], as_table: bool
) -> None:
    places = [at % len(classes) for at in range(70)]
    labels = [place + first for place in places]
    turned = np.ascontiguousarray(pictures(places).transpose(0, 2, 1))
    if as_table:
        path = write_pixels(tmp_path / f"emnist-{split}-train.csv", turned, labels)
        write_pixels(tmp_path / f"emnist-{split}-test.csv", turned[:9], labels[:9])
    else:
        path = write_idx(tmp_path, f"emnist-{split}-train-{{kind}}", turned, labels)
        write_idx(tmp_path, f"emnist-{split}-test-{{kind}}", turned[:9], labels[:9])
    write_idx(tmp_path, "emnist-mnist-train-{kind}", turned[:, :4, :4], [0] * 70)
    experiment = open_set(path, Access(asks=True))
    check_upright(experiment)
    assert experiment.outputs == classes
    assert experiment.name == f"EMNIST {split}"
    digits = digits_of(experiment)
    assert len(digits.held_out_images) == 9
    assert digits.remark == (
        f"emnist-{split}: like EMNIST {split} by name, which was not checked; rows and columns "
        "were exchanged, so that the pictures stand upright"
    )


def test_labels_of_qmnist_are_numbers_in_eight_columns(tmp_path: Path) -> None:
    for part, labels in (("train", TEN), ("test", TEN[:15])):
        columns = np.zeros((len(labels), 8), dtype=">i4")
        columns[:, 0], columns[:, 1:] = labels, 77
        write_idx(tmp_path, f"qmnist-{part}-{{kind}}", pictures(labels), labels)
        (tmp_path / f"qmnist-{part}-labels-idx1-ubyte.gz").unlink()
        content = idx(columns.shape, columns.tobytes(), type_byte=0x0C)
        (tmp_path / f"qmnist-{part}-labels-idx2-int.gz").write_bytes(gzip.compress(content))
    experiment = open_set(tmp_path / "qmnist-train-images-idx3-ubyte.gz", Access())
    check_upright(experiment)
    assert experiment.outputs == DIGITS
    assert len(digits_of(experiment).held_out_images) == 15


@pytest.mark.parametrize(("n", "size"), [(62, (64, 64)), (2, (5, 9)), (13, (20, 20))])
def test_any_number_of_classes_and_any_size(tmp_path: Path, n: int, size: tuple[int, int]) -> None:
    numbers = [3 * at + 7 for at in range(n)]
    places = [at % n for at in range(n + 60)]
    path = write_idx(
        tmp_path, "letters.{kind}", pictures(places, size), [numbers[p] for p in places],
        packed=False,
    )  # fmt: skip
    experiment = open_set(path, Access(asks=True))
    check_upright(experiment, size=size)
    assert experiment.outputs == tuple(map(str, numbers))
    digits = digits_of(experiment)
    assert len(digits.held_out_images) == round(0.15 * len(places))
    assert digits.n_all == len(digits.images)
    assert digits.remark == ""


@pytest.mark.parametrize(
    "names",
    [
        ("x_train", "y_train", "x_test", "y_test"),
        ("train_images", "train_labels", "test_images", "test_labels"),
        ("training_images", "training_labels", "test_images", "test_labels"),
        ("xtrain", "ytrain", "xtest", "ytest"),
    ],
)
@pytest.mark.parametrize("form", ["as Keras", "columns", "colour", "decimals", "one-hot", "words"])
def test_archives_of_arrays(tmp_path: Path, names: tuple[str, ...], form: str) -> None:
    made: list[NDArray[np.generic]] = []
    for labels in (TEN, TEN[:20]):
        images: NDArray[np.generic] = pictures(labels)
        known: NDArray[np.generic] = np.array(labels, dtype=np.uint8)
        if form == "columns":
            images, known = np.asfortranarray(images), known[:, None].astype(">i8")
        elif form == "colour":
            images = np.stack([images] * 3, axis=3)
        elif form == "decimals":
            images, known = (pictures(labels) / 255).astype(np.float32), known.astype(np.float64)
        elif form == "one-hot":
            images, known = images.reshape(len(labels), -1), np.eye(10)[labels]
        elif form == "words":
            known = np.array([KUZUSHIJI[label] for label in labels])
        made += [images, known]
    path = write_npz(tmp_path / "mnist.npz", **dict(zip(names, made, strict=True)))
    experiment = open_set(path, Access())
    if form == "words":
        assert experiment.outputs == tuple(sorted(KUZUSHIJI))
        check_upright(experiment, lambda place: KUZUSHIJI.index(sorted(KUZUSHIJI)[place]))
    else:
        assert experiment.outputs == DIGITS
        check_upright(experiment)
    digits = digits_of(experiment)
    assert (len(digits.images), len(digits.held_out_images), digits.remark) == (40, 20, "")


def test_two_arrays_without_names_are_told_by_their_shapes(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, np.array(TEN), pictures(TEN))
    check_upright(open_set(path, Access()))


def test_pictures_and_labels_of_kmnist_in_two_archives(tmp_path: Path) -> None:
    write_npz(tmp_path / "kmnist-train-labels.npz", arr_0=np.array(TEN))
    path = write_npz(tmp_path / "kmnist-train-imgs.npz", arr_0=pictures(TEN))
    for opened in (path, tmp_path / "kmnist-train-labels.npz"):
        experiment = open_set(opened, Access())
        check_upright(experiment)
        assert experiment.outputs == KUZUSHIJI


@pytest.mark.parametrize("header", ["Kaggle", "from 1", "rows and columns", "quoted", "none"])
@pytest.mark.parametrize("last", [False, True])
def test_tables_of_pixels(tmp_path: Path, header: str, last: bool) -> None:
    names = kaggle_header(784, 1 if header == "from 1" else 0)
    if header == "rows and columns":
        names = ["label", *(f"{row}x{col}" for row in range(1, 29) for col in range(1, 29))]
    rows = pictures(TEN).reshape(40, -1).tolist()
    lines = [[str(label), *map(str, row)] for label, row in zip(TEN, rows, strict=True)]
    lines = lines if header == "none" else [names, *lines]
    lines = [[*line[1:], line[0]] for line in lines] if last else lines
    mark = '"' if header == "quoted" else ""
    text = "\r\n".join(",".join(f"{mark}{cell}{mark}" for cell in line) for line in lines)
    path = tmp_path / "train.csv"
    path.write_text(text, encoding="utf-8-sig")
    # Kaggle's own table to test with has no labels.
    (tmp_path / "test.csv").write_text(",".join(names[1:]) + "\n" + ",".join(["0"] * 784) + "\n")
    experiment = open_set(path, Access())
    check_upright(experiment)
    assert experiment.outputs == DIGITS
    assert len(digits_of(experiment).held_out_images) == 6


def test_a_table_of_pixels_with_words_for_labels_and_other_levels(tmp_path: Path) -> None:
    images = pictures(TEN, (8, 8)) // 16
    path = write_pixels(
        tmp_path / "small.csv", images, [FASHION[label] for label in TEN], kaggle_header(64)
    )
    digits = digits_of(open_set(path, Access()))
    assert digits.classes == tuple(sorted(FASHION))
    assert digits.levels == 15
    assert digits.images.max() == 1.0


def test_a_folder_of_folders_takes_its_classes_from_their_names(tmp_path: Path) -> None:
    top = write_folder(
        tmp_path / "shapes", {name: [glyph(at)] * 8 for at, name in enumerate(("a10", "a2", "Ä"))}
    )
    (top / ".cache").mkdir()
    (top / "a2" / ".hidden.png").write_bytes(b"?")
    (top / "a2" / "Thumbs.db").write_bytes(b"?")
    (top / "notes").mkdir()
    told: list[tuple[int, int]] = []
    experiment = open_set(
        top, Access(decode, asks=True, progress=lambda n, of: told.append((n, of)))
    )
    assert experiment.outputs == ("a2", "a10", "Ä")
    check_upright(experiment, lambda place: (1, 0, 2)[place])
    digits = digits_of(experiment)
    # One of each class after another.
    assert set(digits.labels[:3].tolist()) == {0, 1, 2}
    assert told[-1] == (24, 24)


def test_a_folder_with_train_and_test_in_it(tmp_path: Path) -> None:
    for part, n in (("Train", 6), ("test", 2)):
        write_folder(tmp_path / "set" / part, {name: [glyph(int(name))] * n for name in "01"})
    digits = digits_of(open_set(tmp_path / "set", Access(decode)))
    assert (len(digits.images), len(digits.held_out_images)) == (12, 4)


def test_pictures_of_several_sizes_are_scaled_in(tmp_path: Path) -> None:
    wide = np.zeros((40, 80), dtype=np.uint8)
    wide[10:30, 20:60] = 240
    top = write_folder(tmp_path / "mixed", {"wide": [wide] * 3, "L": [glyph(0)] * 3})
    digits = digits_of(open_set(top, Access(decode)))
    assert digits.shape == (28, 28)
    images = {label: image for image, label in zip(digits.images, digits.labels, strict=True)}
    assert np.array_equal(images[0].reshape(28, 28) * 255, glyph(0))
    scaled = images[1].reshape(28, 28) * 255
    # Half as high as wide, in the middle: 28 x 14 pixels, each the mean of those below it.
    assert not scaled[:7].any()
    assert not scaled[21:].any()
    assert scaled[7:21, 8:20].min() > 0 or scaled[11:17, 8:20].min() == 240
    assert abs(scaled[7:21].mean() - wide.mean()) < 1


@pytest.mark.parametrize("asks", [False, True])
def test_dark_ink_on_light_paper_is_asked_about_or_put_right(tmp_path: Path, asks: bool) -> None:
    path = write_npz(tmp_path / "a.npz", x=255 - pictures(TEN), y=np.array(TEN))
    if asks:
        with pytest.raises(OddImages, match="inverted") as caught:
            open_set(path, Access(asks=True))
        assert caught.value.odd.repair.invert
        return
    experiment = open_set(path, Access())
    check_upright(experiment)
    digits = digits_of(experiment)
    assert digits.remark == "a: light and dark were exchanged"
    assert digits.origin is not None
    raw = digits_of(open_set(path, Access(), Origin("npz", path, turned=4)))
    assert np.array_equal(raw.images[0].reshape(28, 28), (255 - glyph(int(raw.labels[0]))).T / 255)


def test_what_is_held_out_is_chosen_by_share_and_seed(tmp_path: Path) -> None:
    path = write_npz(tmp_path / "a.npz", x=pictures(TEN), y=np.array(TEN))
    origin = digits_of(open_set(path, Access())).origin
    assert origin is not None
    seen = set()
    for share, seed in ((0.25, 0), (0.25, 1), (0.5, 0)):
        made = Origin("npz", path, held_out=share, seed=seed)
        digits = digits_of(open_set(path, Access(), made))
        assert len(digits.held_out_images) == round(40 * share)
        assert len(digits.images) == 40 - round(40 * share)
        seen.add(tuple(digits.held_out_labels.tolist()))
    assert len(seen) == 3


def test_who_cancels_is_heard(tmp_path: Path) -> None:
    top = write_folder(tmp_path / "many", {name: [glyph(0)] * 5 for name in "ab"})
    with pytest.raises(ReadingCancelled):
        open_set(top, Access(decode, cancelled=lambda: True))
    path = write_npz(tmp_path / "a.npz", x=pictures(TEN), y=np.array(TEN))
    with pytest.raises(ReadingCancelled):
        open_set(path, Access(cancelled=lambda: True))


@given(st.integers(2, 62), st.tuples(st.integers(1, 64), st.integers(1, 64)), st.integers(0, 2**32))
@settings(max_examples=12)
def test_what_was_written_is_what_is_read_in_every_form(
    tmp_path_factory: pytest.TempPathFactory, n: int, size: tuple[int, int], seed: int
) -> None:
    chance = np.random.default_rng(seed)
    labels = chance.permutation(np.resize(np.sort(chance.choice(255, n, replace=False)), n + 9))
    images = chance.integers(0, 256, (len(labels), *size), dtype=np.uint8)
    images[0, 0, 0] = 255
    folder = tmp_path_factory.mktemp("forms")
    header = ["label", *(f"{row}x{col}" for row in range(size[0]) for col in range(size[1]))]
    paths = [
        write_idx(folder, "some-{kind}", images, labels.tolist()),
        write_npz(folder / "some.npz", images=images, labels=labels),
    ]
    if size[0] * size[1] > 16:
        paths.append(write_pixels(folder / "some.csv", images, labels.tolist(), header))
    read = []
    for path in paths:
        origin = Origin("idx", path, held_out=0.3, seed=1)
        digits = digits_of(open_set(path, Access(), origin))
        assert digits.classes == tuple(map(str, np.unique(labels).tolist()))
        names = np.array(digits.classes)
        found = {
            (names[label], image.tobytes())
            for these, of in ((digits.images, digits.labels),
                              (digits.held_out_images, digits.held_out_labels))
            for image, label in zip(these, of, strict=True)
        }  # fmt: skip
        wanted = {
            (str(label), (image.reshape(-1) / 255.0).tobytes())
            for image, label in zip(images, labels.tolist(), strict=True)
        }
        assert found == wanted
        read.append(digits.held_out_images.tobytes())
    assert len(set(read)) == 1
