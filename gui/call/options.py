"""The options of the command line, and what their help says."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from gui.call.checking import UsageError
from gui.call.sets import add_set_options
from gui.call.space import add_space_options
from gui.call.tables import add_table_options
from gui.files.version import version_number
from model.door import say
from model.files.export import PICTURE_ENDINGS, STYLES, WRITERS

_MAX_MESSAGE = 100
_LANGUAGE = "--language"


class _Parser(argparse.ArgumentParser):
    def _print_message(self, message: str, file: Any = None) -> None:
        # Argparse's own passes over what cannot be written.
        print(message, end="", file=file, flush=True)

    def error(self, message: str) -> NoReturn:
        # It repeats what was typed, however long that is.
        shortened = message if len(message) <= _MAX_MESSAGE else f"{message[:_MAX_MESSAGE]}…"
        raise UsageError(say("{problem} (see weightbench --help)", problem=shortened))


class _Version(argparse.Action):
    # Argparse's own is given the version, which takes a while to find, whether it is asked for or
    # not.
    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> NoReturn:
        print(f"Weightbench {version_number()}", flush=True)
        parser.exit()


def asked_language(arguments: list[str]) -> str | None:
    """The language that is asked for: it must be spoken before the other options are read."""
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == _LANGUAGE:
            return next(iter(arguments[at + 1 :]), None)
        if argument.startswith(f"{_LANGUAGE}="):
            return argument.partition("=")[2]
    return None


def make_parser() -> argparse.ArgumentParser:
    """The parser of all options, with their help in the language in force."""
    parser = _Parser(
        prog="weightbench",
        description=say("Watch gradient descent work, one weight at a time."),
    )
    parser.add_argument(
        "name",
        nargs="?",
        help=say("a built-in experiment, an experiment file, a table, or pictures of your own"),
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, dest=argparse.SUPPRESS, default=argparse.SUPPRESS,
        help=say("show program's version number and exit"),
    )  # fmt: skip
    parser.add_argument(
        _LANGUAGE, metavar="CODE",
        help=say("speak this language (such as en or de) instead of the chosen one"),
    )  # fmt: skip
    parser.add_argument(
        "--list", action="store_true", help=say("list the built-in experiments and lessons")
    )
    parser.add_argument(
        "--trace", metavar="N", help=say("print the first N steps from the start; opens no window")
    )
    parser.add_argument(
        "--read", nargs="+", metavar="FILE",
        help=say("print what each picture is taken for, and the scores; opens no window"),
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_true", help=say("with --trace or --read: one object a line")
    )
    parser.add_argument(
        "--steps", metavar="N",
        help=say("take N steps first, from where the experiment was saved or else from its start"),
    )  # fmt: skip
    parser.add_argument("--screenshot", metavar="FILE.png", help=say("draw the window into a file"))
    parser.add_argument(
        "--export", metavar="FILE",
        help=say(
            "write {endings} after these steps", endings=", ".join((*WRITERS, *PICTURE_ENDINGS))
        ),
    )  # fmt: skip
    parser.add_argument(
        "--panel", metavar="KEY",
        help=say("with --export FILE.png or FILE.svg: this panel alone, such as curves"),
    )  # fmt: skip
    parser.add_argument(
        "--lesson", metavar="NAME", help=say("open a lesson: its id, title or number, or a file")
    )
    parser.add_argument("--page", metavar="N", help=say("with --lesson: open it at this page"))
    parser.add_argument(
        "--check-lesson", metavar="FILE",
        help=say(
            "say what is wrong with a lesson: its numbers, names, claims, answers and solutions"
        ),
    )  # fmt: skip
    parser.add_argument(
        "--demo", metavar="NAME",
        help=say("play a lesson over and over, until a key is pressed"),
    )  # fmt: skip
    parser.add_argument(
        "--pace", metavar="S", help=say("with --demo: so many seconds between two things (6)")
    )
    parser.add_argument(
        "--worksheet", nargs=2, metavar=("NAME", "FILE.pdf"),
        help=say("print a lesson on paper, with room to write"),
    )  # fmt: skip
    parser.add_argument(
        "--answers", action="store_true", help=say("with --worksheet: with the answers")
    )
    parser.add_argument(
        "--collect", metavar="FOLDER",
        help=say("make a table and a page of the answers that were handed in"),
    )  # fmt: skip
    parser.add_argument(
        "--style", choices=STYLES, help=say("with --export FILE.py: how the program is written")
    )
    parser.add_argument("--size", metavar="WxH", help=say("size of the picture (1280x800)"))
    parser.add_argument(
        "--theme", choices=("light", "dark", "projector"),
        help=say("look of the window or picture"),
    )  # fmt: skip
    add_space_options(parser)
    add_table_options(parser)
    add_set_options(parser)
    return parser
