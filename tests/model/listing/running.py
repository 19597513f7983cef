"""Runs a listing as Python itself does, and writes down what every line of a step makes."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

import numpy as np

_NAME = "<listing>"


@dataclass
class Ran:
    """What a program printed, and its assignments as they were made: (line, what it made)."""

    printed: list[str]
    made: list[tuple[int, Any]]
    fault: str = ""


def run_text(text: str, watch: bool = True) -> Ran:
    """Run a program; lines are counted from 1, and a fault ends it as it ends Python."""
    targets = _targets(text) if watch else {}
    ran = Ran([], [])
    # Of each frame the line that is under way: it is done once the next one begins.
    under_way: dict[FrameType, int] = {}

    def finish(frame: FrameType) -> None:
        line = under_way.pop(frame, None)
        if line in targets:
            # A list over several lines is not there yet while its lines are gone through.
            with contextlib.suppress(NameError):
                value = eval(targets[line], frame.f_globals, frame.f_locals)  # noqa: S307
                ran.made.append((line, _copy(value)))

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename != _NAME:
            return None
        if event == "exception":
            under_way.pop(frame, None)
        elif event in ("line", "return"):
            finish(frame)
            if event == "line":
                under_way[frame] = frame.f_lineno
        return trace

    out = io.StringIO()
    program = compile(text, _NAME, "exec")
    with contextlib.redirect_stdout(out):
        sys.settrace(trace if watch else None)
        try:
            exec(program, {"__name__": "__main__"})
        except (TypeError, IndexError, ValueError, OverflowError) as fault:
            ran.fault = f"{type(fault).__name__}: {fault}"
        finally:
            sys.settrace(None)
    ran.printed = out.getvalue().splitlines()
    return ran


def _targets(text: str) -> dict[int, CodeType]:
    """What each line of an assignment gives a value to, ready to be looked at."""
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        target, equals, _ = line.partition("=")
        target = target.strip().rstrip("+-").strip()
        if equals and target and "(" not in target and not target.startswith(("#", "if ")):
            found[number] = compile(target, _NAME + "target", "eval")
    return found


def _copy(value: Any) -> Any:
    if isinstance(value, list):
        return [_copy(part) for part in value]
    return value.copy() if isinstance(value, np.ndarray) else value


def same(one: Any, other: Any) -> bool:
    """Equal to the last bit, lists and arrays alike."""
    return bool(np.array_equal(np.asarray(one), np.asarray(other)))
