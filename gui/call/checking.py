"""Whether what is asked goes together, and can be: numbers, sizes and files of the command line."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from model.door import say
from model.files.export import PICTURE_ENDINGS
from model.words.numbers import parse

MAX_STEPS = 10_000_000
MAX_SEED = 999_999_999
# From the smallest size of the window up.
_MIN_SIZE, _MAX_SIDE = (1000, 660), 8000
_MAX_QUOTED = 40


class UsageError(Exception):
    """The command line asks for something that cannot be; the message is one line."""


def given_options(options: argparse.Namespace) -> set[str]:
    """The names of the options that were given."""
    return {name for name, value in vars(options).items() if value not in (None, False)}


def as_typed(option: str) -> str:
    """The name of an option as it is typed: --check-lesson of check_lesson."""
    return f"--{option.replace('_', '-')}"


def check_combination(options: argparse.Namespace) -> None:
    """Raise UsageError where options are given that do not go together."""
    given = given_options(options) - {"language"}
    for alone in ("list", "check_lesson", "collect"):
        if alone in given and len(given) > 1:
            raise UsageError(say("{option} stands alone", option=as_typed(alone)))
    target_name = (options.export or "").lower()
    draws = target_name.endswith(PICTURE_ENDINGS) and "space" not in given
    wrong = (
        (
            "panel" in given and not draws,
            say("--panel goes with --export FILE.png or FILE.svg"),
        ),
        ("page" in given and "lesson" not in given, say("--page goes with --lesson NAME")),
        (
            "lesson" in given and given - {"lesson", "page", "theme", "screenshot", "size"},
            say("--lesson goes with --page, --theme and --screenshot alone"),
        ),
        ("pace" in given and "demo" not in given, say("--pace goes with --demo NAME")),
        (
            "demo" in given and given - {"demo", "pace", "theme"},
            say("--demo goes with --pace and --theme alone"),
        ),
        (
            "answers" in given and "worksheet" not in given,
            say("--answers goes with --worksheet NAME FILE.pdf"),
        ),
        (
            "worksheet" in given and given - {"worksheet", "answers"},
            say("--worksheet goes with --answers alone"),
        ),
        (
            "json" in given and not given & {"trace", "read"},
            say("--json goes with --trace N or --read FILE"),
        ),
        (
            "size" in given and "screenshot" not in given and not draws,
            say("--size goes with a picture: --screenshot or --export, FILE.png or FILE.svg"),
        ),
        (
            "read" in given and given & {"trace", "screenshot", "export"},
            say("--read stands alone: without --trace, --screenshot and --export"),
        ),
        (
            "style" in given and not target_name.endswith(".py"),
            say("--style goes with --export FILE.py"),
        ),
        (
            "theme" in given and given & {"trace", "export", "read"} and not draws,
            say("--theme goes with the window or a picture of it"),
        ),
        (
            "trace" in given and given & {"steps", "screenshot", "export"},
            say("--trace stands alone: without --steps, --screenshot and --export"),
        ),
        (
            given >= {"export", "screenshot"},
            say("--export and --screenshot are two calls"),
        ),
        (
            given & {"count", "seed"} and "space" not in given,
            say("--count and --seed go with --space KIND"),
        ),
        (
            "space" in given and "export" not in given,
            say("--space goes with --export POINTS.csv"),
        ),
    )
    for is_wrong, sentence in wrong:
        if is_wrong:
            raise UsageError(sentence)


def target(name: str, option: str) -> Path:
    """A file that is to be written. Raises UsageError where its folder is not there."""
    file = Path(name)
    if not file.name:
        raise UsageError(say("{option}: {name!r} is no name of a file", option=option, name=name))
    if not file.absolute().parent.is_dir():
        raise UsageError(
            say("{option}: there is no folder {folder!r}", option=option, folder=str(file.parent))
        )
    return file


def whole(text: str, option: str, most: int, least: int = 0) -> int:
    """A whole number from least to most. Raises UsageError where the text is none."""
    if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise UsageError(
            say(
                "{option}: {text!r} is not a whole number from {least} to {most:,}",
                option=option,
                text=text[:_MAX_QUOTED],
                least=least,
                most=most,
            )
        )
    return int(text)


def seconds(text: str, option: str, least: float, most: float) -> float:
    """A number of seconds. Raises UsageError where the text is none from least to most."""
    try:
        number = parse(text)
    except ValueError as error:
        raise UsageError(say("{option}: {problem}", option=option, problem=error)) from error
    if not least <= number <= most:
        raise UsageError(
            say("{option}: must be from {least:g} to {most:g} seconds", option=option, least=least,
                most=most)
        )  # fmt: skip
    return number


def size(text: str) -> tuple[int, int]:
    """The width and height of a picture. Raises UsageError where the text says none."""
    found = re.fullmatch("([0-9]{1,5})x([0-9]{1,5})", text)
    sides = (int(found.group(1)), int(found.group(2))) if found else (0, 0)
    if not all(low <= side <= _MAX_SIDE for low, side in zip(_MIN_SIZE, sides, strict=True)):
        raise UsageError(
            say(
                "--size: {text!r} is not WIDTHxHEIGHT from {width}x{height} to {most}x{most}, "
                "such as 1280x800",
                text=text[:_MAX_QUOTED],
                width=_MIN_SIZE[0],
                height=_MIN_SIZE[1],
                most=_MAX_SIDE,
            )
        )
    return sides
