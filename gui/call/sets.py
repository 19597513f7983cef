"""What the command line says of pictures of one's own. Nothing of Qt is imported here."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from gui.call.checking import MAX_SEED, UsageError, whole
from model.door import say
from model.errors import ExperimentError
from model.experiment import Experiment
from model.files.kinds import is_table
from model.files.sets.access import Access, Decode, may_be_set
from model.words.numbers import parse

# How a set is read; `pictures` says where that of a saved experiment is.
PICTURE_OPTIONS = ("turned", "inverted")
# Of rows of a table as well.
HELD_OUT_OPTIONS = ("held_out", "held_out_seed")
SET_OPTIONS = (*PICTURE_OPTIONS, *HELD_OUT_OPTIONS)
_EXCHANGED = 4


def add_set_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how pictures of one's own are read, and where they are."""
    group = parser.add_argument_group(
        say("pictures of your own (IDX, NPZ, a table of pixels, a folder of folders) as NAME"),
        say("what is not said is found out from the pictures"),
    )
    yes_or_no = ("yes", "no")
    group.add_argument("--turned", choices=yes_or_no, help=say("exchange their rows and columns"))
    group.add_argument("--inverted", choices=yes_or_no, help=say("exchange light and dark"))
    group.add_argument(
        "--held-out", metavar="SHARE",
        help=say("hold out so large a part (0.2 or 20%%), where none is to test with; also of the "
                 "rows of a table"),
    )  # fmt: skip
    group.add_argument("--held-out-seed", metavar="S", help=say("of the choice of that part (0)"))
    group.add_argument(
        "--pictures", metavar="PATH", help=say("where the pictures of a saved experiment are now")
    )


def is_set(file: Path, said_of_table: bool) -> bool:
    """Whether a path is that of a set of pictures, and not of a table or an experiment.

    A table that may be one of either is taken for pixels unless something is said of a table.
    """
    if may_be_set(file):
        return True
    if not is_table(file):
        return False
    from model.files.sets.pixel_layout import pixel_layout

    try:
        layout = pixel_layout(file)
    except OSError:
        return False
    return layout is not None and (layout.sure or not said_of_table)


def experiment_of_set(file: Path, options: argparse.Namespace, decode: Decode) -> Experiment:
    """The experiment of a set of pictures, as the options say. Raises ExperimentError."""
    from dataclasses import replace

    from model.files.library import open_experiment
    from model.files.sets.finding import mnist_folder
    from model.files.sets.opening import open_set

    folder = mnist_folder(file)
    said = any(getattr(options, option) is not None for option in SET_OPTIONS)
    if folder is not None and not said:
        return open_experiment("Digits, MNIST", folder)
    experiment = open_set(file.absolute(), Access(decode))
    origin = experiment.digits.origin if experiment.digits is not None else None
    if not said or origin is None:
        return experiment
    turned, inverted = origin.turned, origin.inverted
    if options.turned is not None:
        turned = _EXCHANGED if options.turned == "yes" else 0
    if options.inverted is not None:
        inverted = options.inverted == "yes"
    share = _number(options.held_out, "--held-out", 0.01, 0.9, origin.held_out)
    seed = origin.seed
    if options.held_out_seed is not None:
        seed = whole(options.held_out_seed, "--held-out-seed", MAX_SEED)
    wanted = replace(origin, turned=turned, inverted=inverted, held_out=share, seed=seed)
    return open_set(file.absolute(), Access(decode), wanted)


def access_of(options: argparse.Namespace, decode: Decode) -> Access:
    """How a saved experiment's own pictures are got at; others in their place are said."""
    if options.pictures is None:
        return Access(decode)
    if not options.pictures:
        raise UsageError(say("--pictures: {name!r} is no name of a file", name=""))
    return Access(decode, located=Path(options.pictures).absolute(), anyway=True)


def _number(text: str | None, option: str, low: float, high: float, usual: float) -> float:
    if text is None:
        return usual
    try:
        value = parse(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise ExperimentError(
            say("{option}: {text} is no number from {low:g} to {high:,g}",
                option=option, text=repr(text[:40]), low=low, high=high)
        )  # fmt: skip
    return value
