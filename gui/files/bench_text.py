"""Writes what is on the bench to the file of a kept bench, at once or without haste."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gui.widgets.background import Cancelled
from model.edits import Edit
from model.experiment import Experiment, Pin
from model.files.experiment_text import ExperimentText
from model.files.kept.bench import BenchState
from model.files.kept.shelf import OwnedBench

# So long the window may be kept waiting by what goes on behind it, and so long it then has.
_WORK_S = 0.002
_PAUSE_S = 0.004


@dataclass(frozen=True, eq=False)
class BenchContent:
    """All that is kept of a bench; nothing in it changes."""

    state: BenchState
    experiment: Experiment
    edits: tuple[Edit, ...]
    length: int
    position: int
    view: dict[str, Any]
    pins: tuple[Pin, ...]

    def __eq__(self, other: object) -> bool:
        # The path hands out the same edits for as long as they are the same.
        return (
            isinstance(other, BenchContent)
            and self.state == other.state
            and self.experiment is other.experiment
            and (self.edits is other.edits or not (self.edits or other.edits))
            and (self.length, self.position) == (other.length, other.position)
            and self.view == other.view
            and self.pins == other.pins
        )

    __hash__ = None  # type: ignore[assignment]


class BenchWriter:
    """Writes one content after another; what they have in common is put into text once."""

    def __init__(self) -> None:
        self._text: ExperimentText | None = None

    def write(self, bench: OwnedBench, content: BenchContent) -> None:
        """Write it as fast as can be. Raises OSError, with the older file still there."""
        bench.write(content.state, self._pieces(content))

    def write_gently(self, bench: OwnedBench, content: BenchContent, _: Cancelled) -> None:
        """The same in a thread, with time for other threads every now and then."""
        bench.write(content.state, self._pieces(content), _Breath())

    def _pieces(self, content: BenchContent) -> Iterator[str]:
        if self._text is None or self._text.experiment is not content.experiment:
            self._text = ExperimentText(content.experiment)
        return self._text.pieces(
            content.edits, content.length, content.position, content.view, content.pins
        )


class _Breath:
    """Called often, rests now and then: threads of Python work one at a time."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self._began > _WORK_S:
            time.sleep(_PAUSE_S)
            self._began = time.monotonic()
