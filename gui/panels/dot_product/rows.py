"""What a table of products shows, and where: columns, the scale of its bars, decimals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from PySide6.QtGui import QFont, QFontMetricsF

from gui.look.theme import look
from model.dot_product import DotProduct, by_element, running_sums
from model.network import Floats

MAX_DECIMALS = 4
# Names shorter than this are no names; then the sums give way.
_MIN_NAME = 52


@dataclass(frozen=True, eq=False)
class Rows:
    """What the table shows: a dot product of which the first ``count`` products are added."""

    dot: DotProduct
    names: tuple[str, ...]
    count: int
    settled: bool

    @property
    def n(self) -> int:
        """How many rows there are."""
        return len(self.names)

    @cached_property
    def sums(self) -> Floats:
        """The sum after each row, (n,); the last is the prediction as the network made it."""
        sums = running_sums(self.dot.products, by_element(self.n))
        sums[-1] = self.dot.score
        return sums

    @property
    def sum(self) -> float:
        """What has been added so far."""
        return float(self.sums[self.count - 1]) if self.count else 0.0


Extent = tuple[float, float]


class Columns(NamedTuple):
    """Left edge and width of each column in pixels; the same in heading, rows and sum.

    ``sum`` is None where there is no room for it beside names that can be read.
    """

    name: Extent
    input: Extent
    times: Extent
    weight: Extent
    equals: Extent
    product: Extent
    sum: Extent | None

    @classmethod
    def of(cls, width: int) -> Columns:
        """The columns of a table ``width`` pixels wide."""
        theme = look.theme
        metrics = QFontMetricsF(theme.font(1.0, QFont.Weight.DemiBold))
        number = metrics.horizontalAdvance("\u22120.0000") + theme.px(10)
        sign, margin = theme.px(14), theme.px(10)
        factors = (number, sign, number, sign, number)
        room = width - 2 * margin - sum(factors)
        last = number + theme.px(8)
        with_sums = room - last >= theme.px(_MIN_NAME)
        # What is left over goes between the product and the sum, or to the names.
        name = max(0.0, room - last if with_sums else room)
        edges = margin + np.cumsum([0.0, name, *factors])
        spans = zip(edges.tolist(), (name, *factors), strict=False)
        last_span = (width - margin - number, number) if with_sums else None
        return cls._make([*spans, last_span])


@dataclass(frozen=True)
class Scale:
    """Where a sum lies across the table: room for 0 and for every sum on the way."""

    low: float
    high: float
    left: float
    width: float

    @classmethod
    def of(cls, rows: Rows, width: int) -> Scale:
        """The scale of a table ``width`` pixels wide."""
        sums, margin = rows.sums, look.theme.px(12)
        low, high = min(0.0, float(sums.min())), max(0.0, float(sums.max()))
        return cls(low, high, margin, max(1.0, width - 2 * margin))

    def x(self, value: float) -> float:
        """The pixel of a value."""
        span = self.high - self.low
        return self.left + (self.width * (value - self.low) / span if span > 0 else 0.0)


def decimals(values: Floats) -> int:
    """The fewest decimals, at most four, that write all values as they are."""
    for digits in range(MAX_DECIMALS):
        rounded = np.round(values, digits)
        if np.all(np.abs(values - rounded) <= 1e-9 * np.maximum(1.0, np.abs(values))):
            return digits
    return MAX_DECIMALS
