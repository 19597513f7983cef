"""Which settings fit, and every layout of few, equal, constant and odd examples."""

from __future__ import annotations

import numpy as np
import pytest

from model.files.library import open_experiment
from model.image_space import SampleInputs, finished, gather
from model.image_space.layouts import (
    LAYOUTS,
    LayoutKind,
    LayoutSettings,
    Start,
    fault,
    fitting,
    make_layout,
)
from tests.model.image_space.examples import digits, inputs_of

KINDS = tuple(LAYOUTS)
STARTS: tuple[Start, ...] = ("pca", "random")


def few(name: str) -> SampleInputs:
    one = digits(1).rows(slice(None))
    season = open_experiment("Several steps").setup.examples
    return {
        "1 example": digits(1),
        "2 examples": digits(2),
        "3 examples": digits(3),
        "20 examples": digits(20),
        "60 identical images": inputs_of(np.repeat(one, 60, axis=0)),
        "20 images three times": inputs_of(np.tile(digits(20).rows(slice(None)), (3, 1))),
        "constant pixels": inputs_of(np.hstack((digits(30).rows(slice(None)), np.ones((30, 9))))),
        "one input": inputs_of(np.arange(12.0)[:, None]),
        "on a line": inputs_of(np.outer(np.arange(12.0), [1.0, 2.0, 3.0])),
        "three inputs": finished(gather(season, np.arange(len(season)))),
        "large numbers": inputs_of(1e9 * digits(20).rows(slice(None))),
    }[name]


FEW = (
    "1 example", "2 examples", "3 examples", "20 examples", "60 identical images",
    "20 images three times", "constant pixels", "one input", "on a line", "three inputs",
    "large numbers",
)  # fmt: skip


@pytest.mark.parametrize("name", FEW)
@pytest.mark.parametrize("kind", KINDS)
def test_odd_examples_have_finite_places(kind: LayoutKind, name: str) -> None:
    inputs = few(name)
    for start in STARTS:
        for d in (2, 3):
            settings = LayoutSettings(kind=kind, start=start, dimensions=d)
            rows = inputs.rows(slice(None))
            layout = make_layout(inputs, fitting(settings, len(np.unique(rows, axis=0))))
            shares = list(layout.prepare())
            for _ in range(12):
                layout.step()

            assert layout.coordinates.shape == (len(inputs), d)
            assert np.isfinite(layout.coordinates).all()
            assert np.isfinite(layout.costs).all()
            assert all(0 <= share <= 1 for share in shares)
            for i, row in enumerate(rows):
                same = (rows == row).all(axis=1)
                assert (layout.coordinates[same] == layout.coordinates[i]).all()
            if layout.n_distinct > 1:
                assert np.ptp(layout.coordinates, axis=0).max() > 0


AT_LEAST_1 = "a perplexity is a number of neighbours, at least 1"
MISFITS = {
    "a perplexity of 30 needs 91 different examples or more, and there are 20: choose one of 6.3 "
    "or less": (LayoutSettings(), 20),
    AT_LEAST_1: (LayoutSettings(perplexity=0.5), 99),
    "the exaggeration is a number from 1 to 100": (LayoutSettings(exaggeration=0), 99),
    "a layout has two or three dimensions, not 4": (LayoutSettings(dimensions=4), 99),
    "a seed is a whole number from 0": (LayoutSettings(seed=-1), 99),
    "each example is joined to 1 to 50 others": (LayoutSettings(kind="graph", neighbours=0), 99),
    "t-SNE in 3 dimensions takes up to 1,000 examples, not 1,001: choose a smaller sample": (
        LayoutSettings(dimensions=3),
        1001,
    ),
    "Sammon’s mapping in 2 dimensions takes up to 2,000 examples, not 2,001: choose a smaller "
    "sample": (LayoutSettings(kind="sammon"), 2001),
}


@pytest.mark.parametrize("sentence", MISFITS)
def test_what_does_not_fit_is_said_in_one_sentence(sentence: str) -> None:
    settings, n = MISFITS[sentence]

    assert fault(settings, n) == sentence


def test_a_number_that_is_none_is_no_perplexity() -> None:
    assert fault(LayoutSettings(perplexity=float("nan")), 99) == AT_LEAST_1


@pytest.mark.parametrize("n", [1, 2, 3, 20, 91])
def test_a_fitting_perplexity_fits(n: int) -> None:
    assert fault(fitting(LayoutSettings(), n), n) is None


def test_equal_images_count_once_for_the_perplexity() -> None:
    rows = np.tile(digits(20).rows(slice(None)), (10, 1))

    with pytest.raises(ValueError, match=r"there are 20: choose one of 6\.3 or less"):
        make_layout(inputs_of(rows), LayoutSettings())


@pytest.mark.parametrize("kind", KINDS)
def test_no_portion_of_the_preparation_is_long(kind: LayoutKind) -> None:
    layout = make_layout(digits(600), LayoutSettings(kind=kind))

    shares = list(layout.prepare())

    assert len(shares) > 3
    assert shares == sorted(shares)
