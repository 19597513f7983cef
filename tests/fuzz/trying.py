"""Tries inputs on one reader, and notes what goes wrong."""

from __future__ import annotations

import random
import re
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.readers import Reader

# What one input may take: a second of the processor, and the most that a decoder is allowed.
MAX_SECONDS = 1.0
MAX_MEMORY_MB = 400.0
_MAX_SENTENCE = 700
# Inputs that are changed further: so many, and none larger than this.
_MAX_POOL = 400
_MAX_BYTES = 200_000
_status, _refs = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass
class Trial:
    """What came of many inputs.

    Attributes
    ----------
    faults : list of (str, bytes)
        What was wrong, and with what.
    sentences : set of str
        The different ways in which inputs were refused, without what they say of the input.
    """

    n_inputs: int = 0
    n_taken: int = 0
    slowest: float = 0.0
    largest_mb: float = 0.0
    faults: list[tuple[str, bytes]] = field(default_factory=list)
    sentences: set[str] = field(default_factory=set)


def try_at_random(
    reader: Reader, n_inputs: int, seed: int, folder: Path, current: Path | None = None
) -> Trial:
    """Change the reader's own seeds at random, and try so many of what comes of it.

    ``current`` is a file that has the input that is being tried, for whoever ends the process.
    """
    chance, trial = random.Random(f"{reader.name} {seed}"), Trial()
    pool = list(reader.seeds())
    for _ in range(n_inputs):
        content = reader.change(chance.choice(pool), pool, chance)[:_MAX_BYTES]
        if current is not None:
            current.write_bytes(content)
        if try_one(reader, content, folder, trial) and len(pool) < _MAX_POOL:
            pool.append(content)
    return trial


def try_all(reader: Reader, inputs: Iterable[bytes], folder: Path) -> Trial:
    """Try these very inputs."""
    trial = Trial()
    for content in inputs:
        try_one(reader, content, folder, trial)
    return trial


def try_one(reader: Reader, content: bytes, folder: Path, trial: Trial) -> bool:
    """Try an input; returns whether it was refused as none before it."""
    trial.n_inputs += 1
    before = _begin_memory()
    start = time.process_time()
    try:
        sentence = reader.read(content, folder)
    except Exception:  # noqa: BLE001 -- whatever it is, it is what is looked for
        trial.faults.append((_last_lines(), content))
        return False
    seconds, grown = time.process_time() - start, _peak_mb() - before
    trial.slowest = max(trial.slowest, seconds)
    trial.largest_mb = max(trial.largest_mb, grown)
    if seconds > MAX_SECONDS:
        trial.faults.append((f"took {seconds:.1f} s", content))
    if grown > MAX_MEMORY_MB:
        trial.faults.append((f"took {grown:.0f} MB", content))
    if not sentence:
        trial.n_taken += 1
        return False
    if "\n" in sentence or len(sentence) > _MAX_SENTENCE:
        trial.faults.append((f"no sentence: {sentence[:200]!r}", content))
    shape = re.sub(r"“.*?”|'.*?'|\d+", "#", sentence)[-60:]
    new = shape not in trial.sentences
    trial.sentences.add(shape)
    return new


def _last_lines() -> str:
    return " | ".join(line.strip() for line in traceback.format_exc().splitlines()[-5:])


def _begin_memory() -> float:
    """Have the system measure the peak from here on; returns what is in use, in MB."""
    if not _status.exists():
        return 0.0
    _refs.write_text("5")
    return _peak_mb()


def _peak_mb() -> float:
    if not _status.exists():
        return 0.0
    found = re.search(r"VmHWM:\s*(\d+)", _status.read_text())
    return int(found[1]) / 1024 if found else 0.0
