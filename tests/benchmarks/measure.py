"""Timing two things alternately, and one way to print what came of it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

Job = Callable[[], object]


def seconds(job: Job) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def side_by_side(first: Job, second: Job, rounds: int) -> tuple[float, float]:
    """Median seconds of two jobs, called in turn so that a busy moment hits both."""
    times = [(seconds(first), seconds(second)) for _ in range(rounds)]
    return statistics.median(t for t, _ in times), statistics.median(t for _, t in times)


def heading(text: str) -> None:
    """Begin a section of the report."""
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def compare(what: str, measured: float, against: str, other: float) -> None:
    """Print two times in seconds and their ratio."""
    print(
        f"{what}: {_time(measured)}; {against}: {_time(other)}; ratio {measured / other:.2f}",
        flush=True,
    )


def faster(what: str, measured: float, against: str, other: float) -> None:
    """Print two times in seconds and how many times as fast the first is."""
    print(
        f"{what}: {_time(measured)}; {against}: {_time(other)}; "
        f"{other / measured:.1f} times as fast",
        flush=True,
    )


def _time(value: float) -> str:
    return f"{value:.3f} s" if value >= 1 else f"{value * 1e3:.3g} ms"
