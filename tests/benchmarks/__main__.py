"""Run all benchmarks: python -m tests.benchmarks [section ...]."""

from __future__ import annotations

import sys

import tests.benchmarks.digits
import tests.benchmarks.lessons
import tests.benchmarks.pictures
import tests.benchmarks.small
import tests.benchmarks.window

SECTIONS = {
    "small": tests.benchmarks.small.main,
    "window": tests.benchmarks.window.main,
    "lessons": tests.benchmarks.lessons.main,
    "digits": tests.benchmarks.digits.main,
    "pictures": tests.benchmarks.pictures.main,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        SECTIONS[name]()
