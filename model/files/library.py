"""The experiments that come with Weightbench, and how any experiment is found by name."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path as FilePath
from typing import Any

from model.digits import DigitSet
from model.errors import (
    DigitsError,
    ExperimentError,
    MissingImages,
    UnknownExperiment,
)
from model.experiment import Experiment
from model.files.experiment_file import build
from model.files.json_text import Cancelled, json_data, never, read_text
from model.files.mnist import find_mnist, load_digits8, load_mnist
from model.files.oddities import OddDigits, OddImages


@cache
def builtin_names() -> dict[str, str]:
    """The built-in experiments, name -> file name, in the order in which they teach."""
    folder = resources.files("resources") / "experiments"
    names = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".json"):
            names[str(json.loads(entry.read_text(encoding="utf-8"))["name"])] = entry.name
    return names


@dataclass(frozen=True)
class Found:
    """An experiment that was found, read but not checked yet.

    Attributes
    ----------
    data : object
        What its JSON text says.
    where : str
        The name of its file.
    """

    data: Any
    where: str

    @property
    def source(self) -> str | None:
        """The set of images that it asks for, so that making it takes a while; None for others."""
        examples = self.data.get("examples") if isinstance(self.data, dict) else None
        source = examples.get("source") if isinstance(examples, dict) else None
        return source if isinstance(source, str) else None

    def experiment(
        self, mnist_folder: FilePath | None = None, count: int | None = None
    ) -> Experiment:
        """The experiment itself; see `open_experiment`."""
        return build(self.data, _Loader(mnist_folder, count).load, self.where)


def find_experiment(name_or_file: str, cancelled: Cancelled = never) -> Found:
    """A built-in experiment by its name (any case, or an unambiguous part of it), or a file.

    Raises ExperimentError where there is none, or it is no JSON; ReadingCancelled as soon as
    ``cancelled`` returns True.
    """
    file_name = _match(name_or_file)
    if file_name is not None:
        folder = resources.files("resources") / "experiments"
        return Found(json_data((folder / file_name).read_text("utf-8"), file_name), file_name)
    file = FilePath(name_or_file)
    # Not only a file: a folder or a device is then called what it is.
    if file.name and _exists(file):
        return Found(json_data(read_text(file), file.name, cancelled), file.name)
    raise UnknownExperiment(f"no experiment and no file is called {name_or_file!r}")


def open_experiment(
    name_or_file: str, mnist_folder: FilePath | None = None, count: int | None = None
) -> Experiment:
    """The experiment that `find_experiment` finds, ready for the bench.

    ``mnist_folder`` is where the user said that MNIST is; ``count`` replaces the number of
    images in the file. Raises ExperimentError where there is none, or where something is wrong
    with it; MissingImages where only MNIST is missing or damaged.
    """
    return find_experiment(name_or_file).experiment(mnist_folder, count)


def with_count(
    experiment: Experiment, count: int, mnist_folder: FilePath | None = None
) -> Experiment:
    """An experiment on images, afresh, on the first ``count`` images of its set.

    Raises ExperimentError where they cannot be had; MissingImages where that is for MNIST.
    """
    if experiment.digits is None:
        raise ExperimentError(f"{experiment.name}: has no images to learn from")
    try:
        digits = _Loader(mnist_folder, None).load(experiment.digits.name, count)
    except DigitsError as error:
        raise ExperimentError(str(error)) from error
    return experiment.on(digits)


def file_of(name_or_file: str) -> FilePath | None:
    """The file that a name stands for; None for a built-in experiment."""
    return None if _match(name_or_file) is not None else FilePath(name_or_file)


class _Loader:
    """Finds the images that an experiment asks for."""

    def __init__(self, mnist_folder: FilePath | None, count: int | None) -> None:
        self._mnist_folder = mnist_folder
        self._count = count

    def load(self, source: str, count: int) -> DigitSet:
        count = self._count or count
        if source == "digits":
            return _digits8(count)
        try:
            folder = find_mnist(self._mnist_folder)
            if folder is not None:
                return load_mnist(folder, count)
        except OddDigits as error:
            raise OddImages(error) from error
        except DigitsError as error:
            raise MissingImages(str(error), fault=str(error)) from error
        raise MissingImages(
            "MNIST is not on this computer yet: download it or choose a folder that has it in "
            'the window, or name one in WEIGHTBENCH_MNIST ("Digits, 8x8" needs no files)'
        )


def _digits8(count: int) -> DigitSet:
    digits = load_digits8()
    if not 1 <= count <= len(digits.images):
        raise DigitsError(f"there are 1 to {len(digits.images):,} images of 8 x 8, not {count:,}")
    return replace(digits, images=digits.images[:count], labels=digits.labels[:count])


def _match(name: str) -> str | None:
    wanted = name.strip().casefold()
    names = {known.casefold(): file for known, file in builtin_names().items()}
    if wanted in names:
        return names[wanted]
    if _is_file(FilePath(name)):
        return None
    partial = [known for known in builtin_names() if wanted and wanted in known.casefold()]
    if len(partial) > 1:
        raise ExperimentError(f"{name!r} may be any of these: {'; '.join(partial)}")
    return builtin_names()[partial[0]] if partial else None


def _exists(file: FilePath) -> bool:
    with suppress(OSError):
        return file.exists()
    return False


def _is_file(file: FilePath) -> bool:
    """Whether there is such a file; of a name that none can have, there is none."""
    with suppress(OSError):
        return file.is_file()
    return False
