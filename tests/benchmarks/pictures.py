"""How many digits are read in pictures of each kind, and how long finding the ink takes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np

from model.files.mnist import load_mnist
from model.ink import find_ink
from tests.benchmarks.measure import heading
from tests.conftest import PROJECT
from tests.model.ink.readers import reader_of, trained
from tests.model.photographs import KINDS, photograph

_DIGITS = 80
_SIZE = 600
_LARGE = (3000, 4000)


def main() -> None:
    """Print the figures for each kind of picture, and the time for a large one."""
    folder = Path(os.environ.get("WEIGHTBENCH_MNIST", PROJECT.parent / "shared" / "data" / "mnist"))
    heading(f"{_DIGITS} digits in pictures of {_SIZE} pixels, of those read when clean")
    if not folder.is_dir():
        print("  no MNIST files: set WEIGHTBENCH_MNIST")
        return
    mnist = load_mnist(folder, 20_000)
    reader = reader_of(mnist, trained(mnist, 0.005, 3), _DIGITS, _SIZE)
    for kind in KINDS:
        right = reader.reads(kind, _SIZE)
        print(f"  {kind:30} {sum(right):3} of {len(right)}  {100 * np.mean(right):5.1f} %")
    heading("ink in a picture of 12 million pixels")
    small = photograph(reader.digits[0], KINDS["vignette"], 1000, 0)
    rows = np.arange(_LARGE[0]) * 1000 // _LARGE[0]
    columns = np.arange(_LARGE[1]) * 1000 // _LARGE[1]
    large = small[np.ix_(rows, columns)]
    started = time.perf_counter()
    find_ink(large)
    print(f"  {time.perf_counter() - started:.2f} s")
