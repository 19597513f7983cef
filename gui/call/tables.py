"""What the command line says of a table of numbers. Nothing of Qt is imported here."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gui.call.checking import MAX_SEED, whole
from model.door import say
from model.errors import ExperimentError
from model.experiment import SCALES
from model.files.tables.encodings import ENCODINGS
from model.words.numbers import parse

if TYPE_CHECKING:
    from model.files.tables.opening import Wanted

_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "blank": " "}
_DECIMALS = {"point": ".", "comma": ","}
TABLE_OPTIONS = (
    "inputs", "targets", "one_hot", "leave_out", "scale", "no_constant", "constant", "alpha",
    "encoding", "delimiter", "decimal", "no_header",
)  # fmt: skip


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a table of numbers becomes an experiment."""
    group = parser.add_argument_group(
        say("a table of numbers (CSV) as NAME"), say("what is not said is guessed from the table")
    )
    group.add_argument("--inputs", metavar="A,B", help=say("columns that are inputs"))
    group.add_argument("--targets", metavar="C", help=say("columns that are targets"))
    group.add_argument(
        "--one-hot", metavar="D", help=say("columns that become a column for each of their values")
    )
    group.add_argument(
        "--leave-out", action="store_true", help=say("leave out rows in which a value is missing")
    )
    group.add_argument("--scale", choices=SCALES, help=say("inputs as they are (none), or scaled"))
    group.add_argument("--constant", action="store_true", help=say("add an input that is always 1"))
    group.add_argument(
        "--no-constant", action="store_true", help=say("add none, even with --scale standard")
    )
    group.add_argument("--alpha", metavar="X", help=say("instead of half of its limit"))
    group.add_argument("--encoding", choices=ENCODINGS, help=say("how its letters are stored"))
    group.add_argument("--delimiter", choices=tuple(_DELIMITERS), help=say("between cells"))
    group.add_argument("--decimal", choices=tuple(_DECIMALS), help=say("the decimal sign"))
    group.add_argument(
        "--no-header", action="store_true", help=say("the first row is one like the others")
    )


def wanted_of(options: argparse.Namespace) -> Wanted:
    """What the options say of a table.

    Raises ExperimentError, with one sentence, where something is no list of names or no number, and
    UsageError for a seed that is none.
    """
    # Needed where there is a table, and not whenever the window opens.
    from model.files.tables.opening import Wanted

    if options.constant and options.no_constant:
        raise ExperimentError(say("--constant and --no-constant exclude each other"))
    alpha = None
    if options.alpha is not None:
        try:
            alpha = parse(options.alpha)
        except ValueError as error:
            raise ExperimentError(say("--alpha: {problem}", problem=error)) from error
        if not alpha > 0.0:
            raise ExperimentError(
                say("--alpha: {text!r} is not above zero", text=options.alpha[:40])
            )
    return Wanted(
        inputs=_names(options.inputs),
        targets=_names(options.targets),
        one_hot=_names(options.one_hot),
        missing="leave out" if options.leave_out else "stop",
        scale=options.scale or "none",
        constant=True if options.constant else False if options.no_constant else None,
        alpha=alpha,
        held_out=_share(options.held_out),
        seed=_seed(options.held_out, options.held_out_seed),
        encoding=options.encoding,
        delimiter=_DELIMITERS.get(options.delimiter),
        decimal=_DECIMALS.get(options.decimal),
        header=False if options.no_header else None,
    )


def _share(text: str | None) -> float:
    if text is None:
        return 0.0
    try:
        share = parse(text)
    except ValueError as error:
        raise ExperimentError(say("--held-out: {problem}", problem=error)) from error
    if not 0.0 <= share < 1.0:
        raise ExperimentError(
            say("--held-out: {text!r} is no share from 0 to below 1, such as 0.2 or 20%",
                text=text[:40])
        )  # fmt: skip
    return share


def _seed(share: str | None, text: str | None) -> int:
    if text is not None and share is None:
        raise ExperimentError(say("--held-out-seed goes with --held-out SHARE"))
    return 0 if text is None else whole(text, "--held-out-seed", MAX_SEED)


def _names(text: str | None) -> tuple[str, ...]:
    from model.files.tables.opening import column_names

    return () if text is None else column_names(text)
