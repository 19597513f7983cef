"""The command line. Nothing of Qt is imported before a window or a picture is really wanted."""

from __future__ import annotations

from gui.ending import end_at_signals, leave

if __name__ == "__main__":
    # Before all that takes a while to be imported.
    end_at_signals()

import argparse
import importlib
import os
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from gui.display import UnknownPlatform, display_reachable
from gui.files.version import version_number
from gui.space import add_space_options, write_points
from gui.tables import TABLE_OPTIONS, add_table_options, wanted_of
from gui.terminal import complain, drop_output, set_up_streams, shown
from model.curves import alpha_zones
from model.door import say
from model.errors import ExperimentError, UnknownExperiment, UnknownLesson
from model.experiment import Experiment
from model.files.export import WRITERS, ExportError, export
from model.files.kinds import is_table
from model.files.library import builtin_names, file_of, open_experiment
from model.files.trace import json_line, states, table
from model.listing.program import FORMS
from model.path.saved import saved_path
from model.words.alpha import why_diverged

_TRACE_WITHOUT_DISPLAY = 5
_MAX_MESSAGE = 100
_MAX_STEPS = 10_000_000
_MAX_SEED = 999_999_999
# From the smallest size of the window up.
_SMALLEST, _LARGEST = (1000, 660), 8000


class UsageError(Exception):
    """The command line asks for something that cannot be; the message is one line."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit status (2 where the call or a file is at fault)."""
    set_up_streams()
    try:
        status = _answer(arguments)
        sys.stdout.flush()
        return status
    except UnknownExperiment as error:
        complain(f"{error}; --list prints the built-in ones")
        return 2
    except (UsageError, UnknownPlatform, UnknownLesson, ExperimentError, ExportError) as error:
        complain(str(error))
        return 2
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing is left to be flushed.
        drop_output()
        return 0
    except OSError as error:
        drop_output()
        # Printing names no file; anything else does.
        what = error.filename if error.filename is not None else "the output cannot be written"
        complain(f"{what}: {error.strerror}")
        return 2


def _answer(arguments: list[str] | None) -> int:
    try:
        options = _parser().parse_args(arguments)
    except SystemExit:
        # --help and --version have printed what they are for.
        return 0
    for name, value in vars(options).items():
        # What argparse makes of --trace=-- in some versions of Python.
        if isinstance(value, list) and not value:
            raise UsageError(f"--{name}: '--' is no value for it (see weightbench --help)")
    return _run(options)


class _Parser(argparse.ArgumentParser):
    def _print_message(self, message: str, file: Any = None) -> None:
        # Argparse's own passes over what cannot be written.
        print(message, end="", file=file, flush=True)

    def error(self, message: str) -> NoReturn:
        # It repeats what was typed, however long that is.
        shortened = message if len(message) <= _MAX_MESSAGE else f"{message[:_MAX_MESSAGE]}…"
        raise UsageError(f"{shortened} (see weightbench --help)")


class _Version(argparse.Action):
    # Argparse's own is given the version, which takes a while to find, whether it is asked for or
    # not.
    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> NoReturn:
        print(f"Weightbench {version_number()}", flush=True)
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="weightbench",
        description="Watch gradient descent work, one weight at a time.",
    )
    parser.add_argument("name", nargs="?", help="a built-in experiment or an experiment file")
    parser.add_argument(
        "--version", action=_Version, nargs=0, dest=argparse.SUPPRESS, default=argparse.SUPPRESS,
        help="show program's version number and exit",
    )  # fmt: skip
    parser.add_argument(
        "--list", action="store_true", help="list the built-in experiments and lessons"
    )
    parser.add_argument(
        "--trace", metavar="N", help="print the first N steps from the start; opens no window"
    )
    parser.add_argument(
        "--read", nargs="+", metavar="FILE",
        help="print which digit each picture shows, and the scores; opens no window",
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_true", help="with --trace or --read: one object a line"
    )
    parser.add_argument(
        "--steps",
        metavar="N",
        help="take N steps first, from where the experiment was saved or else from its start",
    )
    parser.add_argument("--screenshot", metavar="FILE.png", help="draw the window into a file")
    parser.add_argument(
        "--export", metavar="FILE", help=f"write {', '.join(WRITERS)} after these steps"
    )
    parser.add_argument(
        "--lesson", metavar="NAME", help="open a lesson: its id, title or number, or a file"
    )
    parser.add_argument("--page", metavar="N", help="with --lesson: open it at this page")
    parser.add_argument(
        "--check-lesson", metavar="FILE",
        help="say what is wrong with a lesson: its numbers, names, claims, answers and solutions",
    )  # fmt: skip
    parser.add_argument(
        "--style", choices=FORMS, help="with --export FILE.py: how the program is written"
    )
    parser.add_argument("--size", metavar="WxH", help="size of the picture (1280x800)")
    parser.add_argument(
        "--theme", choices=("light", "dark", "projector"), help="look of the window or picture"
    )
    add_space_options(parser)
    add_table_options(parser)
    return parser


