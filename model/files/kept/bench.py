"""A kept bench: an experiment with its path in one file, with its origin and its state.

The file is JSON. Its first line says all but the experiment, so that many can be looked at
quickly; the lines that follow are an experiment file as it is.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.door import say
from model.errors import ExperimentError
from model.files.kept.stamp import Stamp, stamp_from
from model.files.reading import is_path

FORMAT = "weightbench/bench"
VERSION = 1
_BEGIN = f'{{"format": "{FORMAT}", '
_VERSION = re.compile(re.escape(_BEGIN) + '"version": ([0-9]{1,9}),')
_BEFORE_EXPERIMENT = ', "experiment":'
# No first line is longer: a name and a path are in it.
_MAX_LINE = 2**17
_MAX_NAME = 10_000
# Of a file or a folder, on all usual systems but Windows, which counts otherwise.
_MAX_NAME_BYTES = 255


@dataclass(frozen=True)
class BenchState:
    """All about a kept bench but the experiment.

    ``file`` is where Save writes to, None for what is of no file; ``edited`` says whether there
    are edits that are not in it, ``has_work`` whether anything was done, edits or steps;
    ``closed`` whether the window was closed after it was kept; ``stamp`` what ``file`` was when it
    was read or written last, None where that is not known.
    """

    name: str
    file: Path | None = None
    edited: bool = False
    has_work: bool = False
    closed: bool = False
    stamp: Stamp | None = None


def usable_path(value: object) -> Path | None:
    """A path from a file or from settings that may hold anything; None unless it can be one."""
    if not isinstance(value, str) or not value.strip() or not is_path(value):
        return None
    path = Path(value)
    # Whoever asks for a file with a longer name is answered by an error, and not by "no".
    if os.name != "nt" and any(len(os.fsencode(name)) > _MAX_NAME_BYTES for name in path.parts):
        return None
    return path if path.is_absolute() else None


def written(state: BenchState, experiment: Iterable[str]) -> Iterator[str]:
    """The text of the file, in pieces; ``experiment`` are those of the experiment file."""
    data = {
        "format": FORMAT, "version": VERSION, "name": state.name,
        "file": None if state.file is None else str(state.file),
        "edited": state.edited, "work": state.has_work, "closed": state.closed,
        "stamp": None if state.stamp is None else state.stamp.data(),
    }  # fmt: skip
    yield json.dumps(data)[:-1] + _BEFORE_EXPERIMENT + "\n"
    yield from experiment
    yield "}\n"


def read_state(file: Path) -> BenchState:
    """What the first line of a file says.

    Raises ExperimentError where it is no kept bench of a known version, and OSError where it
    cannot be read.
    """
    with file.open("rb") as stream:
        line = stream.readline(_MAX_LINE).rstrip()
    ending = _BEFORE_EXPERIMENT.encode("ascii")
    try:
        data = json.loads(line.removesuffix(ending) + b"}") if line.endswith(ending) else None
    except (ValueError, RecursionError):
        data = None
    state = _state(data) if isinstance(data, dict) else None
    if state is None:
        raise ExperimentError(say("{file}: is no bench that was kept", file=file.name))
    return state


def _state(data: dict[str, Any]) -> BenchState | None:
    name = data.get("name")
    flags = [data.get(key) for key in ("edited", "work", "closed")]
    good = data.get("format") == FORMAT and data.get("version") == VERSION
    if not good or not isinstance(name, str) or not all(type(flag) is bool for flag in flags):
        return None
    edited, has_work, closed = map(bool, flags)
    return BenchState(
        name[:_MAX_NAME], usable_path(data.get("file")), edited, has_work, closed,
        stamp_from(data.get("stamp")),
    )  # fmt: skip


def experiment_text(text: str, where: str = "bench") -> str:
    """The experiment in the text of a kept bench; any other text is returned as it is.

    Raises ExperimentError for a bench of a newer version: ``where`` names its origin.
    """
    if not text.startswith(_BEGIN):
        return text
    found = _VERSION.match(text)
    if found is not None and int(found[1]) > VERSION:
        raise ExperimentError(
            say("{file}: this bench was kept by a newer Weightbench: open it with that one",
                file=where)
        )  # fmt: skip
    line, _, rest = text.partition("\n")
    return rest.rstrip().removesuffix("}") if line.rstrip().endswith(_BEFORE_EXPERIMENT) else text
