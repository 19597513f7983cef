"""A path and the position on it as they were, to come back to."""

from __future__ import annotations

from dataclasses import dataclass

from model.experiment import Experiment
from model.network import Floats
from model.path import Path, Snapshot


@dataclass(frozen=True)
class Bench:
    """An experiment and its path; equal to another one of the same two objects."""

    experiment: Experiment
    path: Path

    @property
    def arrays(self) -> dict[int, int]:
        """The bytes of each of its arrays, by what is the same wherever one is shared."""
        experiment = self.experiment
        examples, transform = experiment.setup.examples, experiment.transform
        arrays = [
            examples.base_inputs, examples.base_targets, experiment.weights,
            experiment.setup.frozen,
        ]  # fmt: skip
        if transform is not None:
            arrays.append(transform.raw)
        held_out = experiment.held_out
        if held_out is not None:
            arrays += [held_out.raw, held_out.inputs, held_out.targets]
        return {id(array): array.nbytes for array in arrays}


@dataclass(frozen=True, eq=False)
class Moment:
    """A bench, its path as it was, the step that was looked at, and what was there then.

    ``example`` is the index of that example, None for a guest; ``inputs`` (n_inputs,) are its.
    """

    bench: Bench
    snapshot: Snapshot
    position: int
    example: int | None
    inputs: Floats

    @classmethod
    def of(cls, bench: Bench, position: int) -> Moment:
        """The moment of a bench at a position on its path as it is."""
        state = bench.path.state(position)
        return cls(bench, bench.path.snapshot(), position, state.example, state.inputs)
