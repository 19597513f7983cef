"""What alpha does, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from model.curves import AlphaZones, Zone, sums_of_squares
from model.door import mark, say
from model.setup import Setup
from model.words import numbers

# In a larger set of examples, such as images, no single input makes the limit small.
_MAX_NUMBERS = 100_000


def why_diverged(setup: Setup, zones: AlphaZones, inputs: Sequence[str]) -> str:
    """Why the errors grew beyond use, in words with the limit of alpha.

    For a stream of examples the limit is a guarantee and no threshold. ``inputs`` are the names
    of the inputs; the one that does most to make the limit small is named.
    """
    if zones.limit is None or setup.alpha <= zones.limit:
        return say("the weights have grown out of all proportion to the targets")
    slots = {"alpha": numbers.plain(setup.alpha, 4), "limit": numbers.plain(zones.limit, 4)}
    share = _largest_square(setup)
    if share is None:
        return say(_BEYOND if zones.exact else _BEYOND_GUARANTEE, **slots)
    column, square, s = share
    slots |= {
        "input": inputs[column],
        "square": numbers.plain(square, 4),
        "s": numbers.plain(s, 4),
    }
    return say(_BEYOND_BY if zones.exact else _BEYOND_GUARANTEE_BY, **slots)


_BEYOND = mark(
    "alpha {alpha} is beyond the limit 2 / s = {limit}, so each update lands farther from the "
    "target than it began"
)
_BEYOND_BY = mark(
    "alpha {alpha} is beyond the limit 2 / s = {limit}, so each update lands farther from the "
    "target than it began; {input} makes the limit small: its square is {square} of s = {s}, the "
    "sum of squares"
)
_BEYOND_GUARANTEE = mark(
    "alpha {alpha} is beyond 2 / max s = {limit}, up to which every step is sure to shrink the "
    "error of its example"
)
_BEYOND_GUARANTEE_BY = mark(
    "alpha {alpha} is beyond 2 / max s = {limit}, up to which every step is sure to shrink the "
    "error of its example; {input} makes the limit small: its square is {square} of max s = {s}, "
    "the sum of squares"
)


def _largest_square(setup: Setup) -> tuple[int, float, float] | None:
    """(column, square, s) of the largest unfrozen input where s is largest; None for images."""
    examples = setup.examples
    if len(examples) * examples.n_inputs > _MAX_NUMBERS:
        return None
    indices = np.arange(len(examples), dtype=np.int64)
    if setup.schedule.order == "first":
        indices = indices[:1]
    inputs, _ = examples.rows(indices)
    sums = sums_of_squares(inputs, setup.frozen)
    example, output = np.unravel_index(int(sums.argmax()), sums.shape)
    squares = np.where(setup.frozen[output], 0.0, inputs[example] ** 2)
    column = int(squares.argmax())
    return column, float(squares[column]), float(sums[example, output])


def alpha_term(alpha: float, zones: AlphaZones) -> str:
    """What alpha is, and what it does at this moment, in one sentence."""
    slots = {"alpha": numbers.plain(alpha)}
    if zones.limit is None:
        return say("alpha {alpha} is the factor of every update (the learning rate).", **slots)
    slots["limit"] = numbers.plain(zones.limit, 4)
    if zones.exact:
        return say(_ALPHA_EXACT[zones.zone(alpha)], **slots)
    if alpha <= zones.limit:
        return say(
            "alpha {alpha} is the factor of every update (the learning rate): up to {limit} every "
            "step shrinks the error of its example.",
            **slots,
        )
    return say(
        "alpha {alpha} is the factor of every update (the learning rate): beyond {limit} a step "
        "may make the error of its example larger.",
        **slots,
    )


_ALPHA_EXACT: dict[Zone, str] = {
    "settles": mark(
        "alpha {alpha} is the factor of every update (the learning rate): here the error settles; "
        "it would diverge beyond {limit}."
    ),
    "overshoots": mark(
        "alpha {alpha} is the factor of every update (the learning rate): here every update "
        "overshoots the target and still comes nearer; it would diverge beyond {limit}."
    ),
    "diverges": mark(
        "alpha {alpha} is the factor of every update (the learning rate): beyond {limit} the "
        "error grows with every update."
    ),
    "still": mark("alpha {alpha} is the factor of every update (the learning rate)."),
}


# The bar ends at this multiple of the limit; larger alphas are typed.
_END = 1.5


class Span(NamedTuple):
    """A part of the bar that has one meaning.

    ``start`` and ``stop`` are alphas; ``role`` is the theme's name of its colour; ``words``
    holds what may be written under it, the fullest first, ``name`` what it does without a
    number; ``zones`` what it covers.
    """

    start: float
    stop: float
    role: str
    words: tuple[str, ...]
    zones: tuple[Zone, ...]
    name: str


def spans(zones: AlphaZones, nothing_free: bool = False) -> tuple[Span, ...]:
    """The parts of the bar; a single one where there is no limit."""
    if not zones.known:
        looking = say("looking for the limit …")
        return (Span(0.0, 1.0, "muted", (looking,), ("still",), looking),)
    if zones.beyond:
        why = say("unfrozen inputs are almost 0: alpha has no limit")
        return (Span(0.0, 1.0, "muted", (why, say("no limit")), ("still",), why),)
    if zones.limit is None or zones.one_step is None:
        why = (
            say("nothing can move: every weight is frozen")
            if nothing_free
            else say("nothing can move: every unfrozen input is 0")
        )
        return (Span(0.0, 1.0, "muted", (why, say("nothing can move")), ("still",), why),)
    one_step, limit = zones.one_step, zones.limit
    end, number = bar_end(zones), numbers.plain(limit, 4)
    if zones.exact:
        settles, overshoots = say("settles"), say("overshoots")
        words = _from(say("diverges from {limit}", limit=number), number)
        return (
            Span(0.0, one_step, "settles", (settles,), ("settles",), settles),
            Span(one_step, limit, "overshoots", (overshoots,), ("overshoots",), overshoots),
            Span(limit, end, "diverges", words, ("diverges",), say("diverges")),
        )
    shrinks = say("every step shrinks its own error"), say("every step shrinks"), say("shrinks")
    words = _from(say("may diverge from {limit}", limit=number), number)
    return (
        Span(0.0, limit, "settles", shrinks, ("settles", "overshoots"), shrinks[0]),
        Span(limit, end, "diverges", words, ("diverges",), say("may diverge")),
    )


def _from(words: str, number: str) -> tuple[str, ...]:
    return words, say("from {limit}", limit=number), number


def bar_end(zones: AlphaZones) -> float:
    """The alpha at the right end of the bar; 1 where there is no scale."""
    return min(_END * zones.limit, 1e300) if zones.limit is not None else 1.0
