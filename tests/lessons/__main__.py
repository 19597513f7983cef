"""Breaks every built-in lesson in every way that is known, and reads many files from strangers.

    python -m tests.lessons [--files N] [--seed S]

Prints how many broken lessons were refused, kind by kind, and which were not; then how many files
were read, and the longest time that one took. Exit status 1 if less than 95 % are refused, or a
file ends in anything but sentences.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from importlib import resources

from hypothesis import HealthCheck, Phase, given, seed, settings

from model.lessons import built_in
from model.lessons.check import check_text
from tests.lessons.fuzz import files, look_at
from tests.lessons.mutants import mutants

LEAST_REFUSED = 0.95
SLOWEST_S = 2.0


def main() -> int:
    """Run both; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.lessons")
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    good = break_lessons()
    return 0 if read_files(options.files, options.seed) and good else 1


def break_lessons() -> bool:
    """Check every mutant of every built-in lesson; returns whether enough are refused."""
    made: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for heading in built_in():
        text = (resources.files("resources") / "lessons" / heading.file).read_text("utf-8")
        for mutant in mutants(text):
            made[mutant.kind] += 1
            if not check_text(mutant.text, heading.file):
                passed[mutant.kind] += 1
                print(f"{heading.file}:{mutant.line}: not refused: {mutant.kind}")
    for kind, count in made.most_common():
        print(f"{kind:34} {count - passed[kind]:6,} of {count:6,}")
    refused = 1 - passed.total() / made.total()
    print(f"{made.total():,} broken lessons, {refused:.2%} refused")
    return refused >= LEAST_REFUSED


def read_files(count: int, number: int) -> bool:
    """Read so many files from strangers; returns whether all ended in sentences, and soon."""
    slowest = 0.0
    read = well = 0

    @seed(number)
    @settings(
        max_examples=count, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(files())
    def one(text: str) -> None:
        nonlocal slowest, read, well
        begun = time.process_time()
        well += not look_at(text)
        slowest = max(slowest, time.process_time() - begun)
        read += 1

    one()
    print(f"{read:,} files, {well:,} of them without a fault; the slowest took {slowest:.2f} s")
    return slowest <= SLOWEST_S


if __name__ == "__main__":
    sys.exit(main())
