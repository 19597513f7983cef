"""Names of the parts of a bench: they follow from the experiment alone."""

import numpy as np
import pytest

from model.files.library import builtin_names, open_experiment
from model.words.names import weight_cell, weight_name
from model.words.parts import named, panel_keys, part, parts

WITHOUT_FILES = [name for name in builtin_names() if "MNIST" not in name]


@pytest.mark.parametrize("name", WITHOUT_FILES)
def test_every_part_of_every_experiment_is_found_by_its_name_and_by_no_other(name: str) -> None:
    experiment = open_experiment(name)
    found = list(parts(experiment))

    assert len({one.name for one in found}) == len(found)
    assert {one.panel for one in found} <= set(panel_keys())
    for one in found:
        assert part(experiment, one.name) == one


def test_parts_of_a_network_and_of_images() -> None:
    network = open_experiment("Freezing one weight")
    digits = open_experiment("Digits, 8x8")

    assert part(network, "padlock:b").cell == (0, 1)
    assert part(network, "input:win/loss").cell == (1,)
    assert part(digits, "pixel:3,4").cell == (3, 4)
    assert part(digits, "score:7").panel == "weight_images"
    for name in ("zones", "trace", "time_line", "plot:error", "bowl:c"):
        assert part(network, name).name == part(digits, name).name == name


def test_a_family_stands_for_all_of_it() -> None:
    experiment = open_experiment("Freezing one weight")

    assert [one.name for one in named(experiment, "next")] == ["next:a", "next:b", "next:c"]
    plots = [one.name for one in named(experiment, "plot")]
    assert plots == ["plot:error", "plot:weights", "plot:two_weights", "plot:space"]
    assert [one.name for one in named(experiment, "zones")] == ["zones"]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("padlok:a", "padlock:a"),
        ("weight:d", "weight:c"),
        ("zone", "zones"),
        ("pixel:0,0", None),
        ("", None),
        ("weight", None),
        ("zones:1", "zones"),
        ("weight:A", "weight:a"),
        ("qqqq" * 500, None),
    ],
)
def test_what_is_no_part_is_told_with_what_would_be(name: str, near: str | None) -> None:
    with pytest.raises(ValueError, match="is no part of this bench") as caught:
        part(open_experiment("Freezing one weight"), name)

    assert len(str(caught.value)) < 300
    if near is not None:
        assert str(caught.value).endswith(f"did you mean “{near}”?")


@pytest.mark.parametrize("name", ["pixel:8,0", "pixel:0,8", "pixel:00,0", "pixel:1", "image:10"])
def test_no_pixel_and_no_image_beyond_the_last(name: str) -> None:
    with pytest.raises(ValueError, match="no part of this bench"):
        part(open_experiment("Digits, 8x8"), name)


def test_vectors_keep_their_letters_and_weights_are_called_by_their_place() -> None:
    experiment = open_experiment("Dot products")
    names = [weight_name(experiment, *cell) for cell in np.ndindex(experiment.weights.shape)]

    assert names == [f"{vector}{place}" for vector in "abcde" for place in (1, 2, 3, 4)]
    assert [weight_cell(experiment, name) for name in names] == [
        (output, column) for output in range(5) for column in range(4)
    ]
    assert part(experiment, "weight:e4").cell == (4, 3)
    for wrong in ("a", "a0", "a5", "f1", "A1", "a01", "1a", ""):
        with pytest.raises(ValueError, match="they run from a1 to e4"):
            weight_cell(experiment, wrong)


def test_letters_of_a_weight_are_read_as_they_are_written() -> None:
    experiment = open_experiment("Digits, 8x8")

    for output in range(10):
        for column in range(64):
            letters = weight_name(experiment, output, column)
            assert weight_cell(experiment, letters) == (output, column)
    for wrong in ("", "xq", "A", "3", "aaaaaaaaaaaaaaaaaaaa", "ä"):
        with pytest.raises(ValueError, match="they run from a to xp"):
            weight_cell(experiment, wrong)
