"""Sets of pictures in each of their forms, as inputs to begin from and as readers."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from gui.pictures.image_file import read_gray
from model.errors import ExperimentError
from model.experiment import Experiment
from model.files.experiment_file import dump
from model.files.library import open_experiment
from model.files.sets.access import Access
from model.files.sets.opening import open_set
from model.path.saved import new_path
from tests.fuzz import in_qt
from tests.fuzz.changes import changed
from tests.model.files.mnist_server import idx
from tests.model.files.sets.replicas import kaggle_header, npy, pictures, write_pixels

BETWEEN = b"\n--file--\n"
_LABELS = [at % 3 for at in range(12)]
_IMAGES = pictures(_LABELS, (8, 8))
_READ = Access(read_gray)


def in_one(names: Iterable[str], files: Iterable[bytes]) -> bytes:
    """Several files as one input."""
    parts = [name.encode() + b"\n" + file for name, file in zip(names, files, strict=True)]
    return BETWEEN.join(parts)


def idx_sets() -> tuple[bytes, ...]:
    """Two files, and four, of which the first is the images'."""
    images, labels = idx(_IMAGES.shape, _IMAGES.tobytes()), idx((12,), bytes(_LABELS))
    columns = np.zeros((12, 8), dtype=">i4")
    columns[:, 0] = _LABELS
    names = [f"emnist-letters-{part}-{kind}" for part in ("train", "test")
             for kind in ("images-idx3-ubyte", "labels-idx1-ubyte")]  # fmt: skip
    return (
        in_one(names, [images, labels, images, labels]),
        in_one(["a.idx3", "b.idx1"], [images, labels]),
        in_one(["qmnist-train-images-idx3-ubyte", "qmnist-train-labels-idx2-int"],
               [images, idx((12, 8), columns.tobytes(), type_byte=12)]),
    )  # fmt: skip


def archives() -> tuple[bytes, ...]:
    """As Keras has them, in other types, and of things that are no pictures."""
    known = np.array(_LABELS)
    made = []
    for arrays in (
        {"x_train": _IMAGES, "y_train": known, "x_test": _IMAGES[:3], "y_test": known[:3]},
        {"images": _IMAGES / 255, "labels": np.array(["a", "b", "c"])[known]},
        {"x": np.stack([_IMAGES] * 3, axis=3), "y": np.eye(3)[known]},
        {"x": np.asfortranarray(_IMAGES), "y": known.astype(object)},
        {"weights": np.ones((3, 4))},
    ):
        stream = io.BytesIO()
        np.savez_compressed(stream, **arrays)
        made.append(stream.getvalue())
    return tuple(made)


def changed_archive(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Changed as it is, or in one of its parts, packed again with sums that fit."""
    if chance.random() < 0.3:
        return changed(content, others, chance)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = {name: old.read(name) for name in old.namelist()[:6]}
    except (
        zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError,
        RuntimeError,
    ):  # fmt: skip
        return changed(content, others, chance)
    if parts:
        name = chance.choice(sorted(parts))
        parts[name] = changed(parts[name], [npy(_IMAGES), npy(np.array(_LABELS))], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, inside in parts.items():
            new.writestr(name, inside)
    return stream.getvalue()


def tables() -> tuple[bytes, ...]:
    """With names of columns, without them, and with words for labels."""
    with TemporaryDirectory() as place:
        file = Path(place) / "a.csv"
        made = []
        for labels, header in (
            (_LABELS, kaggle_header(64)), (_LABELS, None), (["a", "b", "c"] * 4, kaggle_header(64)),
        ):  # fmt: skip
            made.append(write_pixels(file, _IMAGES, labels, header).read_bytes())
    return tuple(made)


def folders() -> tuple[bytes, ...]:
    """A few pictures in folders of classes."""
    seen = in_qt.pictures("png")[:3]
    names = ["b/1.png", "a/2.png", "a/10.png", "train/a/1.png"]
    return (
        in_one(names[:3], seen),
        in_one(["train/x/1.png", "train/y/1.png", "test/x/1.png"], seen),
        in_one([".hidden/1.png", "a/Thumbs.db", "b/1.jpg"], [*seen[:2], in_qt.pictures("jpeg")[0]]),
    )


def file_reader(name: str) -> Callable[[bytes, Path], str]:
    """Reads an input as one file of that name."""

    def read(content: bytes, folder: Path) -> str:
        with TemporaryDirectory(dir=folder) as place:
            file = Path(place) / name
            file.write_bytes(content)
            return _opened(file, Path(place))

    return read


def several_reader(
    unpack: Callable[[bytes, Path], None], first: bool
) -> Callable[[bytes, Path], str]:
    """Reads an input as several files: the first of them, or the folder they are in."""

    def read(content: bytes, folder: Path) -> str:
        with TemporaryDirectory(dir=folder) as place:
            top = Path(place)
            unpack(content, top)
            files = sorted(path for path in top.rglob("*") if path.is_file())
            return _opened(files[0] if first and files else top, top)

    return read


def _opened(path: Path, top: Path) -> str:
    # Decoders log what is wrong with a picture, beside saying that it is damaged.
    with in_qt.no_warnings(ignore=("",)):
        try:
            experiment = open_set(path, _READ)
            _save_again(experiment, top)
        except ExperimentError as error:
            return str(error).replace(str(top), "#")
    return ""


def _save_again(experiment: Experiment, top: Path) -> None:
    """What was read is written, and read again as it was."""
    file = top / "saved.json"
    file.write_text(dump(experiment, new_path(experiment), 0, beside=top), encoding="utf-8")
    again = open_experiment(str(file), access=_READ)
    assert again.outputs == experiment.outputs
    assert np.array_equal(again.setup.examples.base_inputs, experiment.setup.examples.base_inputs)
