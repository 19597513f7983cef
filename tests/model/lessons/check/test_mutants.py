"""A few broken lessons of every kind; `make lessons` tries all of them on every lesson."""

from __future__ import annotations

import random

from model.lessons.check import check_text
from tests.lessons.mutants import Mutant, mutants
from tests.model.lessons.made_up import SMALL

# As in `make lessons`.
LEAST_REFUSED = 0.95


def one_of_each_kind() -> list[Mutant]:
    choose = random.Random(7)
    kinds: dict[str, list[Mutant]] = {}
    for mutant in mutants(SMALL):
        kinds.setdefault(mutant.kind, []).append(mutant)
    return [choose.choice(found) for found in kinds.values()]


def test_a_lesson_that_is_broken_in_one_place_is_refused() -> None:
    tried = one_of_each_kind()

    passed = [
        (mutant.kind, mutant.line) for mutant in tried if not check_text(mutant.text, "small.md")
    ]

    assert len(tried) >= 30
    assert len(passed) <= (1 - LEAST_REFUSED) * len(tried), passed
