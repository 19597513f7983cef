"""What is printed: in any encoding, to a reader that may be gone, and never as commands to it."""

from __future__ import annotations

import io
import os
import re
import sys
from contextlib import suppress
from pathlib import Path

# Control characters, among them those that move the cursor or colour what follows; what ends a
# line; what turns the direction of writing; halves of letters.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def shown(text: str) -> str:
    """The text on one line, with what a terminal would not show, or would obey, as escapes."""
    return _UNPRINTABLE.sub(lambda found: repr(found.group())[1:-1], text)


def complain(sentence: str) -> None:
    """Print one line about what cannot be done, if anybody listens."""
    # Without standard error there is nowhere to say that it is not there.
    with suppress(OSError):
        print(f"weightbench: {shown(sentence)}", file=sys.stderr, flush=True)


def set_up_streams() -> None:
    """Let letters that the encoding lacks come out as escapes, and closed streams take anything.

    A stream that was closed by who started the process is the null device from here on: the next
    file to be opened would take its number, and be written to.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open("r+", encoding="utf-8")  # noqa: SIM115 -- stays open
            if stream.fileno() != number:
                os.dup2(stream.fileno(), number)
            setattr(sys, name, stream)
    for printed in (sys.stdout, sys.stderr):
        if isinstance(printed, io.TextIOWrapper):
            printed.reconfigure(errors="backslashreplace")


def drop_output() -> None:
    """Let what is still in the buffer go nowhere, or Python complains about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
