"""What alpha does, in words."""

from __future__ import annotations

from dataclasses import dataclass

from model.curves import AlphaZones, Zone
from model.setup import Setup
from model.words import numbers


def why_diverged(setup: Setup, zones: AlphaZones) -> str:
    """Why the errors grew beyond use, in words with the limit of alpha.

    For a stream of examples the limit is a guarantee and no threshold.
    """
    if zones.limit is not None and setup.alpha > zones.limit and not zones.exact:
        return (
            f"alpha {setup.alpha:.4g} is beyond 2 / max s = {zones.limit:.4g}, up to which every "
            "step is sure to shrink the error of its example"
        )
    if zones.limit is not None and setup.alpha > zones.limit:
        return (
            f"alpha {setup.alpha:.4g} is beyond the limit 2 / s = {zones.limit:.4g}, so each "
            "update lands farther from the target than it began"
        )
    return "the weights have grown out of all proportion to the targets"


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
        return (Span(0.0, 1.0, "muted", ("looking for the limit …",), ("still",)),)
    if zones.limit is None or zones.one_step is None:
        why = "every weight is frozen" if nothing_free else "every unfrozen input is 0"
        words = (f"nothing can move: {why}", "nothing can move")
        return (Span(0.0, 1.0, "muted", words, ("still",)),)
    one_step, limit = zones.one_step, zones.limit
    end, number = bar_end(zones), numbers.plain(limit, 4)
    if zones.exact:
        return (
            Span(0.0, one_step, "settles", ("settles",), ("settles",)),
            Span(one_step, limit, "overshoots", ("overshoots",), ("overshoots",)),
            Span(limit, end, "diverges", _from("diverges", number), ("diverges",)),
        )
    shrinks = ("every step shrinks its own error", "every step shrinks", "shrinks")
    return (
        Span(0.0, limit, "settles", shrinks, ("settles", "overshoots")),
        Span(limit, end, "diverges", _from("may diverge", number), ("diverges",)),
    )


def _from(word: str, number: str) -> tuple[str, ...]:
    return f"{word} from {number}", f"from {number}", number


def bar_end(zones: AlphaZones) -> float:
    """The alpha at the right end of the bar; 1 where there is no scale."""
    return min(_END * zones.limit, 1e300) if zones.limit is not None else 1.0
