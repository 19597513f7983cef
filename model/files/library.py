"""The experiments that come with Weightbench, and how any experiment is found by name."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path as FilePath
from typing import Any

from model.digits import DigitSet, Origin
from model.door import say
from model.errors import DigitsError, ExperimentError, UnknownExperiment
from model.experiment import Experiment
from model.files.experiment_file import build
from model.files.json_text import Cancelled, json_data, never, read_text
from model.files.kept.bench import experiment_text
from model.files.sets.access import Access
from model.files.sources import load_images

# So much of a name is repeated where there is nothing of that name.
_MAX_NAME_LETTERS = 80
# As pictures of one's own are got at where nothing is said of it.
NO_ACCESS = Access()


@cache
def builtin_names() -> dict[str, str]:
    """The built-in experiments, name -> file name, in the order in which they teach."""
    folder = resources.files("resources") / "experiments"
    names = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".json"):
            names[str(json.loads(entry.read_text(encoding="utf-8"))["name"])] = entry.name
    return names


def title_of(experiment_name: str) -> str:
    """The name of an experiment as a person reads it: a built-in one's in their language."""
    return say(experiment_name) if experiment_name in builtin_names() else experiment_name


def about_of(experiment: Experiment) -> str:
    """What an experiment says of itself, a built-in one in the language in force."""
    return say(experiment.about) if experiment.name in builtin_names() else experiment.about


@dataclass(frozen=True)
class Found:
    """An experiment that was found, read but not checked yet.

    Attributes
    ----------
    data : object
        What its JSON text says.
    where : str
        The name of its file.
    folder : Path or None
        Where that lies: from there on its pictures are looked for.
    """

    data: Any
    where: str
    folder: FilePath | None = None

    @property
    def source(self) -> str | None:
        """The set of images that it asks for, so that making it takes a while; None for others."""
        examples = self.data.get("examples") if isinstance(self.data, dict) else None
        source = examples.get("source") if isinstance(examples, dict) else None
        return source if isinstance(source, str) else None

    def experiment(
        self,
        mnist_folder: FilePath | None = None,
        count: int | None = None,
        access: Access = NO_ACCESS,
    ) -> Experiment:
        """The experiment itself; see `open_experiment`."""

        def load(source: str, wanted: int) -> DigitSet:
            return load_images(source, count or wanted, mnist_folder)

        def load_own(origin: Origin, wanted: int | None) -> DigitSet:
            # Whoever reads no pictures of their own needs none of that.
            from model.files.sets.reading import load_set

            return load_set(self._placed(origin), count or wanted, access)

        return build(self.data, load, self.where, load_own)

    def _placed(self, origin: Origin) -> Origin:
        """Where pictures lie that are named from the experiment's file on."""
        if origin.path.is_absolute() or self.folder is None:
            return origin
        return replace(origin, path=self.folder / origin.path)


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
        # A bench that was kept opens as the experiment that is in it.
        text = experiment_text(read_text(file), file.name)
        return Found(json_data(text, file.name, cancelled), file.name, file.absolute().parent)
    raise UnknownExperiment(
        say("no experiment and no file is called {name!r}", name=_shortened(name_or_file))
    )


def open_experiment(
    name_or_file: str,
    mnist_folder: FilePath | None = None,
    count: int | None = None,
    access: Access = NO_ACCESS,
) -> Experiment:
    """The experiment that `find_experiment` finds, ready for the bench.

    ``mnist_folder`` is where the user said that MNIST is; ``count`` replaces the number of
    images in the file; ``access`` is how pictures of one's own are got at. Raises ExperimentError
    where there is none, or where something is wrong with it; MissingImages where only MNIST is
    missing or damaged, LostSet where only its own pictures are.
    """
    return find_experiment(name_or_file).experiment(mnist_folder, count, access)


def with_count(
    experiment: Experiment,
    count: int,
    mnist_folder: FilePath | None = None,
    access: Access = NO_ACCESS,
) -> Experiment:
    """An experiment on images, afresh, on the first ``count`` images of its set.

    Raises ExperimentError where they cannot be had; MissingImages where that is for MNIST.
    """
    if experiment.digits is None:
        raise ExperimentError(say("{name}: has no images to learn from", name=experiment.name))
    if experiment.digits.origin is not None:
        from model.files.sets.reading import load_set

        digits = load_set(experiment.digits.origin, count, access)
        if digits.shape != experiment.image_shape or len(digits.classes) != len(experiment.outputs):
            raise ExperimentError(
                say("{path}: its pictures have another size or other classes than those of {name}: "
                    "open it as an experiment of its own",
                    path=digits.origin.path if digits.origin else "", name=experiment.name)
            )  # fmt: skip
        return experiment.on(replace(digits, classes=experiment.digits.classes))
    try:
        digits = load_images(experiment.digits.name, count, mnist_folder)
    except DigitsError as error:
        raise ExperimentError(str(error)) from error
    return experiment.on(digits)


def file_of(name_or_file: str) -> FilePath | None:
    """The file that a name stands for; None for a built-in experiment, by its name or its file."""
    # Of no letters Python makes the folder at hand.
    if not name_or_file or _match(name_or_file) is not None or _is_builtin(FilePath(name_or_file)):
        return None
    return FilePath(name_or_file)


def _match(name: str) -> str | None:
    wanted = name.strip().casefold()
    names = {known.casefold(): file for known, file in builtin_names().items()}
    if wanted in names:
        return names[wanted]
    if _is_file(FilePath(name)):
        return None
    partial = [known for known in builtin_names() if wanted and wanted in known.casefold()]
    if len(partial) > 1:
        raise ExperimentError(
            say("{name!r} may be any of these: {names}", name=name, names="; ".join(partial))
        )
    return builtin_names()[partial[0]] if partial else None


def _shortened(name: str) -> str:
    """As much of a name as fits a sentence: of a path, its end tells the most."""
    if len(name) <= _MAX_NAME_LETTERS:
        return name
    half = _MAX_NAME_LETTERS // 2
    return f"{name[: half - 1]}…{name[-half:]}"


def _is_builtin(file: FilePath) -> bool:
    """Whether a file is one of those that come with Weightbench, under whatever path."""
    folder = resources.files("resources") / "experiments"
    with suppress(OSError, ValueError):
        return FilePath(os.path.realpath(file)).parent == FilePath(os.path.realpath(str(folder)))
    return False


def _exists(file: FilePath) -> bool:
    with suppress(OSError):
        return file.exists()
    return False


def _is_file(file: FilePath) -> bool:
    """Whether there is such a file; of a name that none can have, there is none."""
    with suppress(OSError):
        return file.is_file()
    return False
