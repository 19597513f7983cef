"""Which errors get a contour line: round numbers, whose curves lie about equally far apart."""

from __future__ import annotations

import itertools
import math


def levels(least: float, lowest: float, highest: float, most: int) -> list[float]:
    """Up to ``most`` errors between lowest and highest, rising; ``least`` is that of the floor.

    An error that is least at a point grows with the square of the distance from it, so curves
    whose roots of error - least are equally far apart lie so themselves. Each is rounded to as
    few figures as leave it nearer to its place than to those of its neighbours.
    """
    near, far = (math.sqrt(max(error - least, 0.0)) for error in (lowest, highest))
    if not (math.isfinite(far) and highest - lowest > 1e-12 * abs(highest) and most > 0):
        return []
    places = [least + (near + k / most * (far - near)) ** 2 for k in range(most + 1)]
    found: list[float] = []
    for below, place in itertools.pairwise(places):
        if place <= below:
            continue
        decimals = min(300, math.ceil(-math.log10(0.4 * (place - below))))
        level = round(place, decimals)
        if lowest < level < highest and (not found or level > found[-1]):
            found.append(level)
    return found