def _run(options: argparse.Namespace) -> int:
    _check_combination(options)
    if options.list:
        return _list()
    if options.check_lesson is not None:
        # Nobody else needs the lessons.
        return int(importlib.import_module("gui.check").print_faults(options.check_lesson))
    if options.trace is not None:
        steps = _whole(options.trace, "--trace", _MAX_STEPS)
        return _print_trace(_experiment(options), steps, options.json)
    steps = 0 if options.steps is None else _whole(options.steps, "--steps", _MAX_STEPS)
    for given, action in (
        (options.read, _read), (options.export, _export), (options.screenshot, _screenshot)
    ):  # fmt: skip
        if given is not None:
            return action(options, steps)
    if options.lesson is None and not display_reachable():
        experiment = _experiment(options)
        _print_trace(experiment, _TRACE_WITHOUT_DISPLAY, as_json=False)
        print(
            "\nThere is no display to open a window on. For a picture of it instead:\n"
            f'  weightbench "{shown(experiment.name)}" --steps 3 --screenshot picture.png'
        )
        return 0
    return _open_window(options, steps)


def _check_combination(options: argparse.Namespace) -> None:
    given = {name for name, value in vars(options).items() if value not in (None, False)}
    for alone in ("list", "check_lesson"):
        if alone in given and len(given) > 1:
            raise UsageError(f"--{alone.replace('_', '-')} stands alone")
    wrong = (
        ("page" in given and "lesson" not in given, "--page goes with --lesson NAME"),
        (
            "lesson" in given and given - {"lesson", "page", "theme", "screenshot", "size"},
            "--lesson goes with --page, --theme and --screenshot alone",
        ),
        (
            "json" in given and not given & {"trace", "read"},
            "--json goes with --trace N or --read FILE",
        ),
        (
            "size" in given and "screenshot" not in given,
            "--size goes with --screenshot FILE.png",
        ),
        (
            "read" in given and given & {"trace", "screenshot", "export"},
            "--read stands alone: without --trace, --screenshot and --export",
        ),
        (
            "style" in given and not (options.export or "").lower().endswith(".py"),
            "--style goes with --export FILE.py",
        ),
        (
            "theme" in given and given & {"trace", "export", "read"},
            "--theme goes with the window or --screenshot FILE.png",
        ),
        (
            "trace" in given and given & {"steps", "screenshot", "export"},
            "--trace stands alone: without --steps, --screenshot and --export",
        ),
        (given >= {"export", "screenshot"}, "--export and --screenshot are two calls"),
        (
            given & {"count", "seed"} and "space" not in given,
            "--count and --seed go with --space KIND",
        ),
        ("space" in given and "export" not in given, "--space goes with --export POINTS.csv"),
    )
    for is_wrong, sentence in wrong:
        if is_wrong:
            raise UsageError(sentence)


def _list() -> int:
    """Print the experiments by their names, and the lessons by their ids and titles."""
    from model.lessons.library import built_in

    print("\n".join(builtin_names()))
    print(say("\nLessons, each with its id:"))
    for heading in built_in():
        print(f"{heading.id:20} {heading.title}")
    return 0


def _experiment(options: argparse.Namespace, n_steps: int = 0) -> Experiment:
    """The experiment, if it and n_steps beyond are not too long to be followed while waiting."""
    name = next(iter(builtin_names())) if options.name is None else options.name
    file = file_of(name)
    if file is not None and is_table(file):
        from model.files.tables.opening import experiment_of_table

        experiment = experiment_of_table(file, wanted_of(options))
    elif any(getattr(options, option) not in (None, False) for option in TABLE_OPTIONS):
        given = next(each for each in TABLE_OPTIONS if getattr(options, each) not in (None, False))
        raise UsageError(
            f"--{given.replace('_', '-')} goes with a table of numbers (CSV), and {name} is none"
        )
    else:
        experiment = open_experiment(name)
    if experiment.digits is not None and experiment.digits.remark:
        complain(experiment.digits.remark)
    longest = max(experiment.length, experiment.position + n_steps)
    if longest > _MAX_STEPS:
        raise UsageError(
            f"{name}: a path of {longest:,} steps is for the window; the command line follows "
            f"{_MAX_STEPS:,} at most"
        )
    return experiment


