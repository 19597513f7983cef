"""The command line. Nothing of Qt is imported before a window or a picture is really wanted."""

from __future__ import annotations

from gui.ending import end_at_signals, leave

if __name__ == "__main__":
    # Before all that takes a while to be imported.
    end_at_signals()

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from gui.call.checking import (
    MAX_SEED,
    MAX_STEPS,
    UsageError,
    as_typed,
    check_combination,
    seconds,
    size,
    target,
    whole,
)
from gui.call.options import asked_language, make_parser
from gui.call.sets import (
    HELD_OUT_OPTIONS,
    PICTURE_OPTIONS,
    SET_OPTIONS,
    access_of,
    experiment_of_set,
    is_set,
)
from gui.call.space import write_points
from gui.call.tables import TABLE_OPTIONS, wanted_of
from gui.call.terminal import complain, drop_output, set_up_streams, shown
from gui.display import UnknownPlatform, display_reachable
from model.curves import alpha_zones
from model.door import mark, say
from model.errors import ExperimentError, LostSet, UnknownExperiment, UnknownLesson
from model.experiment import Experiment
from model.files.export import PICTURE_ENDINGS, ExportError, export
from model.files.json_text import Cancelled
from model.files.kinds import is_table
from model.files.library import builtin_names, file_of, open_experiment
from model.files.trace import json_line, states, table
from model.language.choice import UnknownLanguage, speak
from model.network import Floats
from model.path.saved import saved_path
from model.words.alpha import why_diverged

if TYPE_CHECKING:
    from model.lessons.lesson import Lesson

