"""What there is to say about how good a network is on images it does not learn from."""

from __future__ import annotations

import math

from model.accuracy_history import ErrorPoint, Point
from model.door import say, say_count
from model.words import numbers


def best_words(best: Point) -> str:
    """The best held-out moment of those that were measured, in a few words."""
    return say(
        "best {accuracy} at step {step:,}", accuracy=numbers.percent(best.accuracy), step=best.step
    )


def best_sentence(best: Point) -> str:
    """The same for a tool tip and a screen reader."""
    return say(
        "Of the steps that were measured, step {step:,} has the best held-out accuracy, "
        "{accuracy}.",
        step=best.step,
        accuracy=numbers.percent(best.accuracy),
    )


def by_heart(best: Point, last: Point, error_then: float, error_now: float) -> str:
    """That the examples are being learned by heart.

    ``best`` and ``last`` are held-out moments; the errors are the mean error on the examples in
    the steps before each of them.
    """
    return say(
        "The examples are being learned by heart: their error fell from {error_then} to "
        "{error_now} since step {best_step:,}, but held-out accuracy from {best} to {now}.",
        error_then=numbers.plain(error_then, 3),
        error_now=numbers.plain(error_now, 3),
        best_step=best.step,
        best=numbers.percent(best.accuracy),
        now=numbers.percent(last.accuracy),
    )


def held_out_term(right: int, n_images: int, step: int) -> str:
    """What held-out is, with the numbers of a moment."""
    return say(
        "Held-out images are never learned from: of these {n_images:,} the network says {right:,} "
        "right at step {step:,}, {share}.",
        n_images=n_images,
        right=right,
        step=step,
        share=numbers.percent(right / n_images),
    )


def held_out_sentence(errors: ErrorPoint, n_held_out: int) -> str:
    """Both errors of a step in one sentence, and what held out means."""
    if not (math.isfinite(errors.error) and math.isfinite(errors.training)):
        return say("At step {step:,} the errors are beyond any use.", step=errors.step)
    return say_count(
        "One row is never learned from: at step {step:,} the mean error on it is {error}, and on "
        "the examples {training}.",
        "{n:,} rows are never learned from: at step {step:,} the mean error on them is {error}, "
        "and on the examples {training}.",
        n_held_out,
        step=errors.step, error=numbers.short(errors.error),
        training=numbers.short(errors.training),
    )  # fmt: skip


def least_words(best: ErrorPoint) -> str:
    """The step with the least held-out error of those that were measured, in a few words."""
    return say("least {error} at step {step:,}", error=numbers.short(best.error), step=best.step)


def least_sentence(best: ErrorPoint) -> str:
    """The same for a tool tip and a screen reader."""
    return say(
        "Of the steps that were measured, step {step:,} has the least held-out error, {error}.",
        step=best.step, error=numbers.short(best.error),
    )  # fmt: skip
