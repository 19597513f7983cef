"""Many steps of gradient descent at once, exactly.

Steps on one example after another need not run one by one. For a block of examples X
(b, n_inputs) with targets T, starting weights W, the deltas D of the b *sequential* steps
solve one unit lower triangular system,

    (I + alpha * strictly_lower(X @ X.T)) @ D = X @ W.T - T,    W_after = W - alpha * D.T @ X,

because the prediction at step i is W's own minus what the earlier updates of the block took
from it. The matrix depends on the data, the order, alpha and the frozen mask but not on W:
its inverse is kept, and every later visit costs three small products. Frozen inputs are
left out of one side of X @ X.T; outputs that share a mask share a matrix.

The cut into blocks depends on the step numbers alone, never on how many steps were asked
for at a time. The path is the same to the last bit at every playback speed.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model import network
from model.network import MAX_ERROR, Floats, Mask
from model.setup import Setup, distinct_rows

# 32 rows: measured fastest on 784 inputs; fewer spend the time in calls, more in the matrix.
BLOCK = 32
_BLOCKS_A_GROUP = 32
# Columns of X @ X.T at a time, with most of what lies above its diagonal left out.
_STRIP = 8
# Rows of one group kept near the processor: 8 MB of float64.
_NUMBERS_A_GROUP = 1024 * 1024
# Weights times blocks of one group: what a single step waits for where no step is known yet.
_WEIGHTS_A_GROUP = 1024 * 1024
_CACHE_BYTES = 160 * 2**20
_PRODUCT_BYTES = 64 * 2**20
# While alpha is at most 2 / s, no step of a block stretches what came before it, and no number
# in the inverse is beyond alpha * s, so 2. The rounding of the inverse is the same in every epoch.
# Steps that shrink the errors shrink what it adds as well; steps that hardly do, or amplify, let
# it add up. A block with such steps runs step by step.
_MAX_INVERSE = 1.99
_MAX_DELTA = float(np.sqrt(MAX_ERROR))


@dataclass(frozen=True)
class Group:
    """Neighbouring blocks of one size, prepared together: rows and inverses, not weights."""

    inputs: Floats  # (n_blocks, b, n_inputs)
    targets: Floats  # (n_blocks, b, n_outputs)
    inverses: tuple[Floats, ...]  # one (n_blocks, b, b) for each distinct mask row
    stable: NDArray[np.bool_]  # (n_blocks,)
    nbytes: int  # that it keeps alive; rows that are a view of the data cost nothing

    @property
    def steps(self) -> int:
        """Steps of all its blocks."""
        return int(self.inputs.shape[0] * self.inputs.shape[1])


class GroupCache:
    """Keeps the groups of all setups of a path until there are too many bytes.

    Those that were used longest ago are let go, so that a path of many edits, or many
    abandoned futures, holds no more than one.
    """

    def __init__(self, budget: int = _CACHE_BYTES) -> None:
        self._budget = budget
        self._groups: OrderedDict[tuple[object, int, int], Group] = OrderedDict()
        self._frozen: Mask | None = None
        self._free: Floats = np.empty((0, 0))
        self.nbytes = 0

    def find(self, key: tuple[object, int, int]) -> Group | None:
        """The group if it is still there; it then counts as used."""
        if key in self._groups:
            self._groups.move_to_end(key)
        return self._groups.get(key)

    def keep(self, key: tuple[object, int, int], group: Group) -> None:
        """Keep a group that was not there; others may go for it."""
        self._groups[key] = group
        self.nbytes += group.nbytes
        while self.nbytes > self._budget:
            _, dropped = self._groups.popitem(last=False)
            self.nbytes -= dropped.nbytes

    def free(self, frozen: Mask) -> Floats:
        """1 where a weight may move and 0 where it is frozen, (n_outputs, n_inputs).

        Twice as fast in products as the mask and eight times as large: only the last is kept.
        """
        if frozen is not self._frozen:
            self._frozen, self._free = frozen, (~frozen).astype(np.float64, order="F")
        return self._free


class Products:
    """X @ X.T of blocks, kept for descents that differ in nothing but alpha.

    What comes when there are too many bytes already is not kept: the first blocks are those that
    every one of them meets.
    """

    def __init__(self, budget: int = _PRODUCT_BYTES) -> None:
        self._room = budget
        self._known: dict[tuple[int, int, int], Floats] = {}

    def of(self, key: tuple[int, int, int], inputs: Floats, frozen: Mask) -> Floats:
        """Those of a stack of blocks, not to be written to; ``key`` stands for it."""
        found = self._known.get(key)
        if found is None:
            found = _products(inputs, frozen)
            if found.nbytes <= self._room:
                self._known[key] = found
                self._room -= found.nbytes
        return found


class Descent:
    """Runs the steps of one setup. It holds no weights; what it prepares lies in the cache.

    ``products`` are those of descents that differ in nothing but alpha, where there are some.
    """

    def __init__(
        self, setup: Setup, cache: GroupCache | None = None, products: Products | None = None
    ) -> None:
        self.setup = setup
        self._products = products
        self._cache = GroupCache() if cache is None else cache
        # Stands for this setup in the cache, which then need not know the descent itself: a
        # circle of references would keep both until the next garbage collection.
        self._token = object()
        self._any_frozen = bool(setup.frozen.any())
        self._masks, self._mask_of = distinct_rows(setup.frozen)

    def group_steps(self, start: int) -> int:
        """How many steps the group at ``start`` has; start begins a segment or ends a group."""
        size, count = self._cut(start)
        return size * count

    def group(self, start: int) -> Group:
        """The prepared blocks that begin at ``start``."""
        size, count = self._cut(start)
        if not self._repeats(start, size * count):
            return self._prepare(start, size, count)
        key = (self._token, self._place(start), size * count)
        ready = self._cache.find(key)
        if ready is None:
            ready = self._prepare(start, size, count)
            self._cache.keep(key, ready)
        return ready

    def advance(self, weights: Floats, start: int, out: Floats) -> tuple[Floats, int]:
        """Take the steps of the group at ``start``.

        weights (n_outputs, n_inputs) is not changed; the deltas are written to the first rows
        of out (at least group_steps(start), n_outputs). Returns the weights after the steps
        taken and their number: fewer than the group holds where a step meets an error beyond
        MAX_ERROR, or one that is no number. Such a step is not taken.
        """
        begun, before, taken = self.solve(weights, start, out)
        return self.replay(begun, start + before, out[before:taken]), taken

    def solve(self, weights: Floats, start: int, out: Floats) -> tuple[Floats, int, int]:
        """Find the deltas of the group at ``start``, as `advance` does, and no more than these.

        Returns the weights before the last block, how many steps lie before that, and how many
        steps are taken: many a look at deltas never asks for the weights that come of them.
        """
        group = self.group(start)
        free = self._free()
        now = begun = by_columns(weights)
        size, last = group.inputs.shape[1], len(group.inputs) - 1
        with np.errstate(all="ignore"):
            for block, inputs in enumerate(group.inputs):
                deltas = out[block * size : (block + 1) * size]
                self._solve(group, block, now, deltas)
                if block < last:
                    now = self._apply(now, deltas, inputs, free)
            # One look at the whole group: a NaN or an infinity cannot become small again.
            size_of_delta = np.abs(out[: group.steps])
            if float(size_of_delta.max()) <= _MAX_DELTA:
                return now, last * size, group.steps
            return begun, 0, int(np.argmin(size_of_delta.max(axis=1) <= _MAX_DELTA))

    def replay(self, weights: Floats, start: int, deltas: Floats) -> Floats:
        """The weights after the given deltas (n_steps, n_outputs), recorded from ``start`` on."""
        return np.ascontiguousarray(self.gone_on(weights, start, deltas))

    def gone_on(self, weights: Floats, start: int, deltas: Floats) -> Floats:
        """What `replay` gives, column after column, as whoever goes on from there wants them."""
        free = self._free()
        done = 0
        with np.errstate(all="ignore"):
            while done < len(deltas):
                size, count = self._cut(start + done)
                n_steps = min(size * count, len(deltas) - done)
                inputs, _ = self.setup.rows(start + done, start + done + n_steps)
                for at in range(0, n_steps, size):
                    here = slice(done + at, done + min(at + size, n_steps))
                    weights = self._apply(
                        by_columns(weights), deltas[here], inputs[at : at + size], free
                    )
                done += n_steps
        return weights

    def _free(self) -> Floats | None:
        return self._cache.free(self.setup.frozen) if self._any_frozen else None

    def _apply(
        self, weights: Floats, deltas: Floats, inputs: Floats, free: Floats | None
    ) -> Floats:
        """weights - alpha * deltas.T @ inputs where not frozen; both lie by columns."""
        change = (inputs.T @ (self.setup.alpha * deltas)).T
        if free is not None:
            change *= free
        return np.subtract(weights, change, out=change)

    def _solve(self, group: Group, block: int, weights: Floats, out: Floats) -> None:
        """The deltas of one block's sequential steps, (b, n_outputs), into ``out``."""
        inputs, targets = group.inputs[block], group.targets[block]
        if not group.stable[block]:
            self._one_by_one(weights, inputs, targets, out)
            return
        ahead = inputs @ weights.T
        ahead -= targets
        if len(group.inverses) == 1:
            np.matmul(group.inverses[0][block], ahead, out=out)
            return
        for mask, inverse in enumerate(group.inverses):
            members = self._mask_of == mask
            out[:, members] = inverse[block] @ ahead[:, members]

    def _one_by_one(self, weights: Floats, inputs: Floats, targets: Floats, out: Floats) -> None:
        alpha, frozen = self.setup.alpha, self.setup.frozen
        for row, (x, target) in enumerate(zip(inputs, targets, strict=True)):
            out[row] = network.compare(network.predict(weights, x), target).delta
            weights = network.learn(weights, network.weight_deltas(out[row], x), alpha, frozen)

    def _prepare(self, start: int, size: int, count: int) -> Group:
        inputs, targets = self.setup.rows(start, start + size * count)
        inputs = inputs.reshape(count, size, -1)
        targets = targets.reshape(count, size, -1)
        with np.errstate(all="ignore"):
            inverses = tuple(
                _inverses(self._product(start, inputs, number), self.setup.alpha)
                for number in range(len(self._masks))
            )
            largest = np.max([inverse.max(axis=(1, 2)) for inverse in inverses], axis=0)
            smallest = np.min([inverse.min(axis=(1, 2)) for inverse in inverses], axis=0)
            stable = (largest <= _MAX_INVERSE) & (smallest >= -_MAX_INVERSE)
        nbytes = sum(inverse.nbytes for inverse in inverses)
        if not np.may_share_memory(inputs, self.setup.examples.base_inputs):
            nbytes += inputs.nbytes + targets.nbytes
        return Group(inputs, targets, inverses, stable, nbytes)

    def _product(self, start: int, inputs: Floats, number: int) -> Floats:
        """X @ X.T of a stack of blocks with the mask of that number."""
        frozen = self._masks[number]
        if self._products is None:
            return _products(inputs, frozen)
        place = self._place(start) if self._repeats(start, len(inputs)) else start
        return self._products.of((place, len(inputs), number), inputs, frozen).copy()

    def _period(self) -> int | None:
        """After how many steps the same blocks come round again; None if they never do."""
        schedule = self.setup.schedule
        if schedule.order == "shuffle":
            return None
        pass_length = 1 if schedule.order == "first" else schedule.n_examples
        return pass_length * max(1, BLOCK // pass_length)

    def _place(self, step: int) -> int:
        period = self._period()
        return step if period is None else (step + self.setup.schedule.offset) % period

    def _repeats(self, start: int, n_steps: int) -> bool:
        guest = self.setup.guest
        visited_by_guest = guest is not None and start <= guest[0] < start + n_steps
        return self._period() is not None and not visited_by_guest

    def _cut(self, start: int) -> tuple[int, int]:
        """Size and number of the blocks in the group that begins at ``start``.

        Blocks end at multiples of BLOCK within a period, and groups do not straddle periods,
        so that each epoch meets the groups of the epoch before. A guest's group
        is cut by the same rule.
        """
        period, place = self._period(), self._place(start)
        if period is None:
            return (BLOCK, self._most_blocks()) if place % BLOCK == 0 else (-place % BLOCK, 1)
        if period <= BLOCK:
            return (period, self._most_blocks()) if place == 0 else (period - place, 1)
        to_end = period - place
        if place % BLOCK or to_end < BLOCK:
            return min(-place % BLOCK or BLOCK, to_end), 1
        return BLOCK, min(to_end // BLOCK, self._most_blocks())

    def _most_blocks(self) -> int:
        fitting = _NUMBERS_A_GROUP // (BLOCK * self.setup.examples.n_inputs)
        soon = _WEIGHTS_A_GROUP // self.setup.frozen.size
        return min(max(1, min(fitting, soon)), _BLOCKS_A_GROUP)


def by_columns(weights: Floats) -> Floats:
    """The weights, column after column: the transpose, which the products want, in one piece."""
    flags = weights.flags
    return weights if flags.f_contiguous and not flags.c_contiguous else weights.copy(order="F")


def _products(inputs: Floats, frozen: Mask) -> Floats:
    """X @ X.T for a stack of blocks, as far as it lies below the diagonal, and some more of it.

    inputs (n_blocks, b, n_inputs), frozen (n_inputs,) -> (n_blocks, b, b).
    """
    n_blocks, size, _ = inputs.shape
    products = np.zeros((n_blocks, size, size))
    free = inputs * ~frozen if frozen.any() else inputs
    # Strips of columns, each from below its first entry on: half of the work above the diagonal
    # is left out, and no product is one of an array with itself, which would go to a routine
    # that takes half as long again.
    for left in range(0, size - 1, _STRIP):
        columns = slice(left, min(left + _STRIP, size - 1))
        below = slice(left + 1, size)
        np.matmul(inputs[:, below], free[:, columns].mT, out=products[:, below, columns])
    return products


def _inverses(products: Floats, alpha: float) -> Floats:
    """Inverses of I + alpha * strictly_lower(products), made in place.

    products (n_blocks, b, b) -> (n_blocks, b, b). Forward substitution, a row at a time for all
    blocks together: exact to rounding because later rows never touch earlier ones, and several
    times as fast as a general inverse.
    """
    inverse = products
    size = inverse.shape[1]
    inverse *= np.tril(np.full((size, size), -alpha), -1)
    diagonal = np.arange(size)
    inverse[:, diagonal, diagonal] = 1.0
    # Row by row the matrix gives way to its inverse; rows above are inverted already.
    for row in range(1, size):
        known = inverse[:, row : row + 1, :row]
        known[:] = known @ inverse[:, :row, :row]
    return inverse
