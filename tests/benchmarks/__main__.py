"""Run all benchmarks: python -m tests.benchmarks [section ...]."""

from __future__ import annotations

import sys

import tests.benchmarks.digits
import tests.benchmarks.large
import tests.benchmarks.layouts
import tests.benchmarks.lessons
import tests.benchmarks.listing
import tests.benchmarks.pictures
import tests.benchmarks.small
import tests.benchmarks.space
import tests.benchmarks.sweeps
import tests.benchmarks.table
import tests.benchmarks.tables
import tests.benchmarks.window

SECTIONS = {
    "small": tests.benchmarks.small.main,
    "tables": tests.benchmarks.tables.main,
    "window": tests.benchmarks.window.main,
    "large": tests.benchmarks.large.main,
    "lessons": tests.benchmarks.lessons.main,
    "listing": tests.benchmarks.listing.main,
    "digits": tests.benchmarks.digits.main,
    "layouts": tests.benchmarks.layouts.main,
    "pictures": tests.benchmarks.pictures.main,
    "space": tests.benchmarks.space.main,
    "sweeps": tests.benchmarks.sweeps.main,
    "table": tests.benchmarks.table.main,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        SECTIONS[name]()
