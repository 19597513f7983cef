"""Principal components: the directions along which the examples of a sample vary the most.

Source: I. T. Jolliffe, "Principal Component Analysis", 2nd edition, 2002, chapter 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.examples import sealed
from model.image_space.inputs import ROWS, SampleInputs, project
from model.image_space.portions import Portions, part
from model.network import Floats


@dataclass(frozen=True, eq=False)
class PCA:
    """Principal components of n examples, the largest variance first.

    There are as many as there are inputs, or as there are examples less one; at least one.

    Attributes
    ----------
    mean : float64 array, shape (n_inputs,)
    components : float64 array, shape (n_components, n_inputs)
        Unit vectors at right angles. Of each the entry that is farthest from 0 is positive (the
        first of them where several are as far): which way a component points is arbitrary, and
        this makes it the same every time.
    variances : float64 array, shape (n_components,)
        Variance of the sample along each, with n - 1.
    total : float
        Variance in all directions together.
    """

    mean: Floats
    components: Floats
    variances: Floats
    total: float

    @property
    def shares(self) -> Floats:
        """What part of the whole variance each component has, (n_components,); 0 without any."""
        return self.variances / self.total if self.total > 0 else np.zeros_like(self.variances)

    def coordinates(self, examples: Floats, k: int) -> Floats:
        """Of examples (m, n_inputs) along the first k components, (m, k)."""
        return (examples - self.mean) @ self.components[:k].T

    def rebuilt(self, example: Floats, k: int) -> Floats:
        """An example (n_inputs,) from the average and its first k coordinates alone."""
        first = self.components[:k]
        return self.mean + ((example - self.mean) @ first.T) @ first


def principal_components(inputs: SampleInputs) -> Portions[PCA]:
    """The principal components of a sample, from the eigenvectors of its covariance."""
    n = len(inputs)
    covariance = np.zeros((inputs.n_inputs, inputs.n_inputs))
    for start in range(0, n, ROWS):
        rows = inputs.rows(slice(start, start + ROWS)) - inputs.mean
        covariance += rows.T @ rows
        yield 0.9 * min(1.0, (start + ROWS) / n)
    covariance /= max(1, n - 1)
    # In rising order; what rounding makes of a variance of 0 may be a little below it.
    variances, vectors = np.linalg.eigh(covariance)
    yield 0.95
    kept = max(1, min(n - 1, inputs.n_inputs))
    components = vectors.T[::-1][:kept]
    farthest = np.abs(components).argmax(axis=1)
    signs = np.where(components[np.arange(kept), farthest] < 0, -1.0, 1.0)
    return PCA(
        inputs.mean,
        sealed(np.ascontiguousarray(components * signs[:, None])),
        sealed(np.maximum(variances[::-1][:kept], 0.0)),
        float(np.trace(covariance)),
    )


def leading_coordinates(inputs: SampleInputs, k: int) -> Portions[Floats]:
    """Of all examples along the first k components, (n, k); 0 where there are not so many."""
    pca = yield from part(0.0, 0.9, principal_components(inputs))
    first = pca.components[:k]
    coordinates = np.zeros((len(inputs), k))
    yield 0.9
    coordinates[:, : len(first)] = project(inputs, first, np.float64) - first @ pca.mean
    yield 1.0
    return coordinates
