"""The ten colours of classes: told apart by people with and without full colour vision."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from gui.look.theme import CLASS_COLORS, THEMES, Theme
from tests.gui.look.color_difference import SIMULATIONS, ciede2000, seen_lab
from tests.gui.look.test_contrast import contrast

# The least difference of any two; Tableau's ten have 1.3 (protan) and 3.3 (deutan).
LEAST = {"normal": 20.0, "protan": 12.5, "deutan": 12.0, "tritan": 13.0}
# Digits that hands, and linear networks, confuse most.
CONFUSED = ((4, 9), (3, 5), (3, 8), (5, 8), (7, 9), (2, 7), (1, 7), (5, 6))


# Pairs of the table that the authors of the formula published to check it by.
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ],
)
def test_the_difference_is_the_published_one(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


def test_there_are_ten_of_them() -> None:
    assert len(set(CLASS_COLORS)) == 10


@pytest.mark.parametrize("simulation", SIMULATIONS)
def test_any_two_can_be_told_apart(simulation: str) -> None:
    seen = [seen_lab(color, simulation) for color in CLASS_COLORS]

    assert min(ciede2000(a, b) for a, b in combinations(seen, 2)) >= LEAST[simulation]


@pytest.mark.parametrize("simulation", SIMULATIONS)
def test_digits_that_are_often_confused_differ_more_than_others(simulation: str) -> None:
    seen = [seen_lab(color, simulation) for color in CLASS_COLORS]
    least = min(ciede2000(a, b) for a, b in combinations(seen, 2))

    assert min(ciede2000(seen[a], seen[b]) for a, b in CONFUSED) > 1.3 * least


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_each_stands_out_from_the_panel(theme: Theme) -> None:
    assert min(contrast(color, theme.panel) for color in CLASS_COLORS) >= 2.6
