"""Whether a run is stuck, slow or settled, decided by computation.

With E the mean error over examples and outputs at a step, F the least that is left with the frozen
weights where they are, and E - F what lies above the floor:

- *done*: E - F is at most a hundredth of F (of a floor of 0: E is next to nothing beside the mean
  square of the targets), and stays so, as far as that is known.
- Where the order repeats itself and the examples are few, the end of the run is known exactly
  (``model.study.ahead``); of a shuffle of few, what is to be expected of it
  (``model.study.shuffled``), where what is left after _SOON sweeps counts, as single ones go to
  and fro. The run *grows* without end, goes round *for ever* (alpha on the limit), is *falling*
  to the floor, goes to an *end above* it, or is *unsettled*: at an end above the floor already,
  where no further step brings it nearer.
- Elsewhere E after each of the last sweeps decides, e_0 to e_m since the last change: *falling*
  where each of the newer half is below each of the older half, *grows* where each is above, and
  *unsettled* where they lie among each other. Until a sweep has passed since a change nothing is
  known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from model.curves import AlphaZones
from model.network import Floats
from model.path.readable import ReadablePath
from model.setup import Setup
from model.study.ahead import can_look_ahead, look_ahead
from model.study.floor import mean_errors, mean_square_of_targets
from model.study.outlook import Outlook
from model.study.shuffled import Expected, can_expect, expect

Kind = Literal["new", "done", "falling", "end above", "unsettled", "for ever", "grows"]

# What lies above the floor at the most where a run is done with it, as a share of the floor.
NEAR = 0.01
# The same for a floor of 0, as a share of the mean square of the targets.
NEXT_TO_NOTHING = 1e-9
# Errors after so many sweeps are looked at where nothing is known of the end.
MAX_SWEEPS = 8
_FEW_SWEEPS = 2
# Multiplications that errors after so many sweeps may take within a frame or two.
_LIGHT_WORK = 20_000_000
# So much of a distance counts as none where a run is held against its exact end.
_ARRIVED, _ARRIVED_SHUFFLED = 0.01, 0.1
_SOON = 8


@dataclass(frozen=True)
class Progress:
    """What became of a run until a step, and where it is going.

    Attributes
    ----------
    kind : str
        What the rules above say.
    error, floor : float
        E and F.
    steps : int or None
        Further steps until it is done, or as good as at its end; None where that is not known.
    end : float or None
        The mean error in which it ends, where it is known.
    low, high : float
        The smallest and the largest E of the sweeps that were looked at; ``error`` without any.
    share : float or None
        The part of what lay above the floor a sweep ago that the last sweep took off.
    sweep : int
        Steps of a sweep.
    sweeps : int
        Sweeps that were looked at.
    shuffled : bool
        Whether ``end`` is what is to be expected of orders that are drawn.
    smaller : float or None
        A smaller alpha to hold it against, where alpha keeps it from the floor.
    smaller_end : float or None
        The mean error in which that one ends, where it is known.
    """

    kind: Kind
    error: float
    floor: float
    sweep: int
    steps: int | None = None
    end: float | None = None
    low: float = 0.0
    high: float = 0.0
    share: float | None = None
    sweeps: int = 0
    shuffled: bool = False
    smaller: float | None = None
    smaller_end: float | None = None


def sweep_of(setup: Setup) -> int:
    """Steps in which every example is visited."""
    return 1 if setup.schedule.order == "first" else setup.schedule.n_examples


def is_done(error: float, floor: float, targets: float) -> bool:
    """Whether nothing worth mentioning lies above the floor; ``targets`` is their mean square."""
    return error - floor <= max(NEAR * floor, NEXT_TO_NOTHING * targets)


@dataclass(frozen=True, eq=False)
class Look:
    """What is looked at of a run at a step, none of which changes any more.

    ``sweeps`` are the weights after each of the last sweeps since the last change, oldest first,
    (n_outputs, n_inputs) each; the last of them are those of now. Only the last are there where
    the future can be computed.
    """

    setup: Setup
    step: int
    sweeps: tuple[Floats, ...]

    @property
    def weights(self) -> Floats:
        """The weights of now, (n_outputs, n_inputs)."""
        return self.sweeps[-1]


def look_at(path: ReadablePath, step: int) -> Look:
    """What is to be looked at of the run of a path until ``step``."""
    setup = path.setup_at(step)
    sweep = sweep_of(setup)
    changes = path.edit_steps
    changed = changes[changes <= step]
    since = int(changed[-1]) if len(changed) else 0
    most = MAX_SWEEPS if is_light(setup) else _FEW_SWEEPS
    n = 0 if has_future(setup) else min(most, (step - since) // sweep)
    return Look(setup, step, tuple(path.weights(step - back * sweep) for back in range(n, -1, -1)))


def is_light(setup: Setup) -> bool:
    """Whether all that is said of a run is found within a frame or two."""
    n, d = setup.examples.base_inputs.shape
    n = 1 if setup.schedule.order == "first" else n
    return bool(n * d * setup.examples.n_outputs * (MAX_SWEEPS + 1) <= _LIGHT_WORK)


def progress(look: Look, floor: float, zones: AlphaZones) -> Progress:
    """What became of a run until a step; ``floor`` is F there."""
    setup = look.setup
    targets = float(mean_square_of_targets(setup).mean())
    future = _future(setup, look.weights, look.step)
    errors = [float(mean_errors(setup, weights).mean()) for weights in look.sweeps]
    if future is not None:
        found = _by_its_end(future, errors[-1], floor, targets)
    else:
        found = by_its_sweeps(errors, floor, targets, sweep_of(setup))
    if found.kind not in ("end above", "unsettled", "grows", "for ever"):
        return found
    half = None if zones.limit is None else zones.limit / 2.0
    smaller = half if half is not None and half < setup.alpha else setup.alpha / 10.0
    slower = _future(replace(setup, alpha=smaller), look.weights, look.step)
    end = slower.end if slower is not None and slower.settles else None
    if end is not None and end <= NEXT_TO_NOTHING * targets:
        end = 0.0
    return replace(found, smaller=smaller, smaller_end=end)


def has_future(setup: Setup) -> bool:
    """Whether the end of a run can be computed."""
    return can_look_ahead(setup) or can_expect(setup)


def _future(setup: Setup, weights: Floats, step: int) -> Outlook | None:
    """What becomes of a run, where that can be computed."""
    if can_look_ahead(setup):
        return look_ahead(setup, weights, step)
    return expect(setup, weights) if can_expect(setup) else None


def by_its_sweeps(errors: Sequence[float], floor: float, targets: float, sweep: int) -> Progress:
    """What E after each of the last sweeps says, oldest first, by the last of the rules above."""
    now = errors[-1]
    low, high = min(errors), max(errors)
    share = None
    if len(errors) > 1 and errors[-2] > floor:
        share = (errors[-2] - now) / (errors[-2] - floor)
    return Progress(
        _kind_of(errors, floor, targets),
        now,
        floor,
        sweep,
        low=low,
        high=high,
        share=share,
        sweeps=len(errors) - 1,
    )


def _kind_of(errors: Sequence[float], floor: float, targets: float) -> Kind:
    older, newer = errors[: len(errors) // 2], errors[len(errors) // 2 :]
    if is_done(errors[-1], floor, targets):
        return "done"
    if not older:
        return "new"
    if max(newer) < min(older):
        return "falling"
    return "grows" if min(newer) > max(older) else "unsettled"


def _by_its_end(future: Outlook, error: float, floor: float, targets: float) -> Progress:
    """What the end of a run says, by the second of the rules above."""
    plain = Progress("done", error, floor, future.n_steps, low=error, high=error)
    fits = error <= NEXT_TO_NOTHING * targets
    stays = future.settles and is_done(future.end, floor, targets)
    if fits or (stays and is_done(error, floor, targets)):
        return plain
    if future.grows:
        return replace(plain, kind="grows")
    if not future.settles:
        return replace(plain, kind="for ever")
    end, shuffled = future.end, isinstance(future, Expected)
    if stays:
        goal = floor + max(NEAR * floor, NEXT_TO_NOTHING * targets)
        return replace(plain, kind="falling", end=end, steps=_steps(future, goal))
    soon = future.after(_SOON) if isinstance(future, Expected) else error
    near = (_ARRIVED_SHUFFLED if shuffled else _ARRIVED) * (end - floor)
    if abs(soon - end) <= near:
        return replace(plain, kind="unsettled", end=end, shuffled=shuffled)
    steps = _steps(future, end + near) if soon > end else None
    return replace(plain, kind="end above", end=end, steps=steps, shuffled=shuffled)


def _steps(future: Outlook, error: float) -> int | None:
    sweeps = future.sweeps_until(error)
    return None if sweeps is None else sweeps * future.n_steps
