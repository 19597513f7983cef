"""What stands under alpha's bar: its parts, and as many of their names as there is room for."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Word(NamedTuple):
    """A text under the bar, at its left end in pixels."""

    x: float
    text: str
    span: int


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
    """The texts in a row, each reaching the area that it names; None if that cannot be."""
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
