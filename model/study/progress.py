"""Whether a run is stuck, slow or settled, decided by computation.

With E the mean error over examples and outputs at a step, F the least that is left with the frozen
weights where they are, and E - F what lies above the floor:

- *done*: E - F is at most a hundredth of F (of a floor of 0: E is next to nothing beside the mean
  square of the targets).
- Where the order repeats itself and the examples are few, the end of the run is known exactly
  (``model.study.ahead``): it *grows* without end, goes round *for ever* (alpha on the limit), is
  *falling* to the floor, falls to an *end above* it, or is *unsettled*: at an end above the floor
  already, where no further step brings it nearer.
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
from model.study.ahead import Ahead, can_look_ahead, look_ahead
from model.study.floor import mean_errors

Kind = Literal["new", "done", "falling", "end above", "unsettled", "for ever", "grows"]

# What lies above the floor at the most where a run is done with it, as a share of the floor.
NEAR = 0.01
# The same for a floor of 0, as a share of the mean square of the targets.
NEXT_TO_NOTHING = 1e-9
# Errors after so many sweeps are looked at where nothing is known of the end.
MAX_SWEEPS = 8
# So much of a distance counts as none where a run is held against its exact end.
_ARRIVED = 0.01


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
    smaller: float | None = None
    smaller_end: float | None = None


def sweep_of(setup: Setup) -> int:
    """Steps in which every example is visited."""
    return 1 if setup.schedule.order == "first" else setup.schedule.n_examples


def is_done(error: float, floor: float, targets: float) -> bool:
    """Whether nothing worth mentioning lies above the floor; ``targets`` is their mean square."""
    return error - floor <= max(NEAR * floor, NEXT_TO_NOTHING * targets)


def progress(
    path: ReadablePath, step: int, floor: float, targets: float, zones: AlphaZones
) -> Progress:
    """What became of the run of a path until ``step``; ``floor`` is F there.

    ``targets`` is the mean square of the targets over examples and outputs.
    """
    setup, weights = path.setup_at(step), path.weights(step)
    if can_look_ahead(setup):
        found = _by_its_end(look_ahead(setup, weights, step), floor, targets, weights)
    else:
        found = by_its_sweeps(last_errors(path, step), floor, targets, sweep_of(setup))
    if found.kind not in ("end above", "unsettled", "grows", "for ever"):
        return found
    half = None if zones.limit is None else zones.limit / 2.0
    smaller = half if half is not None and half < setup.alpha else setup.alpha / 10.0
    end = None
    if can_look_ahead(setup):
        slower = look_ahead(replace(setup, alpha=smaller), weights, step)
        end = slower.end if slower.settles else None
    return replace(found, smaller=smaller, smaller_end=end)


def last_errors(path: ReadablePath, step: int) -> list[float]:
    """E after each of the last sweeps since the last change, oldest first; the last is now."""
    setup = path.setup_at(step)
    sweep = sweep_of(setup)
    changes = path.edit_steps
    changed = changes[changes <= step]
    since = int(changed[-1]) if len(changed) else 0
    n = min(MAX_SWEEPS, (step - since) // sweep)
    return [
        float(mean_errors(setup, path.weights(step - back * sweep)).mean())
        for back in range(n, -1, -1)
    ]


def by_its_sweeps(errors: Sequence[float], floor: float, targets: float, sweep: int) -> Progress:
    """What E after each of the last sweeps says, oldest first, by the last of the rules above."""
    now = errors[-1]
    low, high = min(errors), max(errors)
    share = None
    if len(errors) > 1 and errors[-2] > floor:
        share = (errors[-2] - now) / (errors[-2] - floor)
    return Progress(
        _kind_of(errors, floor, targets), now, floor, sweep, low=low, high=high, share=share
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


def _by_its_end(ahead: Ahead, floor: float, targets: float, weights: Floats) -> Progress:
    """What the exact end of a run says, by the second of the rules above."""
    error = float(((ahead.inputs @ weights.T - ahead.targets) ** 2).mean())
    plain = Progress("done", error, floor, ahead.n_steps, low=error, high=error)
    if is_done(error, floor, targets):
        return plain
    if ahead.grows:
        return replace(plain, kind="grows")
    if not ahead.settles:
        return replace(plain, kind="for ever")
    end = ahead.end
    if is_done(end, floor, targets):
        goal = floor + max(NEAR * floor, NEXT_TO_NOTHING * targets)
        return replace(plain, kind="falling", end=end, steps=_steps(ahead, goal))
    near = end + _ARRIVED * (end - floor)
    if abs(error - end) <= near - end:
        return replace(plain, kind="unsettled", end=end)
    return replace(plain, kind="end above", end=end, steps=_steps(ahead, near))


def _steps(ahead: Ahead, error: float) -> int | None:
    sweeps = ahead.sweeps_until(error)
    return None if sweeps is None else sweeps * ahead.n_steps
