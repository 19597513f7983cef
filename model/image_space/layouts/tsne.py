"""t-SNE: a map in which neighbours stay neighbours.

Sources: L. van der Maaten and G. Hinton, "Visualizing data using t-SNE", Journal of Machine
Learning Research 9, 2008; the start and the rate, D. Kobak and P. Berens, "The art of using t-SNE
for single-cell transcriptomics", Nature Communications 10, 2019, and A. Belkina et al., "Automated
optimized parameters for t-distributed stochastic neighbor embedding", ibid.
"""

from __future__ import annotations

import numpy as np

from model.door import say
from model.image_space.inputs import SampleInputs
from model.image_space.layouts.affinities import Affinities, affinities
from model.image_space.layouts.attraction import Attraction
from model.image_space.layouts.layout import Layout, LayoutSettings
from model.image_space.layouts.mesh import Mesh
from model.image_space.layouts.neighbours import neighbours
from model.image_space.layouts.repulsion import exact_repulsion
from model.image_space.pca import leading_coordinates
from model.image_space.portions import Portions, part
from model.network import Floats

N_COMPONENTS = 50
_EARLY_STEPS = 250
_USUAL_STEPS = 750
_EARLY_MOMENTUM, _MOMENTUM = 0.5, 0.8
_MIN_GAIN = 0.01
_START_WIDTH = 1e-4
# Of more points every pair by itself takes longer than the grids.
MAX_EXACT = 1500


class TSNE(Layout):
    """Moves points until Q, from how near they are in the map, is like P, from the full space.

    P is that of ``affinities`` in the space of the first 50 principal components, times
    ``exaggeration`` in the first 250 steps. q_ij = K(r_ij) / Z with K(r) = 1 / (1 + r²), Z the
    sum of K over all pairs. The cost is the divergence of Kullback and Leibler, Σ p log(p / q); its
    slope along y_i is 4 Σ_j (p_ij − q_ij) K(r_ij) (y_i − y_j), the first part of which pulls
    neighbours together, and the second pushes all points apart.
    """

    def __init__(
        self, inputs: SampleInputs, settings: LayoutSettings, dtype: type[np.floating] = np.float32
    ) -> None:
        super().__init__(inputs, settings, _USUAL_STEPS)
        self._dtype = dtype
        self._pull = Attraction(Affinities.none(), dtype)
        self._mesh = Mesh()
        self._speeds = np.zeros_like(self._places)
        self._gains = np.ones_like(self._places)

    @property
    def cost_name(self) -> str:
        """What ``costs`` is, for a person."""
        return say("Kullback-Leibler divergence")

    def _start(self) -> Portions[Floats]:
        leading = yield from part(0.0, 0.2, leading_coordinates(self.distinct, N_COMPONENTS))
        k = max(1, min(self.n_distinct - 1, int(3 * self.settings.perplexity)))
        near = yield from part(0.2, 0.7, neighbours(leading, k))
        p = yield from part(0.7, 1.0, affinities(near, self.settings.perplexity))
        self._pull = Attraction(p, self._dtype)
        if self.settings.start == "random":
            return _START_WIDTH * self._random_start()
        first = leading[:, : self.settings.dimensions]
        return np.asarray(first * (_START_WIDTH / first[:, 0].std()))

    def slope(self, places: Floats, exaggeration: float = 1.0) -> tuple[Floats, float]:
        """The slope of the cost along every coordinate, (n_distinct, d), and the cost itself.

        With P times ``exaggeration`` in the slope, and as it is in the cost.
        """
        pull, cost = self._pull.at(places)
        push, total = self._repulsion(places)
        return 4 * (exaggeration * pull - push / total), cost + float(np.log(total))

    def _moved(self, places: Floats) -> tuple[float, Floats]:
        early = self.iteration < _EARLY_STEPS
        exaggeration = self.settings.exaggeration if early else 1.0
        momentum = _EARLY_MOMENTUM if early else _MOMENTUM
        slope, cost = self.slope(places, exaggeration)
        # Faster along an axis while the slope keeps its sign there (Jacobs, 1988).
        onward = np.sign(slope) != np.sign(self._speeds)
        self._gains = np.maximum(np.where(onward, self._gains + 0.2, self._gains * 0.8), _MIN_GAIN)
        rate = self.n_distinct / exaggeration / 4
        self._speeds = momentum * self._speeds - rate * self._gains * slope
        moved = places + self._speeds
        return cost, moved - moved.mean(axis=0)

    def _repulsion(self, places: Floats) -> tuple[Floats, float]:
        n, d = places.shape
        if n <= MAX_EXACT or d > 2:
            return exact_repulsion(places, self._dtype)
        return self._mesh.repulsion(places)
