"""Weights in files: what is written is read to the last bit, and what is wrong is said."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from model.edits import MAX_NUMBER, Edit
from model.experiment import Experiment
from model.files.experiment_file import parse
from model.files.export import export
from model.files.library import open_experiment
from model.files.sources import load_images
from model.files.weights import writing
from model.files.weights.arrays import weights_of_arrays
from model.files.weights.found import WeightsError, fitted
from model.files.weights.opening import is_weights, read_weights
from model.files.weights.table import weights_of_text
from model.files.weights.writing import weights_text
from model.network import Floats
from model.path.saved import saved_path
from tests.model.nameable import NAMES

NINE = "Several inputs and outputs"
NUMBERS = st.floats(-MAX_NUMBER, MAX_NUMBER).map(lambda number: number + 0.0)


@cache
def nine() -> Experiment:
    return open_experiment(NINE)


def taken(text: str, experiment: Experiment | None = None) -> object:
    return fitted(weights_of_text(text.encode(), "w"), experiment or nine()).tolist()


def refusal(text: str) -> str:
    with pytest.raises(WeightsError) as refused:
        taken(text)
    return str(refused.value)


def npz(**arrays: ArrayLike) -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


@st.composite
def networks(draw: st.DrawFn) -> tuple[Experiment, Floats]:
    """An experiment with any names, and other weights for it."""
    inputs = draw(st.lists(NAMES, min_size=1, max_size=4, unique_by=str.strip))
    outputs = draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.strip))
    rows = st.lists(NUMBERS, min_size=len(inputs), max_size=len(inputs))
    weights = draw(st.lists(rows, min_size=len(outputs), max_size=len(outputs)))
    text = json.dumps({
        "format": "weightbench/experiment", "version": 1, "name": "any", "inputs": inputs,
        "outputs": outputs, "order": "first", "weights": "zeros", "alpha": 0.1,
        "examples": {"inputs": [[0.0] * len(inputs)], "targets": [[0.0] * len(outputs)]},
    })  # fmt: skip
    experiment = parse(text, lambda name, count: load_images(name, count, None))
    return experiment, np.array(weights)


@given(networks(), st.sampled_from([",", "\t"]))
def test_what_is_written_is_read_to_the_last_bit(
    made: tuple[Experiment, Floats], delimiter: str
) -> None:
    experiment, weights = made
    text = weights_text(experiment, weights, None, delimiter)
    again = fitted(weights_of_text(text.encode(), "w"), experiment)
    assert again.tobytes() == weights.tobytes()


@given(st.binary(max_size=200) | st.text("0123456789.,;\t\n \"'eE+-[]output", max_size=120))
def test_any_text_is_taken_or_refused_in_one_sentence(content: bytes | str) -> None:
    content = content.encode() if isinstance(content, str) else content
    experiment = nine()
    for read in (weights_of_text, weights_of_arrays):
        with suppress(WeightsError):
            assert np.isfinite(fitted(read(content, "w"), experiment)).all()


@pytest.mark.parametrize("ending", [".weights.csv", ".npz"])
def test_exported_weights_are_loaded_to_the_last_bit(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"nine{ending}"
    experiment = nine()
    export(experiment, 7, file)
    path = saved_path(experiment)
    path.extend(7)
    assert fitted(read_weights(file), experiment).tobytes() == path.weights(7).tobytes()


@pytest.mark.parametrize("ending", [".weights.csv", ".npz"])
def test_weights_of_shuffled_pixels_are_kept_in_their_published_order(
    tmp_path: Path, ending: str
) -> None:
    experiment = open_experiment("Digits, 8x8", count=20)
    path = saved_path(experiment)
    path.edit(Edit(0, "pixels", (1.0,)))
    path.extend(5)
    file = tmp_path / f"digits{ending}"
    write = writing.weights_npz if ending == ".npz" else writing.weights_csv
    with file.open("wb") as stream:
        write(experiment, path, 5, stream)
    plain = saved_path(experiment)
    plain.extend(5)
    found = read_weights(file)
    assert fitted(found, experiment) == pytest.approx(plain.weights(5), rel=1e-9, abs=1e-12)
    order = path.setup_at(5).order
    assert fitted(found, experiment, order).tobytes() == path.weights(5).tobytes()


# -- other tables ----------------------------------------------------------------------------------

ROWS = [[0.5, -1.0, 2.0], [3.0, 4.5, -0.25], [7.0, 8.0, 9.0]]


@pytest.mark.parametrize(
    "text",
    [
        "0.5,-1,2\n3,4.5,-0.25\n7,8,9\n",
        "0.5 -1 2\n3 4.5 -0.25\n7 8 9",
        "0,5;-1;2\r\n3;4,5;-0,25\r\n7;8;9\r\n",
        "0.5\t-1\t2\n\n3\t4.5\t-0.25\n7\t8\t9\t\n",
        "toes,win/loss,fans\n0.5,-1,2\n3,4.5,-0.25\n7,8,9\n",
        "hurt,0.5,-1,2\nwin,3,4.5,-0.25\nsad,7,8,9\n",
        ",fans,toes,win/loss\nwin,-0.25,3,4.5\nsad,9,7,8\nhurt,2,0.5,-1\n",
        "fans,toes,win/loss\nwin,-0.25,3,4.5\nsad,9,7,8\nhurt,2,0.5,-1\n",
        "output;toes;win/loss;fans\nhurt;0,5;-1;2\nwin;3;4,5;-0,25\nsad;7;8;9\n",
        "[[0.5, -1, 2], [3, 4.5, -0.25], [7, 8, 9]]",
        "[[ 0.5  -1.    2.  ]\n [ 3.    4.5  -0.25]\n [ 7.    8.    9.  ]]",
    ],
)
def test_tables_of_other_programs_are_taken(text: str) -> None:
    assert taken(text) == ROWS


def test_tables_in_other_encodings_are_taken() -> None:
    text = "output;toes;win/loss;fans\nhurt;0,5;-1;2\nwin;3;4,5;-0,25\nsad;7;8;9\n"
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        found = weights_of_text(text.encode(encoding), "w")
        assert fitted(found, nine()).tolist() == ROWS


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,2\n3,4", "w: the weights there are 2 × 2, and those of this network 3 × 3"),
        ("toes,win/loss,heat\n1,2,3\n4,5,6\n7,8,9", "no input of that name"),
        ("hurt,1,2,3\nwin,4,5,6\nglad,7,8,9", "for the output “glad”"),
        ("hurt,1,2,3\nwin,4,5,6\nwin,7,8,9", "nothing for “sad”"),
        ("1,2,3\n4,5\n7,8,9", "row 2 has 2 numbers, and the first one 3"),
        ("1,2,3\n4,x,6\n7,8,9", "“x” in row 2 is not a number"),
        ("1,2,3\n4,,6\n7,8,9", "“” in row 2 is not a number"),
        ("1,2,3\n4,1e10,6\n7,8,9", "the weight of “win” for “win/loss” is 1e+10"),
        ("1,2,3\n4,1e400,6\n7,8,9", "for “win/loss” is inf"),
        ("toes,win/loss,fans", "no row of numbers below"),
        ("", "there are no numbers in it"),
    ],
)
def test_what_does_not_fit_is_named(text: str, sentence: str) -> None:
    assert sentence in refusal(text)


def test_a_table_that_lies_on_its_side_is_told_so() -> None:
    experiment = open_experiment("One delta, three weight_deltas")
    with pytest.raises(WeightsError, match=r"3 × 1.* 1 × 3 .*turn rows into columns"):
        taken("1\n2\n3\n", experiment)


# -- arrays ----------------------------------------------------------------------------------------


def test_arrays_are_matched_by_name_where_they_have_names(tmp_path: Path) -> None:
    turned = [row[::-1] for row in ROWS[::-1]]
    names = {"inputs": ["fans", "win/loss", "toes"], "outputs": ["sad", "win", "hurt"]}
    file = tmp_path / "w.npz"
    file.write_bytes(npz(weights=turned, **names))
    assert fitted(read_weights(file), nine()).tolist() == ROWS
    # Arrays of these names may be anything else in files of other programs.
    file.write_bytes(npz(weights=ROWS, inputs=np.zeros((4, 3)), outputs=["a"]))
    assert fitted(read_weights(file), nine()).tolist() == ROWS


def test_arrays_of_other_types_are_numbers_too(tmp_path: Path) -> None:
    file = tmp_path / "w.npy"
    for kind in (np.float32, np.int8, ">f8"):
        np.save(file, np.asfortranarray(np.arange(9).reshape(3, 3).astype(kind)))
        assert fitted(read_weights(file), nine()).tolist() == np.arange(9.0).reshape(3, 3).tolist()


def damaged(content: bytes) -> bytes:
    at = content.index(b"weights.npy") + 60
    return content[:at] + b"\0\1\2\3" + content[at + 4 :]


def lying(count: int, there: bytes) -> bytes:
    """An archive whose array says that it has so many numbers."""
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({count}, 3), }}".ljust(117)
    array = b"\x93NUMPY\1\0" + (118).to_bytes(2, "little") + header.encode() + b"\n" + there
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("weights.npy", array)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (npz(other=ROWS), "there is no array “weights” in it, only “other”"),
        (npz(weights=np.zeros((2, 3, 1))), r"the shape (2, 3, 1)"),
        (npz(weights=[1j, 2j]), "of the type complex128, and weights are numbers"),
        (npz(weights=np.array([{}], dtype=object)), "of the type object"),
        (npz(weights=["a", "b"]), "must be numbers"),
        (npz(weights=[[np.nan] * 3] * 3), "is nan: it must be a finite number"),
        (npz(weights=ROWS)[:-30], "it is damaged"),
        (damaged(npz(weights=ROWS)), "it is damaged"),
        (lying(3, bytes(20)), "it is damaged"),
        (lying(10**9, bytes(2**24)), "3,000,000,000 numbers, more than 1,000,000 weights"),
        (lying(-3, bytes(72)), "it is damaged"),
    ],
)
def test_arrays_that_are_no_weights_are_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(WeightsError) as refused:
        fitted(weights_of_arrays(content, "w.npz"), nine())
    assert sentence in str(refused.value)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "bomb.npz"
    file.write_bytes(lying(3, bytes(2**25)))
    tracemalloc.start()
    try:
        assert read_weights(file).values.shape == (3, 3)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2**22


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "is a PNG picture, not weights"),
        (b"\x80\4\x95" + bytes(9), "is a Python pickle, not weights"),
        (b"", "is empty, not weights"),
    ],
)
def test_other_files_are_told_by_their_kind(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "w.npz"
    file.write_bytes(content)
    with pytest.raises(WeightsError) as refused:
        read_weights(file)
    assert sentence in str(refused.value)


def test_files_written_here_are_known_as_weights(tmp_path: Path) -> None:
    for name in ("a.weights.csv", "b.npz", "c.csv"):
        export(nine(), 1, tmp_path / name)
    (tmp_path / "d.npz").write_bytes(npz(x_train=ROWS, weights=ROWS))
    names = ["a.weights.csv", "b.npz", "c.csv", "d.npz", "none.npz"]
    assert [is_weights(tmp_path / name) for name in names] == [True, True, False, False, False]


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="cannot be read"):
        read_weights(tmp_path / "none.csv")
    with pytest.raises(WeightsError, match="a folder, not weights"):
        read_weights(tmp_path)
