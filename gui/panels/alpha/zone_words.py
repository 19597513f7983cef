"""What stands under alpha's bar: its parts, and as many of their names as there is room for."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model.curves import AlphaZones, Zone
from model.words import numbers

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


@dataclass(frozen=True)
class Word:
    """A text under the bar, at its left end in pixels."""

    x: float
    text: str
    span: int


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


def place_words(
    areas: Sequence[tuple[float, float]],
    words: Sequence[Sequence[str]],
    current: int,
    measure: Callable[[str], float],
    gap: float,
) -> list[Word]:
    """Choose what to write under each part so that nothing is cut and nothing overlaps.

    ``areas`` holds where each part begins and ends; the last one's end is where texts end. A
    text begins under its part, or is moved as little as lets all of them fit. The last part's
    number has priority, then the part that alpha is in, then what the last part is called.
    """
    best: list[Word] = []
    best_worth = -1.0
    last = len(words) - 1
    for choice in itertools.product(*[range(len(options) + 1) for options in words]):
        chosen = [
            (part, words[part][at], at) for part, at in enumerate(choice) if at < len(words[part])
        ]
        worth = sum(
            (110.0 - 8.0 * at if part == last else 5.0 - at) + (50.0 if part == current else 0.0)
            for part, _, at in chosen
        )
        if worth > best_worth:
            placed = _side_by_side([(part, text) for part, text, _ in chosen], areas, measure, gap)
            if placed is not None:
                best, best_worth = placed, worth
    return best


def _side_by_side(
    texts: Sequence[tuple[int, str]],
    areas: Sequence[tuple[float, float]],
    measure: Callable[[str], float],
    gap: float,
) -> list[Word] | None:
    """The texts in a row, each touching the area it speaks of; None if that cannot be."""
    placed: list[Word] = []
    free_to = areas[-1][1]
    for part, text in reversed(texts):
        x = min(areas[part][0], free_to - measure(text))
        placed.insert(0, Word(x, text, part))
        free_to = x - gap
    reached = areas[0][0]
    for at, word in enumerate(placed):
        x = max(word.x, reached)
        start, stop = areas[word.span]
        width = measure(word.text)
        reached = x + width
        under = min(reached, stop) - max(x, start)
        if reached > areas[-1][1] or under < min(2 * gap, width):
            return None
        placed[at] = Word(x, word.text, word.span)
        reached += gap
    return placed
