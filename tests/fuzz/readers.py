"""Every reader of the program, with inputs to begin from: files, fields and the command line.

Each reads bytes as its own kind of input and returns the sentence with which it refused them, or
an empty text where it took them; what it took is then used, and what is written of it read again.
"""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import numpy as np
from numpy.typing import ArrayLike

from model import actions
from model.actions.script import ActionError
from model.actions.verbs import VERBS
from model.edits import Edit
from model.errors import DigitsError, ExperimentError
from model.experiment import Experiment, Pin
from model.files.cache import decide_repair
from model.files.experiment_file import dump, parse
from model.files.idx import read_images, read_labels
from model.files.kept.bench import BenchState, written
from model.files.kept.shelf import Shelf
from model.files.library import open_experiment
from model.files.mnist import (
    MNIST_FILES,
    find_mnist,
    load_mnist,
    mnist_folder_of,
    remembered_folder,
)
from model.files.moments.text import moment_text
from model.files.sources import load_images
from model.files.survey.oddities import OddDigits
from model.files.weights.found import WeightsError, fitted
from model.files.weights.opening import read_weights
from model.files.weights.table import weights_of_text
from model.files.weights.writing import weights_text
from model.path.saved import saved_path
from model.pins.run import pin_of
from model.words import numbers
from model.words.going import step_named
from tests.conftest import PROJECT
from tests.fuzz import answers, in_qt, sets, tables
from tests.fuzz.changes import changed, changed_json
from tests.model.files.mnist_server import idx

_EXPERIMENTS = PROJECT / "resources" / "experiments"
# Steps that are taken of what was read.
_MAX_STEPS = 500
_FIXTURES = PROJECT / "tests" / "model" / "files" / "fixtures"
_TOUR = PROJECT / "tests" / "gui" / "session" / "player" / "tour.txt"
Change = Callable[[bytes, Sequence[bytes], random.Random], bytes]


@dataclass(frozen=True)
class Reader:
    """One reader: ``read(content, folder)`` returns why it refuses, or an empty text."""

    name: str
    seeds: Callable[[], Iterable[bytes]]
    read: Callable[[bytes, Path], str]
    change: Change = changed


# -- experiments, sessions and scripts -----------------------------------------------------------


@cache
def _experiments() -> tuple[bytes, ...]:
    own = [file.read_bytes() for file in sorted(_EXPERIMENTS.glob("*.json"))]
    foreign = [own[0].decode().encode("utf-16"), b"\xef\xbb\xbf" + own[0], b"{}", b"[]"]
    return (*own, *(file.read_bytes() for file in sorted(_FIXTURES.glob("*.json"))), *foreign)


@cache
def _sessions() -> tuple[bytes, ...]:
    """Experiments with edits, steps and a look."""
    made = [file.read_bytes() for file in sorted(_FIXTURES.glob("*.json"))]
    views: dict[str, dict[str, object]] = {
        "Freezing one weight": {"panel": "trace", "weights": [[0, 1]], "speed": 5.0, "log": True},
        "Several inputs and outputs": {"output": 1, "one_scale": True, "part": "weight:a"},
        "Digits, 8x8": {"pixel": 3, "quantity": "weight_delta", "scale": "each", "pair": [1, 2]},
    }
    for name, view in views.items():
        experiment = open_experiment(name, count=30 if "Digits" in name else None)
        path = saved_path(experiment)
        path.extend(7)
        last = experiment.weights.shape[1] - 1
        path.edit(Edit(5, "alpha", (0.02,)), Edit(5, "weights", (0.25,), ((0, last),)))
        path.edit(Edit(5, "frozen", (1.0,), ((0, 0),)))
        path.extend(4)
        pins = (pin_of(experiment, path, "as it is"), _pinned_elsewhere())
        made.append(dump(experiment, path, 6, 20, view, pins).encode())
    return tuple(made)


def _pinned_elsewhere() -> Pin:
    """A pin of another experiment than the one on the bench."""
    experiment = open_experiment("Alpha too large")
    path = saved_path(experiment)
    path.extend(3)
    return replace(pin_of(experiment, path, "of another"), mark=5, hidden=True)


