"""Runs many monkeys in processes of their own, and prints what they found."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.conftest import PROJECT

_EXPERIMENTS = PROJECT / "resources" / "experiments"
_MNIST = PROJECT.parent / "shared" / "data" / "mnist"
# A run may keep what was painted and looked up once; beyond that, memory stays as it is.
_MAX_GROWTH_MB = 150


def main() -> int:
    """Run the seeds; returns 1 where any of them found a fault, a hang or growing memory."""
    parser = argparse.ArgumentParser(prog="python -m tests.monkey")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--actions", type=int, default=5000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        return _run_one(options.one, options.actions)
    before, start = _digest(), time.monotonic()
    seeds = range(options.first, options.first + options.seeds)
    with ThreadPoolExecutor(options.processes) as pool:
        results = list(pool.map(lambda seed: _in_process(seed, options.actions), seeds))
    faults = Counter(fault for result in results for fault in result["faults"])
    slow = sorted((tuple(found) for result in results for found in result["slow"]), reverse=True)
    growth = max(result["grown_mb"] for result in results)
    if _digest() != before:
        faults["a file of a built-in experiment was written"] += 1
    for fault, count in faults.most_common(40):
        print(f"{count:5} x {fault}")
    for seconds, what in slow[:20]:
        print(f"  {seconds:.2f} s: {what}")
    n = options.actions * len(results)
    print(
        f"{n:,} actions over {len(results)} seeds in {time.monotonic() - start:.0f} s: "
        f"{faults.total()} faults, {len(slow)} longer than 0.3 s, memory grew by {growth:.0f} MB "
        "at most after the first quarter"
    )
    return 1 if faults or slow or growth > _MAX_GROWTH_MB else 0


def _in_process(seed: int, n_actions: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.monkey", "--one", str(seed)]
    with TemporaryDirectory(prefix="weightbench-monkey-") as home:
        # Nothing of the user's is read or written, and nothing is downloaded.
        kinds = {f"XDG_{kind}_HOME": home for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
        proxies = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")
        mnist = os.environ.get("WEIGHTBENCH_MNIST", str(_MNIST))
        found = subprocess.run(
            [*command, "--actions", str(n_actions)],
            cwd=PROJECT, capture_output=True, text=True, check=False,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home, **kinds, **proxies,
                 "XDG_RUNTIME_DIR": home, "WEIGHTBENCH_MNIST": mnist},
        )  # fmt: skip
    lines = found.stdout.splitlines()
    if found.returncode != 0 or not lines:
        fault = f"seed {seed} ended with {found.returncode}: {found.stderr[-1500:]}"
        return {"faults": [fault], "slow": [], "grown_mb": 0.0}
    result: dict[str, Any] = json.loads(lines[-1])
    print(f"seed {seed}: {len(result['faults'])} faults, {len(result['slow'])} slow", flush=True)
    # At once: a long run may be broken off.
    for fault in result["faults"]:
        print(f"    {fault}", flush=True)
    return result


def _run_one(seed: int, n_actions: int) -> int:
    from gui.app import application
    from tests.monkey.monkey import Monkey

    app = application()
    app.setQuitOnLastWindowClosed(False)
    faults: list[str] = []
    slow: list[tuple[float, str]] = []
    memory = []
    with TemporaryDirectory(prefix="weightbench-monkey-") as name:
        # Windows come and go in quarters, so that what one leaves behind is seen as memory.
        for quarter in range(4):
            with_mnist = Path(os.environ["WEIGHTBENCH_MNIST"]).is_dir()
            monkey = Monkey(4 * seed + quarter, Path(name), with_mnist)
            monkey.run(n_actions // 4)
            faults += monkey.faults
            slow += monkey.slow
            del monkey
            memory.append(_memory_mb())
    print(json.dumps({"faults": faults, "slow": slow, "grown_mb": memory[-1] - memory[0]}))
    return 0


def _memory_mb() -> float:
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0.0
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _digest() -> str:
    digest = hashlib.sha256()
    for file in sorted(_EXPERIMENTS.iterdir()):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
