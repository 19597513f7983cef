"""How the program ends when Ctrl+C or the system ends it, settled before all else is imported.

A KeyboardInterrupt would come up in the middle of whatever runs: an import, or a function that Qt
has called and that must return. So there is none: a signal ends the process at once, with the exit
status that a shell gives to a program which a signal has ended. Only a window has something to see
to first (`gui/interrupts.py`).
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

# Ctrl+C, a request to end, and a terminal that was closed (which Windows does not know).
ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def end_at_signals() -> None:
    """From now on let signals that ask for it end the process, with 128 more than their number."""
    for number in ENDING:
        # What this was started with `nohup`, or in the background, is to be left alone.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end_now)


def end_now(number: int, _: FrameType | None = None) -> NoReturn:
    """End the process as a signal asks; files that were being written are as they were before."""
    saving = sys.modules.get("model.files.saving")
    # A module that is still being imported may lack the rest of it.
    drop = getattr(saving, "drop_unfinished", None)
    if drop is not None:
        drop()
    os._exit(128 + number)


def leave(status: int) -> NoReturn:
    """End the process once nothing is left to be done: what was printed is flushed already.

    Taking down Python and Qt would only be time in which a signal finds nobody to handle it.
    """
    os._exit(status)
