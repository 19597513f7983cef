"""What alpha does, in words."""

from __future__ import annotations

from dataclasses import dataclass

from model.curves import AlphaZones, Zone
from model.door import say
from model.setup import Setup
from model.words import numbers


def why_diverged(setup: Setup, zones: AlphaZones) -> str:
    """Why the errors grew beyond use, in words with the limit of alpha.

    For a stream of examples the limit is a guarantee and no threshold.
    """
    slots = {"alpha": f"{setup.alpha:.4g}", "limit": f"{zones.limit or 0.0:.4g}"}
    if zones.limit is None or setup.alpha <= zones.limit:
        return say("the weights have grown out of all proportion to the targets")
    if not zones.exact:
        return say(
            "alpha {alpha} is beyond 2 / max s = {limit}, up to which every step is sure to shrink "
            "the error of its example",
            **slots,
        )
    return say(
        "alpha {alpha} is beyond the limit 2 / s = {limit}, so each update lands farther from the "
        "target than it began",
        **slots,
    )


# The bar ends at this multiple of the limit; larger alphas are typed.
_END = 1.5


@dataclass(frozen=True)
class Span:
    """A part of the bar that has one meaning.

    ``start`` and ``stop`` are alphas; ``role`` is the theme's name of its colour; ``words``
    holds what may be written under it, the fullest first; ``zones`` what it covers.
    """

    start: float
    stop: float
    role: str
    words: tuple[str, ...]
    zones: tuple[Zone, ...]


def spans(zones: AlphaZones, nothing_free: bool = False) -> tuple[Span, ...]:
    """The parts of the bar; a single one where nothing can move."""
    if not zones.known:
        return (Span(0.0, 1.0, "muted", (say("looking for the limit …"),), ("still",)),)
    if zones.limit is None or zones.one_step is None:
        why = (
            say("nothing can move: every weight is frozen")
            if nothing_free
            else say("nothing can move: every unfrozen input is 0")
        )
        return (Span(0.0, 1.0, "muted", (why, say("nothing can move")), ("still",)),)
    one_step, limit = zones.one_step, zones.limit
    end, number = bar_end(zones), numbers.plain(limit, 4)
    brief = (say("from {limit}", limit=number), number)
    if zones.exact:
        diverges = (say("diverges from {limit}", limit=number), *brief)
        return (
            Span(0.0, one_step, "settles", (say("settles"),), ("settles",)),
            Span(one_step, limit, "overshoots", (say("overshoots"),), ("overshoots",)),
            Span(limit, end, "diverges", diverges, ("diverges",)),
        )
    shrinks = (say("every step shrinks its own error"), say("every step shrinks"), say("shrinks"))
    may_diverge = (say("may diverge from {limit}", limit=number), *brief)
    return (
        Span(0.0, limit, "settles", shrinks, ("settles", "overshoots")),
        Span(limit, end, "diverges", may_diverge, ("diverges",)),
    )


def bar_end(zones: AlphaZones) -> float:
    """The alpha at the right end of the bar; 1 where there is no scale."""
    return min(_END * zones.limit, 1e300) if zones.limit is not None else 1.0