@cache
def _moments() -> tuple[bytes, ...]:
    """Experiments as they are sent in messages."""
    texts = [moment_text(one.decode("utf-8", "replace")) for one in _sessions()]
    return tuple(f"Look:\n> {text}\nWell?".encode() for text in texts)


def _changed_moment(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Letters that were changed on the way, or a text that somebody made up on purpose."""
    if chance.random() < 0.5:
        return changed(content, others, chance)
    inside = changed_json(chance.choice(_sessions()), _sessions(), chance)
    return moment_text(inside.decode("utf-8", "replace")).encode()


def _experiment(content: bytes, folder: Path) -> str:
    file = folder / "one.json"
    file.write_bytes(content)
    try:
        experiment = open_experiment(str(file))
        _save_again(experiment)
    except ExperimentError as error:
        return str(error)
    return ""


def _save_again(experiment: Experiment) -> None:
    """What was read can be written and read, and is the same."""
    if not experiment.is_quick:
        return
    path = saved_path(experiment)
    path.extend(min(_MAX_STEPS, max(0, experiment.length - path.length)))
    text = dump(experiment, path, min(experiment.position, path.length))
    again = parse(text, lambda name, count: load_images(name, count, None))
    other = saved_path(again)
    other.extend(path.length - other.length)
    assert other.length == path.length, "saved and read, the path has another length"
    assert other.weights(path.length).tobytes() == path.weights(path.length).tobytes()


def _script(content: bytes, folder: Path) -> str:
    try:
        found = actions.parse(content.decode("utf-8", "replace"))
    except ActionError as error:
        return str(error)
    assert actions.parse(actions.text(found)) == found
    return ""


def _scripts() -> tuple[bytes, ...]:
    examples = "\n".join(example for verb in VERBS.values() for example in verb.examples)
    return (_TOUR.read_bytes(), examples.encode())


# -- digits ----------------------------------------------------------------------------------------


@cache
def _idx_files() -> tuple[bytes, ...]:
    chance = np.random.default_rng(1)
    pixels = chance.integers(0, 256, (3, 28, 28), dtype=np.uint8)
    pixels[:, :, :20] = 0
    labels = bytes([5, 0, 9])
    numbers_of = struct.pack(">6i", 5, 1, 0, 2, 9, 3)
    return (
        idx(pixels.shape, pixels.tobytes()), idx((3,), labels), idx((2, 2), b"abcd"),
        idx((3, 2), numbers_of, type_byte=12), idx((1, 2, 2), b"abcd"), b"\0\0\x08\x03",
    )  # fmt: skip


def _idx(content: bytes, folder: Path) -> str:
    file = folder / "some-idx"
    file.write_bytes(content)
    sentences = []
    for read in (read_images, read_labels):
        try:
            read(file)
        except DigitsError as error:
            sentences.append(str(error))
    return sentences[0] if len(sentences) > 1 else ""


def _changed_packed(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Changed as it is, or what is inside."""
    if chance.random() < 0.5:
        return changed(content, others, chance)
    try:
        inside = gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return changed(content, others, chance)
    return gzip.compress(changed(inside, _idx_files(), chance), 1, mtime=0)


def _mnist_folders() -> tuple[bytes, ...]:
    """The four files of a small set, as they are published, packed, upside down and unusual."""
    chance = np.random.default_rng(2)
    images = chance.integers(0, 256, (12, 28, 28), dtype=np.uint8)
    images[:, :9] = images[:, -9:] = 0
    labels = np.arange(12) % 10
    files = [idx(images.shape, images.tobytes()), idx((12,), bytes(labels.tolist()))] * 2
    odd = [idx(images.shape, (255 - images).tobytes()), files[1]] * 2
    from_one = [files[0], idx((12,), bytes((labels + 1).tolist()))] * 2
    packed = [gzip.compress(file, 1, mtime=0) for file in files]
    remembered = ["mnist-folder.txt", "mnist-repairs.txt"]
    return (
        sets.in_one(MNIST_FILES, files),
        sets.in_one([f"{name}.gz" for name in MNIST_FILES], packed),
        sets.in_one(MNIST_FILES, odd), sets.in_one(MNIST_FILES, from_one),
        sets.in_one([f"below/{name.replace('-idx', '.idx')}" for name in MNIST_FILES], files),
        sets.in_one([*MNIST_FILES, *remembered], [*files, b"/nowhere\n", b"0" * 64 + b" turn=1\n"]),
    )  # fmt: skip


def _mnist(content: bytes, folder: Path) -> str:
    with TemporaryDirectory(dir=folder) as place:
        root = Path(place)
        _unpack(content, root)
        # What is remembered between starts lies in the folder that the cache is in.
        with mock.patch.dict("os.environ", {"WEIGHTBENCH_CACHE": str(root / "cache")}):
            remembered_folder()
            mnist_folder_of(sorted(root.iterdir()))
            try:
                found = find_mnist(root)
                assert found is not None
                return _load_mnist(found)
            except DigitsError as error:
                return str(error).replace(place, "#")


def _load_mnist(folder: Path) -> str:
    try:
        load_mnist(folder, 3)
    except OddDigits as odd:
        decide_repair(odd, odd.repair)
        load_mnist(folder, 3)
        return str(odd).replace(str(folder), "#")
    return ""


def _unpack(content: bytes, folder: Path) -> None:
    for part in content.split(sets.BETWEEN)[:20]:
        name, _, inside = part.partition(b"\n")
        path = folder / name.decode("utf-8", "replace").replace("\0", "").replace("..", "")[:200]
        with suppress(OSError):
            if folder in path.resolve().parents:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(inside)


# -- weights ---------------------------------------------------------------------------------------


def _zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _npy(values: ArrayLike) -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.asarray(values), allow_pickle=False)
    return stream.getvalue()