def _print_trace(experiment: Experiment, n_steps: int, as_json: bool) -> int:
    if as_json:
        for state in states(experiment, n_steps):
            print(json_line(state))
    else:
        print(shown(experiment.name))
        for line in table(experiment, n_steps):
            print(shown(line))
    path = saved_path(experiment)
    path.extend(max(0, n_steps - path.length))
    if path.length < n_steps:
        setup = path.setup
        why = why_diverged(setup, alpha_zones(setup), experiment.inputs)
        complain(say("diverged after {n:,} updates: {why}.", n=path.length, why=why))
    return 0


def _export(options: argparse.Namespace, n_steps: int) -> int:
    file = _target(options.export, "--export")
    if options.space is not None:
        count = None if options.count is None else _whole(options.count, "--count", _MAX_SEED, 1)
        seed = 0 if options.seed is None else _whole(options.seed, "--seed", _MAX_SEED)
        experiment = _experiment(options, n_steps)
        write_points(experiment, n_steps, options.space, count, seed, file)
        return 0
    export(_experiment(options, n_steps), n_steps, file, options.style or "python")
    return 0


def _read(options: argparse.Namespace, n_steps: int) -> int:
    experiment = _experiment(options, n_steps)
    if experiment.image_shape is None:
        raise UsageError(f"--read: the inputs of {experiment.name!r} are no image")
    # Decoding needs Qt, but no display.
    reader = _qt_module("gui.read")
    return int(reader.print_readings(experiment, n_steps, options.read, options.json))


def _screenshot(options: argparse.Namespace, n_steps: int) -> int:
    file = _target(options.screenshot, "--screenshot")
    if file.suffix.lower() != ".png":
        raise UsageError(f"--screenshot: {file.name!r} must end in .png")
    size = _size("1280x800" if options.size is None else options.size)
    experiment = _experiment(options, n_steps)
    # A picture needs no display, even where there is one.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    asked = _lesson(options)
    problem = _app().screenshot(experiment, n_steps, file, size, options.theme or "light", asked)
    if problem:
        raise UsageError(f"--screenshot: {problem}")
    return 0


def _lesson(options: argparse.Namespace) -> tuple[str, int | None] | None:
    """The lesson that is asked for, which can be read, and its page."""
    if options.lesson is None:
        return None
    from model.lessons.lesson import LessonError
    from model.lessons.library import load

    page = None if options.page is None else _whole(options.page, "--page", 10_000)
    try:
        lesson = load(options.lesson)
        n_pages = min(lesson.again or len(lesson.pages), len(lesson.pages))
    except LessonError as error:
        raise UsageError(str(error)) from error
    if page is not None and not 1 <= page <= n_pages:
        raise UsageError(f"--page: the lesson has pages 1 to {n_pages}")
    return options.lesson, page


def _open_window(options: argparse.Namespace, n_steps: int) -> int:
    asked = _lesson(options)
    if asked is not None and not display_reachable():
        raise UsageError("--lesson: there is no display to open a window on")
    said = any(getattr(options, option) not in (None, False) for option in TABLE_OPTIONS)
    made = _experiment(options) if said else None
    return int(_app().run(options.name, n_steps, options.theme, made, asked))


def _app() -> ModuleType:
    return _qt_module("gui.app")


def _qt_module(name: str) -> ModuleType:
    try:
        # First of all that knows Qt.
        importlib.import_module("gui.qt")
        return importlib.import_module(name)
    except ImportError as error:
        raise UsageError(
            f"Qt could not be loaded ({error}): README.md names what the system must have for "
            "it. If it is damaged, run `make clean`, then `make run`. --trace works without it"
        ) from error


def _target(name: str, option: str) -> Path:
    file = Path(name)
    if not file.absolute().parent.is_dir():
        raise UsageError(f"{option}: there is no folder {str(file.parent)!r}")
    return file


def _whole(text: str, option: str, most: int, least: int = 0) -> int:
    if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise UsageError(f"{option}: {text[:40]!r} is not a whole number from {least} to {most:,}")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch("([0-9]{1,5})x([0-9]{1,5})", text)
    size = (int(found.group(1)), int(found.group(2))) if found else (0, 0)
    if not all(low <= side <= _LARGEST for low, side in zip(_SMALLEST, size, strict=True)):
        raise UsageError(
            f"--size: {text[:40]!r} is not WIDTHxHEIGHT from {_SMALLEST[0]}x{_SMALLEST[1]} up, "
            "such as 1280x800"
        )
    return size


if __name__ == "__main__":
    leave(main())
