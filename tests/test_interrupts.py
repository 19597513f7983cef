"""Ctrl+C at any moment: no traceback, no half-written file, and the exit status of one.

`make interrupts` tries more moments, and prints what came of them.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.interrupts import CALLS, Call, ended_at_rest, interrupted, moments

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has another way to interrupt")


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_a_command_that_is_interrupted_ends_at_once_and_cleanly(call: Call, tmp_path: Path) -> None:
    for moment in moments(call, 1, 7, tmp_path):
        ending = interrupted(call, moment, tmp_path)
        assert ending.fault == "", f"after {moment:.3f} s"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_other_signals_end_a_window_as_they_end_any_program(name: str, tmp_path: Path) -> None:
    number = signal.Signals[name]
    (window,) = [call for call in CALLS if call.stays]
    ending = ended_at_rest(window, tmp_path, number)
    assert (ending.status, ending.fault) == (128 + number, "")