@cache
def _weights_files() -> tuple[bytes, ...]:
    """Weights for three inputs and three outputs in all the ways in which they are read."""
    experiment = open_experiment("Several inputs and outputs")
    rows = experiment.weights
    names = {"inputs.npy": _npy(experiment.inputs), "outputs.npy": _npy(experiment.outputs)}
    text = weights_text(experiment, rows, None, ",")
    bare = "\n".join(";".join(f"{value}".replace(".", ",") for value in row) for row in rows)
    return (
        text.encode(), text.replace(",", "\t").encode("utf-16"), bare.encode(),
        str(rows.tolist()).encode(), str(rows).encode(), _npy(rows), _npy(rows.astype(np.int8)),
        _zipped({"weights.npy": _npy(rows), **names}), _zipped({"weights.npy": _npy(rows)}),
    )  # fmt: skip


def _changed_weights(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Changed as it is, or an array inside, so that the archive around it is whole."""
    if chance.random() < 0.3 or not content.startswith(b"PK"):
        return changed(content, others, chance)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()[:4]}
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError,
        ValueError,
    ):  # fmt: skip
        return changed(content, others, chance)
    name = chance.choice(sorted(entries) or ["weights.npy"])
    entries[name] = changed(entries.get(name, b""), [_npy([1.0]), _npy(["a"])], chance)
    return _zipped(entries)


def _weights(content: bytes, folder: Path) -> str:
    file = folder / "some.weights"
    file.write_bytes(content)
    experiment = open_experiment("Several inputs and outputs")
    try:
        weights = fitted(read_weights(file), experiment) + 0.0
    except WeightsError as error:
        return str(error)
    again = weights_of_text(weights_text(experiment, weights, None).encode(), "again")
    assert fitted(again, experiment).tobytes() == weights.tobytes(), "written, they are others"
    return ""


# -- what is kept, typed and called ----------------------------------------------------------------


def _benches() -> tuple[bytes, ...]:
    pieces = [_sessions()[0].decode()]
    states = [
        BenchState("a bench", None, True, True),
        BenchState("b", Path("/somewhere/b.json"), closed=True),
    ]  # fmt: skip
    return tuple("".join(written(state, pieces)).encode() for state in states)


def _bench(content: bytes, folder: Path) -> str:
    with TemporaryDirectory(dir=folder) as place:
        shelf = Shelf(Path(place))
        (shelf.folder / "bench-1.json").write_bytes(content)
        (shelf.folder / "bench-1.lock").write_bytes(content[-60:])
        sentence = ""
        for bench in shelf.unowned():
            try:
                bench.state()
                _save_again(open_experiment(str(bench.file)))
            except ExperimentError as error:
                sentence = str(error)
            finally:
                bench.release()
        return sentence


def _changed_png(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Changed, and mostly with checksums that fit, so that a decoder goes on to the rest."""
    content = changed(content, others, chance)
    if chance.random() < 0.2:
        return content
    at, parts = 8, [content[:8]]
    while at + 12 <= len(content):
        length = min(int.from_bytes(content[at : at + 4], "big"), len(content) - at - 12)
        body = content[at + 4 : at + 8 + length]
        parts += [length.to_bytes(4, "big"), body, zlib.crc32(body).to_bytes(4, "big")]
        at += 12 + length
    return b"".join([*parts, content[at:]])


_FIELDS = (
    b"0.25", b"-1,5", "\u2212 3".encode(), "1\u202f234,5".encode(), b"12 %", "1 ½".encode(),
    b"3/4", b"1e-9", b"1.234.567,8", b"step 1200", b"epoch 3", b"1,200", b"nan",
    "\u0663\u066b\u0665".encode(), b"(3)", b"[1, 2]",
)  # fmt: skip


def _field(content: bytes, folder: Path) -> str:
    text = in_qt.typed(content)
    sentence = ""
    try:
        value = numbers.parse(text)
        assert numbers.parse(numbers.exact(value)) == value
        for write in (numbers.short, numbers.signed, numbers.plain):
            write(value)
    except ValueError as error:
        sentence = str(error)
    with suppress(ValueError):
        assert step_named(text, 7) >= 0
        return ""
    return sentence


READERS = {
    reader.name: reader
    for reader in (
        Reader("experiment", _experiments, _experiment, changed_json),
        Reader("session", _sessions, in_qt.put_on_bench, changed_json),
        Reader("moment", _moments, _experiment, _changed_moment),
        Reader("script", _scripts, _script),
        Reader("idx", _idx_files, _idx),
        Reader("weights", _weights_files, _weights, _changed_weights),
        Reader(
            "gz", lambda: [gzip.compress(one, mtime=0) for one in _idx_files()], _idx,
            _changed_packed,
        ),
        Reader("mnist", _mnist_folders, _mnist),
        Reader("idx_set", sets.idx_sets, sets.several_reader(_unpack, first=True)),
        Reader("npz_set", sets.archives, sets.file_reader("a.npz"), sets.changed_archive),
        Reader("pixels", sets.tables, sets.file_reader("a.csv")),
        Reader("folders", sets.folders, sets.several_reader(_unpack, first=False)),
        Reader("png", partial(in_qt.pictures, "png"), in_qt.read_picture_file, _changed_png),
        Reader("jpeg", partial(in_qt.pictures, "jpeg"), in_qt.read_picture_file),
        Reader("bmp", partial(in_qt.pictures, "bmp"), in_qt.read_picture_file),
        Reader("answers", answers.files, answers.read_file, answers.changed_file),
        Reader("bench", _benches, _bench, changed_json),
        Reader("settings", in_qt.settings_files, in_qt.read_settings),
        Reader("field", lambda: _FIELDS, _field),
        Reader("pasted", lambda: (*_FIELDS, *in_qt.ROWS), in_qt.paste),
        Reader("call", lambda: in_qt.CALLS, in_qt.call),
        Reader("table", tables.files, tables.read_table_file, tables.changed_table),
        Reader("copied", tables.copied, tables.read_copied, tables.changed_table),
        Reader("block", tables.blocks, tables.read_copied_block, tables.changed_table),
    )
}  # fmt: skip
