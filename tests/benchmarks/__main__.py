"""Run all benchmarks: python -m tests.benchmarks [section ...]."""

from __future__ import annotations

import sys

from tests.benchmarks import digits, small, window

SECTIONS = {"small": small.main, "window": window.main, "digits": digits.main}

if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        SECTIONS[name]()
