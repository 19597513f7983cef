"""The folder that downloads go to, and what was decided about sets of images, kept beside it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from model.files.saving import save_bytes
from model.files.survey.oddities import OddDigits, Repair

CACHE_VARIABLE = "WEIGHTBENCH_CACHE"
_MAX_REPAIRS_BYTES = 100_000
_MAX_REPAIRS = 100


def cache_folder() -> Path:
    """Return the folder that MNIST is downloaded to; it need not exist.

    Returns
    -------
    folder : Path
        "mnist" within the folder that the environment variable WEIGHTBENCH_CACHE names, or else
        within the operating system's cache folder for Weightbench.
    """
    if os.environ.get(CACHE_VARIABLE):
        return Path(os.environ[CACHE_VARIABLE]) / "mnist"
    from platformdirs import user_cache_path

    return user_cache_path("weightbench") / "mnist"


def decide_repair(odd: OddDigits, repair: Repair) -> None:
    """Keep what is to be done about a set whose bytes were found odd, also for the next start.

    Raises
    ------
    OSError
        If the folder that the cache is in cannot be written to.
    """
    file = _repairs_file()
    kept = {key: text for key, text in _repairs().items() if key != odd.key}
    lines = [f"{key} {text}\n" for key, text in [*kept.items(), (odd.key, repair.to_text())]]
    file.parent.mkdir(parents=True, exist_ok=True)
    save_bytes(file, "".join(lines[-_MAX_REPAIRS:]).encode("ascii"))


def decided_repair(key: str) -> Repair | None:
    """What was decided for a set of that key (see `OddDigits`); None if nothing was."""
    return Repair.from_text(_repairs().get(key, ""))


def _repairs_file() -> Path:
    return cache_folder().parent / "mnist-repairs.txt"


def _repairs() -> dict[str, str]:
    """What was decided for which images, by the SHA-256 of their pixels."""
    file, repairs = _repairs_file(), {}
    with suppress(OSError, UnicodeDecodeError):
        if file.is_file():
            with file.open("rb") as stream:
                for line in stream.read(_MAX_REPAIRS_BYTES).decode("ascii").splitlines():
                    key, _, text = line.partition(" ")
                    repairs[key] = text
    return repairs
