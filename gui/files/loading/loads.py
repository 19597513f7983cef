"""What is done in the background to open something: read it, and follow its path.

Each function raises CannotOpen where that cannot be; ReadingCancelled or FollowingCancelled as soon
as nobody wants it any more.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from gui.widgets.background import Cancelled
from model.digits import Origin
from model.door import say
from model.errors import DigitsError, ExperimentError
from model.experiment import Experiment
from model.files.json_text import json_data
from model.files.library import Found, file_of, find_experiment, with_count
from model.files.mnist import find_mnist
from model.files.sets.access import Access
from model.path import Path as ExperimentPath
from model.path.saved import new_path, saved_path

MNIST_EXPERIMENT = "Digits, MNIST"
# A larger table that might as well be one of pixels has more cells than one of numbers may.
_MAX_BYTES_IN_DOUBT = 24 * 2**20
# A file of so many bytes is read and checked within a frame.
_BYTES_AT_ONCE = 32 * 2**10


@dataclass(frozen=True)
class FoundTable:
    """A table of which nothing is decided yet, and whether its rows may be pictures."""

    name: str
    content: bytes
    may_be_pixels: bool


@dataclass(frozen=True)
class WantedImages:
    """From where images are read: MNIST's folder that was chosen, the one before, and own ones."""

    chosen: Path | None
    before: Path | None
    access: Access


@dataclass(frozen=True)
class Ready:
    """An experiment with its path, to be put on the bench; ``name`` is empty for that of no file.

    ``folder`` is where MNIST was read from, if that was said.
    """

    name: str
    experiment: Experiment
    path: ExperimentPath
    folder: Path | None = None


class CannotOpen(Exception):
    """Carries the name of what could not be opened out of the background."""

    def __init__(self, name: str, cause: ExperimentError) -> None:
        super().__init__(str(cause))
        self.name = name
        self.cause = cause


def is_large(name_or_file: str) -> bool:
    """Whether it is a file that takes longer than a frame to read."""
    file = file_of(name_or_file)
    with suppress(OSError):
        return file is not None and file.stat().st_size > _BYTES_AT_ONCE
    return False


def load(name: str, found: Found | None, wanted: WantedImages, cancelled: Cancelled) -> Ready:
    """A built-in experiment or that of a file; ``found`` where it was found already."""
    try:
        found = found or find_experiment(name, cancelled)
        before = wanted.chosen or _if_there(wanted.before)
        access = replace(wanted.access, cancelled=cancelled)
        experiment = found.experiment(before, access=access)
        return replace(follow(name, experiment, cancelled), folder=wanted.chosen)
    except ExperimentError as error:
        raise CannotOpen(name, error) from error


def load_text(text: str, wanted: WantedImages, cancelled: Cancelled) -> Ready:
    """The experiment of a JSON text."""
    where = say("the moment")
    try:
        found = Found(json_data(text, where, cancelled), where)
    except ExperimentError as error:
        raise CannotOpen("", error) from error
    return load("", found, wanted, cancelled)


def load_set(
    name: str, file: Path, origin: Origin | None, wanted: WantedImages, cancelled: Cancelled
) -> Ready:
    """A set of pictures as an experiment that is of no file; MNIST itself as it is built in."""
    # Most never bring pictures of their own.
    from model.files.sets.finding import mnist_folder
    from model.files.sets.opening import open_set

    folder = mnist_folder(file) if origin is None else None
    if folder is not None:
        return load(MNIST_EXPERIMENT, None, replace(wanted, chosen=folder), cancelled)
    access = replace(wanted.access, cancelled=cancelled)
    try:
        experiment = open_set(file.absolute(), access, origin)
    except ExperimentError as error:
        raise CannotOpen(name, error) from error
    return Ready("", experiment, new_path(experiment))


def load_table(
    name: str, file: Path, wanted: WantedImages, cancelled: Cancelled
) -> FoundTable | Ready:
    """A table, or the pictures in it where it can be nothing else."""
    from model.files.sets.pixel_layout import pixel_layout
    from model.files.tables.table import read_file

    try:
        layout = pixel_layout(file)
        if layout is not None and (layout.sure or file.stat().st_size > _MAX_BYTES_IN_DOUBT):
            return load_set(name, file, None, wanted, cancelled)
        return FoundTable(name, read_file(file), may_be_pixels=layout is not None)
    except OSError as error:
        problem = say("{file}: cannot be read ({why})", file=file.name, why=error.strerror)
        raise CannotOpen(name, ExperimentError(problem)) from error
    except ExperimentError as error:
        raise CannotOpen(name, error) from error


def recount(
    experiment: Experiment, count: int, wanted: WantedImages, cancelled: Cancelled
) -> Ready:
    """The same experiment with so many of its images to learn from, at its start."""
    before = wanted.chosen or _if_there(wanted.before)
    access = replace(wanted.access, cancelled=cancelled)
    try:
        experiment = with_count(experiment, count, before, access)
    except ExperimentError as error:
        raise CannotOpen("", error) from error
    return Ready("", experiment, new_path(experiment), wanted.chosen)


def _if_there(folder: Path | None) -> Path | None:
    """A folder with MNIST's files; None where they are there no more, as on an unplugged disk."""
    try:
        return folder and find_mnist(folder)
    except DigitsError:
        return None


def follow(name: str, experiment: Experiment, cancelled: Cancelled) -> Ready:
    """An experiment with the path that it was saved with."""
    try:
        return Ready(name, experiment, saved_path(experiment, cancelled))
    except ExperimentError as error:
        raise CannotOpen(name, error) from error
