"""Principal components against scikit-learn's and against what they are."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.files.mnist import load_mnist
from model.image_space import PCA, SampleInputs, finished, principal_components
from model.network import Floats
from tests.model.image_space.examples import digits, inputs_of


def pca_of(inputs: SampleInputs) -> PCA:
    return finished(principal_components(inputs))


def assert_like_scikit_learn(inputs: SampleInputs, n_compared: int) -> None:
    from sklearn import decomposition

    rows = inputs.rows(slice(None))
    reference = decomposition.PCA(svd_solver="full").fit(rows)
    mine = pca_of(inputs)

    ours, theirs = mine.components[:n_compared], reference.components_[:n_compared]
    signs = np.sign(np.einsum("ij,ij->i", ours, theirs))
    assert np.abs(ours - signs[:, None] * theirs).max() < 1e-9
    k = min(len(mine.variances), len(reference.explained_variance_))
    assert np.abs(mine.variances[:k] - reference.explained_variance_[:k]).max() < 1e-9
    assert np.allclose(mine.shares[:k], reference.explained_variance_ratio_[:k], atol=1e-9)


def test_the_components_of_the_small_digits_are_those_of_scikit_learn() -> None:
    assert_like_scikit_learn(digits(1000), 40)


def test_the_components_of_1000_images_of_mnist_are_those_of_scikit_learn(
    mnist_folder: Path,
) -> None:
    inputs = inputs_of(load_mnist(mnist_folder, 1000).images)

    assert_like_scikit_learn(inputs, 100)
    pca = pca_of(inputs)
    image = inputs.rows(slice(3, 4))[0]
    assert np.abs(pca.rebuilt(image, len(pca.components)) - image).max() < 1e-10


def test_an_image_is_rebuilt_the_better_the_more_components() -> None:
    inputs = digits(300)
    pca = pca_of(inputs)
    image = inputs.rows(slice(7, 8))[0]

    errors = [np.square(pca.rebuilt(image, k) - image).sum() for k in range(65)]

    assert np.allclose(pca.rebuilt(image, 0), inputs.mean, rtol=0, atol=1e-12)
    assert all(after <= before + 1e-12 for before, after in pairwise(errors))
    assert errors[-1] < 1e-20


numbers = st.integers(-8, 8).map(float)


@given(arrays(np.float64, st.tuples(st.integers(1, 9), st.integers(1, 5)), elements=numbers))
def test_components_are_orthogonal_and_their_signs_fixed(rows: Floats) -> None:
    pca = pca_of(inputs_of(rows))

    k = len(pca.components)
    assert k == max(1, min(len(rows) - 1, rows.shape[1]))
    assert np.allclose(pca.components @ pca.components.T, np.eye(k), rtol=0, atol=1e-9)
    assert all(component[np.abs(component).argmax()] > 0 for component in pca.components)
    spread = ((rows - rows.mean(axis=0)) @ pca.components.T).var(axis=0) * len(rows)
    assert np.allclose(pca.variances * max(1, len(rows) - 1), spread, rtol=0, atol=1e-9)
    assert abs(pca.variances.sum() - pca.total) < 1e-9 * max(1.0, pca.total)
    assert np.abs(pca.rebuilt(rows[0], k) - rows[0]).max() < 1e-9


@pytest.mark.parametrize("rows", [np.ones((1, 4)), np.full((6, 4), 0.5)])
def test_without_any_variance_no_component_has_a_share(rows: Floats) -> None:
    pca = pca_of(inputs_of(rows))

    assert pca.shares.tolist() == [0.0] * len(pca.components)
    assert np.allclose(pca.rebuilt(rows[0], 1), rows[0], rtol=0, atol=1e-12)
