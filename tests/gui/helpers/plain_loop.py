"""What tests compare with: a plain loop, and every number of a state."""

from __future__ import annotations

from model.path import State

FIRST_GAME = [8.5, 0.65, 1.2]


def looped(
    inputs: list[float], target: float, weights: list[float], alpha: float, n_steps: int
) -> tuple[list[float], list[float]]:
    """Weights after n_steps of a plain loop on one example, and the pred of each state."""
    weights, preds = list(weights), []
    for step in range(n_steps + 1):
        pred = sum(w * x for w, x in zip(weights, inputs, strict=True))
        preds.append(pred)
        if step < n_steps:
            delta = pred - target
            weights = [w - alpha * delta * x for w, x in zip(weights, inputs, strict=True)]
    return weights, preds


def numbers_of(state: State) -> tuple[object, ...]:
    """Everything a state says, to the last bit."""
    arrays = (
        state.inputs, state.target, state.weights, state.pred, state.delta, state.error,
        state.used_weight_delta,
    )  # fmt: skip
    return (state.step, state.example, state.setup.alpha, *(array.tobytes() for array in arrays))
