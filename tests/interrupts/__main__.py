"""`make interrupts`: 200 moments in all, spread over the commands; prints what came of them."""

from __future__ import annotations

import argparse
import signal
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.interrupts import CALLS, Call, Ending, interrupted, moments


def main() -> int:
    """Interrupt each command many times; returns 1 if any ended otherwise than promised."""
    parser = argparse.ArgumentParser(prog="python -m tests.interrupts")
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    # What a shell starts in the background ignores Ctrl+C, and hands that on.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    faults = 0
    for at, call in enumerate(CALLS):
        n = len(range(at, options.moments, len(CALLS)))
        endings = _endings(call, n, options.seed)
        faults += sum(bool(ending.fault) for _, ending in endings)
        statuses = Counter(ending.status for _, ending in endings)
        told = ", ".join(f"{count} x {status}" for status, count in statuses.most_common())
        slowest = max((ending.seconds for _, ending in endings), default=0.0)
        print(f"{call.name:10} {n:4} moments: ended with {told}; at most {slowest:.2f} s after")
        for moment, ending in endings:
            if ending.fault:
                print(f"    at {moment:.3f} s: {ending.fault}")
    print(f"{options.moments} moments, {faults} faults")
    return 1 if faults else 0


def _endings(call: Call, n: int, seed: int) -> list[tuple[float, Ending]]:
    with TemporaryDirectory(prefix="weightbench-interrupts-") as name:
        folder = Path(name)
        return [
            (moment, interrupted(call, moment, folder)) for moment in moments(call, n, seed, folder)
        ]


if __name__ == "__main__":
    sys.exit(main())
