"""The command line. Nothing of Qt is imported before a window or a picture is really wanted."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import socket
import sys
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from model.curves import alpha_zones, why_diverged
from model.experiment import Experiment
from model.export import WRITERS, ExportError, export
from model.library import builtin_names, open_experiment
from model.reading import ExperimentError, UnknownExperiment
from model.trace import json_line, states, table

_TRACE_WITHOUT_DISPLAY = 5
_MOST_STEPS = 10_000_000
# From the smallest size of the window up.
_SMALLEST, _LARGEST = (1000, 660), 8000


class UsageError(Exception):
    """The command line asks for something that cannot be; the message is one line."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit status (2 where the call or a file is at fault)."""
    try:
        status = _run(_parser().parse_args(arguments))
        sys.stdout.flush()
        return status
    except UnknownExperiment as error:
        print(f"weightbench: {error}; --list prints the built-in ones", file=sys.stderr)
        return 2
    except (UsageError, ExperimentError, ExportError) as error:
        print(f"weightbench: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing is left to be flushed.
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        print(f"weightbench: the output cannot be written: {error.strerror}", file=sys.stderr)
        return 2


def _drop_output() -> None:
    """Let what is still in the buffer go nowhere, or Python complains about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see weightbench --help)")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="weightbench",
        description="Watch gradient descent work, one weight at a time.",
    )
    parser.add_argument("name", nargs="?", help="a built-in experiment or an experiment file")
    parser.add_argument("--list", action="store_true", help="list the built-in experiments")
    parser.add_argument("--trace", metavar="N", help="print the first N steps; opens no window")
    parser.add_argument("--json", action="store_true", help="with --trace: one object a line")
    parser.add_argument("--steps", metavar="N", help="take N steps first")
    parser.add_argument("--screenshot", metavar="FILE.png", help="draw the window into a file")
    parser.add_argument(
        "--export", metavar="FILE", help=f"write {', '.join(WRITERS)} after N steps"
    )
    parser.add_argument("--size", metavar="WxH", help="size of the picture (1280x800)")
    parser.add_argument(
        "--theme", choices=("light", "dark", "projector"), help="look of the window or picture"
    )
    return parser


def _run(options: argparse.Namespace) -> int:
    _check_combination(options)
    if options.list:
        print("\n".join(builtin_names()))
        return 0
    if options.trace is not None:
        steps = _whole(options.trace, "--trace", _MOST_STEPS)
        return _print_trace(_experiment(options.name), steps, options.json)
    steps = _whole(options.steps or "0", "--steps", _MOST_STEPS)
    if options.export is not None:
        export(_experiment(options.name), steps, _target(options.export, "--export"))
        return 0
    if options.screenshot is not None:
        return _screenshot(options, steps)
    if not display_reachable():
        experiment = _experiment(options.name)
        _print_trace(experiment, _TRACE_WITHOUT_DISPLAY, as_json=False)
        print(
            "\nThere is no display to open a window on. For a picture of it instead:\n"
            f'  weightbench "{experiment.name}" --steps 3 --screenshot picture.png'
        )
        return 0
    return _open_window(options, steps)


def _check_combination(options: argparse.Namespace) -> None:
    if options.json and options.trace is None:
        raise UsageError("--json goes with --trace N")
    if options.size is not None and options.screenshot is None:
        raise UsageError("--size goes with --screenshot FILE.png")
    if options.trace is not None and (
        options.screenshot or options.export or options.steps is not None
    ):
        raise UsageError("--trace stands alone: without --steps, --screenshot and --export")
    if options.export is not None and options.screenshot is not None:
        raise UsageError("--export and --screenshot are two calls")


def _experiment(name: str | None) -> Experiment:
    return open_experiment(next(iter(builtin_names())) if name is None else name)


def _print_trace(experiment: Experiment, n_steps: int, as_json: bool) -> int:
    if as_json:
        for state in states(experiment, n_steps):
            print(json_line(state))
    else:
        print(experiment.name)
        for line in table(experiment, n_steps):
            print(line)
    path = experiment.saved_path()
    path.extend(max(0, n_steps - path.length))
    if path.length < n_steps:
        setup = path.setup
        why = why_diverged(setup, alpha_zones(setup))
        print(f"weightbench: diverged after {path.length} updates: {why}.", file=sys.stderr)
    return 0


def _screenshot(options: argparse.Namespace, n_steps: int) -> int:
    file = _target(options.screenshot, "--screenshot")
    if file.suffix.lower() != ".png":
        raise UsageError(f"--screenshot: {file.name!r} must end in .png")
    size = _size(options.size or "1280x800")
    experiment = _experiment(options.name)
    # A picture needs no display, even where there is one.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    problem = _app().screenshot(experiment, n_steps, file, size, options.theme or "light")
    if problem:
        raise UsageError(f"--screenshot: {problem}")
    return 0


def _open_window(options: argparse.Namespace, n_steps: int) -> int:
    return int(_app().run(options.name, n_steps, options.theme))


def _app() -> ModuleType:
    try:
        return importlib.import_module("gui.app")
    except ImportError as error:
        raise UsageError(
            f"Qt could not be loaded ({error}); `make run` installs what it needs, and "
            "--trace works without it"
        ) from error


def display_reachable() -> bool:
    """Whether a window can be opened: asked before Qt is, which would abort the process."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return True
    if sys.platform in ("win32", "darwin"):
        return True
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland:
        # An absolute name wins over the folder.
        address = Path(os.environ.get("XDG_RUNTIME_DIR", ""), wayland)
        if _answers(socket.AF_UNIX, str(address)):
            return True
    pattern = r"(?:unix|([^:/]*))(?:/[^:]*)?:(\d+)(?:\.\d+)?"
    found = re.fullmatch(pattern, os.environ.get("DISPLAY", ""))
    if found is None:
        return False
    host, number = found.group(1), found.group(2)
    if host:
        return _answers(socket.AF_INET, (host, 6000 + int(number)))
    return _answers(socket.AF_UNIX, f"\0/tmp/.X11-unix/X{number}") or _answers(
        socket.AF_UNIX, f"/tmp/.X11-unix/X{number}"
    )


def _answers(family: int, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(2.0)
            probe.connect(address)
            return True
    except OSError:
        return False


def _target(name: str, option: str) -> Path:
    file = Path(name)
    if not file.absolute().parent.is_dir():
        raise UsageError(f"{option}: there is no folder {str(file.parent)!r}")
    return file


def _whole(text: str, option: str, most: int) -> int:
    if not re.fullmatch(r"\d{1,9}", text) or int(text) > most:
        raise UsageError(f"{option}: {text[:40]!r} is not a whole number from 0 to {most:,}")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", text)
    size = (int(found.group(1)), int(found.group(2))) if found else (0, 0)
    if not all(low <= side <= _LARGEST for low, side in zip(_SMALLEST, size, strict=True)):
        raise UsageError(
            f"--size: {text[:40]!r} is not WIDTHxHEIGHT from {_SMALLEST[0]}x{_SMALLEST[1]} up, "
            "such as 1280x800"
        )
    return size


if __name__ == "__main__":
    sys.exit(main())
