"""`make fuzz`: 20,000 inputs for every reader, in processes, and what came of them."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from tests.conftest import PROJECT

# Inputs for one process: what they leave behind in memory is not counted for the next ones.
_PART = 2000
_MAX_SECONDS_A_PART = 1200
_ADDRESS_SPACE = 6 * 2**30


def main() -> int:
    """Try all readers, or those that are named; returns 1 where any of them is at fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("readers", nargs="*")
    parser.add_argument("--inputs", type=int, default=20_000, help="for each reader")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        name, seed, home = options.one
        return _try(name, seed, Path(home), options.inputs)
    from tests.fuzz.readers import READERS

    names = options.readers or list(READERS)
    found = Path(mkdtemp(prefix="weightbench-fuzz-"))
    parts = -(-options.inputs // _PART)
    jobs = [(name, options.seed * 1000 + part) for name in names for part in range(parts)]
    start = time.monotonic()
    n_faults = n_inputs = 0
    with ThreadPoolExecutor(options.processes) as pool:
        each = pool.map(lambda job: _in_process(job[0], job[1], options.inputs, found), jobs)
        # Each reader is told of as soon as it is through.
        for name in names:
            results = list(islice(each, parts))
            n_inputs += sum(result["inputs"] for result in results)
            n_faults += _print(name, results)
    print(
        f"{n_inputs:,} inputs for {len(names)} readers in {time.monotonic() - start:.0f} s: "
        f"{n_faults} faults" + (f", kept in {found}" if n_faults else "")
    )
    return 1 if n_faults else 0


def _print(name: str, results: list[dict[str, Any]]) -> int:
    """Print a line for a reader and one for each of its faults, which are counted."""
    sentences = {sentence for result in results for sentence in result["sentences"]}
    print(
        f"{name:12} {sum(r['inputs'] for r in results):7,} inputs, "
        f"{sum(r['taken'] for r in results):6,} taken, {len(sentences):4} refusals, at most "
        f"{max(r['slowest'] for r in results):.2f} s and "
        f"{max(r['largest_mb'] for r in results):.0f} MB",
        flush=True,
    )
    faults = [fault for result in results for fault in result["faults"]]
    for fault in faults[:20]:
        print(f"    {fault}")
    return len(faults)


def _in_process(name: str, seed: int, n_inputs: int, found: Path) -> dict[str, Any]:
    n = min(_PART, n_inputs)
    with TemporaryDirectory(prefix="weightbench-fuzz-") as home:
        kinds = {f"XDG_{kind}_HOME": home for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
        command = [sys.executable, "-m", "tests.fuzz", "--one", name, str(seed), home]
        environment = {
            **os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home, **kinds,
            "XDG_RUNTIME_DIR": home, "WEIGHTBENCH_CACHE": f"{home}/cache",
        }  # fmt: skip
        environment.pop("WEIGHTBENCH_MNIST", None)
        try:
            done = subprocess.run(
                [*command, "--inputs", str(n)], cwd=PROJECT, env=environment, check=False,
                capture_output=True, text=True, timeout=_MAX_SECONDS_A_PART,
            )  # fmt: skip
            ended = f"ended with {done.returncode}: {done.stderr[-800:]}"
            lines = done.stdout.splitlines()
        except subprocess.TimeoutExpired:
            ended, lines = "did not end", []
        current = Path(home, "current")
        content = current.read_bytes() if current.exists() else b""
        if lines and lines[-1].startswith("{"):
            result: dict[str, Any] = json.loads(lines[-1])
        else:
            result = {
                "inputs": n, "taken": 0, "slowest": 0.0, "largest_mb": 0.0, "sentences": [],
                "faults": [[ended, content.hex()]],
            }  # fmt: skip
    faults = []
    for what, of in result["faults"]:
        content = bytes.fromhex(of)
        file = found / f"{name}-{hashlib.sha256(content).hexdigest()[:12]}"
        file.write_bytes(content)
        faults.append(f"{file.name}: {what}")
    result["faults"] = faults
    return result


def _try(name: str, seed: str, home: Path, n_inputs: int) -> int:
    """One part, in this process; prints what came of it as one line of JSON."""
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    from tests.fuzz.readers import READERS
    from tests.fuzz.trying import try_at_random

    folder = home / "inputs"
    folder.mkdir()
    trial = try_at_random(READERS[name], n_inputs, int(seed), folder, home / "current")
    result = {
        "inputs": trial.n_inputs, "taken": trial.n_taken, "slowest": trial.slowest,
        "largest_mb": trial.largest_mb, "sentences": sorted(trial.sentences),
        "faults": [[what, content.hex()] for what, content in trial.faults[:50]],
    }  # fmt: skip
    print(json.dumps(result), flush=True)
    # Without taking Qt down: nothing is shown, and nothing is left to be kept.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
