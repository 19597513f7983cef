"""The experiment's own names as names of a program."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable

# Names that the listings use for something else.
TAKEN = frozenset({
    "i", "j", "np", "len", "range", "print", "step", "example", "visits", "input", "inputs",
    "target", "targets", "weights", "frozen", "alpha", "pred", "delta", "error", "weight_deltas",
    "w_sum", "ele_mul", "outer_prod", "vect_mat_mul", "neural_network", "guest", "guest_target",
})  # fmt: skip
_MAX_LETTERS = 24


def identifiers(names: Iterable[str]) -> list[str]:
    """A name of a program for each of these, no two alike: win/loss becomes win_loss."""
    found: list[str] = []
    for number, name in enumerate(names):
        plain = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", name)).strip("_")[:_MAX_LETTERS]
        wanted = plain if plain[:1].isidentifier() else f"x_{plain}" if plain else f"x{number + 1}"
        if not wanted.isidentifier():
            wanted = f"x{number + 1}"
        while keyword.iskeyword(wanted) or wanted in TAKEN or wanted in found:
            wanted += "_"
        found.append(wanted)
    return found
