"""Where the installed command starts: nothing that takes a while is imported before it can end."""

from __future__ import annotations

from typing import NoReturn

from gui.ending import end_at_signals, leave


def main() -> NoReturn:
    """Run the command line and end the process."""
    end_at_signals()
    from gui.__main__ import main as command_line

    leave(command_line())