_TRACE_WITHOUT_DISPLAY = 5
_FOR_TABLES = mark("{option} goes with a table of numbers (CSV), and {name} is none")
_FOR_SETS = mark("{option} goes with pictures of your own, and {name} has none")
_FOR_EITHER = mark(
    "{option} goes with a table of numbers (CSV) or pictures of your own, and {name} is neither"
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit status (2 where the call or a file is at fault)."""
    set_up_streams()
    try:
        status = _answer(arguments)
        sys.stdout.flush()
        return status
    except UnknownExperiment as error:
        complain(say("{problem}; --list prints the built-in ones", problem=error))
        return 2
    except LostSet as error:
        complain(say("{problem}; --pictures PATH says where they are", problem=error))
        return 2
    except (
        UsageError,
        UnknownLanguage,
        UnknownPlatform,
        UnknownLesson,
        ExperimentError,
        ExportError,
    ) as error:
        complain(str(error))
        return 2
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing is left to be flushed.
        drop_output()
        return 0
    except OSError as error:
        drop_output()
        # Printing names no file; anything else does.
        what = error.filename if error.filename is not None else say("the output cannot be written")
        complain(say("{what}: {why}", what=what, why=error.strerror))
        return 2


def _answer(arguments: list[str] | None) -> int:
    speak(asked_language(sys.argv[1:] if arguments is None else arguments))
    try:
        options = make_parser().parse_args(arguments)
    except SystemExit:
        # --help and --version have printed what they are for.
        return 0
    for name, value in vars(options).items():
        # What argparse makes of --trace=-- in some versions of Python.
        if isinstance(value, list) and not value:
            raise UsageError(
                say("--{name}: '--' is no value for it (see weightbench --help)", name=name)
            )
    return _run(options)


def _run(options: argparse.Namespace) -> int:
    check_combination(options)
    if options.list:
        return _list()
    for given, action in (
        (options.check_lesson, _check_lesson), (options.collect, _collect),
        (options.worksheet, _worksheet), (options.demo, _demo), (options.trace, _trace),
    ):  # fmt: skip
        if given is not None:
            return action(options)
    steps = 0 if options.steps is None else whole(options.steps, "--steps", MAX_STEPS)
    for asked, after in (
        (options.read, _read), (options.export, _export), (options.screenshot, _screenshot)
    ):  # fmt: skip
        if asked is not None:
            return after(options, steps)
    if options.lesson is None and not display_reachable():
        experiment = _experiment(options)
        _print_trace(experiment, _TRACE_WITHOUT_DISPLAY, as_json=False)
        print(
            say(
                "\nThere is no display to open a window on. For a picture of it instead:\n"
                '  weightbench "{name}" --steps 3 --screenshot picture.png',
                name=shown(experiment.name),
            )
        )
        return 0
    return _open_window(options, steps)


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
    if file is not None and is_set(file, said_of_table=bool(_given(options, TABLE_OPTIONS))):
        experiment = experiment_of_set(file, options, _decode)
    elif file is not None and is_table(file):
        from model.files.tables.opening import experiment_of_table

        _check_none_given(options, PICTURE_OPTIONS, _FOR_SETS, name)
        experiment = experiment_of_table(file, wanted_of(options))
    else:
        _check_none_given(options, TABLE_OPTIONS, _FOR_TABLES, name)
        _check_none_given(options, PICTURE_OPTIONS, _FOR_SETS, name)
        _check_none_given(options, HELD_OUT_OPTIONS, _FOR_EITHER, name)
        experiment = open_experiment(name, access=access_of(options, _decode))
    if experiment.digits is not None and experiment.digits.remark:
        complain(experiment.digits.remark)
    longest = max(experiment.length, experiment.position + n_steps)
    if longest > MAX_STEPS:
        raise UsageError(
            say(
                "{name}: a path of {longest:,} steps is for the window; the command line follows "
                "{most:,} at most",
                name=name,
                longest=longest,
                most=MAX_STEPS,
            )
        )
    return experiment


def _given(options: argparse.Namespace, names: Sequence[str]) -> list[str]:
    """Those of some options that were given."""
    return [name for name in names if getattr(options, name) not in (None, False)]


def _check_none_given(
    options: argparse.Namespace, names: Sequence[str], sentence: str, name: str
) -> None:
    for given in _given(options, names):
        raise UsageError(say(sentence, option=as_typed(given), name=name))


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
    file = target(options.export, "--export")
    if options.space is not None:
        count = None if options.count is None else whole(options.count, "--count", MAX_SEED, 1)
        seed = 0 if options.seed is None else whole(options.seed, "--seed", MAX_SEED)
        experiment = _experiment(options, n_steps)
        write_points(experiment, n_steps, options.space, count, seed, file)
        return 0
    if file.suffix.lower() in PICTURE_ENDINGS:
        return _picture(options, n_steps, file)
    export(_experiment(options, n_steps), n_steps, file, options.style or "python")
    return 0


def _picture(options: argparse.Namespace, n_steps: int, file: Path) -> int:
    picture_size = size(options.size or "1280x800")
    experiment = _experiment(options, n_steps)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    problem = _app().picture(
        experiment, n_steps, file, picture_size, options.theme or "light", options.panel
    )
    if problem:
        raise UsageError(say("--export: {problem}", problem=problem))
    return 0


def _read(options: argparse.Namespace, n_steps: int) -> int:
    experiment = _experiment(options, n_steps)
    if experiment.image_shape is None:
        raise UsageError(say("--read: the inputs of {name!r} are no image", name=experiment.name))
    # Decoding needs Qt, but no display.
    reader = _qt_module("gui.read")
    return int(reader.print_readings(experiment, n_steps, options.read, options.json))


def _screenshot(options: argparse.Namespace, n_steps: int) -> int:
    file = target(options.screenshot, "--screenshot")
    if file.suffix.lower() != ".png":
        raise UsageError(say("--screenshot: {file!r} must end in .png", file=file.name))
    picture_size = size("1280x800" if options.size is None else options.size)
    experiment = _experiment(options, n_steps)
    # A picture needs no display, even where there is one.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    asked = _lesson(options)
    problem = _app().screenshot(
        experiment, n_steps, file, picture_size, options.theme or "light", asked
    )
    if problem:
        raise UsageError(say("--screenshot: {problem}", problem=problem))
    return 0


def _lesson(options: argparse.Namespace) -> tuple[str, int | None] | None:
    """The lesson that is asked for, which can be read, and its page."""
    if options.lesson is None:
        return None
    page = None if options.page is None else whole(options.page, "--page", 10_000)
    lesson = _loaded(options.lesson)
    n_pages = min(lesson.again or len(lesson.pages), len(lesson.pages))
    if page is not None and not 1 <= page <= n_pages:
        raise UsageError(say("--page: the lesson has pages 1 to {n_pages}", n_pages=n_pages))
    return options.lesson, page


def _open_window(options: argparse.Namespace, n_steps: int) -> int:
    asked = _lesson(options)
    if asked is not None and not display_reachable():
        raise UsageError(say("--lesson: there is no display to open a window on"))
    said = _given(options, (*TABLE_OPTIONS, *SET_OPTIONS))
    made = _experiment(options) if said else None
    pictures = None if options.pictures is None else Path(options.pictures).absolute()
    return int(_app().run(options.name, n_steps, options.theme, made, asked, pictures))


def _check_lesson(options: argparse.Namespace) -> int:
    # Nobody else needs the lessons.
    return int(importlib.import_module("gui.call.lessons").print_faults(options.check_lesson))


def _collect(options: argparse.Namespace) -> int:
    return int(importlib.import_module("gui.call.collect").print_collected(options.collect))


def _trace(options: argparse.Namespace) -> int:
    steps = whole(options.trace, "--trace", MAX_STEPS)
    return _print_trace(_experiment(options), steps, options.json)


def _worksheet(options: argparse.Namespace) -> int:
    name, file_name = options.worksheet
    lesson = _loaded(name)
    file = target(file_name, "--worksheet")
    if file.suffix.lower() != ".pdf":
        raise UsageError(say("--worksheet: {file!r} must end in .pdf", file=file.name))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _qt_module("gui.worksheet").write_worksheet(lesson, file, options.answers)
    return 0


def _demo(options: argparse.Namespace) -> int:
    _loaded(options.demo)
    pace = seconds(options.pace or "6", "--pace", 0.1, 3600.0)
    if not display_reachable():
        raise UsageError(say("--demo: there is no display to open a window on"))
    return int(_app().run(None, 0, options.theme, lesson=(options.demo, 1), demo_pace=pace))


def _loaded(name: str) -> Lesson:
    """A lesson by its name or file. Raises UsageError where it cannot be read."""
    from model.lessons.lesson import LessonError
    from model.lessons.library import load

    try:
        return load(name)
    except LessonError as error:
        raise UsageError(str(error)) from error


def _app() -> ModuleType:
    return _qt_module("gui.app")


def _decode(file: Path, cancelled: Cancelled) -> Floats:
    """The ink in a picture's file, as sets of pictures want it."""
    # Decoding needs Qt, but no display.
    reader = _qt_module("gui.pictures.image_file")
    ink: Floats = reader.read_gray(file, cancelled)
    return ink


def _qt_module(name: str) -> ModuleType:
    try:
        # First of all that knows Qt.
        importlib.import_module("gui.qt")
        return importlib.import_module(name)
    except ImportError as error:
        raise UsageError(
            say(
                "Qt could not be loaded ({error}): README.md names what the system must have for "
                "it. If it is damaged, run `make clean`, then `make run`. --trace works without it",
                error=error,
            )
        ) from error


if __name__ == "__main__":
    leave(main())
