"""Long sequences of edits, steps, changes of form, undo and redo, saved and opened again.

    python -m tests.sequences [N] [SEED]

Each of N sequences of forty actions is held against lists of what was there before, to the last
bit; the suite itself plays a few short ones. Exit status 1 if any comes out otherwise.
"""

from __future__ import annotations

import sys

from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test
from PySide6.QtWidgets import QApplication

from tests.gui.session.test_rebuild import Mixed

_ACTIONS = 40


def main() -> int:
    """Play them; an AssertionError with the shortest sequence found ends the program."""
    given = [int(text) for text in sys.argv[1:3]]
    number, chosen = [*given, *(300, 1)[len(given) :]]
    app = QApplication([])
    wanted = settings(
        max_examples=number, stateful_step_count=_ACTIONS, deadline=None, database=None
    )
    run_state_machine_as_test(seed(chosen)(Mixed), settings=wanted)
    print(f"{number} sequences of {_ACTIONS} actions, undone, redone and reopened to the bit")
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
