"""Points in the space of images for the command line. Nothing of Qt is imported here."""

from __future__ import annotations

import argparse
from pathlib import Path

from gui.call.steps import after_steps
from gui.call.terminal import complain
from model.door import say
from model.errors import ExperimentError
from model.experiment import Experiment
from model.files.export import ExportError
from model.files.saving import whole_file
from model.image_space.forms import FORMS


def add_space_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that ask for points."""
    group = parser.add_argument_group(
        say("points in the space of the inputs"), say("with --export POINTS.csv; opens no window")
    )
    group.add_argument(
        "--space", metavar="KIND", help=say("{kinds}; pca and layouts also with :3", kinds=FORMS)
    )
    group.add_argument("--count", metavar="N", help=say("so many examples, drawn at random"))
    group.add_argument("--seed", metavar="S", help=say("of what is drawn at random (0)"))


def write_points(
    experiment: Experiment, n_steps: int, kind: str, count: int | None, seed: int, file: Path
) -> None:
    """Write a table of points with what the network of that step makes of them.

    Raises ExperimentError and ExportError, with one sentence; nothing is written then.
    """
    # A window that opens wants none of it.
    from model.image_space.asked import find_points, read_asked
    from model.image_space.points import points_csv

    if file.suffix.lower() != ".csv":
        raise ExportError(say("{file}: points are a table: its name ends in .csv", file=file.name))
    try:
        asked = read_asked(kind, experiment)
        path, step = after_steps(experiment, n_steps)
        examples, weights = path.setup_at(step).examples, path.weights(step)
        points, remark = find_points(experiment, examples, weights, asked, count, seed)
    except ValueError as error:
        raise ExperimentError(say("--space: {problem}", problem=error)) from error
    if remark is not None:
        complain(remark)
    try:
        with whole_file(file) as stream:
            stream.write(points_csv(points).encode())
    except OSError as error:
        raise ExportError(
            say("{file} could not be written: {why}", file=file.name, why=error.strerror)
        ) from error
