"""Numbers as tables write them: with a decimal sign, and perhaps a sign between thousands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from model.words.numbers import in_plain_letters

# What stands in a cell for which there is no value, in small letters.
_MISSING = frozenset(
    ("", "na", "n/a", "n.a.", "#n/a", "nan", "null", "nil", "none", "-", "--", ".", "?", "missing")
)

# A longer cell is no number that anybody wrote; to look at each of its letters takes long.
_MAX_LETTERS = 1_000


@dataclass(frozen=True)
class Notation:
    """How numbers are written: the decimal sign, and the sign between groups of three digits."""

    decimal: str = "."
    thousands: str = ""

    def matches(self, cell: str) -> bool:
        """Whether a cell is a number in this notation."""
        return len(cell) <= _MAX_LETTERS and self._pattern.fullmatch(_in_ascii(cell)) is not None

    def value(self, cell: str) -> float | None:
        """The number that a cell is, which may be infinite; None where it is none."""
        if not self.matches(cell):
            return None
        text = _in_ascii(cell)
        if self.thousands:
            text = text.replace(self.thousands, "")
        return float(text.replace(self.decimal, "."))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        decimal = re.escape(self.decimal)
        whole = "[0-9]+"
        if self.thousands:
            sign = re.escape(self.thousands)
            whole = f"(?:[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{3}})+|[0-9]+)"
        return re.compile(
            rf"[-+]?(?:{whole}(?:{decimal}[0-9]*)?|{decimal}[0-9]+)(?:[eE][-+]?[0-9]{{1,4}})?"
        )


# In the order in which they are tried: where several fit, the first.
NOTATIONS = (
    Notation("."),
    Notation(","),
    Notation(".", ","),
    Notation(",", "."),
    Notation(".", " "),
    Notation(",", " "),
    Notation(".", "'"),
    Notation(",", "'"),
)


def _in_ascii(cell: str) -> str:
    """A cell with digits, signs and blanks of every script as those of ASCII."""
    return cell if cell.isascii() else in_plain_letters(cell)


def is_missing(cell: str) -> bool:
    """Whether a cell holds no value: it is empty, or says so in one of the usual ways."""
    return cell.strip().casefold() in _MISSING
